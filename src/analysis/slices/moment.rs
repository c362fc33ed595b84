//! When a change came.

use std::collections::BTreeMap;

use super::series::Series;
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::clock::SECOND_US;
use crate::observation::slices::{SliceCounts, SlicePlan};
use crate::window::{PerSide, Window};

/// An interval of more than this share of the whole places nothing.
const PLACED: f64 = 0.25;

/// `None` where the runs do not tell.
pub(super) fn moment(
    series: Series,
    plan: &SlicePlan,
    slices: &BTreeMap<i64, SliceCounts>,
    windows: &PerSide<Window>,
) -> Option<MomentFacts> {
    let (before, after, found) = series.change(slices, plan)?;
    // It may come within either.
    let (from, until) = (plan.slice(before).start, plan.slice(after).end);
    let (declared_from, declared_until) = (windows.baseline.period.end, windows.stagger.period.start);
    let apart = match () {
        () if until < declared_from => until.since(declared_from).us(),
        () if from > declared_until => from.since(declared_until).us(),
        () => 0,
    };
    let is_placed = until.since(from).us() as f64 <= PLACED * plan.whole.length().us() as f64;
    Some(MomentFacts { from, until, apart_s: apart / SECOND_US, onset: found.onset, is_placed })
}
