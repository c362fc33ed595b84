//! The scoreboard of a report.

use crate::analysis::comparison::reason::ComparisonReason;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::analysis::figures::silence::Silence;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Better, Denominator, Metric, Value};
use crate::figure::{self, ABSENT};
use crate::report::model::Report;
use crate::report::retries::fires_succeeded;
use crate::report::scoreboard::model::{Counts, ScoreRow, Scoreboard};
use crate::window::Side;

/// Rows of `worst` and of `look_at`.
const ROWS: usize = 5;

/// Fraction of runs by which a rate has to fall to be looked at though it is undecided.
const LARGE_DROP: f64 = 0.1;

/// Runs that have to count against it, so that one unlucky run is no news.
const LEAST_LOST: u64 = 3;

/// Relative change of a median that is looked at though it is undecided.
const LARGE_CHANGE: f64 = 0.3;

/// The scoreboard of the jobs of `report`, whose verdicts are made.
pub fn scoreboard(report: &Report) -> Scoreboard {
    let jobs = &report.jobs;
    let open = jobs.iter().filter_map(|job| looked_at(report, job));
    let mut open: Vec<(f64, ScoreRow)> = open.collect();
    open.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.job.cmp(&b.1.job)));
    Scoreboard {
        jobs: Counts::of_jobs(jobs),
        worst: worse_jobs(jobs).into_iter().take(ROWS).map(|job| worst(report, job)).collect(),
        look_at: open.into_iter().take(ROWS).map(|(_, row)| row).collect(),
    }
}

/// The jobs that got worse, the worst first.
pub fn worse_jobs(jobs: &[JobReport]) -> Vec<&JobReport> {
    in_order(jobs.iter().filter(|job| job.verdict.kind.is_worse()).collect())
}

/// The jobs that got better, of each kind the largest gain first.
pub fn better_jobs(jobs: &[JobReport]) -> Vec<&JobReport> {
    in_order(jobs.iter().filter(|job| job.verdict.kind.is_better()).collect())
}

fn in_order(mut jobs: Vec<&JobReport>) -> Vec<&JobReport> {
    jobs.sort_by(|a, b| {
        let kinds = a.verdict.kind.cmp(&b.verdict.kind);
        kinds.then_with(|| extent(b).total_cmp(&extent(a))).then_with(|| a.name.cmp(&b.name))
    });
    jobs
}

/// How much the verdict of a job says among those of its kind.
fn extent(job: &JobReport) -> f64 {
    let found = job.verdict.metric.and_then(|metric| job.comparison.any(metric));
    let size = found.map_or(job.baseline.started as f64, |found| size(&found).abs());
    match job.verdict.kind {
        JobVerdictKind::MissingRuns => {
            let silent = longest_silence(job).map_or(0.0, |silence| silence.expected);
            silent.max(job.stagger.missed_runs.unwrap_or(0) as f64)
        }
        JobVerdictKind::Overlapping => job.stagger.overlapping_starts as f64,
        _ => size,
    }
}

/// The change relative to before where there is one: the typical shift for the median.
fn size(found: &Comparison) -> f64 {
    found.shift_relative.or(found.relative_change).or(found.change).unwrap_or(0.0)
}

fn worst(report: &Report, job: &JobReport) -> ScoreRow {
    let metric = job.verdict.metric;
    row(job, metric, what_changed(report, job).unwrap_or_default())
}

/// What the verdict of a job is about, in a few words; `None` where it says of no change.
pub fn what_changed(report: &Report, job: &JobReport) -> Option<String> {
    let kind = job.verdict.kind;
    if kind == JobVerdictKind::Stopped {
        return Some(format!("no run after ({} before)", figure::count(job.baseline.started)));
    }
    if kind == JobVerdictKind::MissingRuns && job.verdict.metric.is_none() {
        return longest_silence(job).map(|silence| {
            let (span, runs) = (figure::span(silence.seconds), figure::number(silence.expected));
            format!("no run for {span} (about {runs} expected)")
        });
    }
    let metric = job.verdict.metric?;
    (kind.is_worse() || kind.is_better()).then(|| happened(report, job, metric))
}

