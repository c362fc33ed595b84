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
/// least 1, and 1 for a constant series, which has no variance.
pub fn inflation(lag: &LagSums) -> f64 {
    lag_one_correlation(lag).map_or(1.0, |r| cautious(r, lag.n))
}

/// The same for the 0/1 outcomes of a rate. Runs that all came to the same say nothing of whether outcomes
/// come in bursts (ten failures in a row are one burst, or ten), so the correlation of such a series is
/// taken as 0 and as uncertain as that of any other: 13 runs per window are the fewest for a verdict.
pub fn inflation_of_outcomes(lag: &LagSums) -> f64 {
    if lag.n == 0 { 1.0 } else { cautious(lag_one_correlation(lag).unwrap_or(0.0), lag.n) }
}

/// The same of values in their order, whose mean is 0.
pub fn inflation_of_series(values: &[f64]) -> f64 {
    let squares: f64 = values.iter().map(|x| x * x).sum();
    let neighbours: f64 = values.windows(2).map(|two| two[0] * two[1]).sum();
    if squares > 0.0 { cautious(neighbours / squares, values.len() as u64) } else { 1.0 }
}

/// The inflation for the correlation `r` of `n` runs, corrected for its bias and uncertainty.
fn cautious(r: f64, n: u64) -> f64 {
    let n = n as f64;
    let cautious = (r + (1.0 + 4.0 * r) / n + 1.0 / n.sqrt()).clamp(0.0, MOST);
    (1.0 + cautious) / (1.0 - cautious)
}
