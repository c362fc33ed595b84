//! The rows by their status words.

use super::row::side_of;
use crate::database::{DatabaseError, Row, Rows};
use crate::window::Side;

/// Rows with one status word.
#[derive(Clone, Debug)]
pub(in crate::observe) struct StatusWord {
    pub(in crate::observe) side: Side,
    pub(in crate::observe) word: Option<String>,
    pub(in crate::observe) in_scope: bool,
    /// The job, where the database counts and it is outside the scope.
    pub(in crate::observe) other_job: Option<String>,
    /// Started at or after `as_of`.
    pub(in crate::observe) late: bool,
    /// Started in the window, not before it.
    pub(in crate::observe) inside: bool,
    /// Belongs to no window, for want of a start.
    pub(in crate::observe) unplaced: bool,
    pub(in crate::observe) named: bool,
    /// In no excluded period.
    pub(in crate::observe) observed: bool,
    /// A time has no zone, and none is declared.
    pub(in crate::observe) zoneless: bool,
    /// A local time does not happen, or happens twice.
    pub(in crate::observe) clock_change: bool,
    pub(in crate::observe) rows: u64,
}

pub(in crate::observe) fn statuses(rows: &Rows) -> Result<Vec<StatusWord>, DatabaseError> {
    let read = |row: Row<'_>| {
        Ok(StatusWord {
            side: side_of(&row)?,
            word: row.optional_text("status_word")?,
            in_scope: row.int("in_scope")? == 1,
            other_job: row.optional_text("other_job")?,
            late: row.int("late")? == 1,
            inside: row.int("inside")? == 1,
            unplaced: row.int("unplaced")? == 1,
            named: row.int("named")? == 1,
            observed: row.int("observed")? == 1,
            zoneless: row.int("zoneless")? == 1,
            clock_change: row.int("clock_change")? == 1,
            rows: row.count("row_count")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Whether there are rows that have no start, or none that can be read.
pub(in crate::observe) fn any_startless(statuses: &Rows) -> Result<bool, DatabaseError> {
    for row in statuses.iter() {
        if row.int("startless")? == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}
