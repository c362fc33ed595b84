//! Reading an `SQLite` file row by row at its own speed. The other driver hands each row from a thread to a
//! task, which takes ten times as long as the reading; it keeps all statements that return few rows.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::dialect::Dialect;
use super::error::DatabaseError;
use super::field::{ColumnType, MOST_COLUMNS, StreamColumn, StreamField};
use super::statement::BoundValue;
use super::taker::{StreamPart, StreamRow, Taker};
use crate::cancellation::{Cancellation, Deadline};

/// Instructions of `SQLite`'s machine between two looks at the clock.
const PROGRESS_INTERVAL: i32 = 100_000;

/// A read-only connection to a file that a session reads, opened before the session's snapshot began.
#[derive(Debug)]
pub(super) struct FileReader {
    connection: Connection,
    /// Changes with every commit of another connection.
    version: i64,
}

impl FileReader {
    /// `None` where the file cannot be read in this way.
    pub(super) fn open(file: &std::path::Path) -> Option<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).ok()?;
        let version = version(&connection).ok()?;
        Some(Self { connection, version })
    }

    /// Begins a snapshot, unless it has one from an earlier reading; whether it has the state in which the file was when it was opened, and with that the
    /// state of the session's snapshot, which began in between.
    pub(super) fn sees_the_same(&self) -> bool {
        let begun = !self.connection.is_autocommit() || self.connection.execute_batch("BEGIN").is_ok();
        begun && version(&self.connection).is_ok_and(|version| version == self.version)
    }

    /// Ends statements when `stop` is cancelled or the time is used up.
    pub(super) fn obey(&self, stop: &Cancellation, deadline: Deadline) -> Result<(), rusqlite::Error> {
        let stop = stop.clone();
        let ends = move || stop.is_cancelled() || deadline.left().is_zero();
        self.connection.progress_handler(PROGRESS_INTERVAL, Some(ends))
    }

    /// Hands every row of a part to `taker`; returns how many there were.
    pub(super) fn read<T: Taker>(
        &self,
        query: &str,
        part: &StreamPart,
        taker: &mut T,
        failed: &dyn Fn(&rusqlite::Error) -> DatabaseError,
    ) -> Result<u64, T::Error> {
        let malformed = |source| DatabaseError::Statement { query: query.to_owned(), source };
        let (sql, values) = part.statement.bind(Dialect::Sqlite).map_err(malformed)?;
        let values = values.into_iter().map(|value| match value {
            BoundValue::Int(number) => rusqlite::types::Value::from(number),
            BoundValue::Text(text) => rusqlite::types::Value::from(text),
        });
        let mut statement = self.connection.prepare(&sql).map_err(|error| failed(&error))?;
        let mut rows = statement.query(params_from_iter(values)).map_err(|error| failed(&error))?;
        let mut number = 0;
        while let Some(row) = rows.next().map_err(|error| failed(&error))? {
            number += 1;
            let mut fields = [StreamField::Null; MOST_COLUMNS];
            for (place, (column, field)) in part.columns.iter().zip(&mut fields).enumerate() {
                *field = read_field(*column, row, place).map_err(|error| failed(&error))?;
            }
            taker.take(part.pass, &StreamRow { query, columns: &part.columns, number, fields: &fields })?;
        }
        Ok(number)
    }
}

/// Changes with every commit of another connection.
fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.query_row("PRAGMA data_version", [], |row| row.get(0))
}

#[allow(clippy::cast_possible_truncation)] // as SQLite itself reads a number with a fraction as a whole one
fn read_field<'r>(
    column: StreamColumn,
    row: &'r rusqlite::Row<'_>,
    place: usize,
) -> Result<StreamField<'r>, rusqlite::Error> {
    let value = row.get_ref(place)?;
    Ok(match (value, column.kind) {
        (ValueRef::Null, _) => StreamField::Null,
        (ValueRef::Integer(number), _) => StreamField::Int(number),
        (ValueRef::Real(number), _) => StreamField::Int(number as i64),
        (ValueRef::Text(text) | ValueRef::Blob(text), ColumnType::Text) => StreamField::Text(
            std::str::from_utf8(text).map_err(|error| rusqlite::Error::Utf8Error(place, error))?,
        ),
        (ValueRef::Text(_) | ValueRef::Blob(_), _) => {
            return Err(rusqlite::Error::InvalidColumnType(place, column.name.to_owned(), value.data_type()));
        }
    })
}
