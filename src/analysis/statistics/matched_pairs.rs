//! How much two samples say of a shift when each part of one is held against the part of the other at the same time of
//! day.
//!
//! What both have alike, such as a season of the day, is in no difference between them. Source: D. R. Cox, "Planning of
//! Experiments" (1958), 3.2–3.3 (pairs as blocks of two); how differences resemble their predecessors as in
//! [`dependence`]; Student's t, with as many degrees of freedom as independent differences leave.

use serde::{Deserialize, Serialize};

use crate::analysis::statistics::{dependence, normal, student_t};

/// Fewest independent differences: of fewer, how much they resemble their predecessors is not known well enough.
const LEAST: f64 = 24.0;

/// Values at one time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedMeans {
    /// The sum of the values before, and how many these are.
    pub before: (f64, f64),
    /// The same after.
    pub after: (f64, f64),
}

impl PairedMeans {
    fn difference(&self) -> f64 {
        self.after.0 / self.after.1 - self.before.0 / self.before.1
    }

    /// Of how many values of each side a difference of means varies as much.
    fn weight(&self) -> f64 {
        self.before.1 * self.after.1 / (self.before.1 + self.after.1)
    }
}

/// What pairs say of the variance of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatchedPairs {
    /// Times of day with runs in both windows.
    pub pairs: u64,
    /// How many dependent differences say as much as one independent one; at least 1.
    pub inflation: f64,
    /// The variance of the shift, as a multiple of what it would be with runs that are drawn from the whole day, each by
    /// itself. Below 1 where most of what differs is the season.
    pub variance: f64,
}

impl MatchedPairs {
    /// `scatter` is the variance of a value within each side. `None` where the differences are too few, or resemble their
    /// predecessors too much, or values do not scatter.
    pub fn of(pairs: &[PairedMeans], scatter: f64) -> Option<Self> {
        let weight: f64 = pairs.iter().map(PairedMeans::weight).sum();
        let mean = pairs.iter().map(|pair| pair.weight() * pair.difference()).sum::<f64>() / weight;
        let left: Vec<f64> =
            pairs.iter().map(|pair| pair.weight().sqrt() * (pair.difference() - mean)).collect();
        let squares: f64 = left.iter().map(|x| x * x).sum();
        let inflation = dependence::inflation_of_series(&left);
        let found = Self {
            pairs: pairs.len() as u64,
            inflation,
            variance: squares / (pairs.len() as f64 - 1.0) / scatter * inflation,
        };
        (found.independent() >= LEAST && found.variance.is_finite() && squares > 0.0).then_some(found)
    }

    /// How many independent differences the pairs are worth.
    pub fn independent(&self) -> f64 {
        self.pairs as f64 / self.inflation
    }

    fn degrees_of_freedom(&self) -> f64 {
        self.independent() - 1.0
    }

    /// The two-sided p of a shift of so many standard deviations.
    pub fn p_value(&self, deviations: f64) -> f64 {
        student_t::two_sided(deviations, self.degrees_of_freedom())
    }

    /// The variance by which an interval at the normal distribution's width is as wide as one at Student's.
    pub fn variance_of_interval(&self) -> f64 {
        self.variance * (student_t::reach(self.degrees_of_freedom()) / normal::Z_95).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(i: u32) -> f64 {
        f64::from((i * 7_919) % 101) / 100.0 - 0.5
    }

    fn pairs(before: impl Fn(u32) -> f64, after: impl Fn(u32) -> f64) -> Vec<PairedMeans> {
        (0..96).map(|i| PairedMeans { before: (before(i), 1.0), after: (after(i), 1.0) }).collect()
    }

    #[test]
    fn a_season_that_both_have_is_in_no_difference() {
        let season = |i: u32| 5.0 * (f64::from(i) / 15.0).sin();
        let plain = MatchedPairs::of(&pairs(noise, |i| noise(i + 200)), 0.085);
        let with = MatchedPairs::of(&pairs(|i| season(i) + noise(i), |i| season(i) + noise(i + 200)), 12.5);
        let (plain, with) = (plain.unwrap(), with.unwrap());
        assert!((plain.inflation - with.inflation).abs() < 1e-9);
        assert!((plain.variance * 0.085 - with.variance * 12.5).abs() < 1e-9);
    }

    #[test]
    fn differences_that_go_on_say_less_and_in_the_end_nothing() {
        let slow = |i: u32| noise(i / 6);
        let some = MatchedPairs::of(&pairs(noise, |i| noise(i + 200) + slow(i + 500)), 0.085).unwrap();
        assert!(some.inflation > 1.1, "{some:?}");
        assert_eq!(MatchedPairs::of(&pairs(|i| f64::from(i).sqrt(), |_| 0.0), 1.0), None);
    }

    #[test]
    fn what_does_not_scatter_or_is_not_there_says_nothing() {
        assert_eq!(MatchedPairs::of(&pairs(noise, noise), 0.0), None);
        assert_eq!(MatchedPairs::of(&pairs(|_| 1.0, |_| 2.0), 1.0), None);
        assert_eq!(MatchedPairs::of(&[], 1.0), None);
    }

    #[test]
    fn few_differences_have_the_wider_distribution() {
        let found = MatchedPairs { pairs: 30, inflation: 1.0, variance: 1.0 };
        assert!(found.p_value(2.0) > normal::two_sided(2.0));
        assert!(found.variance_of_interval() > 1.0);
    }
}
