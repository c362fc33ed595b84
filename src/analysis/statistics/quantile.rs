//! Quantiles of frequency tables.

use super::cells::Cells;

/// Which quantile, in hundredths, so that its rank is found in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentile(pub u8);

impl Percentile {
    /// The middle.
    pub const MEDIAN: Self = Self(50);
    /// The 95th percentile.
    pub const P95: Self = Self(95);

    /// As a probability.
    pub fn probability(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// The linear-interpolation quantile over the representatives, clamped to the exact extremes, µs. `None`
/// without runs.
///
/// Source: R. J. Hyndman and Y. Fan, The American Statistician 50 (1996) 361–365, type 7; the
/// convention of `percentile_cont` and `numpy.quantile`.
pub fn estimate(cells: &Cells, percentile: Percentile) -> Option<f64> {
    let (min, max) = cells.range()?;
    let scaled = u128::from(cells.count() - 1) * u128::from(percentile.0);
    let below = u64::try_from(scaled / 100).unwrap_or(u64::MAX);
    let fraction = (scaled % 100) as f64 / 100.0;
    let low = cells.at_rank(below + 1)? as f64;
    let high = cells.at_rank(below + 2).map_or(low, |value| value as f64);
    Some((low + (high - low) * fraction).clamp(min as f64, max as f64))
}

/// The same over two tables together, as if all their runs were one sample.
pub fn pooled(a: &Cells, b: &Cells, percentile: Percentile) -> Option<f64> {
    let ((min_a, max_a), (min_b, max_b)) = (a.range()?, b.range()?);
    let scaled = u128::from(a.count() + b.count() - 1) * u128::from(percentile.0);
    let below = u64::try_from(scaled / 100).unwrap_or(u64::MAX);
    let fraction = (scaled % 100) as f64 / 100.0;
    let (low, high) = pooled_ranks(a, b, below + 1)?;
    let (low, high) = (low as f64, high as f64);
    Some((low + (high - low) * fraction).clamp(min_a.min(min_b) as f64, max_a.max(max_b) as f64))
}

/// The representatives at `rank` (from 1) and at the next rank of both tables merged; the last one twice.
fn pooled_ranks(a: &Cells, b: &Cells, rank: u64) -> Option<(i64, i64)> {
    let (mut i, mut j) = (0, 0);
    let mut found = None;
    while i < a.values().len() || j < b.values().len() {
        let (next_a, next_b) = (a.values().get(i).copied(), b.values().get(j).copied());
        let value = next_a.into_iter().chain(next_b).min()?;
        i += usize::from(next_a == Some(value));
        j += usize::from(next_b == Some(value));
        let so_far = a.below(i) + b.below(j);
        if so_far >= rank && found.is_none() {
            found = Some(value);
        }
        if so_far > rank {
            return found.map(|low| (low, value));
        }
    }
    found.map(|low| (low, low))
}
