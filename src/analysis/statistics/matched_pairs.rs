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
        (found.degrees_of_freedom_in(1.0).is_some() && found.variance.is_finite() && squares > 0.0)
            .then_some(found)
    }

    /// How many independent differences the pairs are worth.
    pub fn independent(&self) -> f64 {
        self.pairs as f64 / self.inflation
    }

    pub fn degrees_of_freedom(&self) -> f64 {
        self.independent() - 1.0
    }

    /// Those of windows of so many times the length; `None` where their differences would be too few.
    pub fn degrees_of_freedom_in(&self, lengths: f64) -> Option<f64> {
        let independent = self.independent() * lengths;
        (independent >= LEAST).then_some(independent - 1.0)
    }

    /// How far the logarithm of the standard error, as so many pairs show it, is off: its variance. That of a variance is
    /// 2 / n, that of a correlation 1 / n, and the inflation is (1 + r) / (1 − r).
    pub fn uncertainty(&self, pairs: f64) -> f64 {
        let slope = (self.inflation + 1.0).powi(2) / (2.0 * self.inflation);
        (2.0 + slope * slope) / (4.0 * pairs)
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
    fn the_error_that_pairs_show_is_as_uncertain_as_it_says() {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut normal = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        let mut logs = Vec::new();
        for _ in 0..400 {
            let values: Vec<f64> = (0..192).map(|_| normal()).collect();
            let pairs = pairs(|i| values[i as usize], |i| values[i as usize + 96]);
            logs.push(MatchedPairs::of(&pairs, 1.0).unwrap().variance.ln() / 2.0);
        }
        let mean = logs.iter().sum::<f64>() / 400.0;
        let seen = logs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 399.0;
        let said = MatchedPairs { pairs: 96, inflation: 1.25, variance: 1.0 }.uncertainty(96.0);
        // An inflation is never below 1, which makes it a little more certain.
        assert!((0.6..1.2).contains(&(seen / said)), "{seen} for {said}");
    }

    #[test]
    fn few_differences_have_the_wider_distribution() {
        let found = MatchedPairs { pairs: 30, inflation: 1.0, variance: 1.0 };
        assert!(found.p_value(2.0) > normal::two_sided(2.0));
        assert!(found.variance_of_interval() > 1.0);
    }
}
