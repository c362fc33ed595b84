//! What an HTTP endpoint answers.

use std::time::Duration;

use crate::cancellation::Cancellation;
use crate::clock::Stopwatch;
use crate::measurement::HealthEndpoint;
use crate::web::{self, WebContent, WebError, WebReach, WebRequest};

/// The largest answer that is read.
const LARGEST_ANSWER: u64 = 1 << 20;

/// The lowest status that says that something is wrong.
const WRONG: u16 = 400;

/// What an endpoint answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct HealthAnswer {
    /// `None` where it is not known.
    pub(super) is_up: Option<bool>,
    /// Until the answer had arrived; `None` without one.
    pub(super) latency: Option<Duration>,
    pub(super) uptime: Option<f64>,
    /// What is wrong, to follow the address.
    pub(super) problem: Option<String>,
}

pub(super) async fn ask(
    health: &HealthEndpoint,
    patience: Duration,
    cancellation: &Cancellation,
) -> HealthAnswer {
    let token = health.token.iter().map(|token| ("authorization", format!("Bearer {token}")));
    let request = WebRequest {
        url: health.url.clone(),
        headers: token.collect(),
        content: WebContent::None,
        patience,
        largest: LARGEST_ANSWER,
        reach: WebReach::Anywhere,
    };
    let watch = Stopwatch::start();
    match web::ask(request, cancellation).await {
        Ok(answer) => {
            let (latency, status) = (watch.elapsed(), answer.status);
            let is_up = status < WRONG;
            let uptime = health.uptime.as_ref().filter(|_| is_up);
            let uptime = uptime.map(|pointer| number(&answer.body, pointer)).transpose();
            let problem =
                if is_up { uptime.clone().err() } else { Some(format!("answered with status {status}")) };
            let uptime = uptime.ok().flatten();
            HealthAnswer { is_up: Some(is_up), latency: Some(latency), uptime, problem }
        }
        Err(WebError::Cancelled) => HealthAnswer::default(),
        // Nothing was asked.
        Err(WebError::Address) => unknown(WebError::Address.to_string()),
        Err(error) => {
            HealthAnswer { is_up: Some(false), problem: Some(error.to_string()), ..HealthAnswer::default() }
        }
    }
}

fn unknown(problem: String) -> HealthAnswer {
    HealthAnswer { problem: Some(problem), ..HealthAnswer::default() }
}

/// # Errors
/// What is wrong, to follow the address.
fn number(body: &str, pointer: &str) -> Result<f64, String> {
    let answer: serde_json::Value =
        serde_json::from_str(body).map_err(|_| "answered with no JSON".to_owned())?;
    let value = answer.pointer(pointer).and_then(serde_json::Value::as_f64);
    value.ok_or_else(|| format!("answered with no number at {pointer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uptime_is_a_number_at_the_pointer() {
        let body = r#"{"process": {"uptime_s": 12.5, "a/b": 3}, "name": "x"}"#;
        assert_eq!(number(body, "/process/uptime_s"), Ok(12.5));
        assert_eq!(number(body, "/process/a~1b"), Ok(3.0));
        assert_eq!(number(body, "/name").unwrap_err(), "answered with no number at /name");
        assert_eq!(number("<html>", "/name").unwrap_err(), "answered with no JSON");
    }
}
