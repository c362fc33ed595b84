//! What readers call a metric, and how its value is written.

use crate::analysis::figures::job::JobWindow;
use crate::figure;
use crate::legible;
use crate::report::model::Report;
use crate::window::Side;

/// The reader's words for the name of a metric: `Running at once` for `peak_concurrency`.
pub(super) fn words(metric: &str) -> String {
    match metric {
        "completion_rate" => "Completion".to_owned(),
        "failure_rate" => "Failure rate".to_owned(),
        "lost_rate" => "Never finished, share".to_owned(),
        "on_time_rate" => "On time".to_owned(),
        "peak_concurrency" => "Running at once".to_owned(),
        "mean_concurrency" => "Mean running at once".to_owned(),
        "start_burst" => "Simultaneous starts".to_owned(),
        "orphaned_runs" => "Never finished".to_owned(),
        "skipped_lock" => "Skipped for a lock".to_owned(),
        "skipped_overlap" => "Skipped for an overlap".to_owned(),
        "new_errors" => "New kinds of error".to_owned(),
        "p90_duration" | "p95_duration" | "p99_duration" => {
            format!("{}th percentile duration", &metric[1..3])
        }
        _ => match metric.strip_suffix("_duration") {
            Some(kind) => format!("{} duration", legible::capital(kind)),
            None => legible::capital(&metric.replace('_', " ")),
        },
    }
}

/// A target as written, in typographic form: `≥ 99 %`, `≤ −20 %`, `> +5 pp`.
pub(super) fn condition(written: &str) -> String {
    let written = written.trim();
    let signs = [("<=", "≤"), (">=", "≥"), ("==", "="), ("!=", "≠"), ("<", "<"), (">", ">")];
    for (operator, sign) in signs {
        if let Some(value) = written.strip_prefix(operator) {
            return format!("{sign} {}", spaced(value.trim()));
        }
    }
    written.to_owned()
}

/// `99%` as `99 %`, `-20%` as `−20 %`, `500ms` as `500 ms`.
fn spaced(value: &str) -> String {
    let value = value.strip_prefix('-').map_or_else(|| value.to_owned(), |rest| format!("−{rest}"));
    match value.find(|c: char| c.is_ascii_alphabetic() || c == '%') {
        Some(place) if place > 0 && value[..place].ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{} {}", &value[..place], &value[place..])
        }
        _ => value,
    }
}

/// A value of a metric in its unit.
pub(super) fn value(value: f64, unit: &str, limits: &[f64]) -> String {
    match unit {
        "fraction" => figure::percent_against(value, limits),
        "ms" => figure::duration_against(value, limits),
        "count" | "level" => counted(value).unwrap_or_else(|| figure::number_against(value, limits)),
        other => format!("{} {other}", figure::number_against(value, limits)),
    }
}

/// A number of things, to the last one: beside another of the same rows a rounded one looks like a mistake.
fn counted(value: f64) -> Option<String> {
    let whole = value.fract() == 0.0 && (0.0..1e15).contains(&value);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // just checked
    whole.then(|| figure::count(value as u64))
}

/// The unit of a metric by its name, for comparisons, which do not carry one.
pub(super) fn unit(metric: &str) -> &'static str {
    if metric.ends_with("_rate") {
        "fraction"
    } else if metric.ends_with("_duration") {
        "ms"
    } else {
        "count"
    }
}

/// What a share of runs is made of: the runs that count, and all of them.
pub(super) fn share_of(window: &JobWindow, metric: &str) -> Option<(u64, u64)> {
    match metric {
        "completion_rate" => Some((window.completed, window.decided)),
        "failure_rate" => Some((window.failed + window.timed_out, window.decided)),
        "lost_rate" => Some((window.orphaned, window.decided)),
        "on_time_rate" => window.on_time(),
        _ => None,
    }
}

/// The window of a job, or of all together.
pub(super) fn window_of<'a>(report: &'a Report, job: Option<&str>, side: Side) -> Option<&'a JobWindow> {
    match job {
        None => Some(&report.totals.get(side).job),
        Some(name) => report.jobs.iter().find(|job| job.name == name).map(|job| job.get(side)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_written_with_their_signs() {
        for (written, shown) in [
            (">= 99%", "≥ 99 %"),
            ("<= -20%", "≤ −20 %"),
            ("> +5pp", "> +5 pp"),
            ("== 0", "= 0"),
            ("< 500ms", "< 500 ms"),
            ("<= baseline", "≤ baseline"),
        ] {
            assert_eq!(condition(written), shown);
        }
    }

    #[test]
    fn counts_are_exact_and_means_are_not() {
        assert_eq!(value(2_366.0, "count", &[0.0]), "2,366");
        assert_eq!(value(0.0, "count", &[]), "0");
        assert_eq!(value(0.359_12, "level", &[]), "0.359");
        assert_eq!(value(-4.0, "count", &[]), "−4");
    }

    #[test]
    fn metrics_have_words() {
        assert_eq!(words("median_duration"), "Median duration");
        assert_eq!(words("p95_duration"), "95th percentile duration");
        assert_eq!(words("pool_utilization_max"), "Pool utilization max");
    }
}
