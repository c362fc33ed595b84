//! What changed in a metric, and what that rests on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Comparisons by metric name.
pub type Comparisons = BTreeMap<String, Comparison>;

/// The verdict of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonVerdict {
    /// Better, shown.
    Improved,
    /// Worse, shown.
    Regressed,
    /// Shown to be the same within the margin.
    NoMaterialChange,
    /// The data do not decide.
    Inconclusive,
    /// There are no data.
    NotMeasured,
}

/// What changed in one metric, and what that rests on. `change` is stagger − baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Value before, in the metric's own unit.
    pub baseline: Option<f64>,
    /// Value after.
    pub stagger: Option<f64>,
    /// `stagger - baseline`; for counts per observed hour.
    pub change: Option<f64>,
    /// `change / baseline`; `null` when the baseline is zero.
    pub relative_change: Option<f64>,
    /// Hodges–Lehmann shift, for `median_duration` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<f64>,
    /// The shift relative to the baseline's median.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_relative: Option<f64>,
    /// Interval of the shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_interval: Option<[f64; 2]>,
    /// Interval of `change`, in the metric's own unit.
    pub interval: Option<[f64; 2]>,
    /// p value of the test.
    pub p: Option<f64>,
    /// The same, adjusted for the family of comparisons.
    pub p_adjusted: Option<f64>,
    /// Probability that a run after is faster than one before, ties counted half.
    pub probability_faster: Option<f64>,
    /// First and second half of the stagger window, each against the baseline.
    pub halves: Option<[f64; 2]>,
    /// `null` for metrics without a test.
    pub verdict: Option<ComparisonVerdict>,
    /// Why, in words.
    pub reason: String,
}
