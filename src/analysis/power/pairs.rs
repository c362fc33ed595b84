//! What is found when runs are held against those of the same time of day.

use super::hurdle::Hurdle;
use crate::analysis::slices::PROMISING;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::analysis::statistics::{normal, student_t};

/// Halvings of the interval in which the length lies.
const STEPS: usize = 60;

#[derive(Clone, Copy)]
pub(super) struct PairPower {
    pub(super) matched: MatchedPairs,
    /// Half of the interval that pairs leave, as a part of the value before.
    pub(super) reach: f64,
    /// The error that runs drawn from the whole day would have, each by itself.
    pub(super) independent: f64,
    pub(super) hurdle: Hurdle,
}

impl PairPower {
    /// The logarithm of the smallest change that windows of so many times the length find. They have as many pairs more:
    /// the one before grows with the one after, since both cover the same hours. `None` of too few pairs.
    pub(super) fn needed(&self, lengths: f64) -> Option<f64> {
        let df = self.matched.degrees_of_freedom_in(lengths)?;
        let of_whole_windows = self.reach / student_t::reach(self.matched.degrees_of_freedom());
        let error = of_whole_windows / lengths.sqrt();
        // Neither this error nor that of the report is known but from its own pairs.
        let pairs = self.matched.pairs as f64;
        let (now, then) = (self.matched.uncertainty(pairs), self.matched.uncertainty(pairs * lengths));
        let (sum, beyond) = (self.hurdle.sum_with(df), self.hurdle.beyond);
        let shown = sum - beyond;
        let beyond = beyond * (1.0 + sum * sum * now + shown * shown * then).sqrt();
        // What does not look promising is not looked at.
        let promising = normal::exceeded_by(PROMISING / 2.0) * self.independent / lengths.sqrt();
        Some((shown * error).max(promising) + beyond * error)
    }

    /// The windows after the change until `asked` is found: at most `most`, of which the table has the hours before.
    pub(super) fn lengths(&self, asked: f64, most: f64) -> Option<f64> {
        let is_found = |lengths: f64| self.needed(lengths).is_some_and(|needed| needed <= asked.ln_1p());
        if !is_found(most) {
            return None;
        }
        let (mut missed, mut found) = (0.0, most);
        for _ in 0..STEPS {
            let middle = f64::midpoint(missed, found);
            if is_found(middle) { found = middle } else { missed = middle }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HURDLE: Hurdle = Hurdle { tail: 0.000_25, beyond: 0.84 };

    fn power(independent: f64) -> PairPower {
        let matched = MatchedPairs { pairs: 96, inflation: 1.25, variance: 0.9 };
        PairPower { matched, reach: 0.08, independent, hurdle: HURDLE }
    }

    #[test]
    fn a_longer_window_finds_less_and_a_short_one_has_too_few_pairs() {
        let power = power(0.0);
        assert!(power.needed(2.0).unwrap() < power.needed(1.0).unwrap());
        assert_eq!(power.needed(0.3), None);
        let found = power.lengths(0.25, 2.0).unwrap();
        assert!((power.needed(found).unwrap() - 0.25_f64.ln_1p()).abs() < 1e-9, "{found}");
        assert_eq!(power.lengths(0.01, 2.0), None);
        assert!((power.lengths(3.0, 2.0).unwrap() - 24.0 * 1.25 / 96.0).abs() < 1e-9);
    }

    #[test]
    fn what_does_not_look_promising_is_not_found() {
        let error = 0.08 / student_t::reach(96.0 / 1.25 - 1.0);
        // As it is where most of what differs within a day is the season.
        let needed = power(1.0).needed(1.0).unwrap();
        assert!((2.24..2.24 + 2.0 * error).contains(&needed), "{needed}");
        assert!(power(0.03).needed(1.0).unwrap() - power(0.0).needed(1.0).unwrap() < 1e-12);
    }
}
