//! Shares of runs that changed, by the verdict of their comparison.

use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::analysis::metric::{self, Denominator, Metric};
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::finding::course::courses;
use crate::report::finding::weakness;
use crate::report::model::{Direction, Finding, Number, Report};
use crate::report::retries::fires_succeeded;

/// What readers call a rate in a sentence.
fn label(metric: &Metric) -> String {
    if metric == &metric::COMPLETION_RATE {
        "Completion".to_owned()
    } else if metric == &metric::FAILURE_RATE {
        "Failures".to_owned()
    } else if metric == &metric::ON_TIME_RATE {
        "Punctuality".to_owned()
    } else {
        legible::capital(&metric.label)
    }
}

pub(super) fn rates(report: &Report) -> Option<Finding> {
    let verdicts = [(ComparisonVerdict::Regressed, "regressed"), (ComparisonVerdict::Improved, "improved")];
    let any = verdicts.map(|(verdict, _)| {
        let has = |job: &JobReport| Metric::tested_rates().any(|metric| job.has_verdict(metric, verdict));
        report.jobs.iter().any(has)
    });
    let says = match any {
        [true, true] => Direction::Mixed,
        [true, false] => Direction::Regressed,
        [false, true] => Direction::Improved,
        [false, false] => return None,
    };
    let but = weakness::of_windows(report);
    let mut sentences = Vec::new();
    let mut numbers = Vec::new();
    for (verdict, word) in verdicts {
        for metric in Metric::tested_rates() {
            let changed = changed(report, metric, verdict);
            if changed.is_empty() {
                continue;
            }
            let limits = report.limits(metric.name());
            let jobs = changed.iter().map(|(job, found)| example(job, metric, found, &limits)).collect();
            let weakened = if sentences.is_empty() { weakness::clause(&but) } else { String::new() };
            let jobs = legible::sentence_list(jobs, NAMED);
            sentences.push(format!("{} {word}: {jobs}{weakened}.", label(metric)));
            sentences.extend(courses(changed.iter().copied()));
            numbers.extend(changed.iter().take(NAMED).map(|(job, _)| Number::of_job(metric, &job.name)));
        }
    }
    let headline = (!sentences.is_empty()).then(|| sentences.remove(0))?;
    let found = finding("rates", headline, sentences, &["outcomes", "start_seconds"]);
    Some(Finding { numbers, says: Some(says), but, ..found })
}

/// The jobs with this verdict. Of a job whose completion says it, failures do not say it again.
fn changed<'a>(
    report: &'a Report,
    metric: &'static Metric,
    verdict: ComparisonVerdict,
) -> Vec<(&'a JobReport, &'a Comparison)> {
    let told_by_completion = |job: &JobReport| {
        metric == &metric::FAILURE_RATE && job.has_verdict(&metric::COMPLETION_RATE, verdict)
    };
    let jobs = report.jobs.iter().filter(|job| job.has_verdict(metric, verdict) && !told_by_completion(job));
    jobs.filter_map(|job| Some((job, job.comparison.get(metric)?))).collect()
}

/// `job (99.8 % to 94.5 %)`, and what retries made of it.
fn example(job: &JobReport, metric: &Metric, found: &Comparison, limits: &[f64]) -> String {
    let share_of_attempts = metric.share().is_some_and(|share| share.of == Denominator::Decided);
    let name = legible::name(&job.name);
    match (found.baseline, found.stagger) {
        (Some(from), Some(to)) => {
            let [from, to] = [from, to].map(|rate| figure::percent_against(rate, limits));
            let retried = match job.verdict.kind {
                JobVerdictKind::MoreRetries if share_of_attempts => {
                    format!("; {}", fires_succeeded(&job.stagger))
                }
                _ => String::new(),
            };
            format!("{name} ({from} to {to}{retried})")
        }
        _ => name,
    }
}
