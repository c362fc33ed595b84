//! What the declared jobs and the targets say about each other.

use super::Overrides;
use crate::analysis::metric::Metric;
use crate::deployment::{DeploymentFile, Place, Problem};
use crate::judgement::{JobSelector, Target};
use crate::nearest::did_you_mean;

/// A target with the place that it was given in.
pub(super) struct Placed {
    pub(super) target: Target,
    pub(super) place: Place,
}

/// The targets of the file, those about the same metric and job as a flag's replaced by it, and the
/// flags' others behind them.
pub(super) fn targets(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Vec<Placed> {
    let kpis = file.map(|file| file.kpis.as_slice()).unwrap_or_default();
    let mut flags: Vec<Target> = Vec::new();
    for text in &overrides.targets {
        match Target::parse_flag(text, kpis) {
            Ok(target) => flags.push(target),
            Err(error) => problems.push(Problem::with_flag("--target", error.to_string())),
        }
    }
    let given = flags.clone();
    let flagged = |target| Placed { target, place: Place::Flag("--target") };
    let mut targets = Vec::new();
    for (target, place) in file.into_iter().flat_map(declared) {
        if given.iter().any(|flag| flag.is_about_the_same(&target)) {
            // In the place of the first that they replace; the others only go.
            let (same, others) = flags.into_iter().partition(|flag| flag.is_about_the_same(&target));
            flags = others;
            targets.extend(Vec::into_iter(same).map(flagged));
        } else {
            targets.push(Placed { target, place });
        }
    }
    targets.extend(flags.into_iter().map(flagged));
    targets
}

fn declared(file: &DeploymentFile) -> impl Iterator<Item = (Target, Place)> + '_ {
    file.targets.iter().map(|target| (target.value.clone(), line(file, target.line)))
}

fn line(file: &DeploymentFile, line: usize) -> Place {
    Place::Line { file: file.file.clone(), line }
}

/// Targets and triggers about jobs that are not declared, or about the durations of several jobs at once.
pub(super) fn jobs(file: Option<&DeploymentFile>, targets: &[Placed], problems: &mut Vec<Problem>) {
    let Some(file) = file.filter(|file| !file.jobs.is_empty()) else { return };
    let targets =
        targets.iter().map(|placed| (&placed.target.metric, &placed.target.job, placed.place.clone()));
    let triggers = file
        .triggers
        .iter()
        .map(|trigger| (&trigger.value.metric, &trigger.value.job, line(file, trigger.line)));
    for (metric, job, place) in targets.chain(triggers) {
        if let Some(message) = job_problem(file, metric, job) {
            problems.push(Problem { place, message });
        }
    }
}

fn job_problem(file: &DeploymentFile, metric: &Metric, job: &JobSelector) -> Option<String> {
    let names = || file.jobs.iter().map(|job| job.value.name.as_str());
    match job {
        JobSelector::Named(name) if !names().any(|known| known == name) => {
            let known: Vec<&str> = names().collect();
            Some(format!(
                "{metric} is asked of job '{name}', which is not declared{}",
                did_you_mean(name, known)
            ))
        }
        JobSelector::Total if metric.is_duration() && file.jobs.len() > 1 => Some(format!(
            "{metric} needs a job: {} are declared, and their durations say nothing together \
             (name one, or write job = \"each\")",
            file.jobs.len()
        )),
        _ => None,
    }
}

/// Accepted misses of targets that do not exist would never be seen by anybody.
pub(super) fn accepted(file: Option<&DeploymentFile>, targets: &[Placed], problems: &mut Vec<Problem>) {
    let Some(file) = file else { return };
    for entry in &file.accepted {
        let (metric, job) = entry.value.subject();
        let about = |placed: &Placed| {
            let its_job = match &placed.target.job {
                JobSelector::Total => None,
                JobSelector::Named(name) => Some(name.as_str()),
                // Any of them, as far as is known here.
                JobSelector::Each => job,
            };
            entry.value.is_about(&placed.target.metric.to_string(), its_job)
        };
        if !targets.iter().any(about) {
            let subjects: Vec<String> = targets.iter().map(subject).collect();
            let hint = did_you_mean(&entry.value.target, subjects.iter().map(String::as_str));
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
