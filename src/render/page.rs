//! Pages of the service, made of the parts of the HTML report: words and order, no number of their own.

use serde::Serialize;

use super::RenderError;
use super::html;
use super::markdown::text_within;
use super::template_choice::TemplateChoice;
use crate::report::model::Report;

macro_rules! template {
    ($name:literal) => {
        TemplateChoice { name: $name, source: include_str!(concat!("../../templates/service/", $name)) }
    };
}

const LAYOUT: TemplateChoice = template!("layout.html");
const LIST: TemplateChoice = template!("list.html");
const FRAMED: TemplateChoice = template!("deployment.html");
const WAITING: TemplateChoice = template!("waiting.html");
const CHOOSE: TemplateChoice = template!("choose.html");
const REFERENCE: TemplateChoice = template!("reference.html");
const BADGE: TemplateChoice = template!("badge.svg.html");
const FEED: TemplateChoice = template!("decisions.atom.html");
const NOTICE: TemplateChoice = template!("notice.html");
/// The form for windows, which others include.
const PICKER: TemplateChoice = template!("picker.html");

/// What pages ask for beside themselves: path, media type and contents.
pub const ASSETS: [(&str, &str, &str); 3] = [
    ("report.css", "text/css; charset=utf-8", include_str!("../../templates/report.css")),
    ("service.css", "text/css; charset=utf-8", include_str!("../../templates/service/service.css")),
    ("service.js", "text/javascript; charset=utf-8", include_str!("../../templates/service/service.js")),
];

/// The list of deployments.
#[derive(Serialize)]
pub struct ListPage {
    pub deployments: Vec<ListedDeployment>,
    /// Seconds after which the page asks again; `None` where nothing is being made.
    pub again_after: Option<u32>,
}

/// A deployment in the list.
#[derive(Serialize)]
pub struct ListedDeployment {
    pub name: String,
    pub href: String,
    /// `pass`, `fail`, `undecided`, `roll_back`, or `none`.
    pub state: &'static str,
    pub mark: String,
    pub word: String,
    pub title: Option<String>,
    pub sentence: String,
    /// Up to when rows were looked at, and how long ago; empty without a report.
    pub age: String,
    /// The two findings that come first.
    pub findings: Vec<String>,
    /// Earlier decisions, oldest first.
    pub course: Vec<PastDecision>,
    /// What is wrong with its file.
    pub problems: Vec<String>,
}

/// One of the earlier decisions.
#[derive(Serialize)]
pub struct PastDecision {
    pub state: &'static str,
    pub mark: String,
    pub word: String,
    pub at: String,
}

/// A link with its words.
#[derive(Serialize)]
pub struct Link {
    pub label: String,
    pub href: String,
}

/// What stands around a report: how to ask for another one, and how to hand this one on.
#[derive(Serialize)]
pub struct Frame {
    pub name: String,
    pub picker: Picker,
    pub downloads: Vec<Link>,
    pub mail: String,
    pub json: String,
    pub file: String,
    /// Asks for the latest rows.
    pub latest: String,
}

/// Which windows are asked for, as texts of a form.
#[derive(Serialize, Default)]
pub struct Picker {
    pub action: String,
    pub baseline: String,
    pub stagger: String,
    pub as_of: String,
    pub redact: String,
    pub earlier: Vec<Link>,
}

/// A deployment of which no windows are known yet.
#[derive(Serialize)]
pub struct ChoosePage {
    pub name: String,
    pub picker: Picker,
    pub file: String,
}

/// A report that is being made.
#[derive(Serialize)]
pub struct WaitingPage {
    pub name: String,
    /// For how long already.
    pub elapsed: String,
    pub waits_in_queue: bool,
    /// The query that asks for the same again.
    pub again: String,
}

/// Something that is said in place of a page.
#[derive(Serialize)]
pub struct NoticePage {
    pub title: String,
    pub text: String,
    /// Lines of a file, or of an input, that are to blame.
    pub lines: Vec<String>,
    /// Number of the request, for whoever reads the log.
    pub request: String,
}

/// What the service offers.
#[derive(Serialize)]
pub struct ReferencePage {
    pub addresses: Vec<ReferenceRow>,
    /// Name, meaning and an example of each.
    pub parameters: Vec<[&'static str; 3]>,
}

#[derive(Serialize)]
pub struct ReferenceRow {
    pub path: String,
    pub summary: String,
    pub kinds: Vec<String>,
}

/// A decision as a small picture.
#[derive(Serialize)]
pub struct Badge {
    /// `pass`, `fail`, `undecided`, `roll_back`, or `none`.
    pub state: &'static str,
    pub word: String,
}

/// Decisions as an Atom feed (RFC 4287).
#[derive(Serialize)]
pub struct Feed {
    pub id: String,
    pub title: String,
    pub updated: String,
    pub page: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

#[derive(Serialize)]
pub struct FeedEntry {
    pub id: String,
    pub title: String,
    pub updated: String,
    pub text: String,
}

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
    let colour = match badge.state {
        "pass" => "#17703a",
        "fail" | "roll_back" => "#b3261e",
        "undecided" => "#815300",
        _ => "#575c67",
    };
    // About the width of a letter of Verdana at 11 px, and a margin on either side.
    let word = 7 * badge.word.chars().count() + 14;
    whole(&BADGE, &Drawn { badge, width: 60 + word, middle: 60 + word / 2, colour })
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
