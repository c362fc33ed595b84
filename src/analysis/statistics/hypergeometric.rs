//! The hypergeometric distribution: marked runs among those drawn without replacement.
//!
//! Source: Loader's construction from three binomial probabilities, as in R's `dhyper`.

use crate::analysis::statistics::binomial;

/// An urn and the number of draws from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// Runs that are marked.
    pub marked: u64,
    /// Runs that are not.
    pub unmarked: u64,
    /// Runs drawn; at most all of them.
    pub drawn: u64,
}

impl Draws {
    /// The fewest marked runs that can be among those drawn.
    pub fn fewest(self) -> u64 {
        self.drawn.saturating_sub(self.unmarked)
    }

    /// The most marked runs that can be among those drawn.
    pub fn most(self) -> u64 {
        self.drawn.min(self.marked)
    }

    /// The most probable number of marked runs.
    pub fn mode(self) -> u64 {
        let product = u128::from(self.marked + 1) * u128::from(self.drawn + 1);
        let mode = product / u128::from(self.marked + self.unmarked + 2);
        u64::try_from(mode).unwrap_or(u64::MAX).clamp(self.fewest(), self.most())
    }

    /// The probability of exactly `k` marked runs among those drawn.
    pub fn probability(self, k: u64) -> f64 {
        if k < self.fewest() || k > self.most() {
            return 0.0;
        }
        let all = self.marked + self.unmarked;
        let p = self.drawn as f64 / all as f64;
        let q = (all - self.drawn) as f64 / all as f64;
        if p <= 0.0 || q <= 0.0 {
            return 1.0;
        }
        binomial::probability_of(k, self.marked, p, q)
            * binomial::probability_of(self.drawn - k, self.unmarked, p, q)
            / binomial::probability_of(self.drawn, all, p, q)
    }

    /// The probability of `k` or more, summed upwards; `k` should not be below the mode.
    pub(super) fn upper_tail(self, k: u64) -> f64 {
        let mut term = self.probability(k);
        let mut sum = term;
        for i in k..self.most() {
            let up = (self.marked - i) as f64 * (self.drawn - i) as f64;
            let down = (i + 1) as f64 * ((self.unmarked + i + 1) - self.drawn) as f64;
            term *= up / down;
            sum += term;
            if term <= sum * 1e-17 {
                break;
            }
        }
        sum
    }

    /// The probability of `k` or fewer, summed downwards; `k` should not be above the mode.
    pub(super) fn lower_tail(self, k: u64) -> f64 {
        let mut term = self.probability(k);
        let mut sum = term;
        for i in (self.fewest() + 1..=k).rev() {
            let down = i as f64 * ((self.unmarked + i) - self.drawn) as f64;
            let up = (self.marked + 1 - i) as f64 * (self.drawn + 1 - i) as f64;
            term *= down / up;
            sum += term;
            if term <= sum * 1e-17 {
                break;
            }
        }
        sum
    }
}
