//! Jobs over time, as small pictures.

use serde::Serialize;

use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::trend::Series;
use crate::analysis::metric::MEDIAN_DURATION;
use crate::figure::{self, ABSENT};
use crate::render::view::job::group_and_mark;
use crate::render::view::picture::sparkline;
use crate::report::model::Report;
use crate::report::scoreboard::{better_jobs, what_changed, worse_jobs};
use crate::window::{PerSide, Side};

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
    /// What happened to it: `4.8 s → 7.7 s, typically +61 %`; `null` where nothing is news.
    pub news: Option<String>,
    /// `worse`, `better`, `unclear`, `unchanged`, `not measured`; empty for all the others together.
    pub group: String,
    /// `▲` worse, `▽` better; empty for all the others together.
    pub mark: String,
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
    let looked_at = report.scoreboard.look_at.iter().map(|row| row.job.as_str());
    let worse = worse_jobs(&report.jobs).into_iter().map(|job| job.name.as_str());
    let better = better_jobs(&report.jobs).into_iter().map(|job| job.name.as_str());
    let first: Vec<&str> = worse.chain(looked_at).chain(better).collect();
    let place = |job: &String| first.iter().position(|name| name == job).unwrap_or(usize::MAX);
    jobs.sort_by_cached_key(|job| (job.is_none(), job.map(place), *job));
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
    let PerSide { baseline: before, stagger: after } = PerSide::of(series);
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
    let (group, mark) = found.map(|job| group_and_mark(job.verdict.kind)).unwrap_or_default();
    TrendRow {
        job: job.cloned(),
        news: found.and_then(|job| news(report, job)),
        group: group.to_owned(),
        mark: mark.to_owned(),
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

/// What happened to a job, as the scoreboard says it; `None` where nothing is known to have changed.
fn news(report: &Report, job: &JobReport) -> Option<String> {
    let kind = job.verdict.kind;
    let changed = kind.is_worse() || kind.is_better();
    let looked_at = report.scoreboard.look_at.iter().find(|row| row.job == job.name);
    let text = looked_at.map(|row| row.text.clone()).or_else(|| what_changed(report, job));
    text.or_else(|| changed.then(|| kind.words().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::comparison::Comparison;
    use crate::analysis::comparison::reason::ComparisonReason;
    use crate::analysis::figures::job_verdict::{JobVerdict, JobVerdictKind};

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
                let found = Comparison {
                    baseline: Some(100.0),
                    stagger: Some(100.0 * (1.0 + change)),
                    relative_change: Some(change),
                    ..Comparison::default()
                };
                JobReport {
                    name: name.to_owned(),
                    verdict: JobVerdict {
                        kind,
                        metric: Some(&MEDIAN_DURATION),
                        reason: ComparisonReason::Unsaid,
                    },
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
        assert_eq!(news[0], Some("100 ms → 160 ms, typically +60 %"));
        assert_eq!(news[2], Some("100 ms → 50 ms, typically −50 %"));
        assert_eq!(news[4..], [None, None, None]);
    }
}
