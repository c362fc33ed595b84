//! A checkpoint in a later report: small, however many targets there are.

use super::kept::Checkpoint;
use super::model::{CheckpointSummary, TargetCounts};
use crate::judgement::TargetVerdict;
use crate::report::model::Report;

/// Changes of one checkpoint that are listed.
const MOST_CHANGES: usize = 20;

impl TargetCounts {
    pub fn of(report: &Report) -> Self {
        let mut counts = Self::default();
        for target in &report.targets {
            *match target.verdict {
                TargetVerdict::Met => &mut counts.met,
                TargetVerdict::Missed => &mut counts.missed,
                TargetVerdict::Inconclusive => &mut counts.inconclusive,
                TargetVerdict::NotMeasured => &mut counts.not_measured,
            } += 1;
        }
        counts
    }
}

/// The summaries of checkpoints in the order of time.
pub fn summaries(checkpoints: &[Checkpoint]) -> Vec<CheckpointSummary> {
    let before = std::iter::once(None).chain(checkpoints.iter().map(Some));
    checkpoints.iter().zip(before).map(|(checkpoint, before)| summary(checkpoint, before)).collect()
}

fn summary(checkpoint: &Checkpoint, before: Option<&Checkpoint>) -> CheckpointSummary {
    let (since_start, last) = (&checkpoint.since_start, checkpoint.last_period.as_ref());
    let period = last.map(|last| &last.totals.stagger.job);
    let mut changes = before.map(|before| checkpoint.changes_since(before)).unwrap_or_default();
    let more_changes = changes.len().saturating_sub(MOST_CHANGES) as u64;
    changes.truncate(MOST_CHANGES);
    CheckpointSummary {
        start: checkpoint.period.start,
        end: checkpoint.period.end,
        decision: since_start.decision.as_ref().map(|decision| decision.verdict),
        targets: TargetCounts::of(since_start),
        fired: since_start.triggers.iter().filter(|trigger| trigger.fired == Some(true)).count() as u64,
        started: period.map_or(0, |period| period.started),
        completion_rate: period.and_then(|period| period.completion_rate).map(|rate| rate.value),
        kpis: last.map(|last| last.kpis.clone()).unwrap_or_default(),
        changes,
        more_changes,
    }
}
