//! Judgements in words: the one place where what a decision rests on becomes text. It stands in this room,
//! because the JSON form of a judgement holds the text, and nothing below this room needs it.

use super::result::{Decision, DecisionReason, NamedTrigger, TargetVerdict};
use crate::figure::counted;

impl Decision {
    /// What it rests on, a phrase each: `2 required targets missed`, `1 undecided`.
    pub fn phrases(&self) -> Vec<String> {
        let is_about_targets = |reason: &DecisionReason| matches!(reason, DecisionReason::NotMet { .. });
        let first = self.reasons.iter().position(is_about_targets);
        let reasons = self.reasons.iter().enumerate();
        reasons.map(|(place, reason)| phrase(reason, first == Some(place))).collect()
    }
}

/// The phrase of a reason. The first about targets says what is counted.
fn phrase(reason: &DecisionReason, first_about_targets: bool) -> String {
    match reason {
        DecisionReason::NotMet { verdict, targets } => {
            let targets = if first_about_targets {
                counted(*targets, "required target", "required targets")
            } else {
                targets.to_string()
            };
            format!("{targets} {}", verdict.words())
        }
        DecisionReason::AllMet { targets: 1 } => "the one required target is met".to_owned(),
        DecisionReason::AllMet { targets } => format!("all {targets} required targets met"),
        DecisionReason::Fired { triggers, all } => {
            format!("{} fired: {}", some(triggers, *all), list(triggers))
        }
        DecisionReason::NotJudged { triggers, all } => {
            format!("{} could not be judged: {}", some(triggers, *all), list(triggers))
        }
        DecisionReason::NoneFired { all: 1 } => "the one trigger did not fire".to_owned(),
        DecisionReason::NoneFired { all } => format!("none of {all} triggers fired"),
        DecisionReason::Told(text) => text.clone(),
    }
}

fn some(triggers: &[NamedTrigger], all: usize) -> String {
    if all == 1 { "the one trigger".to_owned() } else { format!("{} of {all} triggers", triggers.len()) }
}

/// `peak_concurrency > 3, median_duration > +10% (Live Stats Sync)`
fn list(triggers: &[NamedTrigger]) -> String {
    let name = |NamedTrigger { metric, trigger, job }: &NamedTrigger| match job {
        Some(job) => format!("{metric} {trigger} ({job})"),
        None => format!("{metric} {trigger}"),
    };
    triggers.iter().map(name).collect::<Vec<_>>().join(", ")
}

impl TargetVerdict {
    /// The words that readers see.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Inconclusive => "undecided",
            Self::NotMeasured => "not measured",
        }
    }
}
