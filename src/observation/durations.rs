//! Frequency tables of durations, and the cells they are made of.

use serde::{Deserialize, Serialize};

use super::compact::{CompactTable, from_steps, steps};

/// A frequency table of durations with three significant decimal digits, the idea of `HdrHistogram` in
/// decimal. Count, sum, minimum and maximum are exact. Unit: whole microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "CompactTable", try_from = "CompactTable")]
pub struct DurationTable {
    /// Representatives, ascending, each with its runs; see [`representative`].
    pub cells: Vec<(i64, u64)>,
    /// Sum of the exact durations.
    pub sum: i128,
    /// Smallest exact duration; meaningless while the table is empty.
    pub min: i64,
    /// Largest exact duration; meaningless while the table is empty.
    pub max: i64,
}

impl DurationTable {
    pub fn count(&self) -> u64 {
        self.cells.iter().map(|(_, runs)| runs).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds one cell of `count` durations with the given exact sum, minimum and maximum.
    pub fn add_cell(&mut self, representative: i64, count: u64, sum: i128, min: i64, max: i64) {
        if count == 0 {
            return;
        }
        if self.cells.is_empty() {
            (self.min, self.max) = (min, max);
        }
        match self.cells.binary_search_by_key(&representative, |(cell, _)| *cell) {
            Ok(place) => self.cells[place].1 += count,
            Err(place) => self.cells.insert(place, (representative, count)),
        }
        self.sum += sum;
        self.min = self.min.min(min);
        self.max = self.max.max(max);
    }

    pub fn add(&mut self, duration_us: i64) {
        self.add_cell(representative(duration_us), 1, i128::from(duration_us), duration_us, duration_us);
    }

    pub fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            self.clone_from(other);
            return;
        }
        self.cells = merged(&self.cells, &other.cells);
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }
}

/// The cells of both, those of the same representative added up.
fn merged(a: &[(i64, u64)], b: &[(i64, u64)]) -> Vec<(i64, u64)> {
    let mut merged = Vec::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        let cell = match (a.peek(), b.peek()) {
            (Some((first, _)), Some((second, _))) if first == second => {
                a.next().zip(b.next()).map(|((cell, runs), (_, more))| (cell, runs + more))
            }
            (Some((first, _)), Some((second, _))) if second < first => b.next(),
            (Some(_), _) => a.next(),
            (None, _) => b.next(),
        };
        let Some(cell) = cell else { return merged };
        merged.push(cell);
    }
}

/// The width of the cell that `duration_us` falls into: 1 below 1,000 µs, from there on the power of
/// ten that leaves three leading digits.
pub fn cell_width(duration_us: i64) -> i64 {
    10_i64.pow(cell_power(duration_us))
}

/// The power of ten that [`cell_width`] is: digits beyond three. By the logarithm rather than by dividing
/// until three digits are left, because every cell of every table is asked for it.
fn cell_power(duration_us: i64) -> u32 {
    duration_us.checked_ilog10().unwrap_or(0).saturating_sub(2)
}

/// The duration rounded half up to three significant decimal digits, in whole numbers:
/// 34,460 µs → 34,500 µs. The macro `@cell` does the same in SQL.
pub fn representative(duration_us: i64) -> i64 {
    let width = cell_width(duration_us);
    duration_us.saturating_add(width / 2) / width * width
}

/// The number of a cell, ascending with the representative: `representative / w + 900 k` with `w = 10^k`
/// the width of its cell. At most 15,322; below one hour at most 6,659.
pub fn cell_index(representative: i64) -> i64 {
    let power = cell_power(representative);
    representative / 10_i64.pow(power) + 900 * i64::from(power)
}

/// The representative of the cell with a number; `None` where there is no such cell.
pub fn representative_of(index: u64) -> Option<i64> {
    let power = u32::try_from(index.saturating_sub(100) / 900).ok()?;
    let digits = i64::try_from(index).ok()?.checked_sub(900 * i64::from(power))?;
    digits.checked_mul(10_i64.checked_pow(power)?)
}

/// How long after the moment that the scheduler meant runs started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StartDelays {
    /// Runs that started before their `scheduled_at`; they are not in the table.
    pub early: u64,
    /// Delays of the others.
    pub table: DurationTable,
}

impl From<DurationTable> for CompactTable {
    fn from(table: DurationTable) -> Self {
        let numbered = table.cells.iter().map(|&(cell, runs)| (cell_index(cell).unsigned_abs(), runs));
        Self { sum: table.sum, min: table.min, max: table.max, cells: steps(numbered) }
    }
}

impl TryFrom<CompactTable> for DurationTable {
    type Error = String;

    fn try_from(compact: CompactTable) -> Result<Self, String> {
        let CompactTable { sum, min, max, cells } = compact;
        let mut table = Self { cells: Vec::new(), sum, min, max };
        let (mut least, mut most) = (0_i128, 0_i128);
        for (number, runs) in from_steps(&cells)? {
            let cell = representative_of(number).ok_or_else(|| format!("there is no cell {number}"))?;
            table.cells.push((cell, runs));
            let width = i128::from(cell_width(cell));
            least += i128::from(runs) * (i128::from(cell) - width);
            most += i128::from(runs) * (i128::from(cell) + width);
        }
        let fits = match table.cells.as_slice() {
            [(first, _), ..] => {
                let last = table.cells.last().map(|(cell, _)| *cell);
                0 <= min && min <= max && representative(min) == *first && Some(representative(max)) == last
            }
            _ => (sum, min, max) == (0, 0, 0),
        };
        if !fits {
            return Err(format!("the durations {min} to {max} µs are not those of the table's cells"));
        }
        if sum < least || sum > most {
            return Err(format!("the sum of {sum} µs is not that of the table's cells"));
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn representatives_keep_three_digits() {
        for (duration, expected) in [
            (0, 0),
            (999, 999),
            (1_000, 1_000),
            (1_004, 1_000),
            (1_005, 1_010),
            (9_994, 9_990),
            (9_995, 10_000),
            (34_460, 34_500),
            (99_950, 100_000),
            (1_769_999_999, 1_770_000_000),
        ] {
            assert_eq!(representative(duration), expected, "{duration}");
        }
    }

    #[test]
    fn cells_are_numbered_without_gaps() {
        for (low, high) in
            [(0, 1), (998, 999), (999, 1_000), (1_000, 1_010), (9_990, 10_000), (995_000, 996_000)]
        {
            assert_eq!(cell_index(high) - cell_index(low), 1, "{low} and {high}");
        }
        assert_eq!(cell_index(3_599_000_000), 6_659);
        assert_eq!(cell_index(representative(i64::MAX / 1_000 * 1_000)), 15_322);
        for duration in [0, 99, 100, 999, 1_000, 9_990, 10_000, 995_000, 3_599_000_000] {
            let index = u64::try_from(cell_index(representative(duration))).unwrap();
            assert_eq!(representative_of(index), Some(representative(duration)));
        }
    }
}
