//! Quantiles of frequency tables.

use crate::analysis::statistics::cells::Cells;

/// Which quantile, in hundredths, so that its rank is found in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentile(pub u8);

impl Percentile {
    pub const MEDIAN: Self = Self(50);
    pub const P95: Self = Self(95);
    pub const P90: Self = Self(90);
    pub const P99: Self = Self(99);

    pub fn probability(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Where a quantile of `n` values lies: the rank below it, counted from 0, and hundredths of the way to the
/// next.
///
/// Source: R. J. Hyndman and Y. Fan, The American Statistician 50 (1996) 361–365, type 7; the
/// convention of `percentile_cont` and `numpy.quantile`.
pub fn rank(percentile: Percentile, n: u64) -> (u64, u64) {
    let position = u128::from(percentile.0) * u128::from(n.saturating_sub(1));
    let whole = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
    (whole(position / 100), whole(position % 100))
}

/// A quantile on its way from a table: between the values at two neighbouring ranks, all in µs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interpolation {
    /// The rank below it, counted from 0.
    pub rank: u64,
    /// Hundredths of the way to the next rank.
    pub hundredths: u64,
    /// The representative at `rank`.
    pub low: i64,
    /// The representative at the next rank.
    pub high: i64,
}

impl Interpolation {
    /// The quantile of `cells`; `None` without runs.
    pub fn of(cells: &Cells, percentile: Percentile) -> Option<Self> {
        let (rank, hundredths) = rank(percentile, cells.count());
        let low = cells.at_rank(rank + 1)?;
        Some(Self { rank, hundredths, low, high: cells.at_rank(rank + 2).unwrap_or(low) })
    }

    pub fn value(self) -> f64 {
        between(self.low, self.high, self.hundredths)
    }
}

/// The value `hundredths` of the way from `low` to `high`.
pub fn between(low: i64, high: i64, hundredths: u64) -> f64 {
    low as f64 + (high - low) as f64 * (hundredths as f64 / 100.0)
}

/// The linear-interpolation quantile over the representatives, clamped to the exact extremes, µs. `None`
/// without runs.
pub fn estimate(cells: &Cells, percentile: Percentile) -> Option<f64> {
    let (min, max) = cells.range()?;
    Some(Interpolation::of(cells, percentile)?.value().clamp(min as f64, max as f64))
}

/// The same over two tables together, as if all their runs were one sample.
pub fn pooled(a: &Cells, b: &Cells, percentile: Percentile) -> Option<f64> {
    let ((min_a, max_a), (min_b, max_b)) = (a.range()?, b.range()?);
    let (below, hundredths) = rank(percentile, a.count() + b.count());
    let (low, high) = pooled_ranks(a, b, below + 1)?;
    Some(between(low, high, hundredths).clamp(min_a.min(min_b) as f64, max_a.max(max_b) as f64))
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
