//! What a report says first: headlines as data, each with the queries it rests on.
//!
//! A finding states what the rows show. Words such as *improved* come from verdicts only, nothing is
//! said about durations that no comparison decided, and what was not measured is said to be so.

mod compose;
mod course;
mod duration;
mod errors;
mod outcome;
mod rate;
mod run_time;
mod silence;
mod skips;
mod slow_start;
mod source;
mod start;
mod too_fast;
mod weakness;

use self::compose::{NAMED, finding};
use super::model::{Finding, Number, Report};
use crate::analysis::metric::Value;
use crate::judgement::{TargetResult, TargetVerdict};
use crate::legible;

/// The headlines of `report`, the weightiest first. `report.findings` itself is not looked at.
pub fn findings(report: &Report) -> Vec<Finding> {
    let after = &report.totals.stagger.job;
    if after.started == 0 {
        let mut found: Vec<Finding> = outcome::unplaced(report).into_iter().collect();
        found.push(nothing_started(report));
        found.extend(silence::silences(report));
        found.extend((after.decided > 0).then(|| outcome::outcomes(report)));
        found.extend(outcome::missed(report));
        found.extend(not_measured(report));
        return found;
    }
    let mut found = source::limits(report);
    found.extend(outcome::unplaced(report));
    found.extend(silence::silences(report));
    found.extend(outcome::missed(report));
    found.extend(outcome::never_ran(report));
    found.push(outcome::outcomes(report));
    found.extend(outcome::fires(report));
    found.extend(errors::new_errors(report));
    found.extend(too_fast::too_fast(report));
    found.extend(start::simultaneous(report));
    found.extend(start::off_place(report));
    found.extend(start::overlapping(report));
    found.extend(skips::skips(report));
    found.extend(rate::rates(report));
    found.extend(slow_start::slow_start(report));
    found.push(duration::durations(report));
    found.extend(run_time::run_time(report));
    found.extend(not_measured(report));
    found
}

fn nothing_started(report: &Report) -> Finding {
    let [before, after] = &report.deployment.labels;
    let detail = match report.totals.baseline.job.started {
        0 => format!("Nor in the window “{}”.", legible::name(before)),
        runs => format!("{}: {}.", legible::capital(&legible::name(before)), runs_started(runs)),
    };
    finding(
        "nothing_started",
        format!(
            "No run started in the window “{}”{}.",
            legible::name(after),
            outcome::set_aside(&report.totals.stagger.job)
        ),
        vec![detail],
        &["outcomes"],
    )
}

fn runs_started(runs: u64) -> String {
    format!("{} started", crate::figure::counted(runs, "run", "runs"))
}

/// Declared measurements without a value, and targets without data.
fn not_measured(report: &Report) -> Option<Finding> {
    let mut names: Vec<String> = report
        .kpis
        .iter()
        .filter(|kpi| kpi.stagger.is_none())
        .map(|kpi| legible::capital(&legible::name(&kpi.name.replace('_', " "))))
        .collect();
    let of_a_kpi = |target: &TargetResult| matches!(target.metric.value, Value::Measurement { .. });
    for target in &report.targets {
        if target.verdict != TargetVerdict::NotMeasured || of_a_kpi(target) {
            continue;
        }
        let metric = target.metric.name.replace('_', " ");
        // a value that is known is not unmeasured: what is missing is its change
        let metric = if target.actual.is_some() { format!("change of {metric}") } else { metric };
        let name = match &target.job {
            Some(job) => format!("{metric} of {}", legible::name(job)),
            None => metric,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return None;
    }
    let verb = if names.len() == 1 { "was" } else { "were" };
    let named = legible::capital(&legible::sentence_list(names, NAMED));
    let headline = format!("{named} {verb} not measured.");
    let unmeasured = report.targets.iter().filter(|target| target.verdict == TargetVerdict::NotMeasured);
    let mut numbers: Vec<Number> = unmeasured
        .map(|target| Number { metric: target.metric.to_string(), job: target.job.clone() })
        .collect();
    numbers.dedup();
    numbers.truncate(NAMED);
    Some(Finding { numbers, ..finding("not_measured", headline, Vec::new(), &[]) })
}
