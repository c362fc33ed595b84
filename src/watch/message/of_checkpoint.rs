//! What a checkpoint has to say.

use serde::Serialize;

use super::{Envelope, title};
use crate::clock::Timestamp;
use crate::figure;
use crate::judgement::DecisionVerdict;
use crate::report::checkpoint::{Checkpoint, CheckpointKey, CheckpointPlan, TargetCounts};
use crate::webhook::WebhookMessage;

/// A checkpoint that others want to hear of.
pub(in crate::watch) struct CheckpointNotice<'a> {
    key: &'a CheckpointKey,
    checkpoint: &'a Checkpoint,
    before: DecisionVerdict,
    decision: DecisionVerdict,
    /// Whether the plan ends with it.
    is_last: bool,
}

#[derive(Serialize)]
struct CheckpointData<'a> {
    deployment: &'a str,
    environment: &'a str,
    window_start: Timestamp,
    /// The period since the checkpoint before.
    period_start: Timestamp,
    period_end: Timestamp,
    /// Since the start of the window.
    decision: DecisionVerdict,
    decision_before: DecisionVerdict,
    targets: TargetCounts,
    is_last: bool,
}

fn decision(checkpoint: &Checkpoint) -> DecisionVerdict {
    checkpoint.since_start.decision.as_ref().map_or(DecisionVerdict::Undecided, |decision| decision.verdict)
}

impl<'a> CheckpointNotice<'a> {
    /// Of those that decide otherwise than the one before, and of the last. Nothing is decided before the first.
    pub(in crate::watch) fn all(
        key: &'a CheckpointKey,
        checkpoints: &'a [Checkpoint],
        plan: Option<CheckpointPlan>,
    ) -> Vec<Self> {
        let before = std::iter::once(DecisionVerdict::Undecided).chain(checkpoints.iter().map(decision));
        let notices = checkpoints.iter().zip(before).map(|(checkpoint, before)| {
            let number = plan.and_then(|plan| Some(plan.number(checkpoint.period.end)? == plan.last()?));
            Self { key, checkpoint, before, decision: decision(checkpoint), is_last: number == Some(true) }
        });
        notices.filter(|notice| notice.is_last || notice.decision != notice.before).collect()
    }

    /// When its period ended.
    pub(in crate::watch) fn at(&self) -> Timestamp {
        self.checkpoint.period.end
    }

    /// # Errors
    /// When it cannot be written as JSON.
    pub(in crate::watch) fn message(&self) -> Result<WebhookMessage, serde_json::Error> {
        let Self { key, checkpoint, before, decision, is_last } = self;
        let event = if *is_last { "checkpoint.last" } else { "checkpoint.decision_changed" };
        let envelope = Envelope {
            key,
            event,
            at: self.at(),
            decision: *decision,
            told_apart_by: format!("checkpoint {}", self.at()),
        };
        let targets = TargetCounts::of(&checkpoint.since_start);
        let data = CheckpointData {
            deployment: &key.deployment,
            environment: &key.environment,
            window_start: key.window_start,
            period_start: checkpoint.period.start,
            period_end: checkpoint.period.end,
            decision: *decision,
            decision_before: *before,
            targets,
            is_last: *is_last,
        };
        let met = figure::part_of(targets.met, targets.all());
        let last = if *is_last { " It was the last checkpoint." } else { "" };
        let text = format!(
            "{}: {} ({} before): {met} targets met since the start, as of {}.{last}",
            title(key),
            decision.words(),
            before.words(),
            figure::instant(self.at())
        );
        envelope.message(&text, data)
    }
}
