//! Samples by a range query of Prometheus, or of what speaks its HTTP API.
//!
//! <https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries>

use std::time::Duration;

use super::series::{MOST_SAMPLES, SampleSeries, collected, described};
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::{Span, Stopwatch, Timestamp};
use crate::legible;
use crate::measurement::RangeQuery;
use crate::web::{self, WebContent, WebError, WebReach, WebRequest};
use crate::window::{Period, Window};
use serde::Deserialize;

/// Points of one answer: a server gives 11,000 at most.
const MOST_POINTS: i64 = 10_000;

/// For all answers of one window. A server that hangs must leave time for the report.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest answer that is read.
const LARGEST_ANSWER: u64 = 16 << 20;

/// Why there are no samples.
pub(super) enum RangeFailure {
    /// The server answers, and the query is wrong.
    Refused(String),
    /// The server does not answer, or has no time for it.
    Unanswered(String),
    Cancelled,
}

/// The samples of a window: values at its start and every step after it.
pub(super) async fn series(
    query: &RangeQuery,
    window: &Window,
    cancellation: &Cancellation,
    deadline: Deadline,
) -> Result<SampleSeries, RangeFailure> {
    let watch = Stopwatch::start();
    let patience = PATIENCE.min(deadline.left() / 2);
    let values = all_points(query, &window.observed, patience, cancellation).await?;
    let read = values.len() as u64;
    let statement = described([("query", query.query.clone()), ("step", query.step.to_string())]);
    Ok(SampleSeries { samples: collected(values, window), read, statement, elapsed: watch.elapsed() })
}

async fn all_points(
    query: &RangeQuery,
    parts: &[Period],
    patience: Duration,
    cancellation: &Cancellation,
) -> Result<Vec<(Timestamp, f64)>, RangeFailure> {
    let watch = Stopwatch::start();
    let mut values = Vec::new();
    for request in parts.iter().flat_map(|part| requests(*part, query.step)) {
        let left = patience.saturating_sub(watch.elapsed());
        if left.is_zero() {
            return Err(RangeFailure::Unanswered(WebError::Timeout(patience).to_string()));
        }
        values.extend(points(query, request, left, patience, cancellation).await?);
        if values.len() as u64 > MOST_SAMPLES {
            return Err(RangeFailure::Refused(format!(
                "has more than {MOST_SAMPLES} samples in one window; give a longer step"
            )));
        }
    }
    Ok(values)
}

/// A part of a window in pieces of as many points as one answer holds. Points stand at its start and every step
/// after it.
fn requests(part: Period, step: Span) -> impl Iterator<Item = Period> {
    let length = step.us().saturating_mul(MOST_POINTS);
    let pieces = part.length().us().div_euclid(length) + 1;
    (0..pieces).filter_map(move |nth| {
        let start = part.start.plus(Span(length.saturating_mul(nth)));
        // The end of a range is inside it, to the millisecond.
        let end = start.plus(Span(length)).min(part.end).plus(Span(-1_000));
        (start <= end).then_some(Period { start, end })
    })
}

/// An answer of the API, good or bad.
#[derive(Deserialize)]
struct RangeAnswer {
    status: String,
    #[serde(default, rename = "errorType")]
    error_type: String,
    #[serde(default)]
    error: String,
    data: Option<RangeData>,
}

#[derive(Deserialize)]
struct RangeData {
    #[serde(rename = "resultType")]
    result_type: String,
    result: serde_json::Value,
}

/// One series of a matrix: seconds since the epoch, and the value as text.
#[derive(Deserialize)]
struct MatrixSeries {
    values: Vec<(f64, String)>,
}

async fn points(
    query: &RangeQuery,
    request: Period,
    left: Duration,
    patience: Duration,
    cancellation: &Cancellation,
) -> Result<Vec<(Timestamp, f64)>, RangeFailure> {
    let seconds = |at: Timestamp| format!("{:.3}", at.us() as f64 / 1e6);
    let form = vec![
        ("query", query.query.clone()),
        ("start", seconds(request.start)),
        ("end", seconds(request.end)),
        ("step", format!("{:.3}", query.step.as_seconds())),
    ];
    let token = query.token.iter().map(|token| ("authorization", format!("Bearer {token}")));
    let asked = WebRequest {
        url: format!("{}/api/v1/query_range", query.url.trim_end_matches('/')),
        headers: token.collect(),
        content: WebContent::Form(form),
        patience: left,
        largest: LARGEST_ANSWER,
        reach: WebReach::Anywhere,
    };
    let answer = web::ask(asked, cancellation).await.map_err(|error| unanswered(error, patience))?;
    read(answer.status, &answer.body)
}

