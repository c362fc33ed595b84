//! Which verdicts no later row can undo.

use std::cmp::Ordering;

use super::held::HeldCriterion;
use crate::analysis::metric::{DurationFigure, Level, Method, Metric, ORPHANED_RUNS, Statistic, Value};
use crate::judgement::language::TargetValue;

/// What a figure does as rows arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    Grows,
    Falls,
    /// It is of the plan, not of the rows.
    Stays,
    Varies,
}

/// Whether the condition will hold at the end as it does now, whatever rows arrive.
pub(super) fn lasts(held: &HeldCriterion<'_>) -> bool {
    match course(held.metric, held.value) {
        Course::Grows => held.claim() == Some(Ordering::Greater),
        Course::Falls => held.claim() == Some(Ordering::Less),
        Course::Stays => held.holds.is_some(),
        Course::Varies => false,
    }
}

fn course(metric: &Metric, value: TargetValue) -> Course {
    // Per hour, a count falls again.
    if matches!(value, TargetValue::Relative(_)) && metric.method == Method::PerHour {
        return Course::Varies;
    }
    match &metric.value {
        // A run may end, or a fire be answered, later than expected.
        Value::Count(_) if *metric == ORPHANED_RUNS => Course::Varies,
        Value::Count(_)
        | Value::NewErrors
        | Value::Level(Level::Peak | Level::Burst)
        | Value::Duration { figure: DurationFigure::Longest, .. }
        | Value::Measurement { statistic: Statistic::Max, .. } => Course::Grows,
        Value::Measurement { statistic: Statistic::Min, .. } => Course::Falls,
        Value::Collisions => Course::Stays,
        Value::Share(_)
        | Value::Duration { .. }
        | Value::Missed
        | Value::Level(Level::Mean)
        | Value::Regressions
        | Value::Measurement { statistic: Statistic::Mean, .. } => Course::Varies,
    }
}
