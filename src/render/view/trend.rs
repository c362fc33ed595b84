//! Jobs over time, as small pictures.

use serde::Serialize;

use crate::analysis::figures::trend::Series;
use crate::analysis::metric::MEDIAN_DURATION;
use crate::figure::{self, ABSENT};
use crate::render::view::picture::sparkline;
use crate::report::model::Report;
use crate::window::Side;

/// Jobs over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrendTable {
    /// Length of a step before: `1 min`.
    pub step_before: String,
    /// Length of a step after.
    pub step_after: String,
    /// A row a job.
    pub rows: Vec<TrendRow>,
    /// How many jobs are shown as one line together; `null` when none.
    pub added_up: Option<String>,
}

/// One job over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrendRow {
    /// The job; `null` for all the others together.
    pub job: Option<String>,
    /// Runs in each step before.
    pub runs_before: String,
    /// Runs in each step after.
    pub runs_after: String,
    /// Mean duration in each step before, on one scale with after.
    pub mean_before: String,
    /// Mean duration in each step after.
    pub mean_after: String,
    /// The highest mean of a step: the top of the scale.
    pub highest_mean: String,
    /// Change of the median in the first and the second half of the window after, each against before;
    /// `null` where it was not compared.
    pub halves: Option<String>,
}

pub(super) fn view(report: &Report) -> TrendTable {
    let mut jobs: Vec<Option<&String>> = Vec::new();
    for series in &report.trends.series {
        if !jobs.contains(&series.job.as_ref()) {
            jobs.push(series.job.as_ref());
        }
    }
    let step = |side| {
        let seconds = *report.trends.bucket_seconds.get(side);
        if seconds > 0 { figure::span(seconds as f64) } else { ABSENT.to_owned() }
    };
    let others = report.trends.jobs_added_up;
    TrendTable {
        step_before: step(Side::Baseline),
        step_after: step(Side::Stagger),
        rows: jobs.into_iter().map(|job| row(report, job)).collect(),
        added_up: (others > 0).then(|| figure::counted(others, "job", "jobs")),
    }
}

fn row(report: &Report, job: Option<&String>) -> TrendRow {
    let series =
        |side| report.trends.series.iter().find(|series| series.window == side && series.job.as_ref() == job);
    let [before, after] = Side::BOTH.map(series);
    let means = |series: Option<&Series>| -> Vec<Option<f64>> {
        series.into_iter().flat_map(|series| series.points.iter().map(|point| point.mean_ms)).collect()
    };
    let runs = |series: Option<&Series>| -> Vec<Option<f64>> {
        series
            .into_iter()
            .flat_map(|series| series.points.iter().map(|point| Some(point.runs as f64)))
            .collect()
    };
    let highest = |values: &[Option<f64>]| values.iter().flatten().copied().fold(0.0, f64::max);
    let (mean_before, mean_after) = (means(before), means(after));
    let top = highest(&mean_before).max(highest(&mean_after));
    let line = |values: &[Option<f64>], top: f64| {
        let any = values.iter().flatten().any(|value| *value > 0.0);
        if any { sparkline(values, top) } else { ABSENT.to_owned() }
    };
    let (runs_before, runs_after) = (runs(before), runs(after));
    TrendRow {
        job: job.cloned(),
        runs_before: line(&runs_before, highest(&runs_before)),
        runs_after: line(&runs_after, highest(&runs_after)),
        mean_before: line(&mean_before, top),
        mean_after: line(&mean_after, top),
        highest_mean: if top > 0.0 { figure::duration(top) } else { ABSENT.to_owned() },
        halves: halves(report, job),
    }
}

fn halves(report: &Report, job: Option<&String>) -> Option<String> {
    let job = report.jobs.iter().find(|found| Some(&found.name) == job)?;
    // Too few runs for a test are too few for a statement about halves.
    let comparison = job.comparison.get(&MEDIAN_DURATION).filter(|tested| tested.p.is_some())?;
    let [first, second] = comparison.halves?;
    Some(super::text::pair(&figure::duration_change(first), &figure::duration_change(second)))
}
