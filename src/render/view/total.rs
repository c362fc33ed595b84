//! Figures over all jobs, and declared measurements.

use serde::Serialize;

use crate::analysis::figures::kpi::KpiFacts;
use crate::analysis::figures::window::{JobWindow, SkippedCounts, WindowTotals};
use crate::analysis::metric::{
    COMPLETION_RATE, MEAN_CONCURRENCY, Metric, ON_TIME_RATE, PEAK_CONCURRENCY, START_BURST,
};
use crate::figure::{self, ABSENT};
use crate::render::view::metric;
use crate::report::model::{Kpi, Report};

/// One figure before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TotalRow {
    /// A stable word for programs.
    pub code: String,
    /// What it is.
    pub label: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A declared measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KpiRow {
    /// Its name.
    pub name: String,
    /// Before: mean, least and most, or `not sampled`.
    pub before: String,
    /// After.
    pub after: String,
    /// Whether it was sampled in either window.
    pub sampled: bool,
}

/// A count of a window; `None` where it was not measured.
type Count = fn(&JobWindow) -> Option<u64>;

pub(super) fn outcomes(report: &Report) -> Vec<TotalRow> {
    const ALWAYS: [&str; 4] = ["started", "completed", "failed", "orphaned"];
    let counts: [(&str, &str, Count); 13] = [
        ("expected", "Scheduled", |w| w.expected_runs),
        ("missed", "Never started", |w| w.missed_runs),
        ("started", "Started", |w| Some(w.started)),
        ("completed", "Completed", |w| Some(w.completed)),
        ("failed", "Failed", |w| Some(w.failed)),
        ("timed_out", "Reached their time limit", |w| Some(w.timed_out)),
        ("cancelled", "Cancelled", |w| Some(w.cancelled)),
        ("orphaned", "Never finished", |w| Some(w.orphaned)),
        ("in_flight", "Still running", |w| Some(w.in_flight)),
        ("skipped", "Skipped", |w| Some(skipped(w.skipped))),
        ("extra", "Beyond the schedule", |w| w.extra_runs),
        ("overlapping", "Started over an earlier run", |w| Some(w.overlapping_starts)),
        ("duplicates", "Perhaps logged twice", |w| w.suspected_duplicates),
    ];
    let (before, after) = (&report.totals.baseline.job, &report.totals.stagger.job);
    let shown = |count: Option<u64>| count.map_or_else(|| ABSENT.to_owned(), figure::count);
    let mut rows: Vec<TotalRow> = counts
        .iter()
        .map(|(code, label, of)| (*code, *label, of(before), of(after)))
        .filter(|(code, _, before, after)| {
            ALWAYS.contains(code) || before.unwrap_or(0) > 0 || after.unwrap_or(0) > 0
        })
        .map(|(code, label, before, after)| row(code, label, shown(before), shown(after)))
        .collect();
    let mut share = |metric: &Metric| {
        let limits = report.limits(metric.name());
        let [before, after] = [before, after].map(|window| metric::share(window, metric, &limits));
        rows.push(row(metric.name(), &metric.label, before, after));
    };
    share(&COMPLETION_RATE);
    if after.on_time_rate.is_some() {
        share(&ON_TIME_RATE);
    }
    rows
}

pub(super) fn levels(report: &Report) -> Vec<TotalRow> {
    let (before, after) = (&report.totals.baseline, &report.totals.stagger);
    let both = |of: &dyn Fn(&WindowTotals) -> String| (of(before), of(after));
    let bursts = both(&|w| figure::count(w.start_burst.runs));
    let peaks = both(&|w| figure::count(w.concurrency.peak));
    let means = both(&|w| figure::number(w.concurrency.mean));
    vec![
        row(START_BURST.name(), "Simultaneous starts, most", bursts.0, bursts.1),
        row(PEAK_CONCURRENCY.name(), "Running at once, most", peaks.0, peaks.1),
        row(MEAN_CONCURRENCY.name(), "Running at once, mean", means.0, means.1),
    ]
}

pub(super) fn kpis(report: &Report) -> Vec<KpiRow> {
    report.kpis.iter().map(kpi).collect()
}

pub(super) fn kpi(kpi: &Kpi) -> KpiRow {
    let unit = super::text::some_text(kpi.unit.as_ref()).map(|unit| format!(" {unit}")).unwrap_or_default();
    let shown = |facts: Option<KpiFacts>| {
        facts.map_or_else(
            || "not sampled".to_owned(),
            |f| {
                format!(
                    "{}{unit} ({} to {}, n = {})",
                    figure::number(f.mean),
                    figure::number(f.min),
                    figure::number(f.max),
                    figure::count(f.n)
                )
            },
        )
    };
    KpiRow {
        name: kpi.name.clone(),
        before: shown(kpi.baseline),
        after: shown(kpi.stagger),
        sampled: kpi.baseline.is_some() || kpi.stagger.is_some(),
    }
}

fn row(code: &str, label: &str, before: String, after: String) -> TotalRow {
    TotalRow { code: code.to_owned(), label: label.to_owned(), before, after }
}

fn skipped(counts: SkippedCounts) -> u64 {
    counts.lock + counts.overlap + counts.other
}
