//! Whether the two windows hold the same jobs.

use crate::analysis::Analysis;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::restriction::{Restriction, RestrictionsByMetric, restrict_all};
use crate::analysis::metric::{self, Metric};
use crate::observation::WindowObservations;
use crate::window::{PerSide, Side};

/// Restricts the comparisons of all jobs together where some job was seen in one window only. A window
/// without any job is a matter of its own.
pub(super) fn find(analysis: &Analysis, bench: &Bench<'_>, restrictions: &mut RestrictionsByMetric) {
    let [before, after] = Side::BOTH.map(|side| bench.observations(side));
    if before.jobs.is_empty()
        || after.jobs.is_empty()
        || holds_all_of(before, after) && holds_all_of(after, before)
    {
        return;
    }
    let totals = &analysis.totals;
    let compared = |metric: &&Metric| PerSide::of(|side| metric.in_totals(totals.get(side))).both().is_some();
    restrict_all(restrictions, metric::ALL.into_iter().filter(compared), Restriction::PopulationChanged);
}

fn holds_all_of(window: &WindowObservations, other: &WindowObservations) -> bool {
    other.jobs.keys().all(|job| window.jobs.contains_key(job))
}
