//! Pages of the service, made of the parts of the HTML report: words and order, no number of their own.

mod model;
mod shared;
mod template;

use serde::Serialize;

pub use self::model::{
    Badge, ChoosePage, Feed, FeedEntry, Frame, Link, LinkRow, LinksPage, ListPage, ListedDeployment,
    MadePage, NoticePage, PastDecision, Picker, ReferencePage, ReferenceRow, WaitingPage,
};
use self::shared::colour;
pub use self::shared::{card, shared, title};
use self::template::template;
use super::RenderError;
use super::html;
use super::markdown::text_within;
use super::template_choice::TemplateChoice;

use crate::report::model::Report;

const LAYOUT: TemplateChoice = template!("layout.html");
const LIST: TemplateChoice = template!("list.html");
const FRAMED: TemplateChoice = template!("deployment.html");
const WAITING: TemplateChoice = template!("waiting.html");
const CHOOSE: TemplateChoice = template!("choose.html");
const REFERENCE: TemplateChoice = template!("reference.html");
const BADGE: TemplateChoice = template!("badge.svg.html");
const FEED: TemplateChoice = template!("decisions.atom.html");
const MADE: TemplateChoice = template!("made.html");
const LINKS: TemplateChoice = template!("links.html");
const NOTICE: TemplateChoice = template!("notice.html");
/// The form for windows, which others include.
const PICKER: TemplateChoice = template!("picker.html");

/// What pages ask for beside themselves: path, media type and contents.
pub const ASSETS: [(&str, &str, &str); 3] = [
    ("report.css", "text/css; charset=utf-8", include_str!("../../../templates/report.css")),
    ("service.css", "text/css; charset=utf-8", include_str!("../../../templates/service/service.css")),
    ("service.js", "text/javascript; charset=utf-8", include_str!("../../../templates/service/service.js")),
];

/// The content policy of every page.
pub fn policy() -> String {
    html::service_policy()
}

pub fn list(page: &ListPage) -> Result<Vec<u8>, RenderError> {
    whole(&LIST, page)
}

pub fn waiting(page: &WaitingPage) -> Result<Vec<u8>, RenderError> {
    whole(&WAITING, page)
}

pub fn choose(page: &ChoosePage) -> Result<Vec<u8>, RenderError> {
    whole(&CHOOSE, page)
}

pub fn notice(page: &NoticePage) -> Result<Vec<u8>, RenderError> {
    whole(&NOTICE, page)
}

pub fn reference(page: &ReferencePage) -> Result<Vec<u8>, RenderError> {
    whole(&REFERENCE, page)
}

pub fn feed(feed: &Feed) -> Result<Vec<u8>, RenderError> {
    whole(&FEED, feed)
}

pub fn badge(badge: &Badge) -> Result<Vec<u8>, RenderError> {
    #[derive(Serialize)]
    struct Drawn<'a> {
        badge: &'a Badge,
        width: usize,
        middle: usize,
        colour: &'static str,
    }
    // About the width of a letter of Verdana at 11 px, and a margin on either side.
    let word = 7 * badge.word.chars().count() + 14;
    let colour = colour(badge.verdict);
    whole(&BADGE, &Drawn { badge, width: 60 + word, middle: 60 + word / 2, colour })
}

pub fn made(page: &MadePage) -> Result<Vec<u8>, RenderError> {
    whole(&MADE, page)
}

pub fn links(page: &LinksPage) -> Result<Vec<u8>, RenderError> {
    whole(&LINKS, page)
}

#[derive(Serialize)]
struct Framed<'a> {
    #[serde(flatten)]
    report: html::Context<'a>,
    frame: &'a Frame,
}

/// The page of a report, in its frame.
pub fn deployment(report: &Report, frame: &Frame) -> Result<Vec<u8>, RenderError> {
    let context = |asked: &_| Framed { report: html::Context::of(report, asked), frame };
    Ok(text_within(context, &FRAMED, &[TemplateChoice::REPORT_HTML, PICKER])?.into_bytes())
}

fn whole(template: &TemplateChoice, page: &impl Serialize) -> Result<Vec<u8>, RenderError> {
    Ok(text_within(|_| page, template, &[LAYOUT, PICKER])?.into_bytes())
}
