//! What limits a comparison beside its own test: each limit is found here, and attached to the
//! comparisons that it touches. The report's caveat of the same code says it in words.

mod drift;
mod halves;
mod load;
mod population;
mod too_fast;

use crate::analysis::Analysis;
use crate::analysis::comparison::Comparisons;
use crate::analysis::comparison::evidence::Bench;
use crate::analysis::comparison::limit::Limit;
use crate::analysis::metric::{self, Metric};

/// Attaches every limit; the comparisons have their verdicts already, which stay as they are.
pub(in crate::analysis) fn attach(analysis: &mut Analysis, bench: &Bench<'_>) {
    halves::measure(analysis, bench);
    drift::find(analysis, bench);
    halves::hold(analysis, bench);
    too_fast::find(analysis, bench);
    load::find(analysis);
    population::find(analysis, bench);
}

/// The tested metrics about outcomes.
const OUTCOMES: [&Metric; 2] = [&metric::COMPLETION_RATE, &metric::FAILURE_RATE];

/// Attaches `limit` to the comparisons of `metrics`.
fn limit_all<'a>(comparisons: &mut Comparisons, metrics: impl IntoIterator<Item = &'a Metric>, limit: Limit) {
    for metric in metrics {
        if let Some(comparison) = comparisons.get_mut(metric.name()) {
            comparison.limit(limit);
        }
    }
}

#[cfg(test)]
mod tests;
