//! What the rows of several queries have in common.

use crate::clock::Timestamp;
use crate::database::{Row, UnexpectedCell};
use crate::window::Side;

pub(in crate::observe) fn side_of(row: &Row<'_>) -> Result<Side, UnexpectedCell> {
    Ok(if row.int("window_id")? == Side::Baseline.id() { Side::Baseline } else { Side::Stagger })
}

pub(in crate::observe) fn instant(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>, UnexpectedCell> {
    Ok(row.optional_int(column)?.map(Timestamp))
}

/// The place of a row's half of its window.
pub(in crate::observe) fn half_of(row: &Row<'_>) -> Result<usize, UnexpectedCell> {
    Ok(usize::from(row.int("half")? != 0))
}
