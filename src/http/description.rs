//! What the service offers, as `OpenAPI` 3.1 and as a page: both from the addresses that the router serves.

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::delivery::{Lasting, answer};
use super::error::HttpError;
use super::finished::Rendered;
use super::list::as_json;
use super::offer::OFFERED;
use crate::render::page::{self, ReferencePage, ReferenceRow};

/// An address that is not a report in one format.
struct Address {
    path: &'static str,
    summary: &'static str,
    /// Media types, the first of which is JSON where there is one.
    kinds: &'static [&'static str],
    takes_question: bool,
    errors: &'static [u16],
}

const fn address(
    path: &'static str,
    summary: &'static str,
    kinds: &'static [&'static str],
    takes_question: bool,
    errors: &'static [u16],
) -> Address {
    Address { path, summary, kinds, takes_question, errors }
}

const LISTS: &[&str] = &["application/json", "text/html"];
/// What stands between a question and its report.
const NO_REPORT: &[u16] = &[400, 404, 406, 409, 422, 502, 503, 504];

const ADDRESSES: [Address; 13] = [
    address("/", "The list of deployments", LISTS, false, &[]),
    address("/deployments", "Each deployment with its decision", LISTS, false, &[]),
    address("/deployments/{name}", "A deployment with its report", LISTS, true, NO_REPORT),
    address(
        "/deployments/{name}/report",
        "The report in the format that Accept asks for",
        &[
            "application/json",
            "text/html",
            "text/markdown",
            "text/plain",
            "application/xml",
            "text/csv",
            "message/rfc822",
        ],
        true,
        NO_REPORT,
    ),
    address(
        "/deployments/{name}/deployment.toml",
        "The deployment file without comments and secrets",
        &["application/toml"],
        false,
        &[400, 404, 409],
    ),
    address(
        "/deployments/{name}/badge.svg",
        "The decision as a picture",
        &["image/svg+xml"],
        false,
        NO_REPORT,
    ),
    address(
        "/deployments/{name}/badge.json",
        "The decision as an endpoint of shields.io",
        &["application/json"],
        false,
        NO_REPORT,
    ),
    address(
        "/deployments/{name}/decisions.atom",
        "The last decisions as a feed",
        &["application/atom+xml"],
        false,
        &[400, 404],
    ),
    address("/healthz", "Whether the process answers; needs no token", &["application/json"], false, &[]),
    address("/readyz", "Whether each database answers", &["application/json"], false, &[503]),
    address("/metrics", "Counters and gauges for Prometheus", &["text/plain"], false, &[]),
    address("/openapi.json", "This description", &["application/json"], false, &[]),
    address("/reference", "This description as a page", &["text/html"], false, &[]),
];

/// The parameters of a question, with what they mean and an example.
const PARAMETERS: [(&str, &str, &str); 7] = [
    ("baseline", "The window before: START/END, either may be a length", "2026-02-01T20:56:00Z/4m"),
    ("stagger", "The window after: START/END, the end may be now", "2026-02-01T21:37:00Z/6h"),
    ("at", "The moment of the change, in place of both windows", "2026-02-01T21:37:00Z"),
    ("until", "With at: the end of the window after", "2026-02-02T05:34:00Z"),
    ("as_of", "Rows are looked at up to here", "2026-02-02T05:34:00Z"),
    ("redact", "What is replaced: errors, jobs, host, with commas between them", "jobs,host"),
    (
        "environment",
        "Which of the environments of the file is meant (the last where none is named)",
        "staging",
    ),
];

pub(super) async fn openapi(headers: HeaderMap) -> Result<Response, HttpError> {
    as_json(&document(), &headers)
}

