//! The one decision in words.

use serde::Serialize;

use crate::figure;
use crate::judgement::DecisionVerdict;
use crate::legible;
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
    /// `2 required targets missed; 1 undecided; none of 3 triggers fired.`
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
    let (mark, word, phrase) = words(decision.verdict);
    let reasons = decision.phrases();
    DecisionView {
        verdict: Some(decision.verdict),
        mark: mark.to_owned(),
        word: word.to_owned(),
        phrase: Some(phrase.to_owned()),
        sentence: sentence(&reasons),
        reasons,
    }
}

/// Mark, word, and what follows a name in a title.
const fn words(verdict: DecisionVerdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        DecisionVerdict::Pass => ("✓", "Pass", "targets met"),
        DecisionVerdict::Fail => ("✗", "Fail", "targets not met"),
        DecisionVerdict::Undecided => ("?", "Undecided", "undecided"),
        DecisionVerdict::RollBack => ("✗", "Roll back", "rollback trigger fired"),
    }
}

/// `✗ Fail`
pub(super) fn decision_text(verdict: DecisionVerdict) -> String {
    let (mark, word, _) = words(verdict);
    format!("{mark} {word}")
}

/// The reasons as one sentence.
fn sentence(reasons: &[String]) -> String {
    let reasons: Vec<String> = reasons.iter().map(|reason| legible::visible(reason)).collect();
    if reasons.is_empty() { String::new() } else { format!("{}.", legible::capital(&reasons.join("; "))) }
}
