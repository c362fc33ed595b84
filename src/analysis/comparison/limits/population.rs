//! Whether the two windows hold the same jobs.

use crate::analysis::comparison::limits::{Analysis, Bench, Limit};
use crate::observation::WindowObservations;
use crate::window::Side;

/// Limits the comparisons of all jobs together where some job was seen in one window only. A window
/// without any job is a matter of its own.
pub(super) fn find(analysis: &mut Analysis, bench: &Bench<'_>) {
    let [before, after] = Side::BOTH.map(|side| bench.observations(side));
    if before.jobs.is_empty()
        || after.jobs.is_empty()
        || holds_all_of(before, after) && holds_all_of(after, before)
    {
        return;
    }
    for comparison in analysis.totals.comparison.values_mut() {
        if comparison.baseline.is_some() && comparison.stagger.is_some() {
            comparison.limit(Limit::PopulationChanged);
        }
    }
}

fn holds_all_of(window: &WindowObservations, other: &WindowObservations) -> bool {
    other.jobs.keys().all(|job| window.jobs.contains_key(job))
}
