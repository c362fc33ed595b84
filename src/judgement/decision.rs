//! The one decision.

use std::sync::Arc;

use super::result::{
    Decision, DecisionReason, DecisionVerdict, NamedTrigger, Severity, TargetResult, TargetVerdict,
    TriggerResult,
};

/// The decision over all required targets and all triggers; `None` when there are neither, so that an
/// empty gate cannot pass. Advisory targets never change it.
pub fn decide(targets: &[TargetResult], triggers: &[TriggerResult]) -> Option<Decision> {
    let required: Vec<_> = targets.iter().filter(|t| t.severity == Severity::Required).collect();
    if required.is_empty() && triggers.is_empty() {
        return None;
    }
    let of = |verdict| required.iter().filter(|target| target.verdict == verdict).count();
    let missed = of(TargetVerdict::Missed);
    let open = of(TargetVerdict::Inconclusive) + of(TargetVerdict::NotMeasured);
    let fired = triggers.iter().any(|trigger| trigger.fired == Some(true));
    let unjudged = triggers.iter().any(|trigger| trigger.fired.is_none());
    let verdict = match () {
        () if fired => DecisionVerdict::RollBack,
        () if missed > 0 => DecisionVerdict::Fail,
        () if open > 0 || unjudged => DecisionVerdict::Undecided,
        () => DecisionVerdict::Pass,
    };
    let mut reasons = target_reasons(required.len(), &of);
    let triggers = trigger_reasons(triggers);
    if fired {
        reasons.splice(0..0, triggers);
    } else {
        reasons.extend(triggers);
    }
    Some(Decision { verdict, reasons })
}

fn target_reasons(required: usize, of: &dyn Fn(TargetVerdict) -> usize) -> Vec<DecisionReason> {
    let not_met = [TargetVerdict::Missed, TargetVerdict::Inconclusive, TargetVerdict::NotMeasured];
    let mut reasons: Vec<DecisionReason> = not_met
        .into_iter()
        .map(|verdict| DecisionReason::NotMet { verdict, targets: of(verdict) as u64 })
        .filter(|reason| !matches!(reason, DecisionReason::NotMet { targets: 0, .. }))
        .collect();
    if reasons.is_empty() && required > 0 {
        reasons.push(DecisionReason::AllMet { targets: required as u64 });
    }
    reasons
}

fn trigger_reasons(triggers: &[TriggerResult]) -> Vec<DecisionReason> {
    let named = |wanted: Option<bool>| -> Vec<NamedTrigger> {
        triggers.iter().filter(|trigger| trigger.fired == wanted).map(NamedTrigger::of).collect()
    };
    let (fired, unjudged, all) = (named(Some(true)), named(None), triggers.len());
    let mut reasons = Vec::new();
    if all > 0 && fired.is_empty() && unjudged.is_empty() {
        reasons.push(DecisionReason::NoneFired { all });
    }
    if !fired.is_empty() {
        reasons.push(DecisionReason::Fired { triggers: fired, all });
    }
    if !unjudged.is_empty() {
        reasons.push(DecisionReason::NotJudged { triggers: unjudged, all });
    }
    reasons
}

impl NamedTrigger {
    fn of(trigger: &TriggerResult) -> Self {
        let TriggerResult { metric, trigger, job, .. } = trigger;
        Self { metric: Arc::clone(metric), trigger: trigger.clone(), job: job.clone() }
    }
}
