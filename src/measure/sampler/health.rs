//! What an HTTP endpoint answers.

use std::time::Duration;

use ureq::{Agent, Error};

use crate::cancellation::Cancellation;
use crate::clock::Stopwatch;
use crate::measurement::HealthEndpoint;

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
    let owned = health.clone();
    let asking = tokio::task::spawn_blocking(move || answer(&owned, patience));
    tokio::select! {
        done = asking => done.unwrap_or_else(|error| unknown(error.to_string())),
        () = cancellation.cancelled() => HealthAnswer::default(),
    }
}

fn answer(health: &HealthEndpoint, patience: Duration) -> HealthAnswer {
    let watch = Stopwatch::start();
    match body(health, patience) {
        Ok((status, body)) => {
            let (latency, is_up) = (watch.elapsed(), status < WRONG);
            let uptime = health.uptime.as_ref().filter(|_| is_up);
            let uptime = uptime.map(|pointer| number(&body, pointer)).transpose();
            let problem =
                if is_up { uptime.clone().err() } else { Some(format!("answered with status {status}")) };
            let uptime = uptime.ok().flatten();
            HealthAnswer { is_up: Some(is_up), latency: Some(latency), uptime, problem }
        }
        // What it says holds the address.
        Err(Error::BadUri(_) | Error::Http(_)) => unknown("is no usable address".to_owned()),
        Err(error) => {
            let problem = match error {
                Error::Timeout(_) => format!("did not answer within {} s", patience.as_secs()),
                Error::HostNotFound => "was not found under its name".to_owned(),
                error => format!("was not reached: {error}"),
            };
            HealthAnswer { is_up: Some(false), problem: Some(problem), ..HealthAnswer::default() }
        }
    }
}

fn unknown(problem: String) -> HealthAnswer {
    HealthAnswer { problem: Some(problem), ..HealthAnswer::default() }
}

/// Another address that it refers to was not declared, and is not asked.
fn body(health: &HealthEndpoint, patience: Duration) -> Result<(u16, String), Error> {
    let config = Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("jobdelta/", env!("CARGO_PKG_VERSION")))
        .build();
    let mut asked = config.new_agent().get(&health.url);
    if let Some(token) = &health.token {
        asked = asked.header("authorization", format!("Bearer {token}"));
    }
    let mut answer = asked.call()?;
    let status = answer.status().as_u16();
    // Whatever it holds: only a number in JSON is looked for.
    let body = answer.body_mut().with_config().limit(LARGEST_ANSWER).lossy_utf8(true).read_to_string()?;
    Ok((status, body))
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
