//! Reports in every format.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_LOCATION, LINK};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use super::delivery::{Lasting, answer, named};
use super::error::HttpError;
use super::negotiation::preferred;
use super::offer::{OFFERED, Offer};
use super::parameters::QueryParameters;
use super::service::Service;
use crate::render::Format;

/// What `Accept` can choose, by places in [`OFFERED`]; JSON where anything will do.
const NEGOTIATED: [(&str, usize); 8] = [
    ("application/json", 0),
    ("text/html", 1),
    ("text/markdown", 2),
    ("text/plain", 4),
    ("application/xml", 5),
    ("text/xml", 5),
    ("text/csv", 6),
    ("message/rfc822", 7),
];

type Answer = Result<Response, HttpError>;

pub(super) async fn negotiated(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let place = preferred(&headers, &NEGOTIATED).ok_or_else(|| {
        let offered: Vec<&str> = NEGOTIATED.iter().map(|(kind, _)| *kind).collect();
        HttpError::new(StatusCode::NOT_ACCEPTABLE, format!("a report can be had as {}", offered.join(", ")))
    })?;
    deliver(&service, &name, query.as_deref(), &headers, &OFFERED[*place]).await
}

/// A handler for one format.
pub(super) fn in_format(offer: &'static Offer) -> axum::routing::MethodRouter<Arc<Service>> {
    axum::routing::get(
        move |State(service): State<Arc<Service>>,
              Path(name): Path<String>,
              RawQuery(query): RawQuery,
              headers: HeaderMap| async move {
            deliver(&service, &name, query.as_deref(), &headers, offer).await
        },
    )
}

async fn deliver(
    service: &Arc<Service>,
    name: &str,
    query: Option<&str>,
    headers: &HeaderMap,
    offer: &'static Offer,
) -> Answer {
    let parameters = QueryParameters::read(query)?;
    let entry = service.catalogue.entry(name).await?;
    let settings = entry.settings(&parameters)?;
    let finished =
        service.flights.ask(&settings).outcome().await.map_err(|reason| HttpError::from(&*reason))?;
    service.noted(&entry, &parameters, &finished);
    let rendered = service.file(&finished, offer.format, &settings.delivery).await?;
    let mut response = named(answer(&rendered, offer.media_type, Lasting::Now, headers), offer.file);
    // Only what needs no setting of a deployment can be had by the report's number alone.
    if settings.delivery.redact.is_empty() && offer.format != Format::Email {
        let place = format!("/reports/{}/{}", finished.id, offer.file);
        if let (Ok(place), Ok(link)) =
            (HeaderValue::from_str(&place), HeaderValue::from_str(&format!("<{place}>; rel=\"bookmark\"")))
        {
            response.headers_mut().insert(CONTENT_LOCATION, place);
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

/// A handler for a kept report by its number, which never changes.
pub(super) fn kept(offer: &'static Offer) -> axum::routing::MethodRouter<Arc<Service>> {
    axum::routing::get(
        move |State(service): State<Arc<Service>>,
              Path(id): Path<String>,
              RawQuery(query): RawQuery,
              headers: HeaderMap| async move {
            by_number(&service, &id, query.as_deref(), &headers, offer).await
        },
    )
}

async fn by_number(
    service: &Arc<Service>,
    id: &str,
    query: Option<&str>,
    headers: &HeaderMap,
    offer: &'static Offer,
) -> Answer {
    if query.is_some_and(|query| !query.is_empty()) {
        return Err(HttpError::bad_request("a finished report takes no parameters"));
    }
    let finished = service.flights.numbered(id).ok_or_else(|| {
        HttpError::not_found("this report is not kept any more; ask for it by its deployment and windows")
    })?;
    let rendered = service.file(&finished, offer.format, &crate::settings::Delivery::default()).await?;
    Ok(named(answer(&rendered, offer.media_type, Lasting::Forever, headers), offer.file))
}
