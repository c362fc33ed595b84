//! What is asked of a figure, and the figure beside what it is held against.

use std::cmp::Ordering;

use super::language::{Op, TargetValue};
use super::measured::Subject;
use super::phrase;
use crate::analysis::metric::{Metric, Unit};

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
    pub(super) metric: &'a Metric,
    pub(super) subject: Subject<'a>,
    pub(super) baseline: Option<f64>,
    pub(super) actual: f64,
    pub(super) compared: f64,
    pub(super) threshold: f64,
    pub(super) interval: Option<[f64; 2]>,
}

impl Measured<'_> {
    /// How the compared number stands to the threshold. A rate, a count and the baseline's own value
    /// compare exactly; a change is computed, and gets the slack of its rounding.
    pub(super) fn order(&self) -> Ordering {
        self.order_of(self.compared)
    }

    fn order_of(&self, value: f64) -> Ordering {
        match (self.criterion.value, &self.metric.unit) {
            (TargetValue::Absolute(_) | TargetValue::Baseline, Unit::Fraction | Unit::Count) => {
                value.partial_cmp(&self.threshold).unwrap_or(Ordering::Equal)
            }
            _ => phrase::order(value, self.threshold),
        }
    }

    /// Whether the interval has values on both sides of the target; without an interval it does not.
    pub(super) fn straddles(&self) -> bool {
        let Some([low, high]) = self.interval else { return false };
        let (low, high) = (self.order_of(low), self.order_of(high));
        let op = self.criterion.op;
        match op {
            Op::Equal | Op::NotEqual => low.is_le() && high.is_ge() && low != high,
            _ => op.admits(low) != op.admits(high),
        }
    }
}
