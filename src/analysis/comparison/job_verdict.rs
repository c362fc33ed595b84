//! Which metric speaks for a job: the worst.

use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::job_verdict::{JobVerdict, JobVerdictKind};
use crate::analysis::figures::rate::Rate;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::analysis::plan::LEAST_RUNS;
use crate::window::{PerSide, Side};

/// In the order in which they speak of being broken.
const OUTCOMES: [&Metric; 2] = [&metric::COMPLETION_RATE, &metric::FAILURE_RATE];

/// The worst that the comparisons and counts of `job` show; else the best.
pub(in crate::analysis) fn job_verdict(job: &JobReport) -> JobVerdict {
    let windows = PerSide { baseline: &job.baseline, stagger: &job.stagger };
    let enabled = job.enabled != Some(false);
    if windows.baseline.started >= LEAST_RUNS && windows.stagger.rows() == 0 && enabled {
        return JobVerdict { kind: JobVerdictKind::Stopped, ..JobVerdict::default() };
    }
    // The median speaks first.
    let durations: Vec<&'static Metric> =
        std::iter::once(&metric::MEDIAN_DURATION).chain(Metric::tested_durations()).collect();
    let found = |verdict, metrics: &[&'static Metric]| {
        metrics.iter().find(|metric| job.has_verdict(metric, verdict)).copied()
    };
    let regressed = |metrics: &[&'static Metric]| found(ComparisonVerdict::Regressed, metrics);
    let improved = |metrics: &[&'static Metric]| found(ComparisonVerdict::Improved, metrics);
    let rose = |share, metric: &'static Metric| rose(windows, share).then_some(metric);
    let outcomes = regressed(&OUTCOMES);
    let lost = loses_fires(job);
    let candidates = [
        (JobVerdictKind::Broken, outcomes.filter(|_| lost)),
        (JobVerdictKind::MissingRuns, rose(missed, &metric::MISSED_RUNS)),
        (JobVerdictKind::Slower, regressed(&durations)),
        (JobVerdictKind::MoreRetries, outcomes.filter(|_| !lost)),
        (JobVerdictKind::LessPunctual, regressed(&[&metric::ON_TIME_RATE])),
        (JobVerdictKind::Overlapping, rose(overlapping, &metric::OVERLAPPING_STARTS)),
        (JobVerdictKind::Faster, improved(&durations)),
        (JobVerdictKind::MoreReliable, improved(&OUTCOMES)),
        (JobVerdictKind::MoreReliable, improved(&[&metric::ON_TIME_RATE])),
    ];
    let first = candidates.into_iter().find_map(|(kind, metric)| Some((kind, metric?)));
    let is_silent = job.silences.iter().any(|silence| silence.window == Side::Stagger);
    match first {
        None if is_silent => missing_runs(),
        Some((kind, _)) if is_silent && kind > JobVerdictKind::MissingRuns => missing_runs(),
        Some((kind, metric)) => with(job, kind, metric),
        None => without_change(job),
    }
}

/// Nothing of the job started for long, though much should have.
fn missing_runs() -> JobVerdict {
    JobVerdict { kind: JobVerdictKind::MissingRuns, ..JobVerdict::default() }
}

/// Unchanged where the median is, and no rate that moved is undecided; else the reason why not.
fn without_change(job: &JobReport) -> JobVerdict {
    let moved = |metric: &&'static Metric| {
        let found = job.comparison.get(metric);
        found.is_some_and(|found| is_open(found) && found.change.is_some_and(|change| change.abs() > 0.0))
    };
    if let Some(metric) = [&metric::COMPLETION_RATE, &metric::ON_TIME_RATE].into_iter().find(moved) {
        return with(job, JobVerdictKind::Unclear, metric);
    }
    let median = &metric::MEDIAN_DURATION;
    let kind = match job.comparison.get(median).and_then(|found| found.verdict) {
        Some(ComparisonVerdict::NoMaterialChange) => JobVerdictKind::Unchanged,
        Some(ComparisonVerdict::NotMeasured) | None => JobVerdictKind::NotMeasured,
        Some(_) => JobVerdictKind::Unclear,
    };
    with(job, kind, median)
}

fn with(job: &JobReport, kind: JobVerdictKind, metric: &'static Metric) -> JobVerdict {
    let reason = job.comparison.any(metric).map(|found| found.reason.clone()).unwrap_or_default();
    JobVerdict { kind, metric: Some(metric), reason }
}

/// Whether more of the fires whose first attempt has a known outcome end without a success than before, by more than
/// the margin of completion; or by one, since the retry of a window's last fire may lie beyond its end.
fn loses_fires(job: &JobReport) -> bool {
    let lost = |window: &JobWindow| {
        let (succeeded, fires) = window.fires();
        (fires.saturating_sub(succeeded) as f64, fires as f64)
    };
    let ((lost_before, before), (lost_after, after)) = (lost(&job.baseline), lost(&job.stagger));
    let margin = job.comparison.get(&metric::COMPLETION_RATE).and_then(|found| found.margin);
    let expected = if before > 0.0 { after * lost_before / before } else { 0.0 };
    job.stagger.retries == 0 || lost_after - expected > (margin.unwrap_or(0.0) * after).max(1.0)
}

fn is_open(found: &Comparison) -> bool {
    found.verdict == Some(ComparisonVerdict::Inconclusive)
}

/// Fires without a run, of the expected ones.
fn missed(window: &JobWindow) -> Option<Rate> {
    Rate::new(window.missed_runs?, window.expected_runs?)
}

/// Starts beside an earlier run, of all starts.
fn overlapping(window: &JobWindow) -> Option<Rate> {
    Rate::new(window.overlapping_starts, window.started)
}

/// Whether a share that has no test is larger after: the intervals of both windows lie apart. A window before
/// that is too short to tell excuses nothing.
fn rose(windows: PerSide<&JobWindow>, share: fn(&JobWindow) -> Option<Rate>) -> bool {
    let Some(after) = share(windows.stagger).filter(|after| after.hits > 0) else { return false };
    match share(windows.baseline).filter(|before| before.of >= LEAST_RUNS) {
        Some(before) => after.low > before.high,
        None => true,
    }
}
