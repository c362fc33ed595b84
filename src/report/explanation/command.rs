//! The command that explains a number of a report.

use crate::report::model::{Number, Report};
use crate::window::{Chosen, Side};

/// `jobdelta explain 'Live Stats Sync' p95_duration --baseline … --stagger … --as-of …`
pub fn command(report: &Report, number: &Number) -> String {
    let job = number.job.as_deref().map(|job| format!("{} ", quoted(job))).unwrap_or_default();
    format!("jobdelta explain {job}{} {}", number.metric, flags(report))
}

/// What makes the command read the same rows. What no report may hold, such as the URL of a database, stands
/// in capitals.
pub fn flags(report: &Report) -> String {
    let window = |side| {
        let window = report.windows.get(side);
        format!("--{} {}/{}", side.name(), window.start, window.end)
    };
    let baseline = match &report.windows.baseline.chosen {
        Chosen::FromReport { file } => format!("--baseline-report {}", quoted(file)),
        Chosen::ReadFrom { .. } => format!("{} --baseline-db URL", window(Side::Baseline)),
        _ => window(Side::Baseline),
    };
    let files = if report.source.identity == IN_MEMORY { " --file FILE" } else { "" };
    let store = if report.source.history.is_some() { " --store FILE" } else { "" };
    format!("{baseline} {} --as-of {}{files}{store}", window(Side::Stagger), report.as_of)
}

/// What the source is called when runs were read from files.
const IN_MEMORY: &str = "memory";

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
