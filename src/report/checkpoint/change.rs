//! What changed from one checkpoint to the next.

use std::collections::BTreeMap;

use super::kept::Checkpoint;
use super::model::{ChangedThing, CheckpointChange};
use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::judgement::TargetVerdict;
use crate::report::model::Report;

/// How each thing stands, by what it is.
type Standing = BTreeMap<(String, Option<String>), String>;

impl Checkpoint {
    /// What is otherwise than in `before`, the decision first.
    pub fn changes_since(&self, before: &Self) -> Vec<CheckpointChange> {
        let of = |thing, standing: fn(&Self) -> Standing| changes(thing, &standing(before), &standing(self));
        let mut changes = of(ChangedThing::Decision, decision);
        changes.extend(of(ChangedThing::Trigger, |checkpoint| triggers(&checkpoint.since_start)));
        changes.extend(of(ChangedThing::Target, |checkpoint| targets(&checkpoint.since_start)));
        changes.extend(of(ChangedThing::Job, jobs));
        changes
    }
}

fn changes(of: ChangedThing, before: &Standing, after: &Standing) -> Vec<CheckpointChange> {
    let subjects: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differing = subjects.into_iter().filter(|subject| before.get(*subject) != after.get(*subject));
    differing
        .map(|subject| {
            let (asked, job) = subject.clone();
            CheckpointChange {
                of,
                asked,
                job,
                before: before.get(subject).cloned(),
                after: after.get(subject).cloned(),
            }
        })
        .collect()
}

fn decision(checkpoint: &Checkpoint) -> Standing {
    let decision = checkpoint.since_start.decision.as_ref();
    decision
        .map(|decision| ((String::new(), None), decision.verdict.words().to_owned()))
        .into_iter()
        .collect()
}

fn targets(report: &Report) -> Standing {
    let standing = |verdict: TargetVerdict| verdict.words().to_owned();
    let targets = report.targets.iter();
    targets
        .map(|target| {
            let asked = format!("{} {}", target.metric, target.target);
            ((asked, target.job.clone()), standing(target.verdict))
        })
        .collect()
}

fn triggers(report: &Report) -> Standing {
    let word = |fired| match fired {
        Some(true) => "fired",
        Some(false) => "not fired",
        None => "not judged",
    };
    let triggers = report.triggers.iter();
    triggers
        .map(|trigger| {
            let asked = format!("{} {}", trigger.metric, trigger.trigger);
            ((asked, trigger.job.clone()), word(trigger.fired).to_owned())
        })
        .collect()
}

fn jobs(checkpoint: &Checkpoint) -> Standing {
    let word = |kind: JobVerdictKind| kind.words().to_owned();
    checkpoint.jobs.iter().map(|(job, kind)| ((String::new(), Some(job.clone())), word(*kind))).collect()
}
