//! The one decision.

use crate::figure::counted;

use super::result::{Decision, DecisionVerdict, Severity, TargetResult, TargetVerdict, TriggerResult};

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
    let mut reasons = target_reasons(required.len(), missed, &of);
    let triggers = trigger_reasons(triggers);
    if fired {
        reasons.splice(0..0, triggers);
    } else {
        reasons.extend(triggers);
    }
    Some(Decision { verdict, reasons })
}

/// `2 required targets missed`, `1 undecided`
fn target_reasons(required: usize, missed: usize, of: &dyn Fn(TargetVerdict) -> usize) -> Vec<String> {
    let mut reasons = Vec::new();
    if missed > 0 {
        reasons.push(format!("{} missed", required_targets(missed)));
    }
    for (verdict, word) in
        [(TargetVerdict::Inconclusive, "undecided"), (TargetVerdict::NotMeasured, "not measured")]
    {
        match of(verdict) {
            0 => {}
            count if reasons.is_empty() => {
                reasons.push(format!("{} {word}", required_targets(count)));
            }
            count => reasons.push(format!("{count} {word}")),
        }
    }
    if reasons.is_empty() && required > 0 {
        reasons.push(match required {
            1 => "the one required target is met".to_owned(),
            count => format!("all {count} required targets met"),
        });
    }
    reasons
}

/// `none of 3 triggers fired`, `1 of 3 triggers fired: peak_concurrency > 3`
fn trigger_reasons(triggers: &[TriggerResult]) -> Vec<String> {
    let names = |wanted: Option<bool>| -> Vec<String> {
        triggers.iter().filter(|trigger| trigger.fired == wanted).map(named).collect()
    };
    let (fired, unjudged, all) = (names(Some(true)), names(None), triggers.len());
    let some = |names: &[String]| match all {
        1 => "the one trigger".to_owned(),
        _ => format!("{} of {all} triggers", names.len()),
    };
    let mut reasons = Vec::new();
    if !fired.is_empty() {
        reasons.push(format!("{} fired: {}", some(&fired), fired.join(", ")));
    }
    if !unjudged.is_empty() {
        reasons.push(format!("{} could not be judged: {}", some(&unjudged), unjudged.join(", ")));
    }
    match all {
        1 if reasons.is_empty() => reasons.push("the one trigger did not fire".to_owned()),
        2.. if reasons.is_empty() => reasons.push(format!("none of {all} triggers fired")),
        _ => {}
    }
    reasons
}

fn named(trigger: &TriggerResult) -> String {
    match &trigger.job {
        Some(job) => format!("{} {} ({job})", trigger.metric, trigger.trigger),
        None => format!("{} {}", trigger.metric, trigger.trigger),
    }
}

fn required_targets(number: usize) -> String {
    counted(number as u64, "required target", "required targets")
}
