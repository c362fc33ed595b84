//! What readers call a metric, and how its value is written.

use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::Metric;
use crate::figure::{self, ABSENT};
use crate::legible;
use crate::report::model::Report;
use crate::window::Side;

/// What readers call the metric of a name; a report of another version may name one that is not known here.
pub(super) fn label(report: &Report, name: &str) -> String {
    let known = report.metric(name).map(|metric| metric.label.into_owned());
    known.unwrap_or_else(|_| legible::capital(&name.replace('_', " ")))
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

/// A share of runs in a window: counts where they are few.
pub(super) fn share(window: &JobWindow, metric: &Metric, limits: &[f64]) -> String {
    let rate = metric.share().and_then(|share| (share.rate)(window));
    rate.map_or_else(|| ABSENT.to_owned(), |rate| figure::share(rate.hits, rate.of, limits))
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
}
