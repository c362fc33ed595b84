//! A target or trigger as it was judged, in one form.

use std::cmp::Ordering;
use std::sync::Arc;

use super::verdict::InterimVerdict;
use crate::analysis::metric::Metric;
use crate::judgement::criterion::Purpose;
use crate::judgement::language::{Op, TargetValue};
use crate::judgement::reason::Reason;
use crate::judgement::result::{TargetResult, TargetVerdict, TriggerResult};

pub(super) struct HeldCriterion<'a> {
    pub(super) metric: &'a Arc<Metric>,
    pub(super) written: &'a str,
    pub(super) job: Option<&'a str>,
    pub(super) op: Op,
    pub(super) value: TargetValue,
    pub(super) compared: Option<f64>,
    pub(super) purpose: Purpose,
    /// Whether the condition holds; `None` where the rows do not say.
    pub(super) holds: Option<bool>,
    pub(super) reason: &'a Reason,
}

impl<'a> HeldCriterion<'a> {
    pub(super) fn target(result: &'a TargetResult) -> Self {
        Self {
            metric: &result.metric,
            written: &result.target,
            job: result.job.as_deref(),
            op: result.op,
            value: result.value,
            compared: result.compared,
            purpose: Purpose::Target,
            holds: match result.verdict {
                TargetVerdict::Met => Some(true),
                TargetVerdict::Missed => Some(false),
                TargetVerdict::Inconclusive | TargetVerdict::NotMeasured => None,
            },
            reason: &result.reason,
        }
    }

    pub(super) fn trigger(result: &'a TriggerResult) -> Self {
        Self {
            metric: &result.metric,
            written: &result.trigger,
            job: result.job.as_deref(),
            op: result.op,
            value: result.value,
            compared: result.compared,
            purpose: Purpose::Trigger,
            holds: result.fired,
            reason: &result.reason,
        }
    }

    /// What it means that the condition holds, or does not.
    pub(super) fn news(&self, holds: bool) -> InterimVerdict {
        if holds == (self.purpose == Purpose::Target) {
            InterimVerdict::Passed
        } else {
            InterimVerdict::Failed
        }
    }

    /// Where the compared number is, seen from the threshold; `None` where the threshold is the baseline's value.
    pub(super) fn order(&self) -> Option<Ordering> {
        match self.value {
            TargetValue::Absolute(limit) | TargetValue::Relative(limit) | TargetValue::Points(limit) => {
                self.compared?.partial_cmp(&limit.get())
            }
            TargetValue::Baseline => None,
        }
    }

    /// Whether the condition, as it holds or not, says that the figure is above the threshold (`Greater`) or below it
    /// (`Less`).
    pub(super) fn claim(&self) -> Option<Ordering> {
        let holds = self.holds?;
        match (self.op, holds) {
            (Op::Greater | Op::GreaterOrEqual, true) | (Op::Less | Op::LessOrEqual, false) => {
                Some(Ordering::Greater)
            }
            (Op::Less | Op::LessOrEqual, true) | (Op::Greater | Op::GreaterOrEqual, false) => {
                Some(Ordering::Less)
            }
            (Op::Equal, false) | (Op::NotEqual, true) => self.order().filter(|order| order.is_ne()),
            (Op::Equal, true) | (Op::NotEqual, false) => None,
        }
    }

    /// Whether what is missing lies before the change, or nowhere.
    pub(super) fn is_beyond_later_rows(&self) -> bool {
        match self.reason {
            Reason::WithoutSource { .. }
            | Reason::NothingStartedBefore
            | Reason::NoneExpectedBefore
            | Reason::NotMeasuredBefore
            | Reason::ZeroBefore => true,
            Reason::TooFew { runs, .. } => runs.baseline.is_some(),
            _ => false,
        }
    }
}
