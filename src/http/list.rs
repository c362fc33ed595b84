//! The list of deployments, as a page and as JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::delivery::{Lasting, answer};
use super::entry::Entry;
use super::error::HttpError;
use super::finished::Rendered;
use super::negotiation::reads_pages;
use super::parameters::QueryParameters;
use super::service::{Noted, Service};
use crate::clock::Timestamp;
use crate::figure;
use crate::judgement::DecisionVerdict;
use crate::render::page::{self, ListPage, ListedDeployment, PastDecision};
use crate::report::scoreboard::Counts;

/// How long the list waits for reports that are not there yet.
const PATIENCE: Duration = Duration::from_millis(400);

/// How long they are made on, for a list that asks again every two seconds.
const HELD: Duration = Duration::from_secs(8);

const AGAIN_AFTER_S: u32 = 2;

/// A deployment as programs read it.
#[derive(Serialize)]
pub(super) struct Listed {
    pub(super) name: String,
    /// `ready`, `making`, `needs_windows`, `broken` or `failed`.
    pub(super) state: &'static str,
    /// `pass`, `fail`, `undecided`, `roll_back`; `null` without a report, and where nothing is declared.
    pub(super) decision: Option<DecisionVerdict>,
    /// Number of jobs by verdict.
    pub(super) scoreboard: Option<Counts>,
    pub(super) as_of: Option<Timestamp>,
    /// Seconds since the report was made.
    pub(super) age_s: Option<f64>,
    /// Number of the report, for its lasting address.
    pub(super) report: Option<String>,
    /// What is wrong with the file.
    pub(super) problems: Vec<String>,
}

pub(super) async fn show(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let entries = service.catalogue.entries().await;
    let open = entries.values().map(|entry| look(&service, entry));
    let open: Vec<Look> = futures_util::future::join_all(open).await;
    if !reads_pages(&headers) {
        let all: Vec<Listed> = entries.values().map(|entry| listed(&service, entry)).collect();
        return as_json(&all, &headers);
    }
    let making = open.iter().any(|look| matches!(look, Look::Making));
    let rows = entries.values().zip(&open).map(|(entry, look)| row(&service, entry, look));
    let page = ListPage { deployments: rows.collect(), again_after: making.then_some(AGAIN_AFTER_S) };
    let rendered = Rendered::of(page::list(&page)?);
    Ok(answer(&rendered, "text/html; charset=utf-8", Lasting::Now, &headers))
}

pub(super) fn as_json(value: &impl Serialize, headers: &HeaderMap) -> Result<Response, HttpError> {
    let bytes = serde_json::to_vec(value).map_err(HttpError::internal)?;
    Ok(answer(&Rendered::of(bytes), "application/json", Lasting::Now, headers))
}

/// What there is of a deployment at a first look.
enum Look {
    There,
    Making,
    Failed(String),
}

/// Asks for the report that the file itself describes.
async fn look(service: &Arc<Service>, entry: &Arc<Entry>) -> Look {
    let parameters = QueryParameters::default();
    if entry.file.is_err() || entry.needs_windows() {
        return Look::There;
    }
    let settings = match entry.settings(&parameters) {
        Ok(settings) => settings,
        Err(error) => return Look::Failed(error.detail),
    };
    match service.flights.ask(&settings).outcome_within(PATIENCE, HELD).await {
        Err(_) => Look::Making,
        Ok(Ok(finished)) => {
            service.noted(entry, &parameters, &finished);
            Look::There
        }
        Ok(Err(reason)) => Look::Failed(HttpError::from(&*reason).detail),
    }
}

/// What is known of a deployment now.
pub(super) fn listed(service: &Service, entry: &Entry) -> Listed {
    let noted = service.last(&entry.name);
    let problems: Vec<String> =
        entry.file.as_ref().err().into_iter().flatten().map(ToString::to_string).collect();
    let state = match &noted {
        _ if !problems.is_empty() => "broken",
        Some(_) => "ready",
        None if entry.needs_windows() => "needs_windows",
        None => "making",
    };
    let noted = noted.filter(|_| problems.is_empty());
    let age = |noted: &Noted| service.clock.now().since(noted.finished.made_at).as_seconds();
    Listed {
        name: entry.name.clone(),
        state,
        decision: noted.as_ref().and_then(Noted::verdict),
        scoreboard: noted.as_ref().map(|noted| noted.finished.report.scoreboard.jobs),
        as_of: noted.as_ref().map(|noted| noted.finished.report.as_of),
        age_s: noted.as_ref().map(age),
        report: noted.as_ref().map(|noted| noted.finished.id.clone()),
        problems,
    }
}

fn row(service: &Service, entry: &Entry, look: &Look) -> ListedDeployment {
    let plain = |word: &str, sentence: String| ListedDeployment {
        name: entry.name.clone(),
        href: format!("/deployments/{}", entry.name),
        state: "none",
        mark: figure::ABSENT.to_owned(),
        word: word.to_owned(),
        title: None,
        sentence,
        age: String::new(),
        findings: Vec::new(),
        course: Vec::new(),
        problems: Vec::new(),
    };
    if let Err(problems) = &entry.file {
        let problems = problems.iter().map(ToString::to_string).collect();
        let broken = plain("Broken", "The deployment file cannot be read.".to_owned());
        return ListedDeployment { state: "broken", mark: "✗".to_owned(), problems, ..broken };
    }
    match (look, service.last(&entry.name)) {
        (Look::Failed(reason), None) => plain("No report", crate::legible::capital(reason)),
        (_, None) if entry.needs_windows() => plain("Choose windows", String::new()),
        (_, None) => plain("Being made", String::new()),
        (look, Some(noted)) => {
            let summary = &noted.summary;
            let seconds = service.clock.now().since(noted.finished.made_at).as_seconds().round();
            let ago =
                if seconds < 1.0 { "just now".to_owned() } else { format!("{} ago", figure::span(seconds)) };
            let stale = match look {
                Look::Failed(reason) => format!("; no newer one: {reason}"),
                _ => String::new(),
            };
            ListedDeployment {
                state: summary.state,
                mark: summary.mark.clone(),
                title: Some(summary.title.clone()),
                findings: summary.findings.clone(),
                age: format!("Data as of {}, made {ago}{stale}", summary.as_of),
                course: noted.course.iter().map(past).collect(),
                ..plain(&summary.word, summary.sentence.clone())
            }
        }
    }
}

fn past(decision: &super::service::Decided) -> PastDecision {
    PastDecision {
        state: decision.state,
        mark: decision.mark.clone(),
        word: decision.word.clone(),
        at: figure::instant(decision.at),
    }
}
