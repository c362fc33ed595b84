//! Jobs that end faster while fewer of their runs end well.

use super::change::{has_verdict, relative};
use super::{NAMED, finding};
use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::job::{JobReport, JobWindow};
use crate::analysis::limit::Limit;
use crate::analysis::metric::Metric;
use crate::figure;
use crate::legible;
use crate::report::model::{Finding, Report};

/// Whether the job's faster durations are no improvement.
pub(super) fn is_too_fast(job: &JobReport) -> bool {
    job.comparison.values().any(|found| found.is_limited_by(Limit::TooFast))
}

/// The flag; no praise of such a job stands anywhere in a headline.
pub(super) fn too_fast(report: &Report) -> Option<Finding> {
    let jobs: Vec<&JobReport> = report.jobs.iter().filter(|job| is_too_fast(job)).collect();
    let headline = match jobs.len() {
        0 => return None,
        1 => "1 job ends faster and fails more: no improvement.".to_owned(),
        jobs => format!("{} jobs end faster and fail more: no improvement.", figure::count(jobs as u64)),
    };
    let named = jobs.iter().map(|job| format!("{} ({})", legible::name(&job.name), evidence(report, job)));
    let detail = vec![
        format!("{}.", legible::sentence_list(named.collect(), NAMED)),
        "Durations are those of completed runs only.".to_owned(),
    ];
    let found = finding("too_fast", headline, detail, &["durations", "outcomes"]);
    let names = jobs.iter().map(|job| job.name.as_str()).take(NAMED);
    Some(found.of_jobs(names, &[Metric::MedianDuration, Metric::CompletionRate]))
}

/// `median −40 %, completed 500 of 500 to 430 of 498`
fn evidence(report: &Report, job: &JobReport) -> String {
    let limits = report.limits("completion_rate");
    let faster = has_verdict(job, "median_duration", ComparisonVerdict::Improved)
        .then(|| relative(job))
        .flatten()
        .map_or_else(|| "faster".to_owned(), |change| format!("median {}", figure::change(change)));
    let sides = [&job.baseline, &job.stagger];
    let shares = |part: fn(&JobWindow) -> (u64, u64)| {
        sides.map(&part).map(|(part, whole)| figure::share(part, whole, &limits)).join(" to ")
    };
    let skipped = |window: &JobWindow| window.rows() - window.started;
    let ended = if job.stagger.completed == job.stagger.decided && skipped(&job.stagger) > 0 {
        format!("skipped {}", shares(|window| (window.rows() - window.started, window.rows())))
    } else {
        format!("completed {}", shares(|window| (window.completed, window.decided)))
    };
    format!("{faster}, {ended}")
}
