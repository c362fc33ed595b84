//! The known word that a mistyped one was probably meant to be: one rule for every message.

/// Similarity (Jaro–Winkler, 0 to 1) below which a guess would mislead more than help.
const SIMILAR: f64 = 0.72;

/// The known word most like `word`; `None` when nothing comes near. Of equally near words the first
/// one given.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let likeness = strsim::jaro_winkler(&lower, &candidate.to_lowercase());
        if likeness >= SIMILAR && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The end of a message about an unknown `word`: the nearest known one, or, when none comes near, a
/// short list of all of them; empty when nothing is known.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    /// How many words a message can list and stay readable.
    const LISTED: usize = 60;
    if let Some(near) = nearest(word, known.clone()) {
        return format!("; did you mean '{near}'?");
    }
    let all: Vec<&str> = known.into_iter().collect();
    match all.len() {
        0 => String::new(),
        1..=LISTED => format!("; known are {}", all.join(", ")),
        count => format!("; known are {} and {} more", all[..LISTED].join(", "), count - LISTED),
    }
}

/// The same where there are many words, and `command` lists them.
pub fn did_you_mean_or_see<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    command: &str,
) -> String {
    match nearest(word, known) {
        Some(near) => format!("; did you mean '{near}'?"),
        None => format!("; `{command}` lists them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_finds_its_word() {
        let known = ["completion_rate", "failure_rate", "peak_concurrency", "p95_duration"];
        for (typed, meant) in [
            ("completion_rat", "completion_rate"),
            ("Failure_Rate", "failure_rate"),
            ("peak_concurency", "peak_concurrency"),
            ("p95", "p95_duration"),
        ] {
            assert_eq!(nearest(typed, known), Some(meant), "{typed}");
        }
        assert_eq!(nearest("zzz", known), None);
    }

    #[test]
    fn the_message_names_one_word_or_lists_them() {
        assert_eq!(did_you_mean("stager", ["baseline", "stagger"]), "; did you mean 'stagger'?");
        assert_eq!(did_you_mean("qqq", ["baseline", "stagger"]), "; known are baseline, stagger");
        assert_eq!(did_you_mean("qqq", []), "");
    }
}
