//! The fields of streamed rows, and how a stream is taken.

pub(super) const MOST_COLUMNS: usize = 17;

/// Stands for a time that is there and cannot be read as one.
pub const UNREADABLE: i64 = -i64::MAX;

/// 10000-01-01T00:00:00Z, beyond which a time is none.
pub(super) const END_US: i64 = 253_402_300_800_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    Int,
    Text,
    /// A double.
    Real,
    /// A date and time as the server stores it, which is handed on in µs.
    Instant,
}

/// A column of a stream: the query's columns in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamColumn {
    pub name: &'static str,
    pub kind: ColumnType,
}

/// One value, borrowed from what the driver received.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum StreamField<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
}

#[derive(Debug)]
pub(super) enum Ended<E> {
    /// The driver or the server failed.
    Driver(sqlx::Error),
    /// Whoever takes the rows wants no more.
    Taker(E),
}

impl<E> From<sqlx::Error> for Ended<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Driver(error)
    }
}

/// Takes the fields of a row, one for each column.
pub(super) type Take<'t, E> = &'t mut (dyn FnMut(&[StreamField<'_>]) -> Result<(), E> + Send);
