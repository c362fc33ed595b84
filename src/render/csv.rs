//! CSV: one row a job, every job, with numbers as in the JSON report.

use super::RenderError;
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::report::model::Report;
use crate::report::scoreboard::what_changed;
use crate::window::Side;

/// A column of a window: its name, and its value.
type Column = (&'static str, fn(&JobWindow) -> Option<f64>);

#[allow(clippy::cast_precision_loss)] // numbers of runs
const COLUMNS: [Column; 14] = [
    ("started", |window| Some(window.started as f64)),
    ("expected_runs", |window| window.expected_runs.map(|runs| runs as f64)),
    ("missed_runs", |window| window.missed_runs.map(|runs| runs as f64)),
    ("completed", |window| Some(window.completed as f64)),
    ("failed", |window| Some(window.failed as f64)),
    ("timed_out", |window| Some(window.timed_out as f64)),
    ("orphaned", |window| Some(window.orphaned as f64)),
    ("skipped", |window| Some(window.skipped() as f64)),
    ("overlapping_starts", |window| Some(window.overlapping_starts as f64)),
    ("completion_rate", |window| window.completion_rate.map(|rate| rate.value)),
    ("on_time_rate", |window| window.on_time_rate.map(|rate| rate.value)),
    ("median_ms", |window| duration(window, |facts| facts.median)),
    ("p95_ms", |window| duration(window, |facts| facts.p95)),
    ("mean_ms", |window| duration(window, |facts| facts.mean)),
];

/// Every job, by name as in the JSON report.
pub(super) fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let of_windows =
        COLUMNS.iter().flat_map(|(name, _)| Side::BOTH.map(|side| format!("{}_{name}", side.name())));
    let of_job = ["job", "was", "schedule", "verdict", "metric", "what_changed"].map(str::to_owned);
    let last = ["median_shift_relative", "notice"].map(str::to_owned);
    let mut text = line(of_job.into_iter().chain(of_windows).chain(last));
    for job in &report.jobs {
        text.push_str(&line(record(report, job)?.into_iter()));
    }
    Ok(text.into_bytes())
}

fn record(report: &Report, job: &JobReport) -> Result<Vec<String>, RenderError> {
    let kind = serde_json::to_value(job.verdict.kind)?;
    let what_changed = what_changed(report, job);
    let texts = [
        Some(job.name.as_str()),
        job.was.as_deref(),
        job.schedule.as_deref(),
        kind.as_str(),
        job.verdict.metric.map(Metric::name),
        what_changed.as_deref(),
    ];
    let mut cells: Vec<String> = texts.map(|text| inert(text.unwrap_or_default())).into();
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let sides = |(_, value): &Column| Side::BOTH.map(|side| number(value(job.get(side))));
    cells.extend(COLUMNS.iter().flat_map(sides));
    let median = job.comparison.get(&metric::MEDIAN_DURATION);
    cells.push(number(median.and_then(|found| found.shift_relative)));
    cells.push(inert(report.deployment.notice.as_deref().unwrap_or_default()));
    Ok(cells)
}

/// A record as RFC 4180 has it.
pub(super) fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        let plain = !cell.contains([',', '"', '\r', '\n']);
        if plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    });
    format!("{}\r\n", quoted.collect::<Vec<_>>().join(","))
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn inert(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn duration(window: &JobWindow, of: fn(&DurationFacts) -> f64) -> Option<f64> {
    window.duration_ms.as_ref().map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_neither_a_formula_nor_two_cells() {
        assert_eq!([inert("=1+1"), inert("@x"), inert("a=b")], ["'=1+1", "'@x", "a=b"]);
        let cells = ["a,b", "say \"x\"", "two\nlines", "plain"].map(str::to_owned);
        assert_eq!(line(cells.into_iter()), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",plain\r\n");
    }
}
