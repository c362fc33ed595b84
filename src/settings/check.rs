//! What the declared jobs and the targets say about each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Overrides;
use crate::analysis::metric::Metric;
use crate::deployment::{DeploymentFile, Problem, ProblemPlace};
use crate::judgement::{JobSelector, Target};
use crate::nearest::did_you_mean;

/// Problems beyond which hints would take longer than they are worth.
const MOST_HINTS: usize = 100;

/// A target with the place that it was given in.
pub(super) struct Placed {
    pub(super) target: Target,
    pub(super) place: ProblemPlace,
}

/// The targets of the file, those about the same metric and job as a flag's replaced by it, and the
/// flags' others behind them.
pub(super) fn targets(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Vec<Placed> {
    let kpis = file.map(|file| file.kpis.as_slice()).unwrap_or_default();
    let mut flags: BTreeMap<_, Vec<(usize, Target)>> = BTreeMap::new();
    for (order, text) in overrides.targets.iter().enumerate() {
        match Target::parse_flag(text, kpis) {
            Ok(target) => flags.entry(target.figure()).or_default().push((order, target)),
            Err(error) => problems.push(Problem::with_flag("--target", error.to_string())),
        }
    }
    let flagged = |(_, target)| Placed { target, place: ProblemPlace::Flag("--target") };
    let mut targets = Vec::new();
    for (target, place) in file.into_iter().flat_map(declared) {
        match flags.get_mut(&target.figure()) {
            // In the place of the first that they replace; the others only go.
            Some(same) => targets.extend(std::mem::take(same).into_iter().map(flagged)),
            None => targets.push(Placed { target, place }),
        }
    }
    let mut others: Vec<(usize, Target)> = flags.into_values().flatten().collect();
    others.sort_by_key(|(order, _)| *order);
    targets.extend(others.into_iter().map(flagged));
    targets
}

fn declared(file: &DeploymentFile) -> impl Iterator<Item = (Target, ProblemPlace)> + '_ {
    file.targets.iter().map(|target| (target.value.clone(), line(file, target.line)))
}

fn line(file: &DeploymentFile, line: usize) -> ProblemPlace {
    ProblemPlace::Line { file: file.file.clone(), line }
}

/// Targets and triggers about jobs that are not declared, or about the durations of several jobs at once.
pub(super) fn jobs(file: Option<&DeploymentFile>, targets: &[Placed], problems: &mut Vec<Problem>) {
    let Some(file) = file.filter(|file| !file.jobs.is_empty()) else { return };
    let names: BTreeSet<&str> = file.jobs.iter().map(|job| job.value.name.as_str()).collect();
    let targets =
        targets.iter().map(|placed| (&placed.target.metric, &placed.target.job, placed.place.clone()));
    let triggers = file
        .triggers
        .iter()
        .map(|trigger| (&trigger.value.metric, &trigger.value.job, line(file, trigger.line)));
    for (metric, job, place) in targets.chain(triggers) {
        // A hint looks at every name: of a thousand wrong ones the first few have one.
        let hints = problems.len() < MOST_HINTS;
        if let Some(message) = job_problem(&names, metric, job, hints) {
            problems.push(Problem { place, message });
        }
    }
}

fn job_problem(names: &BTreeSet<&str>, metric: &Metric, job: &JobSelector, hints: bool) -> Option<String> {
    match job {
        JobSelector::Named(name) if !names.contains(name.as_str()) => {
            let hint = if hints { did_you_mean(name, names.iter().copied()) } else { String::new() };
            Some(format!("the target on {metric} names job '{name}', which is not declared{hint}"))
        }
        JobSelector::Total if metric.is_duration() && names.len() > 1 => Some(format!(
            "{metric} needs a job: {} are declared, and their durations say nothing together \
             (name one, or write job = \"each\")",
            names.len()
        )),
        _ => None,
    }
}

/// Accepted misses of targets that do not exist would never be seen by anybody.
pub(super) fn accepted(file: Option<&DeploymentFile>, targets: &[Placed], problems: &mut Vec<Problem>) {
    let Some(file) = file.filter(|file| !file.accepted.is_empty()) else { return };
    let asked: BTreeSet<(&str, &JobSelector)> =
        targets.iter().map(|placed| (placed.target.metric.name.as_ref(), &placed.target.job)).collect();
    let metrics: BTreeSet<&str> = asked.iter().map(|(metric, _)| *metric).collect();
    for entry in &file.accepted {
        let (metric, job) = entry.value.subject();
        let is_asked = match job {
            None => metrics.contains(metric),
            // Of each: any of them, as far as is known here.
            Some(job) => [JobSelector::Each, JobSelector::Named(job.to_owned())]
                .iter()
                .any(|selector| asked.contains(&(metric, selector))),
        };
        if !is_asked {
            let hint = if problems.len() < MOST_HINTS {
                let subjects: Vec<String> = targets.iter().map(subject).collect();
                did_you_mean(&entry.value.target, subjects.iter().map(String::as_str))
            } else {
                String::new()
            };
            let about = job.map_or_else(|| metric.to_owned(), |job| format!("{metric} of job '{job}'"));
            let message = format!("'target' in [[accepted]]: no target is about {about}{hint}");
            problems.push(Problem { place: line(file, entry.line), message });
        }
    }
}

/// A target's subject in the form of `[[accepted]]`.
fn subject(placed: &Placed) -> String {
    match &placed.target.job {
        JobSelector::Named(job) => format!("{}: {job}", placed.target.metric),
        JobSelector::Total | JobSelector::Each => placed.target.metric.to_string(),
    }
}
