//! A frequency table made ready for counting.

use crate::observation::{DurationTable, cell_width};

/// The cells of a table in ascending order with running counts. µs and runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    values: Vec<i64>,
    counts: Vec<u64>,
    /// `cumulative[i]`: runs in the first `i` cells.
    cumulative: Vec<u64>,
    sum: i128,
    min: i64,
    max: i64,
}

impl From<&DurationTable> for Cells {
    fn from(table: &DurationTable) -> Self {
        let counted = Self::counted(table.cells.iter().copied());
        Self { sum: table.sum, min: table.min, max: table.max, ..counted }
    }
}

/// Representatives with their runs, ascending; sum and extremes are theirs, not those of the durations.
impl From<&[(i64, u64)]> for Cells {
    fn from(table: &[(i64, u64)]) -> Self {
        let counted = Self::counted(table.iter().copied());
        let sum = table.iter().map(|&(value, count)| i128::from(value) * i128::from(count)).sum();
        let [min, max] = [counted.values.first(), counted.values.last()].map(|end| end.copied().unwrap_or(0));
        Self { sum, min, max, ..counted }
    }
}

impl Cells {
    fn counted(table: impl ExactSizeIterator<Item = (i64, u64)>) -> Self {
        let size = table.len();
        let mut cells = Self {
            values: Vec::with_capacity(size),
            counts: Vec::with_capacity(size),
            cumulative: Vec::with_capacity(size + 1),
            ..Self::default()
        };
        cells.cumulative.push(0);
        let mut running = 0;
        for (value, count) in table.filter(|(_, count)| *count > 0) {
            running += count;
            cells.values.push(value);
            cells.counts.push(count);
            cells.cumulative.push(running);
        }
        cells
    }

    pub fn count(&self) -> u64 {
        self.cumulative.last().copied().unwrap_or(0)
    }

    /// Representatives, ascending.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// Runs of each representative.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Runs in the first `cells` cells.
    pub(super) fn below(&self, cells: usize) -> u64 {
        self.cumulative.get(cells).copied().unwrap_or(0)
    }

    /// Whether all runs share one cell.
    pub fn is_constant(&self) -> bool {
        self.values.len() == 1
    }

    /// The smallest and the largest exact duration; `None` without runs.
    pub fn range(&self) -> Option<(i64, i64)> {
        (!self.values.is_empty()).then_some((self.min, self.max))
    }

    /// The representative of the run at `rank`, counted from 1, in ascending order; `None` beyond the last.
    pub fn at_rank(&self, rank: u64) -> Option<i64> {
        let cell = self.cumulative.partition_point(|&running| running < rank);
        self.values.get(cell.checked_sub(1)?).copied()
    }

    /// Runs whose representative is above `limit`.
    pub fn above(&self, limit: f64) -> u64 {
        let cells = self.values.partition_point(|&value| value as f64 <= limit);
        self.count() - self.below(cells)
    }

    /// The mean of the exact durations; `None` without runs.
    pub fn mean(&self) -> Option<f64> {
        (self.count() > 0).then(|| self.sum as f64 / self.count() as f64)
    }

    /// The sample variance of the representatives (divisor n − 1); `None` below two runs.
    pub fn variance(&self) -> Option<f64> {
        let n = self.count();
        if n < 2 {
            return None;
        }
        let weighted = || self.values.iter().zip(&self.counts).map(|(&v, &c)| (v as f64, c as f64));
        let mean = weighted().map(|(v, c)| v * c).sum::<f64>() / n as f64;
        Some(weighted().map(|(v, c)| c * (v - mean) * (v - mean)).sum::<f64>() / (n - 1) as f64)
    }

    /// What rounding to cells may hide of the variance: the mean of `w² / 12` over the runs, the variance
    /// of a uniform distribution on a cell of width `w` (Sheppard's term). It keeps the variance of a
    /// constant series above zero.
    pub fn rounding_variance(&self) -> f64 {
        let squares = self.values.iter().zip(&self.counts).map(|(&v, &c)| c as f64 * square(cell_width(v)));
        squares.sum::<f64>() / 12.0 / self.count().max(1) as f64
    }
}

fn square(width: i64) -> f64 {
    let width = width as f64;
    width * width
}
