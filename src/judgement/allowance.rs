//! The size of a miss in runs: how many may be lost before a rate falls short.

use super::criterion::{Criterion, Measured};
use super::language::Op;
use super::reason::Allowance;
use crate::analysis::figures::rate::Rate;
use crate::analysis::metric::{Better, Metric};
use crate::window::Side;

/// The allowance of a rate whose own value has a bound on its bad side; `None` for other conditions, and where
/// not even a perfect rate would do.
pub(super) fn allowance(measured: &Measured<'_>) -> Option<Allowance> {
    let Criterion { metric, op, value, .. } = measured.criterion;
    let rate = measured.subject.rate(metric, Side::Stagger).filter(|_| !value.is_change())?;
    let bounded = match metric.better? {
        Better::Higher => matches!(op, Op::Greater | Op::GreaterOrEqual),
        Better::Lower => matches!(op, Op::Less | Op::LessOrEqual),
    };
    let satisfied = |against: u64| {
        let hits = if metric.better == Some(Better::Higher) { rate.of - against } else { against };
        let share = hits as f64 / rate.of as f64;
        share.partial_cmp(&measured.threshold).is_some_and(|order| op.admits(order))
    };
    if !bounded || rate.of == 0 || !satisfied(0) {
        return None;
    }
    // The more runs count against a rate the worse it is, so halving finds the last good number.
    let (mut good, mut bad) = (0, rate.of + 1);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if satisfied(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(Allowance { against: against(metric, &rate), allowed: good })
}

/// Runs that count against a rate.
fn against(metric: &Metric, rate: &Rate) -> u64 {
    if metric.better == Some(Better::Higher) { rate.of - rate.hits } else { rate.hits }
}
