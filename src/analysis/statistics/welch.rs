//! The difference of two means.
//!
//! Source: B. L. Welch, Biometrika 34 (1947) 28–35, with the Welch–Satterthwaite degrees of freedom;
//! `scipy.stats.ttest_ind_from_stats(equal_var=False)`.

use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::student_t;

/// What a mean rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Runs, or their effective number; more than 1.
    pub runs: f64,
    pub mean: f64,
    pub variance: f64,
}

/// The difference stagger − baseline of two means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanDifference {
    pub estimate: f64,
    pub interval: Interval,
    pub p: f64,
}

/// Welch's test and interval; `None` where a window has one run or fewer, or neither varies.
pub fn difference(baseline: Moments, stagger: Moments) -> Option<MeanDifference> {
    let error = |side: Moments| side.variance / side.runs;
    let (before, after) = (error(baseline), error(stagger));
    let both = before + after;
    if baseline.runs <= 1.0 || stagger.runs <= 1.0 || both <= 0.0 {
        return None;
    }
    let df = both * both / (before * before / (baseline.runs - 1.0) + after * after / (stagger.runs - 1.0));
    let estimate = stagger.mean - baseline.mean;
    let reach = student_t::reach(df) * both.sqrt();
    Some(MeanDifference {
        estimate,
        interval: Interval { low: estimate - reach, high: estimate + reach },
        p: student_t::two_sided(estimate / both.sqrt(), df),
    })
}
