//! What holds for every request: its number, who sends it, how errors look, the headers of every answer, a line
//! in the log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

use super::access::{Peer, TokenScope, Visitor};
use super::error::HttpError;
use super::negotiation::reads_pages;
use super::service::Service;
use crate::clock::Stopwatch;
use crate::render::page::{self, NoticePage};

/// Beyond the time limit of any report, its queue included.
const LONGEST_ANSWER: Duration = Duration::from_secs(150);

/// What every answer says.
const HEADERS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-robots-tag", "noindex, nofollow"),
];

pub(super) async fn outer(State(service): State<Arc<Service>>, mut request: Request, next: Next) -> Response {
    let time = Stopwatch::start();
    let id = number();
    let mut about = About::of(&request);
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let headers = request.headers().clone();
    let uri = request.uri().clone();
    let mut response = match admit(&service, &about.method, &uri, peer, &headers).await {
        Ok(visitor) => {
            about.who.clone_from(&visitor.name);
            request.extensions_mut().insert(visitor);
            match tokio::time::timeout(LONGEST_ANSWER, next.run(request)).await {
                Ok(response) => response,
                Err(_) => error_response(HttpError::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "the answer took too long",
                )),
            }
        }
        Err(error) => error_response(error),
    };
    let error = response.extensions_mut().remove::<HttpError>().or_else(|| foreign(&response));
    let cause = error.as_ref().and_then(|error| error.cause.clone());
    if let Some(error) = error {
        response = shown(&error, &uri, &headers, &id, &about.method, response.headers());
    }
    dress(&mut response, &id);
    let status = response.status();
    service.counters.answered(&about.route, status.as_u16());
    if status == StatusCode::UNAUTHORIZED && cause.is_some() {
        service.counters.refused();
    }
    about.log(&service, &id, status, time.elapsed(), cause);
    response
}

async fn admit(
    service: &Service,
    method: &Method,
    uri: &Uri,
    peer: Option<IpAddr>,
    headers: &HeaderMap,
) -> Result<Visitor, HttpError> {
    service.access.check_form(method, uri, headers)?;
    // These alone answer without a token.
    if uri.path() == "/healthz"
        || (uri.path().starts_with("/s/") && [Method::GET, Method::HEAD].contains(method))
    {
        return Ok(Visitor { name: String::new(), scopes: [].into() });
    }
    let visitor = service.access.visitor(peer, headers).await?;
    if !visitor.may(TokenScope::Read) {
        return Err(HttpError::new(StatusCode::FORBIDDEN, "this token may not read"));
    }
    Ok(visitor)
}

fn error_response(error: HttpError) -> Response {
    axum::response::IntoResponse::into_response(error)
}

/// An error that a library answered with, in our form.
fn foreign(response: &Response) -> Option<HttpError> {
    let status = response.status();
    let ours = response.headers().contains_key(CACHE_CONTROL);
    let wrong = (status.is_client_error() || status.is_server_error()) && !ours;
    wrong.then(|| {
        let detail = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "the body of the request is too long",
            _ => "the request cannot be read",
        };
        HttpError::new(status, detail)
    })
}

/// The error as the client reads it: a page, or a problem of RFC 9457.
fn shown(
    error: &HttpError,
    uri: &Uri,
    headers: &HeaderMap,
    id: &str,
    method: &Method,
    before: &HeaderMap,
) -> Response {
    let title = error.status.canonical_reason().unwrap_or("Error");
    let page = reads_pages(headers).then(|| {
        page::notice(&NoticePage {
            title: title.to_owned(),
            text: format!("{}.", crate::legible::capital(&error.detail)),
            lines: error.lines.clone(),
            request: id.to_owned(),
        })
    });
    // Style sheets need a token: a browser would ask a stranger for one.
    let bare = error.status == StatusCode::UNAUTHORIZED || uri.path().starts_with("/s/");
    let (media_type, body) = match page {
        Some(_) if bare => {
            let text = format!("{title}. {}.\n", crate::legible::capital(&error.detail));
            ("text/plain; charset=utf-8", text.into_bytes())
        }
        Some(Ok(page)) => ("text/html; charset=utf-8", page),
        _ => ("application/problem+json", problem(error, title, id).to_string().into_bytes()),
    };
    let mut response = Response::new(if method == Method::HEAD { Body::empty() } else { body.into() });
    *response.status_mut() = error.status;
    let set = response.headers_mut();
    set.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    set.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = error.retry_after {
        set.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if error.status == StatusCode::UNAUTHORIZED {
        set.append(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"jobdelta\", charset=\"UTF-8\""));
        set.append(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"jobdelta\""));
    }
    if let Some(allow) = before.get(axum::http::header::ALLOW) {
        set.insert(axum::http::header::ALLOW, allow.clone());
    }
    response
}

fn problem(error: &HttpError, title: &str, id: &str) -> Value {
    let mut problem = json!({
        "type": "about:blank",
        "title": title,
        "status": error.status.as_u16(),
        "detail": error.detail,
        "request": id,
    });
    if !error.lines.is_empty() {
        problem["lines"] = json!(error.lines);
    }
    problem
}

fn dress(response: &mut Response, id: &str) {
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", id);
    }
    // What a client has kept takes over the headers of such an answer: the policy of the page has to stay.
    if status == StatusCode::NOT_MODIFIED {
        return;
    }
    let is_page = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let policy =
        if is_page { page::policy() } else { "default-src 'none'; frame-ancestors 'none'".to_owned() };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry("content-security-policy").or_insert(policy);
    }
}

/// What the log says of a request.
struct About {
    method: Method,
    /// With the names of its parameters in place of their values.
    route: String,
    /// `None` where it holds a secret.
    path: Option<String>,
    from: String,
    /// Whose token it was, or whom a proxy let in; empty where that is not known.
    who: String,
}

impl About {
    fn of(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
        let path = request.uri().path();
        Self {
            method: request.method().clone(),
            route: route.unwrap_or_else(|| "(none)".to_owned()),
            path: (!path.starts_with("/s/")).then(|| path.chars().take(300).collect()),
            from: request.extensions().get::<Peer>().map(|peer| peer.0.to_string()).unwrap_or_default(),
            who: String::new(),
        }
    }

    fn log(&self, service: &Service, id: &str, status: StatusCode, time: Duration, cause: Option<String>) {
        #[allow(clippy::cast_precision_loss)] // microseconds of some minutes
        let ms = time.as_micros() as f64 / 1e3;
        let mut fields = vec![
            ("request", Value::from(id)),
            ("from", Value::from(self.from.as_str())),
            ("method", Value::from(self.method.as_str())),
            ("path", Value::from(self.path.as_deref().unwrap_or(&self.route))),
            ("status", Value::from(status.as_u16())),
            ("ms", Value::from(ms)),
        ];
        if !self.who.is_empty() {
            fields.push(("who", Value::from(self.who.as_str())));
        }
        fields.extend(cause.map(|cause| ("cause", Value::from(cause))));
        service.log.write("request", &fields);
    }
}

/// A number for a request, by which the log is searched.
fn number() -> String {
    getrandom::u64().map_or_else(|_| "0".repeat(16), |number| format!("{number:016x}"))
}
