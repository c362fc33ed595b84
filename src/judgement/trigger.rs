//! Rollback triggers: judged by the rules of targets, with what it means turned round.

use std::sync::Arc;

use super::result::{TargetVerdict, TriggerResult};
use super::target::Trigger;
use super::verdict::Held;
use crate::analysis::metric::Metric;

/// The result of a trigger. A criterion that holds is a trigger that fired; what could not be judged is
/// neither fired nor not.
pub(super) fn result(
    trigger: &Trigger,
    metric: &Arc<Metric>,
    job: Option<&str>,
    judged: Held,
) -> TriggerResult {
    TriggerResult {
        metric: Arc::clone(metric),
        job: job.map(str::to_owned),
        trigger: trigger.text.clone(),
        op: trigger.op,
        value: trigger.value,
        unit: trigger.metric.unit.clone(),
        compared: judged.compared,
        fired: match judged.verdict {
            TargetVerdict::Met => Some(true),
            TargetVerdict::Missed => Some(false),
            TargetVerdict::Inconclusive | TargetVerdict::NotMeasured => None,
        },
        reason: judged.reason,
    }
}