pub(super) async fn reference(headers: HeaderMap) -> Result<Response, HttpError> {
    let row = |path: String, summary: &str, kinds: &[&str]| ReferenceRow {
        path,
        summary: summary.to_owned(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
    };
    let fixed = ADDRESSES.iter().map(|address| row(address.path.to_owned(), address.summary, address.kinds));
    let reports = OFFERED.iter().map(|offer| {
        let path = format!("/deployments/{{name}}/{}", offer.file);
        row(path, &format!("The report: {}", offer.label), &[offer.media_type])
    });
    let kept = OFFERED.iter().map(|offer| {
        let path = format!("/reports/{{id}}/{}", offer.file);
        row(path, &format!("A finished report: {}", offer.label), &[offer.media_type])
    });
    let page = ReferencePage {
        addresses: fixed.chain(reports).chain(kept).collect(),
        parameters: PARAMETERS.map(|(name, meaning, example)| [name, meaning, example]).into(),
    };
    let rendered = Rendered::of(page::reference(&page)?);
    Ok(answer(&rendered, "text/html; charset=utf-8", Lasting::Now, &headers))
}

fn document() -> Value {
    let mut paths = Map::new();
    for address in &ADDRESSES {
        paths.insert(address.path.to_owned(), operation(address));
    }
    for offer in &OFFERED {
        let kind = offer.media_type.split(';').next().unwrap_or_default();
        let report = |path, takes_question, errors| {
            let summary = "The report in this format";
            operation_of(path, summary, &[kind], takes_question, errors)
        };
        let path = format!("/deployments/{{name}}/{}", offer.file);
        paths.insert(path.clone(), report(&path, true, NO_REPORT));
        let path = format!("/reports/{{id}}/{}", offer.file);
        paths.insert(path.clone(), report(&path, false, &[400, 404]));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "jobdelta",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What did this deployment change for our scheduled jobs, and how do we know?",
        },
        "paths": paths,
        "security": [{"bearer": []}, {"basic": []}, {}],
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
            "schemas": {"Problem": problem(), "Deployment": deployment()},
        },
    })
}

fn operation(address: &Address) -> Value {
    operation_of(address.path, address.summary, address.kinds, address.takes_question, address.errors)
}

fn operation_of(path: &str, summary: &str, kinds: &[&str], takes_question: bool, errors: &[u16]) -> Value {
    let mut responses = Map::new();
    let schema = |kind: &str| match (path, kind) {
        ("/" | "/deployments", "application/json") => {
            json!({"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Deployment"}}})
        }
        ("/deployments/{name}", "application/json") => {
            json!({"schema": {"$ref": "#/components/schemas/Deployment"}})
        }
        (_, "application/json") => json!({"schema": {"type": "object"}}),
        _ => json!({"schema": {"type": "string"}}),
    };
    let content: Map<String, Value> = kinds.iter().map(|kind| ((*kind).to_owned(), schema(kind))).collect();
    responses.insert("200".to_owned(), json!({"description": summary, "content": content}));
    let always: &[u16] = if path == "/healthz" { &[400, 421] } else { &[400, 401, 403, 421, 429] };
    for status in always.iter().chain(errors) {
        responses.insert(status.to_string(), refusal(path, *status));
    }
    let mut parameters: Vec<Value> = ["name", "id"]
        .into_iter()
        .filter(|name| path.contains(&format!("{{{name}}}")))
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    if takes_question {
        parameters.extend(PARAMETERS.map(|(name, meaning, example)| {
            json!({
                "name": name, "in": "query", "description": meaning, "schema": {"type": "string"},
                "example": example,
            })
        }));
    }
    let id = path.replace(['/', '{', '}', '.'], " ").split_whitespace().collect::<Vec<_>>().join("_");
    let mut get = json!({
        "operationId": if id.is_empty() { "list" } else { id.as_str() },
        "summary": summary, "parameters": parameters, "responses": responses,
    });
    if path == "/healthz" {
        get["security"] = json!([]);
    }
    json!({ "get": get })
}

/// An answer other than the one that was asked for.
fn refusal(path: &str, status: u16) -> Value {
    let description =
        axum::http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    // Which databases do not answer is an answer of its own.
    let problem = if path == "/readyz" && status == 503 {
        json!({"application/json": {"schema": {"type": "object"}}})
    } else {
        json!({
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
            "text/html": {"schema": {"type": "string"}},
        })
    };
    json!({"description": description.unwrap_or("Error"), "content": problem})
}

/// RFC 9457.
fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "request"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong, in a sentence."},
            "request": {"type": "string", "description": "Number of the request, as in the log."},
            "lines": {"type": "array", "items": {"type": "string"}, "description": "Inputs to blame."},
        },
    })
}

/// As in the list.
fn deployment() -> Value {
    let nullable = |kind: &str| json!({"type": [kind, "null"]});
    json!({
        "type": "object",
        "required": ["name", "state", "decision", "scoreboard", "as_of", "age_s", "report", "problems"],
        "properties": {
            "name": {"type": "string"},
            "state": {"enum": ["ready", "making", "needs_windows", "broken"]},
            "decision": {"enum": ["pass", "fail", "undecided", "roll_back", null]},
            "scoreboard": nullable("object"),
            "as_of": nullable("string"),
            "age_s": nullable("number"),
            "report": nullable("string"),
            "problems": {"type": "array", "items": {"type": "string"}},
        },
    })
}
