//! A value for each declared job, as an expression over `job_name`.

/// Up to so many names are compared one after the other.
const FEW: usize = 8;

/// What a job has: its name, the parameter that holds the name, and the expression.
pub(super) struct Arm {
    pub(super) name: String,
    pub(super) parameter: String,
    pub(super) value: String,
}

/// The value of the row's job, `otherwise` for jobs that have none (NULL where that is empty). Many names
/// are halved by their order, which is that of their bytes in every database: with a few hundred jobs a row
/// is compared with ten names instead of all.
pub(super) fn by_job(mut arms: Vec<Arm>, otherwise: &str) -> String {
    arms.sort_by(|a, b| a.name.cmp(&b.name));
    branch(&arms, otherwise)
}

fn branch(arms: &[Arm], otherwise: &str) -> String {
    if arms.len() <= FEW {
        let whens = arms.iter().map(|arm| format!(" WHEN {} THEN {}", arm.parameter, arm.value));
        let otherwise = if otherwise.is_empty() { String::new() } else { format!(" ELSE {otherwise}") };
        return format!("CASE job_name{}{otherwise} END", whens.collect::<String>());
    }
    let (before, from) = arms.split_at(arms.len() / 2);
    let first = from.first().map(|arm| arm.parameter.as_str()).unwrap_or_default();
    let (before, from) = (branch(before, otherwise), branch(from, otherwise));
    format!("CASE WHEN @in_bytes(job_name) < {first} THEN {before} ELSE {from} END")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_halved() {
        let arms = |count: usize| {
            let arm = |n: usize| Arm {
                name: format!("job {:02}", count - n),
                parameter: format!(":{}", count - n),
                value: "1".to_owned(),
            };
            (0..count).map(arm).collect::<Vec<_>>()
        };
        assert_eq!(by_job(arms(2), ""), "CASE job_name WHEN :1 THEN 1 WHEN :2 THEN 1 END");
        assert_eq!(by_job(arms(1), "0"), "CASE job_name WHEN :1 THEN 1 ELSE 0 END");
        let halved = by_job(arms(9), "");
        assert!(
            halved.starts_with("CASE WHEN @in_bytes(job_name) < :5 THEN CASE job_name WHEN :1 "),
            "{halved}"
        );
        assert_eq!(halved.matches(" WHEN :").count(), 9);
    }
}
