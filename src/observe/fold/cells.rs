//! Frequency tables while they are counted: by the number of the cell, which is a place in a list.

use std::collections::HashMap;

use crate::observation::{DurationTable, cell_index, representative, representative_of};

/// One table at a time; its list of counts is used again for the next.
#[derive(Debug, Default)]
pub(super) struct CellCounts {
    runs: Vec<u64>,
    /// The places whose count is not 0.
    touched: Vec<usize>,
    pub(super) ends: Ends,
}

/// What is exact of the durations of a table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub(super) count: u64,
    pub(super) sum: i128,
    pub(super) min: i64,
    pub(super) max: i64,
}

impl Ends {
    fn add(&mut self, duration_us: i64) {
        if self.count == 0 {
            (self.min, self.max) = (duration_us, duration_us);
        }
        self.count += 1;
        self.sum += i128::from(duration_us);
        self.min = self.min.min(duration_us);
        self.max = self.max.max(duration_us);
    }

    fn merge(&mut self, other: &Self) {
        if self.count == 0 || other.count == 0 {
            *self = if self.count == 0 { *other } else { *self };
            return;
        }
        self.count += other.count;
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }
}

/// The number of the cell of a duration that is not negative.
pub(super) fn cell_of(duration_us: i64) -> i64 {
    cell_index(representative(duration_us))
}

fn place_of(duration_us: i64) -> usize {
    usize::try_from(cell_of(duration_us)).unwrap_or(0)
}

fn table(cells: impl Iterator<Item = (usize, u64)>, ends: Ends) -> DurationTable {
    let cells = cells.filter_map(|(place, runs)| Some((representative_of(place as u64)?, runs)));
    DurationTable { cells: cells.collect(), sum: ends.sum, min: ends.min, max: ends.max }
}

impl CellCounts {
    pub(super) fn add(&mut self, duration_us: i64) {
        let place = place_of(duration_us);
        if place >= self.runs.len() {
            self.runs.resize(place + 1, 0);
        }
        if self.runs[place] == 0 {
            self.touched.push(place);
        }
        self.runs[place] += 1;
        self.ends.add(duration_us);
    }

    /// The table so far; the next one begins empty.
    pub(super) fn take(&mut self) -> DurationTable {
        self.touched.sort_unstable();
        let runs = &mut self.runs;
        let cells = self.touched.drain(..).map(|place| (place, std::mem::take(&mut runs[place])));
        table(cells, std::mem::take(&mut self.ends))
    }

    /// The representatives at rank `floor(0.95 (n - 1))` and the one after it; 0 without durations. The next
    /// table begins empty.
    pub(super) fn take_around_p95(&mut self) -> (i64, i64) {
        let last = self.ends.count.saturating_sub(1);
        let ranks = [last * 95 / 100, (last * 95 / 100 + 1).min(last)];
        let mut found = [0, 0];
        self.touched.sort_unstable();
        let mut below = 0;
        for place in self.touched.drain(..) {
            let upto = below + std::mem::take(&mut self.runs[place]);
            for (rank, found) in ranks.iter().zip(&mut found) {
                if (below..upto).contains(rank) {
                    *found = representative_of(place as u64).unwrap_or(0);
                }
            }
            below = upto;
        }
        self.ends = Ends::default();
        (found[0], found[1])
    }
}

/// One of many tables that grow at the same time.
#[derive(Clone, Debug, Default)]
pub(super) struct SparseCells {
    runs: HashMap<usize, u64, foldhash::fast::FixedState>,
    ends: Ends,
}

impl SparseCells {
    pub(super) fn add(&mut self, duration_us: i64) {
        *self.runs.entry(place_of(duration_us)).or_default() += 1;
        self.ends.add(duration_us);
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (place, runs) in other.runs {
            *self.runs.entry(place).or_default() += runs;
        }
        self.ends.merge(&other.ends);
    }

    pub(super) fn table(&self) -> DurationTable {
        table(self.runs.iter().map(|(place, runs)| (*place, *runs)), self.ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_of_the_95th_percentile() {
        let ranks = |durations: &[i64]| {
            let mut cells = CellCounts::default();
            for us in durations {
                cells.add(*us);
            }
            cells.take_around_p95()
        };
        let upto = |count: i64| ranks(&(1..=count).rev().collect::<Vec<_>>());
        assert_eq!(upto(0), (0, 0));
        assert_eq!(upto(1), (1, 1));
        assert_eq!(upto(2), (1, 2));
        assert_eq!(upto(21), (20, 21));
        assert_eq!(upto(100), (95, 96));
        assert_eq!(ranks(&[34_460]), (34_500, 34_500));
    }

    #[test]
    fn tables_are_those_of_one_duration_after_the_other() {
        let durations = [0, 999, 1_000, 1_004, 1_005, 34_460, 34_460, 3_599_000_000, i64::MAX / 2_000];
        let (mut whole, mut list, mut sparse) =
            (DurationTable::default(), CellCounts::default(), SparseCells::default());
        let mut rest = SparseCells::default();
        for (number, duration) in durations.into_iter().enumerate() {
            whole.add(duration);
            list.add(duration);
            if number % 2 == 0 { sparse.add(duration) } else { rest.add(duration) }
        }
        sparse.merge(rest);
        assert_eq!((list.take(), sparse.table()), (whole.clone(), whole));
        assert_eq!(list.take(), DurationTable::default());
    }
}
