//! Whether a job changed, or only the hours of the day at which it ran.
//!
//! The change of a mean is the sum of what changed within the hours, at the mean of their shares of the runs in both
//! windows, and of what changed in these shares.
//!
//! Source: E. M. Kitagawa, Journal of the American Statistical Association 50 (1955) 1168–1194.

use std::collections::BTreeMap;

use super::series::Series;
use crate::clock::{DAY_US, HOUR_US};
use crate::observation::slices::{SliceCounts, SlicePlan};
use crate::window::{PerSide, Side, Window};

/// Windows that have less than this share of their runs at the same hours cannot be compared so.
const COMMON: f64 = 0.9;

/// Of a change, what must be left within the hours.
const LEAST_LEFT: f64 = 0.5;

/// Sums of values and how many these are, by hour of the day.
type ByHour = [(f64, f64); 24];

/// What of a change is left within the same hours of the day, as a share of it, where that is too little for a change of
/// the job; `None` where it is not.
pub(super) fn left_within(
    series: Series,
    plan: &SlicePlan,
    slices: &BTreeMap<i64, SliceCounts>,
    windows: &PerSide<Window>,
) -> Option<f64> {
    let hours = PerSide::of(|side: Side| by_hour(series, plan, slices, windows.get(side)));
    let total =
        hours.map(|hours| hours.iter().fold((0.0, 0.0), |all, hour| (all.0 + hour.0, all.1 + hour.1)));
    let (before, after) = (total.baseline, total.stagger);
    let change = after.0 / after.1 - before.0 / before.1;
    let (mut within, mut common) = (0.0, PerSide { baseline: 0.0, stagger: 0.0 });
    for (was, is) in hours.baseline.into_iter().zip(hours.stagger) {
        if was.1 > 0.0 && is.1 > 0.0 {
            let shares = PerSide { baseline: was.1 / before.1, stagger: is.1 / after.1 };
            within += (is.0 / is.1 - was.0 / was.1) * f64::midpoint(shares.baseline, shares.stagger);
            common.baseline += shares.baseline;
            common.stagger += shares.stagger;
        }
    }
    let left = within / f64::midpoint(common.baseline, common.stagger) / change;
    let is_common = common.iter().all(|share| *share >= COMMON);
    (is_common && change.abs() > 0.0 && left < LEAST_LEFT).then_some(left)
}

fn by_hour(series: Series, plan: &SlicePlan, slices: &BTreeMap<i64, SliceCounts>, window: &Window) -> ByHour {
    let mut hours = ByHour::default();
    for (number, counts) in slices {
        let start = plan.slice(*number).start;
        if window.period.contains(start) {
            let hour = start.us().rem_euclid(DAY_US) / HOUR_US;
            let (sum, of) = (series.part)(counts);
            if let Some(place) = usize::try_from(hour).ok().and_then(|hour| hours.get_mut(hour)) {
                place.0 += sum as f64;
                place.1 += of as f64;
            }
        }
    }
    hours
}
