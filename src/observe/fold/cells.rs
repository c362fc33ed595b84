//! Frequency tables while they are counted: by the number of the cell, which is a place in a list.

use crate::observation::{DurationTable, representative_of};

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

/// The number of the cell of a duration that is not negative: [`cell_index`](crate::observation::cell_index) of its
/// [`representative`](crate::observation::representative). What is rounded up to four digits is the first cell of the
/// next width, whose number follows. Each run is asked for it several times, and a division by a constant takes a
/// fraction of the time of any other.
pub(super) fn cell_of(duration_us: i64) -> i64 {
    let power = duration_us.checked_ilog10().unwrap_or(0).saturating_sub(2);
    let rounded = |width: i64| duration_us.saturating_add(width / 2) / width;
    let digits = match power {
        0 => duration_us,
        1 => rounded(10),
        2 => rounded(100),
        3 => rounded(1_000),
        4 => rounded(10_000),
        5 => rounded(100_000),
        6 => rounded(1_000_000),
        _ => rounded(10_i64.pow(power)),
    };
    digits + 900 * i64::from(power)
}

fn place_of(duration_us: i64) -> usize {
    usize::try_from(cell_of(duration_us)).unwrap_or(0)
}

/// `cells` in the order of their places.
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

/// Durations that are kept as they come before they are counted: 2 KB.
const MOST_RECENT: usize = 1_024;

/// One of many tables that grow at the same time: what came last is a short list, so that a duration costs no look-up.
#[derive(Clone, Debug, Default)]
pub(super) struct SparseCells {
    /// Numbers of cells, ascending, with their runs.
    counted: Vec<(u16, u64)>,
    /// Numbers of the cells of further durations, in no order.
    recent: Vec<u16>,
    ends: Ends,
}

impl SparseCells {
    pub(super) fn add(&mut self, duration_us: i64) {
        // At most 15,322.
        self.recent.push(u16::try_from(place_of(duration_us)).unwrap_or(u16::MAX));
        self.ends.add(duration_us);
        if self.recent.len() >= MOST_RECENT {
            self.counted = self.all();
            self.recent.clear();
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.counted = added_up([self.all(), other.all()].concat());
        self.recent.clear();
        self.ends.merge(&other.ends);
    }

    pub(super) fn table(&self) -> DurationTable {
        table(self.all().into_iter().map(|(place, runs)| (usize::from(place), runs)), self.ends)
    }

    fn all(&self) -> Vec<(u16, u64)> {
        let recent = self.recent.iter().map(|place| (*place, 1));
        added_up(self.counted.iter().copied().chain(recent).collect())
    }
}

/// In the order of the cells, each once.
fn added_up(mut cells: Vec<(u16, u64)>) -> Vec<(u16, u64)> {
    cells.sort_unstable_by_key(|(place, _)| *place);
    cells.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    cells.shrink_to_fit();
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{cell_index, representative};

    #[test]
    fn a_cell_is_that_of_its_representative() {
        let ends = (0..63).map(|power| 1_i64 << power).chain((0..19).map(|power| 10_i64.pow(power)));
        let around = ends.flat_map(|end| (-6..=6).map(move |by| end.saturating_add(by)));
        let edges =
            (3..18).flat_map(|power| [9_994, 9_995, 9_996].map(|digits| digits * 10_i64.pow(power - 3)));
        for duration_us in around.chain(edges).chain((0..=i64::MAX).step_by(1 << 52)).filter(|us| *us >= 0) {
            assert_eq!(cell_of(duration_us), cell_index(representative(duration_us)), "{duration_us}");
        }
    }

    #[test]
    fn many_durations_are_counted_as_one_by_one() {
        let durations: Vec<i64> = (0..5_000).map(|n| n * n % 7_919 * 31).collect();
        let (mut all, mut one, mut other) =
            (CellCounts::default(), SparseCells::default(), SparseCells::default());
        for (nth, us) in durations.iter().enumerate() {
            all.add(*us);
            if nth % 3 == 0 { one.add(*us) } else { other.add(*us) }
        }
        one.merge(&other);
        assert_eq!(one.table(), all.take());
    }

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
        sparse.merge(&rest);
        assert_eq!((list.take(), sparse.table()), (whole.clone(), whole));
        assert_eq!(list.take(), DurationTable::default());
    }
}
