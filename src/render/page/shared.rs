//! What a link shows: the page of a report for strangers, and its picture for a chat.

use serde::Serialize;

use super::template::template;
use crate::judgement::DecisionVerdict;
use crate::legible;
use crate::render::markdown::text_within;
use crate::render::template_choice::TemplateChoice;
use crate::render::view::View;
use crate::render::{RenderError, html};
use crate::report::model::Report;

const SHARED: TemplateChoice = template!("shared.html");
const CARD: TemplateChoice = template!("card.svg.html");

/// The page of a link at `address`, with what a chat shows of it.
pub fn shared(report: &Report, address: &str) -> Result<String, RenderError> {
    #[derive(Serialize)]
    struct Shared<'a> {
        #[serde(flatten)]
        report: html::Context<'a>,
        address: &'a str,
    }
    let context = |asked: &_| Shared { report: html::Context::of(report, asked), address };
    text_within(context, &SHARED, &[TemplateChoice::REPORT_HTML])
}

/// The decision and what was found first, as a picture for a chat.
pub fn card(report: &Report) -> Result<String, RenderError> {
    #[derive(Serialize)]
    struct Card {
        colour: &'static str,
        title: String,
        mark: String,
        word: String,
        lines: Vec<String>,
        windows: String,
    }
    let view = View::of(report);
    let findings = view.findings.iter().take(2).map(|finding| finding.headline.as_str());
    let lines = std::iter::once(view.decision.sentence.as_str()).chain(findings);
    let card = Card {
        colour: colour(view.decision.verdict),
        title: legible::cut(&title(report), 44),
        lines: lines.map(|line| legible::cut(&legible::visible(line), 54)).collect(),
        windows: legible::cut(&view.windows_line, 70),
        mark: view.decision.mark,
        word: view.decision.word,
    };
    text_within(|_| card, &CARD, &[])
}

/// What a report is called.
pub fn title(report: &Report) -> String {
    legible::prose(&View::of(report).title)
}

/// On white paper.
pub(super) const fn colour(verdict: Option<DecisionVerdict>) -> &'static str {
    match verdict {
        Some(DecisionVerdict::Pass) => "#17703a",
        Some(DecisionVerdict::Fail | DecisionVerdict::RollBack) => "#b3261e",
        Some(DecisionVerdict::Undecided) => "#815300",
        None => "#575c67",
    }
}
