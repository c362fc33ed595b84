//! The report as a mail: `multipart/mixed` of (`multipart/alternative` of text and HTML) and attachments.
//!
//! The same report gives the same bytes: identity, date and boundaries follow from it.

use std::time::{Duration, SystemTime};

use lettre::message::header::{self, ContentType, HeaderName, HeaderValue, Headers};
use lettre::message::{Attachment, Mailbox, Mailboxes, MultiPart, SinglePart};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::markdown::{self, by_template};
use super::template_choice::TemplateChoice;
use super::view::{ScoreLine, TargetRow, View};
use super::{RenderError, Style, html, terminal};
use crate::clock::SECOND_US;
use crate::deployment::Email;
use crate::figure;
use crate::judgement::{DecisionVerdict, TargetVerdict};
use crate::legible;
use crate::report::model::Report;

/// Bytes of the HTML body; Gmail hides what comes after some 102 KB.
pub const BODY_LIMIT: usize = 100_000;

/// Rows of targets that the body is tried with, until it is short enough.
const ROWS: [usize; 4] = [150, 60, 20, 5];

const SUBJECT_LENGTH: usize = 180;

const BODY: TemplateChoice<'static> =
    TemplateChoice { name: "email.html", source: include_str!("../../templates/email.html") };

#[derive(Serialize)]
struct Context<'a> {
    view: &'a View,
    /// Colour beside the decision, whose mark and word say the same.
    colour: &'static str,
    targets: Vec<&'a TargetRow>,
    /// Targets without a row; `null` when there are none.
    left_out: Option<String>,
}

/// Of the identity of a message without a sender.
const NO_DOMAIN: &str = "localhost";

/// Sender and recipients, read.
struct Addresses {
    from: Option<Mailbox>,
    to: Vec<Mailbox>,
}

/// Checks the addresses of a mail, before anything is read.
///
/// # Errors
/// When an address is none.
pub fn check(email: &Email) -> Result<(), RenderError> {
    addresses(email).map(drop)
}

/// `report` as the bytes of a message (`.eml`).
pub fn message(report: &Report, email: &Email) -> Result<Vec<u8>, RenderError> {
    let addresses = addresses(email)?;
    let view = View::of(report);
    let text = terminal::summary(report, &Style::PLAIN);
    let html_body = body(&view)?;
    let markdown = markdown::render(report, &TemplateChoice::REPORT)?;
    let page = html::render(report, &TemplateChoice::REPORT_HTML)?;
    let identity = identity(&[text.as_bytes(), html_body.as_bytes(), &markdown, &page]);
    let alternative = MultiPart::alternative()
        .boundary(format!("alternative-{identity}"))
        .singlepart(SinglePart::plain(text))
        .singlepart(SinglePart::html(html_body));
    let mut mixed = MultiPart::mixed().boundary(format!("mixed-{identity}")).multipart(alternative);
    let attached = [
        ("report.md", "text/markdown; charset=utf-8", markdown),
        ("report.html", "text/html; charset=utf-8", page),
    ];
    for (name, kind, bytes) in attached {
        let kind = ContentType::parse(kind).map_err(|error| RenderError::Mail(error.into()))?;
        mixed = mixed.singlepart(Attachment::new(name.to_owned()).body(bytes, kind));
    }
    let mut bytes = headers(report, addresses, subject(&view, email), &identity).to_string().into_bytes();
    bytes.extend(mixed.formatted());
    Ok(bytes)
}

/// Those of the message. One without a sender or a recipient is a draft, which a mail program opens for sending.
fn headers(report: &Report, addresses: Addresses, subject: String, identity: &str) -> Headers {
    let Addresses { from, to } = addresses;
    let is_draft = from.is_none() || to.is_empty();
    let domain = from.as_ref().map_or(NO_DOMAIN, |from| from.email.domain());
    let id = format!("<{}.{identity}@{domain}>", report.generated_at.us());
    let seconds = u64::try_from(report.generated_at.us() / SECOND_US).unwrap_or(0);
    let mut headers = Headers::new();
    if let Some(from) = from {
        headers.set(header::From::from(Mailboxes::from(from)));
    }
    headers.set(header::Subject::from(subject));
    headers.set(header::MessageId::from(id));
    headers.set(header::Date::new(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)));
    let mut raw = |name, value: &str| {
        let name = HeaderName::new_from_ascii_str(name);
        headers.insert_raw(HeaderValue::new(name, value.to_owned()));
    };
    raw("Auto-Submitted", "auto-generated");
    if is_draft {
        raw("X-Unsent", "1");
    }
    if !to.is_empty() {
        headers.set(header::To::from(to.into_iter().collect::<Mailboxes>()));
    }
    headers.set(header::MIME_VERSION_1_0);
    headers
}

fn addresses(email: &Email) -> Result<Addresses, RenderError> {
    let read = |text: &String| {
        text.parse::<Mailbox>().map_err(|_| RenderError::Address { text: legible::visible(text) })
    };
    Ok(Addresses {
        from: email.from.as_ref().map(read).transpose()?,
        to: email.to.iter().map(read).collect::<Result<_, _>>()?,
    })
}

/// The deployment file's own subject, or the decision with the worst job, or with the first finding.
fn subject(view: &View, email: &Email) -> String {
    if let Some(subject) = &email.subject {
        return legible::cut(&legible::visible(subject), SUBJECT_LENGTH);
    }
    let environment =
        view.environment.as_deref().map(|e| format!(" ({})", legible::name(e))).unwrap_or_default();
    let title = legible::name(&legible::prose(&view.title));
    let worst = view.scoreboard.worst.first().map(ScoreLine::line);
    let worst = view.scoreboard.worse.iter().cloned().chain(worst).collect::<Vec<_>>().join(": ");
    let finding = view.findings.first().map(|finding| finding.headline.trim_end_matches('.').to_owned());
    let news = Some(worst).filter(|worst| !worst.is_empty()).or(finding);
    let news = news.map(|news| format!(": {news}")).unwrap_or_default();
    let whole = format!("{} {}: {title}{environment}{news}", view.decision.mark, view.decision.word);
    legible::cut(&legible::visible(&whole), SUBJECT_LENGTH)
}

/// The HTML body, with as many targets as there is room for.
fn body(view: &View) -> Result<String, RenderError> {
    let mut html = String::new();
    for rows in ROWS {
        html = body_with(view, rows)?;
        if html.len() < BODY_LIMIT {
            break;
        }
    }
    Ok(html)
}

fn body_with(view: &View, rows: usize) -> Result<String, RenderError> {
    let left_out = view.targets.len().saturating_sub(rows) as u64;
    // Where not all have room, those that are not met come first.
    let mut targets: Vec<&TargetRow> = view.targets.iter().collect();
    if left_out > 0 {
        targets.sort_by_key(|row| row.verdict == TargetVerdict::Met);
        targets.truncate(rows);
    }
    let context = Context {
        view,
        colour: match view.decision.verdict {
            Some(DecisionVerdict::Pass) => "#1a7f37",
            Some(DecisionVerdict::Fail | DecisionVerdict::RollBack) => "#cf222e",
            Some(DecisionVerdict::Undecided) => "#9a6700",
            None => "#6e7781",
        },
        targets,
        left_out: (left_out > 0).then(|| figure::count(left_out)),
    };
    by_template(&BODY, &context)
}

/// Sixteen digits that stand for the contents.
fn identity(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
