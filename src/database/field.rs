//! The fields of streamed rows, and how a stream is taken.

/// Most columns of a stream.
pub(super) const MOST_COLUMNS: usize = 16;

/// What a column of a stream holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole numbers.
    Int,
    /// Texts.
    Text,
}

/// A column of a stream: the query's columns in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamColumn {
    /// Its name, for messages.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnType,
}

/// One value, borrowed from what the driver received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StreamField<'a> {
    /// SQL NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
}

/// Why a stream ended early.
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

/// Takes the fields of one row.
pub(super) type Take<'t, E> = &'t mut (dyn FnMut([StreamField<'_>; MOST_COLUMNS]) -> Result<(), E> + Send);
