//! A percentile from its frequency table, rank by rank.

use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::quantile::{Interpolation, Percentile};
use crate::figure;

/// `rank 0.95 × (343 − 1) = 324.9: 32.8 s at 324, 32.9 s at 325, 90 % of the way between: `
///
/// Empty for totals, which keep no table.
pub(super) fn steps(window: &JobWindow, facts: &DurationFacts, percentile: Percentile) -> String {
    let table = window.duration_table.as_deref();
    let Some(step) = table.and_then(|table| Interpolation::of(&Cells::from(table), percentile)) else {
        return String::new();
    };
    let share = format!("0.{:02}", percentile.0);
    let at = |us: i64| figure::duration(us as f64 / 1_000.0);
    let between = match step.hundredths {
        0 => String::new(),
        part => format!(", {} at {}, {part} % of the way between", at(step.high), step.rank + 1),
    };
    let value = step.value() / 1_000.0;
    let held = if value < facts.min || value > facts.max {
        ", held to the shortest and the longest run"
    } else {
        ""
    };
    format!(
        "rank {} × ({} − 1) = {}: {} at {}{between}{held}: ",
        share.trim_end_matches('0'),
        figure::count(facts.n),
        rank(&step),
        at(step.low),
        step.rank,
    )
}

/// The rank with its hundredths: `324.9`, `238`.
fn rank(step: &Interpolation) -> String {
    let text = format!("{}.{:02}", step.rank, step.hundredths);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
