//! Where the counting is done: in the database, or in the program.

use super::error::ObserveError;
use crate::settings::Execution;

/// Most runs that are read one by one, 24 to 48 bytes of memory each.
pub const MOST_SCANNED: u64 = 20_000_000;

/// Most jobs of both windows together, about 25 KB of memory each from here to the report.
pub const MOST_JOBS: usize = 20_000;

/// A way to observe. Both give the same observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The database counts and returns bounded results.
    Pushdown,
    /// The database returns every run once, and the program counts.
    Scan,
}

/// Why a way was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayBasis {
    /// It was asked for.
    Asked,
    /// The table is small enough to be read once, which is faster than a dozen questions.
    Small,
    /// It is not.
    Large,
    /// The database does not know the size of what is read.
    UnknownSize,
    /// Other servers hold the rows, and each can count its own.
    Distributed,
}

/// What is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Volume {
    /// About how many rows the table has; `None` where the database does not know.
    pub rows: Option<u64>,
    /// Whether the server itself holds them.
    pub is_local: bool,
}

impl Way {
    /// The way that was asked for, or the one that suits.
    pub fn of(asked: Execution, volume: Volume) -> (Self, WayBasis) {
        match (asked, volume.rows) {
            (Execution::Scan, _) => (Self::Scan, WayBasis::Asked),
            (Execution::Pushdown, _) => (Self::Pushdown, WayBasis::Asked),
            (Execution::Auto, _) if !volume.is_local => (Self::Pushdown, WayBasis::Distributed),
            (Execution::Auto, Some(rows)) if rows <= MOST_SCANNED => (Self::Scan, WayBasis::Small),
            (Execution::Auto, Some(_)) => (Self::Pushdown, WayBasis::Large),
            (Execution::Auto, None) => (Self::Pushdown, WayBasis::UnknownSize),
        }
    }

    /// The name in the JSON report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pushdown => "pushdown",
            Self::Scan => "scan",
        }
    }
}

/// # Errors
/// When there are more jobs than a report can be about.
pub(super) fn check_jobs(jobs: usize) -> Result<(), ObserveError> {
    if jobs > MOST_JOBS { Err(ObserveError::TooManyJobs { limit: MOST_JOBS }) } else { Ok(()) }
}
