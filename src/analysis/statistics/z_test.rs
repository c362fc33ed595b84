//! The test of two shares on effective counts.

use crate::analysis::statistics::newcombe::ObservedShare;
use crate::analysis::statistics::normal;

/// The two-sided p value of the z test with pooled variance; the numbers of runs may be effective ones.
/// 1 where the pooled share is 0 or 1.
///
/// Source: the usual score test of two binomial samples (Fleiss, "Statistical Methods for Rates and
/// Proportions", 2.3, without continuity correction); statsmodels' `proportions_ztest`.
pub fn p_value(baseline: ObservedShare, stagger: ObservedShare) -> f64 {
    let hits = baseline.value * baseline.of + stagger.value * stagger.of;
    let pooled = hits / (baseline.of + stagger.of);
    let variance = pooled * (1.0 - pooled) * (1.0 / baseline.of + 1.0 / stagger.of);
    if variance > 0.0 { normal::two_sided((stagger.value - baseline.value) / variance.sqrt()) } else { 1.0 }
}
