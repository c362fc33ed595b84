//! The one decision in words.

use serde::Serialize;

use crate::figure;
use crate::judgement::{DecisionVerdict, Severity, TargetVerdict};
use crate::report::model::Report;

/// The decision as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// `pass`, `fail`, `undecided`, `roll_back`; `null` when nothing is decided.
    pub verdict: Option<DecisionVerdict>,
    /// `✓`, `✗`, `?`; `–` when nothing is decided.
    pub mark: String,
    /// `Fail`.
    pub word: String,
    /// What follows the deployment's name in a title: `targets not met`; `null` when nothing is decided.
    pub phrase: Option<String>,
    /// `2 required targets missed, 1 undecided. None of 3 rollback triggers fired.`
    pub sentence: String,
    /// What it rests on.
    pub reasons: Vec<String>,
}

pub(super) fn view(report: &Report) -> DecisionView {
    let Some(decision) = &report.decision else {
        return DecisionView {
            verdict: None,
            mark: figure::ABSENT.to_owned(),
            word: "No decision".to_owned(),
            phrase: None,
            sentence: "No required target and no rollback trigger is declared, so nothing is decided."
                .to_owned(),
            reasons: Vec::new(),
        };
    };
    let (mark, word, phrase) = match decision.verdict {
        DecisionVerdict::Pass => ("✓", "Pass", "targets met"),
        DecisionVerdict::Fail => ("✗", "Fail", "targets not met"),
        DecisionVerdict::Undecided => ("?", "Undecided", "undecided"),
        DecisionVerdict::RollBack => ("✗", "Roll back", "rollback trigger fired"),
    };
    DecisionView {
        verdict: Some(decision.verdict),
        mark: mark.to_owned(),
        word: word.to_owned(),
        phrase: Some(phrase.to_owned()),
        sentence: [targets(report), triggers(report)].into_iter().flatten().collect::<Vec<_>>().join(" "),
        reasons: decision.reasons.clone(),
    }
}

/// `2 required targets missed, 1 undecided.`
fn targets(report: &Report) -> Option<String> {
    let required = || report.targets.iter().filter(|target| target.severity == Severity::Required);
    let with = |verdict| required().filter(|target| target.verdict == verdict).count();
    let total = required().count();
    let open = [
        (with(TargetVerdict::Missed), "missed"),
        (with(TargetVerdict::Inconclusive), "undecided"),
        (with(TargetVerdict::NotMeasured), "not measured"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (number, word) in open.into_iter().filter(|(number, _)| *number > 0) {
        let what = match (parts.is_empty(), number) {
            (true, 1) => " required target",
            (true, _) => " required targets",
            (false, _) => "",
        };
        parts.push(format!("{}{what} {word}", figure::count(number as u64)));
    }
    match (total, parts.is_empty()) {
        (0, _) => None,
        (1, true) => Some("The required target is met.".to_owned()),
        (total, true) => Some(format!("All {} required targets are met.", figure::count(total as u64))),
        (_, false) => Some(format!("{}.", parts.join(", "))),
    }
}

/// `None of 3 rollback triggers fired.`
fn triggers(report: &Report) -> Option<String> {
    let with = |fired| report.triggers.iter().filter(|trigger| trigger.fired == fired).count() as u64;
    let (total, fired, open) = (report.triggers.len() as u64, with(Some(true)), with(None));
    if total == 0 {
        return None;
    }
    let of = figure::counted(total, "rollback trigger", "rollback triggers");
    let judged = match (fired, total) {
        (0, 1) => "The rollback trigger did not fire.".to_owned(),
        (0, _) if open == total => String::new(),
        (0, _) => format!("None of {of} fired."),
        (fired, _) => format!("{} of {of} fired.", figure::count(fired)),
    };
    Some(match (open, judged.as_str()) {
        (0, _) => judged,
        (1, _) if total == 1 => "The rollback trigger could not be judged.".to_owned(),
        (open, "") => format!("{} of {of} could not be judged.", figure::count(open)),
        (open, _) => format!("{judged} {} could not be judged.", figure::count(open)),
    })
}
