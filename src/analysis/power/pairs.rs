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
