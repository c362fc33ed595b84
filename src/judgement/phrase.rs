//! Numbers in reasons: written as everywhere else, and held against a threshold without a rounding
//! error deciding.

use std::cmp::Ordering;

use crate::analysis::metric::Metric;
use crate::figure::{change_against, count, points_against};

use super::language::TargetValue;

/// `one run`, `3 runs`.
pub(super) fn runs(number: u64) -> String {
    if number == 1 { "one run".to_owned() } else { format!("{} runs", count(number)) }
}

/// A number that is held against a target's threshold, in the form of the target.
pub(super) fn shown(form: TargetValue, metric: &Metric, value: f64, limits: &[f64]) -> String {
    match form {
        TargetValue::Absolute(_) | TargetValue::Baseline => metric.unit.value(value, limits),
        TargetValue::Relative(_) => change_against(value, limits),
        TargetValue::Points(_) => points_against(value, limits),
    }
}

/// The order of two figures of which one was computed: equal when they differ by no more than the
/// rounding of a few operations.
pub(super) fn order(value: f64, limit: f64) -> Ordering {
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
    use crate::analysis::metric;
    use crate::finite::Finite;

    #[test]
    fn rounding_decides_nothing_and_a_hair_does() {
        assert_eq!(order(0.94 - 0.99, -0.05), Ordering::Equal);
        assert_eq!(order(-0.050_000_001, -0.05), Ordering::Less);
        assert_eq!((runs(1), runs(1_200)), ("one run".to_owned(), "1,200 runs".to_owned()));
    }

    #[test]
    fn a_value_stays_on_its_side_of_the_threshold() {
        let shown = |form, value, limit| shown(form, &metric::COMPLETION_RATE, value, &[limit]);
        let finite = |number| Finite::new(number).unwrap();
        assert_eq!(shown(TargetValue::Absolute(finite(0.99)), 1_965.0 / 1_985.0, 0.99), "98.99 %");
        assert_eq!(shown(TargetValue::Relative(finite(-0.2)), -0.199_99, -0.2), "−19.999 %");
        assert_eq!(shown(TargetValue::Points(finite(0.05)), 0.061_23, 0.05), "+6.12 pp");
    }
}
