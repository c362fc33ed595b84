//! Jobs over time, as small pictures.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::Serialize;

use crate::analysis::comparison::Comparison;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::analysis::figures::trend::Series;
use crate::analysis::metric::{MEDIAN_DURATION, Metric, Unit};
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
    /// A row a job: the worse ones first, then what is large and undecided, then the largest gains, then those
    /// without news.
    pub rows: Vec<TrendRow>,
    /// How many jobs are shown as one line together; `null` when none.
    pub added_up: Option<String>,
}

/// One job over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrendRow {
    /// The job; `null` for all the others together.
    pub job: Option<String>,
    /// What happened to it: `slower: median duration +61 %`; `null` where nothing is news.
    pub news: Option<String>,
    /// Whether that is good; `false` also without news.
    pub better: bool,
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
    let found = |job: Option<&String>| report.jobs.iter().find(|found| Some(&found.name) == job);
    jobs.sort_by(|a, b| match (found(*a), found(*b)) {
        (Some(a), Some(b)) => by_news(report, a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
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
    let found = report.jobs.iter().find(|found| Some(&found.name) == job);
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
        news: found.and_then(|job| news(report, job)),
        better: found.is_some_and(|job| is_better(job.verdict.kind)),
        runs_before: line(&runs_before, highest(&runs_before)),
        runs_after: line(&runs_after, highest(&runs_after)),
        mean_before: line(&mean_before, top),
        mean_after: line(&mean_after, top),
        highest_mean: if top > 0.0 { figure::duration(top) } else { ABSENT.to_owned() },
        halves: found.and_then(halves),
    }
}

fn halves(job: &JobReport) -> Option<String> {
    // Too few runs for a test are too few for a statement about halves.
    let comparison = job.comparison.get(&MEDIAN_DURATION).filter(|tested| tested.p.is_some())?;
    let [first, second] = comparison.halves?;
    Some(super::text::pair(&figure::duration_change(first), &figure::duration_change(second)))
}

fn is_better(kind: JobVerdictKind) -> bool {
    matches!(kind, JobVerdictKind::Faster | JobVerdictKind::MoreReliable)
}

/// The comparison that the verdict of a job, or its being looked at, rests on.
fn telling<'a>(report: &Report, job: &'a JobReport) -> Option<(&'static Metric, Cow<'a, Comparison>)> {
    let row = report.scoreboard.look_at.iter().find(|row| row.job == job.name);
    let looked_at = row.and_then(|row| Metric::from_name(row.metric.as_deref()?));
    let metric = looked_at.or(job.verdict.metric)?;
    Some((metric, job.comparison.any(metric)?))
}

/// The group of a job, the first first, and how much it changed.
fn weight(report: &Report, job: &JobReport) -> (u8, f64) {
    let kind = job.verdict.kind;
    let looked_at = report.scoreboard.look_at.iter().any(|row| row.job == job.name);
    let group = if kind.is_worse() {
        0
    } else if looked_at {
        1
    } else if is_better(kind) {
        2
    } else {
        3
    };
    let size = telling(report, job)
        .map(|(_, found)| found.shift_relative.or(found.relative_change).or(found.change));
    (group, size.flatten().map_or(0.0, f64::abs))
}

fn by_news(report: &Report, a: &JobReport, b: &JobReport) -> Ordering {
    let [(group, size), (other_group, other_size)] = [a, b].map(|job| weight(report, job));
    let kinds = if group == 0 { a.verdict.kind.cmp(&b.verdict.kind) } else { Ordering::Equal };
    let sizes = if group == 3 { Ordering::Equal } else { other_size.total_cmp(&size) };
    group.cmp(&other_group).then(kinds).then(sizes).then_with(|| a.name.cmp(&b.name))
}

/// What happened to a job, in a few words; `None` where nothing is known to have changed.
fn news(report: &Report, job: &JobReport) -> Option<String> {
    let (group, _) = weight(report, job);
    if group == 3 {
        return None;
    }
    let words = job.verdict.kind.words();
    let Some((metric, found)) = telling(report, job) else { return Some(words.to_owned()) };
    let change = match metric.unit {
        Unit::Milliseconds => found.shift_relative.or(found.relative_change).map(figure::change),
        Unit::Fraction => found.change.map(|change| metric.unit.difference(change)),
        _ => Some(super::text::pair(
            &found.baseline.map_or_else(|| ABSENT.to_owned(), figure::number),
            &found.stagger.map_or_else(|| ABSENT.to_owned(), figure::number),
        )),
    };
    let label = metric.label.to_lowercase();
    Some(format!("{words}: {label} {}", change.unwrap_or_default()).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::job_verdict::JobVerdict;

    #[test]
    fn worse_jobs_come_first_then_the_largest_gains_and_the_rest_is_no_news() {
        let (_, mut report) = crate::render::sample::reports().unwrap().remove(0);
        let like = report.jobs[0].clone();
        let points = report.trends.series[0].points.clone();
        let jobs = [
            ("a", JobVerdictKind::Unchanged, 0.01),
            ("b", JobVerdictKind::Faster, -0.2),
            ("c", JobVerdictKind::Slower, 0.3),
            ("d", JobVerdictKind::Faster, -0.5),
            ("e", JobVerdictKind::Slower, 0.6),
            ("f", JobVerdictKind::Unclear, 0.9),
        ];
        report.jobs = jobs
            .map(|(name, kind, change)| {
                let found = Comparison { relative_change: Some(change), ..Comparison::default() };
                JobReport {
                    name: name.to_owned(),
                    verdict: JobVerdict { kind, metric: Some(&MEDIAN_DURATION), reason: String::new() },
                    comparison: [(&MEDIAN_DURATION, found)].into_iter().collect(),
                    ..like.clone()
                }
            })
            .into();
        report.scoreboard.look_at.clear();
        let series = |job: Option<String>| Series { window: Side::Stagger, job, points: points.clone() };
        report.trends.series = jobs.map(|(name, ..)| series(Some(name.to_owned()))).into();
        report.trends.series.insert(0, series(None));
        let rows = view(&report).rows;
        let order: Vec<Option<&str>> = rows.iter().map(|row| row.job.as_deref()).collect();
        assert_eq!(order, [Some("e"), Some("c"), Some("d"), Some("b"), Some("a"), Some("f"), None]);
        let news: Vec<_> = rows.iter().map(|row| row.news.as_deref()).collect();
        assert_eq!(news[0], Some("slower: median duration +60 %"));
        assert_eq!(news[2], Some("faster: median duration −50 %"));
        assert_eq!(news[4..], [None, None, None]);
    }
}
