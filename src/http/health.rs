//! Whether the service runs, whether its databases answer, and what it has counted.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::counters::Gauge;
use super::error::HttpError;
use super::list::as_json;
use super::service::Service;
use crate::judgement::DecisionVerdict;
use crate::pipeline;

/// How long a database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Serialize)]
struct Liveness {
    status: &'static str,
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    deployments: usize,
    /// Deployments whose database does not answer.
    unreachable: Vec<String>,
}

pub(super) async fn alive(headers: HeaderMap) -> Result<Response, HttpError> {
    as_json(&Liveness { status: "ok" }, &headers)
}

/// Ready where each database answers. A broken deployment file is nobody's fault but its own.
pub(super) async fn ready(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let entries = service.catalogue.entries().await;
    let mut seen = HashSet::new();
    let mut asked = Vec::new();
    for entry in entries.values() {
        let Some(location) = entry.location() else { continue };
        if seen.insert(location.clone()) {
            let name = entry.name.clone();
            asked.push(async move { (name, pipeline::reach(&location, PATIENCE).await) });
        }
    }
    let answers = futures_util::future::join_all(asked).await;
    let unreachable: Vec<String> =
        answers.into_iter().filter(|(_, answer)| answer.is_err()).map(|(name, _)| name).collect();
    let ready = unreachable.is_empty();
    let readiness = Readiness {
        status: if ready { "ready" } else { "not ready" },
        deployments: entries.len(),
        unreachable,
    };
    let mut response = as_json(&readiness, &headers)?;
    if !ready {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    Ok(response)
}

pub(super) async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let entries = service.catalogue.entries().await;
    let noted: Vec<_> =
        entries.keys().filter_map(|name| Some((name.as_str(), service.last(name)?))).collect();
    let number = |name, help, value: usize| {
        #[allow(clippy::cast_precision_loss)] // some thousands
        Gauge { name, help, values: vec![(Vec::new(), value as f64)] }
    };
    let decisions = [
        ("pass", DecisionVerdict::Pass),
        ("fail", DecisionVerdict::Fail),
        ("undecided", DecisionVerdict::Undecided),
        ("roll_back", DecisionVerdict::RollBack),
    ];
    let of_each = noted.iter().flat_map(|(name, noted)| {
        let verdict = noted.verdict();
        decisions.map(|(word, decision)| {
            let holds = if verdict == Some(decision) { 1.0 } else { 0.0 };
            (vec![("deployment", *name), ("decision", word)], holds)
        })
    });
    let now = service.clock.now();
    let ages = noted
        .iter()
        .map(|(name, noted)| (vec![("deployment", *name)], now.since(noted.finished.made_at).as_seconds()));
    let broken = entries.values().filter(|entry| entry.file.is_err()).count();
    let gauges = [
        number("jobdelta_deployments", "Deployment files.", entries.len()),
        number("jobdelta_deployments_broken", "Deployment files that cannot be read.", broken),
        number(
            "jobdelta_reports_queued",
            "Reports that wait for a database.",
            service.flights.queues.waiting(),
        ),
        number("jobdelta_reports_under_way", "Reports that are being made.", service.flights.under_way()),
        Gauge {
            name: "jobdelta_decision",
            help: "1 for the last decision of a deployment, 0 for the others.",
            values: of_each.collect(),
        },
        Gauge {
            name: "jobdelta_decision_age_seconds",
            help: "Time since the last report of a deployment was made.",
            values: ages.collect(),
        },
    ];
    let text = service.counters.exposition(&gauges);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
