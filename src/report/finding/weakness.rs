//! What may stand behind a change beside the deployment, said in the sentence of the change.

use crate::report::model::{Report, Weakness};

/// How the two windows differ in what they cover.
pub(super) fn of_windows(report: &Report) -> Vec<Weakness> {
    let codes =
        [("different_hours", Weakness::DifferentHours), ("different_weekdays", Weakness::DifferentWeekdays)];
    let has = |code: &str| report.caveats.iter().any(|caveat| caveat.code() == code);
    codes.into_iter().filter(|(code, _)| has(code)).map(|(_, weakness)| weakness).collect()
}

/// The rest of the sentence: `, but the windows cover different days of the week`.
pub(super) fn clause(but: &[Weakness]) -> String {
    let has = |weakness| but.contains(&weakness);
    let cover = match (has(Weakness::DifferentHours), has(Weakness::DifferentWeekdays)) {
        (true, true) => Some("the windows cover different hours and days of the week"),
        (true, false) => Some("the windows cover different hours of the day"),
        (false, true) => Some("the windows cover different days of the week"),
        (false, false) => None,
    };
    let rising = has(Weakness::RisingBefore).then_some("they were rising before the change at the same rate");
    let falling =
        has(Weakness::FallingBefore).then_some("they were falling before the change at the same rate");
    let parts: Vec<&str> = [rising, falling, cover].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(", but {}", parts.join(", and ")) }
}