fn unanswered(error: WebError, patience: Duration) -> RangeFailure {
    match error {
        WebError::Timeout(_) => RangeFailure::Unanswered(WebError::Timeout(patience).to_string()),
        WebError::Address => {
            RangeFailure::Refused("has no usable address; write url = \"http://HOST:9090\"".to_owned())
        }
        WebError::TooLarge => RangeFailure::Refused(
            "answers with too much; aggregate the series, or give a longer step".to_owned(),
        ),
        WebError::Cancelled => RangeFailure::Cancelled,
        error => RangeFailure::Unanswered(error.to_string()),
    }
}

/// The points of an answer with a status. A wrong query or a missing right is 4xx, except where the server has no
/// time or too much to do.
fn read(status: u16, body: &str) -> Result<Vec<(Timestamp, f64)>, RangeFailure> {
    let Ok(answer) = serde_json::from_str::<RangeAnswer>(body) else {
        let reason = format!("answered with status {status} and no JSON of its API");
        let is_refusal = (300..500).contains(&status) && ![408, 429].contains(&status);
        return Err(if is_refusal || status == 200 {
            RangeFailure::Refused(reason)
        } else {
            RangeFailure::Unanswered(reason)
        });
    };
    match answer {
        RangeAnswer { status, data: Some(data), .. } if status == "success" => matrix(data),
        RangeAnswer { error_type, error, .. } => {
            let reason = format!("answered {error_type}: {}", legible::prose(&error));
            let is_busy = ["timeout", "canceled", "unavailable", "internal"].contains(&error_type.as_str());
            Err(if is_busy { RangeFailure::Unanswered(reason) } else { RangeFailure::Refused(reason) })
        }
    }
}

fn matrix(data: RangeData) -> Result<Vec<(Timestamp, f64)>, RangeFailure> {
    let refused = |reason: String| Err(RangeFailure::Refused(reason));
    if data.result_type != "matrix" {
        return refused(format!("answered a {}, not a matrix", legible::prose(&data.result_type)));
    }
    let Ok(mut series) = serde_json::from_value::<Vec<MatrixSeries>>(data.result) else {
        return refused("answered with a matrix that cannot be read".to_owned());
    };
    if series.len() > 1 {
        let count = series.len();
        return refused(format!("answered with {count} series; aggregate them, as in sum(…) or max(…)"));
    }
    let Some(series) = series.pop() else { return Ok(Vec::new()) };
    let mut points = Vec::with_capacity(series.values.len());
    for (seconds, text) in series.values {
        // Nothing was measured where a quotient has no value.
        match (instant(seconds), text.parse::<f64>()) {
            (Some(_), Ok(value)) if value.is_nan() => {}
            (Some(at), Ok(value)) => points.push((at, value)),
            _ => return refused("answered with a point that cannot be read".to_owned()),
        }
    }
    Ok(points)
}

/// The instant of seconds with a fraction, to the millisecond.
#[allow(clippy::cast_possible_truncation)] // checked before
fn instant(seconds: f64) -> Option<Timestamp> {
    let ms = (seconds * 1e3).round();
    (ms.abs() < 1e15).then(|| Timestamp(ms as i64 * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp(second * 1_000_000)
    }

    #[test]
    fn a_long_window_is_asked_in_pieces_that_share_no_point() {
        let part = Period { start: at(0), end: at(25_000) };
        let pieces: Vec<Period> = requests(part, Span::seconds(1)).collect();
        let ms = |seconds: i64| Timestamp(seconds * 1_000_000 - 1_000);
        assert_eq!(
            pieces,
            [(0, 10_000), (10_000, 20_000), (20_000, 25_000)]
                .map(|(start, end)| Period { start: at(start), end: ms(end) })
        );
        let exact = requests(Period { start: at(0), end: at(20_000) }, Span::seconds(1));
        assert_eq!(exact.count(), 2);
    }

    #[test]
    fn answers_are_read_or_refused() {
        let good = r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},
            "values":[[1769982000,"4.5"],[1769982015.5,"NaN"],[1769982030,"+Inf"]]}]}}"#;
        let points = read(200, good).map_err(|_| ()).unwrap();
        assert_eq!(points, [(at(1_769_982_000), 4.5), (at(1_769_982_030), f64::INFINITY)]);
        let failure = |status, body| match read(status, body) {
            Err(RangeFailure::Refused(reason)) => format!("refused: {reason}"),
            Err(RangeFailure::Unanswered(reason)) => format!("unanswered: {reason}"),
            _ => panic!("{body}"),
        };
        let two = good.replace("\"result\":[", "\"result\":[{\"values\":[]},");
        assert_eq!(
            failure(200, &two),
            "refused: answered with 2 series; aggregate them, as in sum(…) or max(…)"
        );
        let bad = r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#;
        assert_eq!(failure(400, bad), "refused: answered bad_data: parse error");
        let busy = r#"{"status":"error","errorType":"timeout","error":"query timed out"}"#;
        assert_eq!(failure(503, busy), "unanswered: answered timeout: query timed out");
        assert_eq!(failure(502, "<html>"), "unanswered: answered with status 502 and no JSON of its API");
        assert_eq!(failure(401, "no"), "refused: answered with status 401 and no JSON of its API");
    }
}
