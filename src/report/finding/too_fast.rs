//! Jobs that end faster while fewer of their runs end well.

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::finding::duration::change_of;
use crate::report::model::{Finding, Report};

/// The flag; no praise of such a job stands anywhere in a headline.
pub(super) fn too_fast(report: &Report) -> Option<Finding> {
    let jobs: Vec<&JobReport> =
        report.jobs.iter().filter(|job| job.is_restricted_by(Restriction::TooFast)).collect();
    let headline = match jobs.len() {
        0 => return None,
        1 => "1 job ends faster, but fewer of its runs end well: no improvement.".to_owned(),
        jobs => format!(
            "{} jobs end faster, but fewer of their runs end well: no improvement.",
            figure::count(jobs as u64)
        ),
    };
    let named = jobs.iter().map(|job| format!("{} ({})", legible::name(&job.name), evidence(report, job)));
    let detail = vec![
        format!("{}.", legible::sentence_list(named.collect(), NAMED)),
        "Durations are those of completed runs only.".to_owned(),
    ];
    let found = finding("too_fast", headline, detail, &["durations", "outcomes"]);
    let names = jobs.iter().map(|job| job.name.as_str()).take(NAMED);
    Some(found.of_jobs(names, &[&metric::MEDIAN_DURATION, &metric::COMPLETION_RATE]))
}

/// `typically −40 %, completed 500 of 500 to 430 of 498`
fn evidence(report: &Report, job: &JobReport) -> String {
    let limits = report.limits(metric::COMPLETION_RATE.name());
    let sides = [&job.baseline, &job.stagger];
    let shares = |part: fn(&JobWindow) -> (u64, u64)| {
        sides.map(&part).map(|(part, whole)| figure::share(part, whole, &limits)).join(" to ")
    };
    let after = &job.stagger;
    let ended = if after.completed < after.decided {
        format!("completed {}", shares(|window| (window.completed, window.decided)))
    } else if after.skipped() > 0 {
        format!("skipped {}", shares(|window| (window.skipped(), window.rows())))
    } else if after.cancelled > 0 {
        format!("cancelled {}", shares(|window| (window.cancelled, window.started + window.failed_to_start)))
    } else {
        format!(
            "never started {}",
            shares(|window| (window.missed_runs.unwrap_or(0), window.expected_runs.unwrap_or(0)))
        )
    };
    format!("{}, {ended}", faster(job))
}

/// How much faster, by the first duration that fell.
fn faster(job: &JobReport) -> String {
    let fell = |metric: &Metric| {
        let found = job.comparison.get(metric)?;
        found.is_restricted_by(Restriction::TooFast).then(|| change_of(metric, found))?
    };
    let all = [&metric::MEDIAN_DURATION, &metric::MEAN_DURATION, &metric::P95_DURATION];
    all.into_iter().find_map(fell).unwrap_or_else(|| "faster".to_owned())
}
