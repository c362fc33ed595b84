//! Where the counting is done: in the database, or in the program.

use super::Observer;
use crate::database::{DatabaseError, Session};
use crate::settings::Execution;

/// Most runs that are read one by one, 24 to 48 bytes of memory each.
pub(super) const MOST_SCANNED: u64 = 20_000_000;

/// Rows from which reading once is faster than asking a dozen questions.
const FEWEST_SCANNED: u64 = 100_000;

/// A way to observe. Both give the same observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The database counts and returns bounded results.
    Pushdown,
    /// The database returns every run once, and the program counts.
    Scan,
}

impl Way {
    /// The name in the JSON report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pushdown => "pushdown",
            Self::Scan => "scan",
        }
    }
}

impl Observer<'_> {
    /// The way to observe that was asked for, or the one that suits the size of the table: a table whose
    /// size the database does not know, and a query, are left to the database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn way(&self, session: &mut Session, asked: Execution) -> Result<Way, DatabaseError> {
        match asked {
            Execution::Pushdown => Ok(Way::Pushdown),
            Execution::Scan => Ok(Way::Scan),
            Execution::Auto => {
                let Some(table) = self.relation.mapping.rows.table() else { return Ok(Way::Pushdown) };
                let rows = session.estimated_rows(table).await?;
                let suits = |rows: u64| (FEWEST_SCANNED..=MOST_SCANNED).contains(&rows);
                Ok(if rows.is_some_and(suits) { Way::Scan } else { Way::Pushdown })
            }
        }
    }
}
