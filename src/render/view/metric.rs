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
