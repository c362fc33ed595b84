//! Who takes in streamed rows, and what of them.

use std::sync::Arc;

use super::error::DatabaseError;
use super::field::{StreamColumn, StreamField};
use super::row::UnexpectedCell;
use super::statement::Statement;

/// A part of a query's rows.
#[derive(Clone, Debug)]
pub struct StreamPart {
    pub statement: Statement,
    pub columns: Arc<[StreamColumn]>,
    /// Which of the caller's passes it belongs to.
    pub pass: usize,
}

/// Takes in the rows that one connection reads.
pub trait Taker: Send + 'static {
    type Error: From<DatabaseError> + Send + 'static;

    fn take(&mut self, pass: usize, row: &StreamRow<'_>) -> Result<(), Self::Error>;
}

#[derive(Clone, Copy, Debug)]
pub struct StreamRow<'a> {
    pub(super) query: &'a str,
    pub(super) columns: &'a [StreamColumn],
    pub(super) number: u64,
    pub(super) fields: &'a [StreamField<'a>],
}

impl<'a> StreamRow<'a> {
    /// An error that names a value which is not what the query promises.
    pub fn unexpected(&self, place: usize, expected: &'static str) -> UnexpectedCell {
        let found = match self.fields.get(place) {
            None => "no such column".to_owned(),
            Some(StreamField::Null) => "NULL".to_owned(),
            Some(StreamField::Int(number)) => number.to_string(),
            Some(StreamField::Real(number)) => number.to_string(),
            Some(StreamField::Text(text)) => format!("'{}'", text.chars().take(60).collect::<String>()),
        };
        let column = self.columns.get(place).map_or("", |column| column.name).to_owned();
        let row = usize::try_from(self.number).unwrap_or(usize::MAX);
        UnexpectedCell { query: self.query.to_owned(), row, column, found, expected }
    }

    /// The whole number in a column, or `None` for NULL and where there is no such column.
    pub fn int_at(&self, place: Option<usize>) -> Result<Option<i64>, UnexpectedCell> {
        place.map_or(Ok(None), |place| self.optional_int(place))
    }

    /// The text in a column, or `None` for NULL and where there is no such column.
    pub fn text_at(&self, place: Option<usize>) -> Result<Option<&'a str>, UnexpectedCell> {
        place.map_or(Ok(None), |place| self.optional_text(place))
    }

    /// The whole number in a column, or `None` for NULL.
    pub fn optional_int(&self, place: usize) -> Result<Option<i64>, UnexpectedCell> {
        match self.fields.get(place) {
            Some(StreamField::Int(number)) => Ok(Some(*number)),
            Some(StreamField::Null) => Ok(None),
            _ => Err(self.unexpected(place, "a whole number or NULL")),
        }
    }

    pub fn int(&self, place: usize) -> Result<i64, UnexpectedCell> {
        self.optional_int(place)?.ok_or_else(|| self.unexpected(place, "a whole number"))
    }

    /// The number in a column, or `None` for NULL.
    pub fn optional_real(&self, place: usize) -> Result<Option<f64>, UnexpectedCell> {
        match self.fields.get(place) {
            Some(StreamField::Real(number)) => Ok(Some(*number)),
            Some(StreamField::Null) => Ok(None),
            _ => Err(self.unexpected(place, "a number or NULL")),
        }
    }

    /// The text in a column, or `None` for NULL.
    pub fn optional_text(&self, place: usize) -> Result<Option<&'a str>, UnexpectedCell> {
        match self.fields.get(place) {
            Some(StreamField::Text(text)) => Ok(Some(text)),
            Some(StreamField::Null) => Ok(None),
            _ => Err(self.unexpected(place, "a text or NULL")),
        }
    }

    pub fn text(&self, place: usize) -> Result<&'a str, UnexpectedCell> {
        self.optional_text(place)?.ok_or_else(|| self.unexpected(place, "a text"))
    }
}
