//! One transaction on an `SQLite` file of jobdelta's own, for many rows: written while others are read.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::error::DatabaseError;
use super::row::Cell;
use crate::cancellation::{Cancellation, Deadline};

/// How long another program's lock on the file is waited for.
const LOCK_TIME: Duration = Duration::from_secs(5);

/// Instructions of `SQLite`'s machine between two looks at the clock.
const PROGRESS_INTERVAL: i32 = 100_000;

/// What names the statements in messages.
const QUERY: &str = "store";

/// Dropped before [`OwnTransaction::commit`], it leaves the file as it was. Nobody waits for it before it touches a table
/// of the file: what others send is taken into temporary tables first.
pub struct OwnTransaction {
    connection: Connection,
    identity: String,
    deadline: Deadline,
}

impl OwnTransaction {
    /// Begins on the file at `path`, which is there. `beside` is another file, whose tables are called `beside.…` and
    /// only read. A cancellation, or the deadline, ends the statement that runs.
    pub fn begin(
        path: &Path,
        beside: Option<&Path>,
        cancellation: &Cancellation,
        deadline: Deadline,
    ) -> Result<Self, DatabaseError> {
        let identity = path.display().to_string();
        let failed = |error| DatabaseError::file(QUERY, &identity, deadline.limit(), &error);
        let connection = Connection::open(path).map_err(failed)?;
        let stop = cancellation.clone();
        let ends = move || stop.is_cancelled() || deadline.left().is_zero();
        connection.progress_handler(PROGRESS_INTERVAL, Some(ends)).map_err(failed)?;
        connection.busy_timeout(LOCK_TIME).map_err(failed)?;
        if let Some(beside) = beside {
            let beside = beside.display().to_string();
            connection.execute("ATTACH ?1 AS beside", [beside]).map_err(failed)?;
        }
        connection.execute_batch("PRAGMA cache_size = -65536; BEGIN").map_err(failed)?;
        Ok(Self { connection, identity, deadline })
    }

    /// Several statements without values.
    pub fn script(&self, sql: &str) -> Result<(), DatabaseError> {
        self.connection.execute_batch(sql).map_err(|error| self.failed(&error))
    }

    /// Changes rows; how many.
    pub fn change(&self, sql: &str, values: &[Bound<'_>]) -> Result<u64, DatabaseError> {
        let changed = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params_from_iter(values)));
        changed.map(|rows| rows as u64).map_err(|error| self.failed(&error))
    }

    pub fn rows(&self, sql: &str, values: &[Bound<'_>]) -> Result<Vec<Vec<Cell>>, DatabaseError> {
        self.read(sql, values).map_err(|error| self.failed(&error))
    }

    fn read(&self, sql: &str, values: &[Bound<'_>]) -> Result<Vec<Vec<Cell>>, rusqlite::Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let rows = statement.query_map(params_from_iter(values), |row| {
            (0..columns).map(|place| row.get::<_, Value>(place).map(cell)).collect()
        })?;
        rows.collect()
    }

    /// # Errors
    /// When the file does not take it; it is as before then.
    pub fn commit(self) -> Result<(), DatabaseError> {
        self.script("COMMIT")
    }

    fn failed(&self, error: &rusqlite::Error) -> DatabaseError {
        DatabaseError::file(QUERY, &self.identity, self.deadline.limit(), error)
    }
}

/// A value of a statement, borrowed from whoever has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound<'v> {
    Null,
    Int(i64),
    Text(&'v str),
}

impl From<Option<i64>> for Bound<'_> {
    fn from(value: Option<i64>) -> Self {
        value.map_or(Self::Null, Self::Int)
    }
}

impl<'v> From<Option<&'v str>> for Bound<'v> {
    fn from(value: Option<&'v str>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(number) => Cell::Int(number),
        Value::Real(number) => Cell::Text(number.to_string()),
        Value::Text(text) => Cell::Text(text),
        Value::Blob(bytes) => Cell::Text(String::from_utf8_lossy(&bytes).into_owned()),
    }
}