fn longest_silence(job: &JobReport) -> Option<&Silence> {
    let after = job.silences.iter().filter(|silence| silence.window == Side::Stagger);
    after.max_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

fn row(job: &JobReport, metric: Option<&Metric>, text: String) -> ScoreRow {
    let found = metric.and_then(|metric| job.comparison.any(metric));
    ScoreRow {
        job: job.name.clone(),
        kind: job.verdict.kind,
        metric: metric.map(|metric| metric.name().to_owned()),
        baseline: found.as_ref().and_then(|found| found.baseline),
        stagger: found.and_then(|found| found.stagger),
        text,
        reason: ComparisonReason::Unsaid,
    }
}

/// `fails 36 % (was 0 %)`, `4.8 s → 7.7 s, typically +61 %`, `20 % of attempts fail (was 2 %); every fire
/// succeeded, 290 at the second attempt`.
fn happened(report: &Report, job: &JobReport, metric: &Metric) -> String {
    let limits = report.limits(metric.name());
    let verb = match &metric.value {
        Value::Share(share) if share.of == Denominator::ScheduledStarts => "starts late:",
        Value::Missed => "misses runs:",
        Value::Count(_) => "overlaps itself:",
        Value::Duration { .. } => return slower(job, metric, &limits),
        _ => "fails",
    };
    let [now, was] = [&job.stagger, &job.baseline].map(|window| {
        let counts = against(window, metric);
        counts.map_or_else(|| ABSENT.to_owned(), |(part, whole)| figure::share(part, whole, &limits))
    });
    match job.verdict.kind {
        JobVerdictKind::MoreRetries => {
            format!("{now} of attempts fail (was {was}); {}", fires_succeeded(&job.stagger))
        }
        _ => format!("{verb} {now} (was {was})"),
    }
}

fn slower(job: &JobReport, metric: &Metric, limits: &[f64]) -> String {
    let Some(found) = job.comparison.get(metric) else { return String::new() };
    let [was, now] = [found.baseline, found.stagger]
        .map(|value| value.map_or_else(|| ABSENT.to_owned(), |ms| figure::duration_against(ms, limits)));
    // The medians stand for themselves; the change between them is another figure than the shift.
    let (label, change) = if metric == &metric::MEDIAN_DURATION {
        (String::new(), format!("typically {}", figure::change(size(found))))
    } else {
        (format!("{} ", metric.label.to_lowercase()), figure::change(size(found)))
    };
    format!("{label}{was} → {now}, {change}")
}

/// The runs that speak against a job, and of how many.
fn against(window: &JobWindow, metric: &Metric) -> Option<(u64, u64)> {
    match &metric.value {
        Value::Share(share) => {
            let rate = (share.rate)(window)?;
            let good = metric.better == Some(Better::Higher);
            Some((if good { rate.of - rate.hits } else { rate.hits }, rate.of))
        }
        Value::Missed => Some((window.missed_runs?, window.expected_runs?)),
        Value::Count(count) => Some((count(window), window.started)),
        _ => None,
    }
}

/// A large change for the worse that no rule decided, with its size.
fn looked_at(report: &Report, job: &JobReport) -> Option<(f64, ScoreRow)> {
    if job.verdict.kind.is_worse() {
        return None;
    }
    let lost = job.stagger.decided - job.stagger.completed;
    let open = |metric: &'static Metric| {
        let found = job.comparison.get(metric)?;
        (found.verdict == Some(ComparisonVerdict::Inconclusive)).then_some((metric, found))
    };
    let completion = open(&metric::COMPLETION_RATE)
        .filter(|(_, found)| found.change.is_some_and(|change| change <= -LARGE_DROP) && lost >= LEAST_LOST);
    let median = open(&metric::MEDIAN_DURATION).filter(|(_, found)| size(found) >= LARGE_CHANGE);
    let (metric, found) = completion.or(median)?;
    // Failures come before durations.
    let weight = size(found).abs() + if metric.share().is_some() { 10.0 } else { 0.0 };
    let row = row(job, Some(metric), happened(report, job, metric));
    Some((weight, ScoreRow { reason: found.reason.clone(), ..row }))
}
