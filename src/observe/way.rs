//! Where the counting is done: in the database, or in the program.

use super::error::ObserveError;
use crate::settings::Execution;

/// Most runs that are read one by one, 24 to 48 bytes of memory each.
pub const MOST_SCANNED: u64 = 20_000_000;

/// Most jobs of both windows together, about 25 KB of memory each from here to the report.
pub const MOST_JOBS: usize = 20_000;

/// Rows from which reading once is faster than asking a dozen questions.
pub const FEWEST_SCANNED: u64 = 100_000;

/// A way to observe. Both give the same observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The database counts and returns bounded results.
    Pushdown,
    /// The database returns every run once, and the program counts.
    Scan,
}

impl Way {
    /// The way that was asked for, or the one that suits a table of about `rows`: one whose size the database
    /// does not know is left to the database.
    pub fn of(asked: Execution, rows: Option<u64>) -> Self {
        let suits = |rows: u64| (FEWEST_SCANNED..=MOST_SCANNED).contains(&rows);
        match asked {
            Execution::Scan => Self::Scan,
            Execution::Auto if rows.is_some_and(suits) => Self::Scan,
            Execution::Auto | Execution::Pushdown => Self::Pushdown,
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
