//! What the pages of the service show, as texts.

use serde::Serialize;

use crate::judgement::DecisionVerdict;

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
    /// The path that is asked to make a link; `None` where links cannot be made.
    pub share: Option<String>,
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
    pub verdict: Option<DecisionVerdict>,
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

/// A link that was just made.
#[derive(Serialize)]
pub struct MadePage {
    pub url: String,
    pub until: String,
}

/// The links that were made.
#[derive(Serialize)]
pub struct LinksPage {
    pub links: Vec<LinkRow>,
}

#[derive(Serialize)]
pub struct LinkRow {
    pub id: String,
    pub deployment: String,
    pub title: String,
    pub made_by: String,
    pub made: String,
    pub until: String,
    pub revoked: Option<String>,
    pub works: bool,
    /// The path that revokes it.
    pub revoke: String,
}
