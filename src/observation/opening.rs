//! The first runs of a job in a window.

use crate::clock::Timestamp;

/// Started runs that an opening holds, at most.
pub const OPENINGS: [u64; 5] = [5, 10, 20, 40, 80];

/// The first started runs of a job in a window, in the order of start, end and outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Those with a measured duration.
    pub durations: u64,
    /// Sum of their cell indexes.
    pub cell_sum: i64,
    /// The smallest cell index; 0 without a duration.
    pub least_cell: i64,
    /// Start of the last run.
    pub until: Timestamp,
}

/// One for each of [`OPENINGS`], of a job that started a run; with few runs several are the same.
pub type Openings = Option<Box<[Opening; OPENINGS.len()]>>;

impl Opening {
    pub const NONE: Self = Self { durations: 0, cell_sum: 0, least_cell: 0, until: Timestamp(0) };

    /// Adds the next run, with the cell index of its duration where that was measured.
    pub fn add(&mut self, started: Timestamp, cell: Option<i64>) {
        self.until = started;
        if let Some(cell) = cell {
            self.least_cell = if self.durations == 0 { cell } else { self.least_cell.min(cell) };
            self.durations += 1;
            self.cell_sum += cell;
        }
    }
}
