//! Links to reports, for people without a token: made, listed, opened and revoked.

use std::sync::Arc;

use axum::extract::{Extension, Path, State};
use axum::http::header::{CACHE_CONTROL, HOST, LOCATION, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;

use super::access::{TokenScope, Visitor};
use super::delivery::{Lasting, answer};
use super::error::HttpError;
use super::finished::{Rendered, digest, redacted};
use super::list::as_json;
use super::negotiation::reads_pages;
use super::parameters::{QueryParameters, pairs};
use super::service::Service;
use crate::clock::{DAY_US, Span, Timestamp};
use crate::figure;
use crate::render::page::{self, LinkRow, LinksPage, MadePage};
use crate::store::links::{LinkStore, NewLink, StoredLink};

/// Days that a link works unless the request says otherwise, and the most that it may say.
const DAYS: i64 = 30;
const MOST_DAYS: i64 = 365;

/// What a link leaves out unless the request says otherwise.
const REDACT: &str = "errors,jobs,host";

/// The word of a request that leaves nothing out.
const NOTHING: &str = "none";

/// Stands in a kept page for the address of its link, which is known only to those who have it.
const ADDRESS: &str = "https://link.invalid/";

#[derive(Serialize)]
struct MadeLink {
    id: String,
    url: String,
    expires_at: Timestamp,
}

/// A link as programs read it.
#[derive(Serialize)]
struct ListedLink {
    id: String,
    deployment: String,
    title: String,
    made_by: String,
    made_at: Timestamp,
    expires_at: Timestamp,
    revoked_at: Option<Timestamp>,
}

fn links(service: &Service) -> Result<&LinkStore, HttpError> {
    let missing = || HttpError::not_found("no links are kept; start the service with --store FILE");
    service.links.as_ref().ok_or_else(missing)
}

/// Only who may share, and only from a page of the service itself: a browser sends the password of a reader
/// also with the form of another site.
fn check(service: &Service, visitor: &Visitor, headers: &HeaderMap) -> Result<(), HttpError> {
    if !visitor.may(TokenScope::Share) {
        return Err(HttpError::new(StatusCode::FORBIDDEN, "this token may not share"));
    }
    if is_own(service, headers) {
        return Ok(());
    }
    Err(HttpError::new(StatusCode::FORBIDDEN, "another site may not make or revoke links"))
}

/// Whether the request comes from a page of the service, or from no page. A browser says so in
/// `Sec-Fetch-Site`; an old one in `Origin`, which the pages' own policy for referrers makes `null`.
fn is_own(service: &Service, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return ["same-origin", "none"].contains(&site);
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    headers.get(ORIGIN).is_none_or(|origin| {
        let origin = origin.to_str().unwrap_or_default();
        origin == service.base || origin.split_once("://").is_some_and(|(_, name)| name == host)
    })
}

pub(super) async fn make(
    State(service): State<Arc<Service>>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Result<Response, HttpError> {
    let store = links(&service)?;
    check(&service, &visitor, &headers)?;
    let (days, parameters) = asked(&body)?;
    let entry = service.catalogue.entry(&name).await?;
    let settings = entry.settings(&parameters)?;
    let outcome = service.flights.ask(&settings).outcome().await;
    let finished = outcome.map_err(|reason| HttpError::from(&*reason))?;
    let (secret, id) = (random::<16>()?, random::<8>()?);
    let (made_of, redact) = (Arc::clone(&finished), settings.delivery.redact.clone());
    let rendering = move || {
        let report = redacted(&made_of, &redact);
        Ok::<_, HttpError>((page::shared(&report, ADDRESS)?, page::card(&report)?))
    };
    let contents = tokio::task::spawn_blocking(rendering).await.map_err(HttpError::internal)??;
    let (page, card) = contents;
    let made_at = service.clock.now();
    let expires_at = made_at.plus(Span(days * DAY_US));
    let link = NewLink {
        digest: digest(secret.as_bytes()),
        id: id.clone(),
        deployment: name,
        made_by: visitor.name,
        made_at,
        expires_at,
        title: page::title(&finished.report),
        page,
        card,
    };
    store.add(link).await?;
    let url = format!("{}/s/{secret}", service.base);
    let mut response = if reads_pages(&headers) {
        let page = page::made(&MadePage { url: url.clone(), until: figure::instant(expires_at) })?;
        answer(&Rendered::of(page), "text/html; charset=utf-8", Lasting::Now, &HeaderMap::new())
    } else {
        as_json(&MadeLink { id, url: url.clone(), expires_at }, &HeaderMap::new())?
    };
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(url) = HeaderValue::from_str(&url) {
        response.headers_mut().insert(LOCATION, url);
    }
    Ok(response)
}

/// For how many days, and which report.
fn asked(body: &str) -> Result<(i64, QueryParameters), HttpError> {
    let pairs = pairs(body);
    let (days, others): (Vec<_>, Vec<_>) = pairs.iter().partition(|(name, _)| name == "days");
    let days = match days.as_slice() {
        [] => DAYS,
        [(_, days)] => days.trim().parse().unwrap_or_default(),
        _ => 0,
    };
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(HttpError::bad_request(format!("days is a number from 1 to {MOST_DAYS}")));
    }
    let mut parameters =
        QueryParameters::of(others.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    parameters.redact = match parameters.redact.as_deref() {
        None => Some(REDACT.to_owned()),
        Some(NOTHING) => None,
        Some(_) => parameters.redact,
    };
    Ok((days, parameters))
}

pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let store = links(&service)?;
    if !visitor.may(TokenScope::Share) {
        return Err(HttpError::new(StatusCode::FORBIDDEN, "this token may not share"));
    }
    let all = store.all().await?;
    if !reads_pages(&headers) {
        let listed = |link: StoredLink| ListedLink {
            id: link.id,
            deployment: link.deployment,
            title: link.title,
            made_by: link.made_by,
            made_at: link.made_at,
            expires_at: link.expires_at,
            revoked_at: link.revoked_at,
        };
        return as_json(&all.into_iter().map(listed).collect::<Vec<_>>(), &headers);
    }
    let now = service.clock.now();
    let row = |link: StoredLink| LinkRow {
        works: link.revoked_at.is_none() && link.expires_at > now,
        revoked: link.revoked_at.map(figure::instant),
        revoke: format!("/links/{}/revoke", link.id),
        id: link.id,
        deployment: link.deployment,
        title: link.title,
        made_by: link.made_by,
        made: figure::instant(link.made_at),
        until: figure::instant(link.expires_at),
    };
    let rendered = Rendered::of(page::links(&LinksPage { links: all.into_iter().map(row).collect() })?);
    Ok(answer(&rendered, "text/html; charset=utf-8", Lasting::Now, &headers))
}

pub(super) async fn revoke(
    State(service): State<Arc<Service>>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let store = links(&service)?;
    check(&service, &visitor, &headers)?;
    if !store.revoke(id, service.clock.now()).await? {
        return Err(HttpError::not_found("there is no such link that works"));
    }
    if reads_pages(&headers) {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, "/links")]).into_response());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Unknown, expired and revoked look the same.
async fn contents(service: &Service, secret: &str) -> Result<crate::store::links::LinkContents, HttpError> {
    let unknown = || HttpError::not_found("this link does not work, or no longer");
    let Some(store) = &service.links else { return Err(unknown()) };
    let found = store.contents(digest(secret.as_bytes()), service.clock.now()).await?;
    found.ok_or_else(unknown)
}

pub(super) async fn open(
    State(service): State<Arc<Service>>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let page = contents(&service, &secret).await?.page;
    let page = page.replace(ADDRESS, &format!("{}/s/{secret}", service.base));
    Ok(answer(&Rendered::of(page.into_bytes()), "text/html; charset=utf-8", Lasting::Now, &headers))
}

pub(super) async fn card(
    State(service): State<Arc<Service>>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let card = contents(&service, &secret).await?.card;
    Ok(answer(&Rendered::of(card.into_bytes()), "image/svg+xml", Lasting::Now, &headers))
}

/// So many bytes that nobody can guess, as text.
fn random<const BYTES: usize>() -> Result<String, HttpError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(HttpError::internal)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
