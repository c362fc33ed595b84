//! One deployment in several environments, in words.

use serde::Serialize;

use super::decision::decision_text;
use super::metric;
use super::text::pair;
use crate::figure::{self, ABSENT, counted};
use crate::judgement::TargetVerdict;
use crate::legible;
use crate::report::environments::{
    EnvironmentChange, EnvironmentFacts, EnvironmentTarget, Environments, PredictedChange, PredictionOutcome,
};
use crate::report::model::Report;
use crate::window::Side;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnvironmentsView {
    /// What was predicted, and what came of it.
    pub sentence: String,
    /// A row each, in the order in which the deployment got there.
    pub rows: Vec<EnvironmentRow>,
    /// Targets whose verdicts differ.
    pub targets: Vec<EnvironmentTargetRow>,
    /// `3 more`; `null` when all are listed.
    pub targets_left_out: Option<String>,
    /// The environment before the last, whose changes are predictions.
    pub predicts: String,
    /// The last one.
    pub happens: String,
    /// What is shown to have changed in one of these two, what was not predicted first.
    pub changes: Vec<EnvironmentChangeRow>,
    /// `12 more`; `null` when all are listed.
    pub changes_left_out: Option<String>,
    /// What else is to be known of the comparison.
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnvironmentRow {
    pub name: String,
    /// Both windows.
    pub before: String,
    pub after: String,
    /// Runs that started before and after.
    pub started: String,
    /// The share that completed before and after.
    pub completed: String,
    /// `✗ Fail`
    pub decision: String,
    /// `3 of 4 met`
    pub targets: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnvironmentTargetRow {
    pub target: String,
    /// In the order of the environments.
    pub verdicts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnvironmentChangeRow {
    /// The job, or all jobs, and the metric.
    pub what: String,
    /// How the two go together.
    pub outcome: String,
    /// Whether nobody could know it from the environment before.
    pub surprise: bool,
    /// In the environment before the last: `46.1 ms → 33.4 ms, improved`.
    pub predicted: String,
    /// In the last one.
    pub happened: String,
}

pub(super) fn view(report: &Report) -> Option<EnvironmentsView> {
    let found = report.environments.as_deref()?;
    let [.., before, last] = found.environments.as_slice() else { return None };
    let more = |count: u64| (count > 0).then(|| format!("{} more", figure::count(count)));
    Some(EnvironmentsView {
        sentence: sentence(found, before, last),
        rows: found.environments.iter().map(row).collect(),
        targets: found.targets.iter().map(target).collect(),
        targets_left_out: more(found.more_targets),
        predicts: before.name.clone(),
        happens: last.name.clone(),
        changes: found.changes.iter().map(|found| change(report, found)).collect(),
        changes_left_out: more(found.more_changes),
        note: note(found, before, last),
    })
}

/// `Of 3 changes that staging showed, 2 came in production as predicted. 1 change in production was not predicted.`
fn sentence(found: &Environments, before: &EnvironmentFacts, last: &EnvironmentFacts) -> String {
    let (before, last) = (legible::name(&before.name), legible::name(&last.name));
    if found.changes.is_empty() {
        return format!("Neither {before} nor {last} shows a change.");
    }
    let of = |outcome| found.outcomes.get(&outcome).copied().unwrap_or(0);
    let unforeseen = of(PredictionOutcome::Contradicted) + of(PredictionOutcome::NotPredicted);
    let came = of(PredictionOutcome::AsPredicted);
    let predicted = found.outcomes.values().sum::<u64>() - unforeseen;
    let first = match predicted {
        0 => format!("{} shows none of the changes of {last}.", legible::capital(&before)),
        _ => format!(
            "Of {} that {before} showed, {} came in {last} as predicted.",
            counted(predicted, "change", "changes"),
            figure::count(came)
        ),
    };
    match unforeseen {
        0 => first,
        _ => format!(
            "{first} {} in {last} {} not predicted.",
            legible::capital(&counted(unforeseen, "change", "changes")),
            if unforeseen == 1 { "was" } else { "were" }
        ),
    }
}

fn note(found: &Environments, before: &EnvironmentFacts, last: &EnvironmentFacts) -> String {
    let (before, last) = (legible::name(&before.name), legible::name(&last.name));
    let mut clauses = vec![format!(
        "A change is larger or smaller than predicted where the 95 % intervals of both do not overlap; those of \
         durations are held against each other relative to what they were before. Neither shows a change of {}.",
        counted(found.without_change, "other figure", "other figures")
    )];
    for (jobs, name) in [(found.jobs_only_here, &last), (found.jobs_only_before, &before)] {
        if jobs > 0 {
            clauses.push(format!("{} only in {name}.", counted(jobs, "job runs", "jobs run")));
        }
    }
    clauses.join(" ")
}

fn row(facts: &EnvironmentFacts) -> EnvironmentRow {
    let EnvironmentFacts { windows, started, completion_rate, targets, .. } = facts;
    let rate = |side| completion_rate.get(side).map_or_else(|| ABSENT.to_owned(), figure::percent);
    let count = |side| figure::count(*started.get(side));
    EnvironmentRow {
        name: facts.name.clone(),
        before: figure::period(windows.baseline.start, windows.baseline.end),
        after: figure::period(windows.stagger.start, windows.stagger.end),
        started: pair(&count(Side::Baseline), &count(Side::Stagger)),
        completed: pair(&rate(Side::Baseline), &rate(Side::Stagger)),
        decision: facts.decision.map_or_else(|| ABSENT.to_owned(), decision_text),
        targets: format!("{} met", figure::part_of(targets.met, targets.all())),
    }
}

fn target(found: &EnvironmentTarget) -> EnvironmentTargetRow {
    let word = |verdict: &Option<TargetVerdict>| verdict.map_or(ABSENT, TargetVerdict::words).to_owned();
    let job = found.job.as_ref().map(|job| format!(" ({})", legible::name(job))).unwrap_or_default();
    EnvironmentTargetRow {
        target: format!("{}{job}", found.asked),
        verdicts: found.verdicts.iter().map(word).collect(),
    }
}

fn change(report: &Report, found: &EnvironmentChange) -> EnvironmentChangeRow {
    let whose = found.job.as_deref().map_or_else(|| "All jobs".to_owned(), legible::name);
    let shown = |change: &PredictedChange| {
        let Some(verdict) = change.verdict else { return "not compared".to_owned() };
        let unit = report.metric(&found.metric).ok().map(|metric| metric.unit.clone());
        let value = |value: Option<f64>| match (&unit, value) {
            (Some(unit), Some(value)) => unit.value(value, &[]),
            (None, Some(value)) => figure::number(value),
            (_, None) => ABSENT.to_owned(),
        };
        format!("{}, {}", pair(&value(change.baseline), &value(change.stagger)), verdict.words())
    };
    EnvironmentChangeRow {
        what: format!("{whose}: {}", metric::label(report, &found.metric).to_lowercase()),
        outcome: found.outcome.words().to_owned(),
        surprise: found.outcome.is_surprise(),
        predicted: shown(&found.predicted),
        happened: shown(&found.happened),
    }
}
