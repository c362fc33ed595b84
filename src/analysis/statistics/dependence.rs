//! How much less than independent runs dependent runs say.
//!
//! Source: the variance of the mean of a first-order autoregressive series (G. E. P. Box, G. M. Jenkins
//! and G. C. Reinsel, "Time Series Analysis", 2.1.5); the correction of the correlation's bias by M. G.
//! Kendall, Biometrika 41 (1954) 403–404, and one standard error on top, because too small an inflation
//! is the more harmful mistake.

use crate::observation::LagSums;

/// The largest correlation that is believed.
const MOST: f64 = 0.98;

/// The lag-one correlation of a series, `Σ (xᵢ − x̄)(xᵢ₊₁ − x̄) / Σ (xᵢ − x̄)²`, from whole-number sums
/// without loss. `None` for a constant series or fewer than two runs.
pub fn lag_one_correlation(lag: &LagSums) -> Option<f64> {
    let (n, sum) = (i128::from(lag.n), i128::from(lag.sum));
    // both parts times n², so that everything stays whole
    let spread = n * (n * i128::from(lag.sum_of_squares) - sum * sum);
    if lag.n < 2 || spread <= 0 {
        return None;
    }
    let ends = i128::from(lag.first) + i128::from(lag.last);
    let together = n * n * i128::from(lag.sum_of_products) - n * sum * (2 * sum - ends) + (n - 1) * sum * sum;
    Some(together as f64 / spread as f64)
}

/// The variance inflation of a series: how many dependent runs say as much as one independent run. At
/// least 1, and 1 for a constant series.
pub fn inflation(lag: &LagSums) -> f64 {
    let Some(r) = lag_one_correlation(lag) else { return 1.0 };
    let n = lag.n as f64;
    let cautious = (r + (1.0 + 4.0 * r) / n + 1.0 / n.sqrt()).clamp(0.0, MOST);
    (1.0 + cautious) / (1.0 - cautious)
}
