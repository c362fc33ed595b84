//! The rank test of two samples of durations.
//!
//! Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50–60; ties and
//! continuity as in `scipy.stats.mannwhitneyu` and R's `wilcox.test`.

use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::normal;

/// Samples of at most this many runs per window have their exact distribution when nothing is tied.
const EXACT_UP_TO: u64 = 20;

/// How the runs of two samples are ordered among each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ordering {
    /// Twice the number of pairs in which the stagger run is longer, ties counted half: `2 U`.
    pub twice_longer: u128,
    pub pairs: u128,
    /// Standard deviation of `U` under no difference and independence, corrected for ties.
    pub deviation: f64,
    /// Whether any two runs are equal.
    pub tied: bool,
    runs: (u64, u64),
}

impl Ordering {
    /// Orders the runs of two samples; `None` when a window has none.
    pub fn of(baseline: &Cells, stagger: &Cells) -> Option<Self> {
        let (n1, n2) = (baseline.count(), stagger.count());
        if n1 == 0 || n2 == 0 {
            return None;
        }
        let (twice_longer, ties) = sweep(baseline, stagger);
        let all = (n1 + n2) as f64;
        let spread = if all > 1.0 { (all + 1.0) - ties / (all * (all - 1.0)) } else { 0.0 };
        let deviation = (n1 as f64 * n2 as f64 / 12.0 * spread.max(0.0)).sqrt();
        let pairs = u128::from(n1) * u128::from(n2);
        Some(Self { twice_longer, pairs, deviation, tied: ties > 0.0, runs: (n1, n2) })
    }

    /// The probability that a stagger run is faster than a baseline run, ties counted half.
    pub fn probability_faster(&self) -> f64 {
        (2 * self.pairs - self.twice_longer) as f64 / (2 * self.pairs) as f64
    }

    /// The two-sided p value with the variance multiplied by `inflation`: from the exact distribution
    /// where both counts are at most 20, nothing is tied and the inflation is 1, otherwise normal with
    /// continuity correction. 1 where all runs are equal.
    pub fn p_value(&self, inflation: f64) -> f64 {
        let exact = !self.tied && inflation <= 1.0 && self.runs.0.max(self.runs.1) <= EXACT_UP_TO;
        if exact { self.exact() } else { self.asymptotic(inflation) }
    }

    fn asymptotic(&self, inflation: f64) -> f64 {
        normal::two_sided(self.deviations(inflation))
    }

    /// By how many standard deviations `U` is off, with the variance multiplied by `inflation` and the continuity
    /// correction; 0 where all runs are equal.
    pub fn deviations(&self, inflation: f64) -> f64 {
        let deviation = self.deviation * inflation.sqrt();
        let distance = self.twice_longer.abs_diff(self.pairs) as f64 / 2.0;
        if deviation > 0.0 && distance > 0.5 { (distance - 0.5) / deviation } else { 0.0 }
    }

    /// Twice the share of all arrangements at least as far out as the observed one.
    fn exact(&self) -> f64 {
        let longer = self.twice_longer / 2;
        let smaller = longer.min(self.pairs - longer);
        let counts = arrangements(self.runs.0, self.runs.1);
        let all: u128 = counts.iter().sum();
        let out: u128 = counts.iter().zip(0..=smaller).map(|(count, _)| count).sum();
        (2.0 * out as f64 / all as f64).min(1.0)
    }
}

/// One pass over both tables: `2 U`, and the sum of `t³ − t` over groups of equal runs, 0 where no two runs are equal.
fn sweep(baseline: &Cells, stagger: &Cells) -> (u128, f64) {
    let (mut i, mut twice_longer, mut ties) = (0, 0_u128, 0.0);
    let mut group = |runs: u64| {
        let t = runs as f64;
        ties += t * (t - 1.0) * (t + 1.0);
    };
    for (&value, &count) in stagger.values().iter().zip(stagger.counts()) {
        while baseline.values().get(i).is_some_and(|&v| v < value) {
            group(baseline.counts()[i]);
            i += 1;
        }
        let shorter = baseline.below(i);
        let equal = if baseline.values().get(i) == Some(&value) { baseline.counts()[i] } else { 0 };
        i += usize::from(equal > 0);
        group(count + equal);
        twice_longer += u128::from(count) * (2 * u128::from(shorter) + u128::from(equal));
    }
    baseline.counts()[i..].iter().for_each(|&count| group(count));
    (twice_longer, ties)
}

/// For each value of `U` from 0, in how many of the `C(n1 + n2, n1)` arrangements of untied runs it
/// occurs: the coefficients of the Gaussian binomial, by multiplying with `1 − x^(n2 + i)` and dividing
/// by `1 − x^i` for `i` up to `n1`.
fn arrangements(n1: u64, n2: u64) -> Vec<u128> {
    let (n1, n2) = (small(n1), small(n2));
    let top = n1 * n2;
    let mut counts = vec![0_i128; top + 1];
    counts[0] = 1;
    for i in 1..=n1 {
        for u in (n2 + i..=top).rev() {
            counts[u] -= counts[u - n2 - i];
        }
        for u in i..=top {
            counts[u] += counts[u - i];
        }
    }
    counts.into_iter().map(i128::unsigned_abs).collect()
}

fn small(runs: u64) -> usize {
    usize::try_from(runs.min(EXACT_UP_TO)).unwrap_or(0)
}
