//! The stretches of a table that a statement reads.

use std::sync::Arc;

use crate::clock::Timestamp;
use crate::observation::punctual::PunctualJobs;
use crate::window::{Period, Side};

/// A stretch of the table that is read, and which window it is read for.
#[derive(Clone, Debug)]
pub struct ReadRange {
    pub window_id: i64,
    /// Stem of the parameters' names.
    pub name: String,
    /// Starts from here …
    pub from: Timestamp,
    /// … up to, and without, here.
    pub until: Timestamp,
    /// The keys between which all of these rows lie, where the mapping has a bound.
    pub keys: Option<KeyRange>,
    /// Whether there can be rows without a start.
    pub has_startless: bool,
    /// The end of the window. Runs that start later, up to `until`, matter where they were meant for before.
    pub end: Timestamp,
    /// The window's own condition.
    pub condition: Option<String>,
    /// The observed part: starts here belong to the window.
    pub observed: Vec<Period>,
    /// The jobs with known on-time starts.
    pub punctual: Arc<PunctualJobs>,
}

impl ReadRange {
    /// The window that the range is read for.
    pub fn side(&self) -> Side {
        if self.window_id == Side::Baseline.id() { Side::Baseline } else { Side::Stagger }
    }
}

/// The keys, both included, outside of which no row of a range lies; `None` where there is no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRange {
    pub from: Option<i64>,
    pub until: Option<i64>,
}

/// From the first to the last instant that any of the ranges reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl Extent {
    pub(super) fn of(ranges: &[ReadRange]) -> Self {
        Self {
            from: ranges.iter().map(|range| range.from).min().unwrap_or(Timestamp(0)),
            until: ranges.iter().map(|range| range.until).max().unwrap_or(Timestamp(0)),
        }
    }
}
