//! What is asked of a figure, and the figure beside what it is held against.

use std::cmp::Ordering;

use super::language::{Op, TargetValue};
use super::measured::Subject;
use super::reason::HeldFigure;
use crate::analysis::metric::{Metric, Unit};
use crate::window::{PerSide, Side};

/// What is asked of a figure, whether as a target or as a trigger.
#[derive(Clone, Copy)]
pub(super) struct Criterion<'a> {
    pub(super) metric: &'a Metric,
    pub(super) op: Op,
    pub(super) value: TargetValue,
    pub(super) text: &'a str,
    /// Whether holding is what was hoped for.
    pub(super) purpose: Purpose,
}

/// What a criterion is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A target: holding is what was hoped for, and a miss has a size.
    Target,
    /// A trigger: holding is what was feared.
    Trigger,
}

/// A criterion about a figure of the runs, with the numbers that it is held against.
pub(super) struct Measured<'a> {
    pub(super) criterion: Criterion<'a>,
    pub(super) subject: Subject<'a>,
    pub(super) baseline: Option<f64>,
    pub(super) actual: f64,
    pub(super) compared: f64,
    pub(super) threshold: f64,
    pub(super) interval: Option<[f64; 2]>,
}

impl Measured<'_> {
    /// What a reason says of it.
    pub(super) fn found(&self) -> Box<HeldFigure> {
        let Self { criterion, subject, .. } = self;
        let counts = |side| subject.rate(criterion.metric, side).map(|rate| (rate.hits, rate.of));
        Box::new(HeldFigure {
            metric: criterion.metric.clone(),
            op: criterion.op,
            value: criterion.value,
            written: criterion.text.to_owned(),
            baseline: self.baseline,
            actual: self.actual,
            compared: self.compared,
            threshold: self.threshold,
            interval: self.interval,
            counts: PerSide::of(counts),
            expected: subject.window(Side::Stagger).expected_runs,
        })
    }

    /// How the compared number stands to the threshold. A rate, a count and the baseline's own value
    /// compare exactly; a change is computed, and gets the slack of its rounding.
    pub(super) fn order(&self) -> Ordering {
        self.order_of(self.compared)
    }

    pub(super) fn order_of(&self, value: f64) -> Ordering {
        match (self.criterion.value, &self.criterion.metric.unit) {
            (TargetValue::Absolute(_) | TargetValue::Baseline, Unit::Fraction | Unit::Count) => {
                value.partial_cmp(&self.threshold).unwrap_or(Ordering::Equal)
            }
            _ => order(value, self.threshold),
        }
    }

    /// Whether the interval has values on both sides of the target; without an interval it does not.
    pub(super) fn straddles(&self) -> bool {
        self.interval.is_some_and(|interval| self.divides(interval))
    }

    /// Whether there are values on both sides of the target from `low` to `high`.
    pub(super) fn divides(&self, [low, high]: [f64; 2]) -> bool {
        let (low, high) = (self.order_of(low), self.order_of(high));
        let op = self.criterion.op;
        match op {
            Op::Equal | Op::NotEqual => low.is_le() && high.is_ge() && low != high,
            _ => op.admits(low) != op.admits(high),
        }
    }
}

/// The order of two figures of which one was computed: equal when they differ by no more than the
/// rounding of a few operations.
fn order(value: f64, limit: f64) -> Ordering {
    let slack = 1e-12 * limit.abs().max(1.0);
    if (value - limit).abs() <= slack {
        Ordering::Equal
    } else {
        value.partial_cmp(&limit).unwrap_or(Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_decides_nothing_and_a_hair_does() {
        assert_eq!(order(0.94 - 0.99, -0.05), Ordering::Equal);
        assert_eq!(order(-0.050_000_001, -0.05), Ordering::Less);
    }
}
