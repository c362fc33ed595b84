//! Findings about when runs start: together, off their place, over one another.

use crate::analysis::figures::job::JobReport;
use crate::analysis::metric;
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};

/// Mean duration, ms, from which a run is named as one that others start beside.
const LONG_RUN_MS: f64 = 1_000.0;

/// Simultaneous starts, and beside them the other number: how many ran at once.
pub(super) fn simultaneous(report: &Report) -> Option<Finding> {
    let (before, after) = (&report.totals.baseline, &report.totals.stagger);
    let (from, to) = (before.start_burst.runs, after.start_burst.runs);
    if from == 0 && to == 0 {
        return None;
    }
    let headline = match (from, to) {
        (0, to) => {
            format!("At most {} started at once; nothing ran before.", figure::counted(to, "run", "runs"))
        }
        (from, to) if to < from => format!("Simultaneous starts fell from {from} to {to}."),
        (from, to) if to > from => format!("Simultaneous starts rose from {from} to {to}."),
        (_, to) => format!("Simultaneous starts stayed at {to}."),
    };
    let mut detail = vec![level(report)];
    let active = report.jobs.iter().filter(|job| job.stagger.started > 0);
    let silent = active.clone().filter(|job| job.baseline.started == 0).count();
    if from > 0 && silent > 0 {
        let of = figure::part_of(silent as u64, active.count() as u64);
        detail.push(format!("{of} jobs did not run before, so they had no part in the {from}."));
    }
    let found = finding("simultaneous_starts", headline, detail, &["start_bursts", "concurrency"]);
    Some(found.of_all(&[&metric::START_BURST, &metric::PEAK_CONCURRENCY]))
}

/// `At most 2 ran at once (4 before); …`
fn level(report: &Report) -> String {
    let (before, after) = (&report.totals.baseline, &report.totals.stagger);
    let peak = after.concurrency.peak;
    let was = match before.job.started {
        0 => String::new(),
        _ => format!(" ({} before)", before.concurrency.peak),
    };
    match longest_at_peak(report).filter(|_| peak > after.start_burst.runs) {
        Some((job, mean_ms)) => format!(
            "At most {peak} ran at once{was}; {}, which takes {}, was one of them.",
            legible::name(&job.name),
            figure::duration(mean_ms)
        ),
        None => format!("At most {peak} ran at once{was}."),
    }
}

/// The job with the longest runs among those at the peak, if they are long.
fn longest_at_peak(report: &Report) -> Option<(&JobReport, f64)> {
    let at_peak = &report.totals.stagger.concurrency.jobs_at_peak;
    report
        .jobs
        .iter()
        .filter(|job| at_peak.contains(&job.name))
        .filter_map(|job| Some((job, job.stagger.duration_ms?.mean)))
        .filter(|(_, mean_ms)| *mean_ms >= LONG_RUN_MS)
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Runs that did not start at their declared place in the cycle.
pub(super) fn off_place(report: &Report) -> Option<Finding> {
    let on_time = report.totals.stagger.job.on_time_rate?;
    let was = report.totals.baseline.job.on_time_rate;
    let was_late = was.filter(|was| was.value < 1.0).map(|was| figure::percent(was.value));
    if on_time.value >= 1.0 {
        let headline = format!("All runs started on schedule ({} before).", was_late?);
        return Some(
            finding("off_place", headline, Vec::new(), &["start_seconds"]).of_all(&[&metric::ON_TIME_RATE]),
        );
    }
    let mut late: Vec<&JobReport> = report
        .jobs
        .iter()
        .filter(|job| job.stagger.on_time_rate.is_some_and(|rate| rate.value < 1.0))
        .collect();
    late.sort_by(|a, b| {
        let rate = |job: &JobReport| job.stagger.on_time_rate.map_or(1.0, |rate| rate.value);
        rate(a).total_cmp(&rate(b)).then_with(|| a.name.cmp(&b.name))
    });
    let names: Vec<&str> = late.iter().map(|job| job.name.as_str()).collect();
    let headline = format!(
        "{} of the runs started on schedule{}.",
        figure::percent(on_time.value),
        was.map(|was| format!(" ({} before)", figure::percent(was.value))).unwrap_or_default()
    );
    let detail = format!("Others belong to {}.", legible::list(&names, NAMED));
    let found = finding("off_place", headline, vec![detail], &["start_seconds"]);
    Some(
        found
            .of_all(&[&metric::ON_TIME_RATE])
            .of_jobs(names.into_iter().take(NAMED), &[&metric::ON_TIME_RATE]),
    )
}

/// Runs that started while an earlier run of their own job was under way.
pub(super) fn overlapping(report: &Report) -> Option<Finding> {
    let (before, after) =
        (report.totals.baseline.job.overlapping_starts, report.totals.stagger.job.overlapping_starts);
    if after == 0 {
        let runs = figure::counted(before, "run", "runs");
        let headline =
            format!("No run started while an earlier run of the same job was under way; before, {runs} did.");
        let found = finding("overlapping_starts", headline, Vec::new(), &["overlaps"]);
        return (before > 0).then(|| found.of_all(&[&metric::OVERLAPPING_STARTS]));
    }
    let names: Vec<&str> = report
        .jobs
        .iter()
        .filter(|job| job.stagger.overlapping_starts > 0)
        .map(|job| job.name.as_str())
        .collect();
    let headline = format!(
        "{} started while an earlier run of the same job was under way.",
        figure::counted(after, "run", "runs")
    );
    let detail = format!("Before: {}. Jobs: {}.", figure::count(before), legible::list(&names, NAMED));
    let found = finding("overlapping_starts", headline, vec![detail], &["overlaps"]);
    Some(found.of_all(&[&metric::OVERLAPPING_STARTS]))
}
