//! The two windows, and what belongs to neither.

use chrono_tz::Tz;
use serde::Serialize;

use crate::figure;
use crate::report::model::Report;
use crate::window::Side;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WindowView {
    /// What the deployment calls it: `before`.
    pub label: String,
    /// The same for the head of a column: `Before`.
    pub heading: String,
    /// `2026-02-01 20:56–21:00 UTC`
    pub period: String,
    /// The same in the deployment's own zone; `null` without one.
    pub local_period: Option<String>,
    /// Length of the observed part: `4 min`.
    pub length: String,
    pub chosen: String,
    /// Runs started: `1,986`.
    pub started: String,
    pub excluded: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExcludedRow {
    pub period: String,
    pub reason: String,
    pub runs: String,
}

pub(super) fn view(report: &Report, side: Side) -> WindowView {
    let facts = report.windows.get(side);
    let label = super::text::label(report, side);
    let zone = report.deployment.display_time_zone.as_deref().and_then(|zone| zone.parse::<Tz>().ok());
    WindowView {
        label: label.to_owned(),
        heading: super::text::heading(label),
        period: figure::period(facts.start, facts.end),
        local_period: zone
            .filter(|zone| *zone != Tz::UTC)
            .map(|zone| figure::period_in(facts.start, facts.end, zone)),
        length: figure::span(facts.seconds),
        chosen: facts.chosen.to_string(),
        started: figure::count(report.totals.get(side).job.started),
        excluded: facts.excluded.iter().map(|gap| figure::period(gap.start, gap.end)).collect(),
    }
}

/// `Before 2026-02-01 20:56–21:00 UTC (4 min) · after …`
pub(super) fn line(before: &WindowView, after: &WindowView) -> String {
    let one = |label: &str, window: &WindowView| format!("{label} {} ({})", window.period, window.length);
    format!("{} · {}", one(&before.heading, before), one(&after.label, after))
}

pub(super) fn excluded(report: &Report) -> Vec<ExcludedRow> {
    report
        .excluded
        .iter()
        .map(|period| ExcludedRow {
            period: figure::period(period.start, period.end),
            reason: period.reason.clone(),
            runs: figure::count(period.runs),
        })
        .collect()
}
