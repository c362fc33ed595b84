//! The decision of a deployment for other pages: a badge, and a feed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::delivery::{Lasting, answer};
use super::entry::broken;
use super::error::HttpError;
use super::finished::Rendered;
use super::list::as_json;
use super::parameters::QueryParameters;
use super::service::{Noted, Service};
use crate::render::page::{self, Badge, Feed, FeedEntry};

/// The present decision of the report that the deployment's own file describes.
async fn noted(service: &Arc<Service>, name: &str) -> Result<Noted, HttpError> {
    let entry = service.catalogue.entry(name).await?;
    entry.file.as_ref().map_err(|problems| broken(problems))?;
    let parameters = QueryParameters::default();
    let settings = entry.settings(&parameters)?;
    let outcome = service.flights.ask(&settings).outcome().await;
    let finished = outcome.map_err(|reason| HttpError::from(&*reason))?;
    service.noted(&entry, &parameters, &finished);
    service.last(name).ok_or_else(|| HttpError::not_found("there is no decision yet"))
}

pub(super) async fn svg(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let noted = noted(&service, &name).await?;
    let badge = Badge { verdict: noted.verdict(), word: noted.summary.word.to_lowercase() };
    Ok(answer(&Rendered::of(page::badge(&badge)?), "image/svg+xml", Lasting::Now, &headers))
}

/// As <https://shields.io/badges/endpoint-badge> reads it.
pub(super) async fn shields(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let noted = noted(&service, &name).await?;
    let colour = match noted.summary.state {
        "pass" => "brightgreen",
        "fail" | "roll_back" => "red",
        "undecided" => "yellow",
        _ => "lightgrey",
    };
    let badge = json!({
        "schemaVersion": 1,
        "label": "jobdelta",
        "message": noted.summary.word.to_lowercase(),
        "color": colour,
        "cacheSeconds": 300,
    });
    as_json(&badge, &headers)
}

/// The decisions since the service started, newest first.
pub(super) async fn feed(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let entry = service.catalogue.entry(&name).await?;
    let noted = service.last(&name);
    let decisions = noted.as_ref().map(|noted| noted.course.as_slice()).unwrap_or_default();
    let page = format!("{}/deployments/{name}", service.base);
    let entries: Vec<FeedEntry> = decisions
        .iter()
        .rev()
        .map(|decision| FeedEntry {
            id: format!("{page}#{}", decision.report),
            title: format!("{} {}: {}", decision.mark, decision.word, entry.name),
            updated: decision.at.to_string(),
            text: decision.sentence.clone(),
        })
        .collect();
    let feed = Feed {
        id: page.clone(),
        title: format!("Decisions of {}", entry.name),
        updated: decisions.last().map_or(service.started, |decision| decision.at).to_string(),
        page,
        entries,
    };
    let rendered = Rendered::of(page::feed(&feed)?);
    Ok(answer(&rendered, "application/atom+xml; charset=utf-8", Lasting::Now, &headers))
}
