//! The interval of the difference of two shares.

use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::wilson;

/// A share and the number of runs that it rests on; the number need not be whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ObservedShare {
    /// From 0 to 1.
    pub value: f64,
    /// Runs, or their effective number.
    pub of: f64,
}

/// Newcombe's hybrid score interval of `stagger - baseline`, without continuity correction. `None` where
/// a window has no runs.
///
/// Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
pub fn interval(baseline: ObservedShare, stagger: ObservedShare) -> Option<Interval> {
    let before = wilson::interval(baseline.value, baseline.of)?;
    let after = wilson::interval(stagger.value, stagger.of)?;
    let difference = stagger.value - baseline.value;
    Some(Interval {
        low: difference - (stagger.value - after.low).hypot(before.high - baseline.value),
        high: difference + (after.high - stagger.value).hypot(baseline.value - before.low),
    })
}
