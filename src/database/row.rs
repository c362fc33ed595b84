//! Rows as they come back: whole numbers and texts, distrusted by name.

use std::sync::Arc;

/// One value of a row. Every query returns nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Null,
    Int(i64),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("query {query}, row {row}, column {column}: {found} where {expected} is needed")]
pub struct UnexpectedCell {
    pub query: String,
    /// Number of the row, from 1.
    pub row: usize,
    pub column: String,
    pub found: String,
    pub expected: &'static str,
}

#[derive(Clone, Debug)]
pub struct Rows {
    pub query: String,
    /// Names of the columns, lower case.
    pub columns: Arc<[String]>,
    pub cells: Vec<Vec<Cell>>,
}

impl Rows {
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.iter().enumerate().map(move |(number, cells)| Row {
            rows: self,
            number: number + 1,
            cells,
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    rows: &'a Rows,
    number: usize,
    cells: &'a [Cell],
}

impl Row<'_> {
    fn cell(&self, column: &str) -> Option<&Cell> {
        let place = self.rows.columns.iter().position(|name| name == column)?;
        self.cells.get(place)
    }

    fn unexpected(&self, column: &str, expected: &'static str) -> UnexpectedCell {
        let found = match self.cell(column) {
            None => "no such column".to_owned(),
            Some(Cell::Null) => "NULL".to_owned(),
            Some(Cell::Int(number)) => number.to_string(),
            Some(Cell::Text(text)) => format!("'{}'", text.chars().take(60).collect::<String>()),
        };
        let query = self.rows.query.clone();
        UnexpectedCell { query, row: self.number, column: column.to_owned(), found, expected }
    }

    /// A whole number, or `None` for NULL.
    pub fn optional_int(&self, column: &str) -> Result<Option<i64>, UnexpectedCell> {
        match self.cell(column) {
            Some(Cell::Int(number)) => Ok(Some(*number)),
            Some(Cell::Null) => Ok(None),
            _ => Err(self.unexpected(column, "a whole number or NULL")),
        }
    }

    pub fn int(&self, column: &str) -> Result<i64, UnexpectedCell> {
        self.optional_int(column)?.ok_or_else(|| self.unexpected(column, "a whole number"))
    }

    /// A count: a whole number that is not negative.
    pub fn count(&self, column: &str) -> Result<u64, UnexpectedCell> {
        u64::try_from(self.int(column)?).map_err(|_| self.unexpected(column, "a count"))
    }

    /// A text, or `None` for NULL.
    pub fn optional_text(&self, column: &str) -> Result<Option<String>, UnexpectedCell> {
        match self.cell(column) {
            Some(Cell::Text(text)) => Ok(Some(text.clone())),
            Some(Cell::Null) => Ok(None),
            _ => Err(self.unexpected(column, "a text or NULL")),
        }
    }

    pub fn text(&self, column: &str) -> Result<String, UnexpectedCell> {
        self.optional_text(column)?.ok_or_else(|| self.unexpected(column, "a text"))
    }
}
