//! The fields of streamed rows, and how a stream is taken.

pub(super) const MOST_COLUMNS: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    Int,
    Text,
}

/// A column of a stream: the query's columns in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamColumn {
    pub name: &'static str,
    pub kind: ColumnType,
}

/// One value, borrowed from what the driver received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StreamField<'a> {
    Null,
    Int(i64),
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

pub(super) type Take<'t, E> = &'t mut (dyn FnMut([StreamField<'_>; MOST_COLUMNS]) -> Result<(), E> + Send);
