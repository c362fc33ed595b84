//! The page of a deployment, and its file.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::access::{TokenScope, Visitor};
use super::delivery::{Lasting, answer};
use super::entry::broken;
use super::error::HttpError;
use super::finished::Rendered;
use super::frame::filled;
use super::list::{as_json, listed};
use super::negotiation::reads_pages;
use super::parameters::QueryParameters;
use super::service::Service;
use crate::deployment::shown::without_secrets;
use crate::figure;
use crate::render::page::{self, ChoosePage, WaitingPage};

/// How long a page waits for its report before it shows that one is being made.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// How long a report is made on for a page that asks again every second.
const HELD: Duration = Duration::from_secs(8);

const HTML: &str = "text/html; charset=utf-8";

pub(super) async fn show(
    State(service): State<Arc<Service>>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let parameters = QueryParameters::read(query.as_deref())?;
    let entry = service.catalogue.entry(&name).await?;
    if let Err(problems) = &entry.file {
        return Err(broken(problems));
    }
    if entry.needs_windows() && !parameters.name_windows() {
        let picker = filled(&format!("/deployments/{name}"), &parameters);
        let file = format!("/deployments/{name}/deployment.toml");
        let page = page::choose(&ChoosePage { name, picker, file })?;
        return Ok(answer(&Rendered::of(page), HTML, Lasting::Now, &headers));
    }
    let settings = entry.settings(&parameters)?;
    let mut ticket = service.flights.ask(&settings);
    if !reads_pages(&headers) && headers.contains_key(axum::http::header::ACCEPT) {
        let finished = ticket.outcome().await.map_err(|reason| HttpError::from(&*reason))?;
        service.noted(&entry, &parameters, &finished);
        return as_json(&listed(&service, &entry), &headers);
    }
    match ticket.outcome_within(PATIENCE, HELD).await {
        Ok(outcome) => {
            let finished = outcome.map_err(|reason| HttpError::from(&*reason))?;
            service.noted(&entry, &parameters, &finished);
            let may_share = visitor.may(TokenScope::Share) && service.links.is_some();
            let rendered = service.page(&finished, &name, &parameters, &settings.delivery, may_share).await?;
            Ok(answer(&rendered, HTML, Lasting::Now, &headers))
        }
        Err(progress) => {
            let query = parameters.to_query();
            let again = format!("/deployments/{name}{}{query}", if query.is_empty() { "" } else { "?" });
            let elapsed = figure::span(progress.elapsed.as_secs_f64().round());
            let page = WaitingPage { name, elapsed, waits_in_queue: progress.waits_in_queue, again };
            let rendered = Rendered::of(page::waiting(&page)?);
            Ok(answer(&rendered, HTML, Lasting::Now, &headers))
        }
    }
}

/// The deployment file without its secrets.
pub(super) async fn file(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let entry = service.catalogue.entry(&name).await?;
    let text = without_secrets(&entry.text).ok_or_else(|| {
        HttpError::new(StatusCode::CONFLICT, "the file is not TOML, and what of it is secret is not known")
    })?;
    let rendered = Rendered::of(text.into_bytes());
    Ok(answer(&rendered, "application/toml; charset=utf-8", Lasting::Now, &headers))
}
