//! From a rendering to a response: encodings, and what the client has already.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::finished::Rendered;
use super::negotiation::takes_gzip;

/// For how long an answer stays true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasting {
    /// It may have changed by the next request.
    Now,
    /// It never changes.
    Forever,
}

/// The response of a rendering; without a body where the client has it.
pub(super) fn answer(
    rendered: &Rendered,
    media_type: &'static str,
    lasting: Lasting,
    headers: &HeaderMap,
) -> Response {
    let gzip = rendered.gzip.as_ref().filter(|_| takes_gzip(headers));
    // Other bytes, another tag.
    let tag = format!("\"{}{}\"", rendered.tag, if gzip.is_some() { "-gzip" } else { "" });
    let mut response = if has(headers, &rendered.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let bytes = gzip.unwrap_or(&rendered.plain).clone();
        let mut response = Response::new(Body::from(bytes));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        if gzip.is_some() {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    };
    let lasting = match lasting {
        Lasting::Now => "private, no-cache",
        Lasting::Forever => "private, max-age=31536000, immutable",
    };
    let set = response.headers_mut();
    set.insert(CACHE_CONTROL, HeaderValue::from_static(lasting));
    set.insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding, Authorization"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        set.insert(ETAG, tag);
    }
    response
}

/// The same, offered as a file.
pub(super) fn named(mut response: Response, file: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{file}\"")) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// Whether the client says that it has the bytes of `tag`, in any encoding.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|known| {
        let known = known.trim_matches('"');
        known == "*" || known.strip_suffix("-gzip").unwrap_or(known) == tag
    })
}
