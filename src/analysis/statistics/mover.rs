//! Intervals of differences and ratios from the intervals of the parts.
//!
//! Source: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693–1702 (the method of variance
//! estimates recovery); the ratio by the same on logarithms.

use crate::analysis::statistics::interval::Interval;

/// An estimate with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub interval: Interval,
}

/// The interval of `stagger - baseline`.
pub fn difference(baseline: Estimate, stagger: Estimate) -> Interval {
    let estimate = stagger.value - baseline.value;
    let down = (stagger.value - stagger.interval.low).hypot(baseline.interval.high - baseline.value);
    let up = (stagger.interval.high - stagger.value).hypot(baseline.value - baseline.interval.low);
    Interval { low: estimate - down, high: estimate + up }
}

/// The interval of `stagger / baseline`; `None` unless every value and limit is above zero.
pub fn ratio(baseline: Estimate, stagger: Estimate) -> Option<Interval> {
    let positive = |e: Estimate| e.interval.low > 0.0 && e.value > 0.0;
    let log = |e: Estimate| Estimate { value: e.value.ln(), interval: e.interval.map(f64::ln) };
    (positive(baseline) && positive(stagger)).then(|| difference(log(baseline), log(stagger)).map(f64::exp))
}
