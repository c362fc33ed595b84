//! An `SQLite` file of jobdelta's own: small tables, one statement at a time.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{ConnectOptions, Executor, Row, Sqlite};
use tokio::sync::Mutex;

use super::error::DatabaseError;
use super::row::Cell;
use super::statement::BoundValue;
use crate::clock::Span;

/// How long another program's lock on the file is waited for.
const LOCK_TIME: Duration = Duration::from_secs(5);

/// What names the statements in messages.
const QUERY: &str = "store";

pub struct OwnFile {
    connection: Mutex<SqliteConnection>,
    identity: String,
}

impl OwnFile {
    /// Opens the file, makes it when it is not there, and takes the `steps` that it has not taken yet, each a
    /// script. Steps are only ever added.
    ///
    /// # Errors
    /// When the file cannot be opened, or a later version of the program made it.
    pub async fn open(path: &Path, steps: &[&'static str]) -> Result<Self, DatabaseError> {
        let identity = path.display().to_string();
        let options =
            SqliteConnectOptions::new().filename(path).create_if_missing(true).busy_timeout(LOCK_TIME);
        let connection =
            options.connect().await.map_err(|error| DatabaseError::connect(&identity, &error))?;
        let file = Self { connection: Mutex::new(connection), identity };
        file.upgrade(steps).await?;
        Ok(file)
    }

    async fn upgrade(&self, steps: &[&'static str]) -> Result<(), DatabaseError> {
        let taken = self.rows("PRAGMA user_version", &[]).await?;
        let taken = match taken.first().and_then(|row| row.first()) {
            Some(Cell::Int(taken)) => usize::try_from(*taken).unwrap_or(usize::MAX),
            _ => 0,
        };
        if taken > steps.len() {
            let reason = "it was made by a later version of jobdelta; use that one".to_owned();
            return Err(DatabaseError::Migrate { identity: self.identity.clone(), reason });
        }
        let mut connection = self.connection.lock().await;
        for (nth, step) in steps.iter().enumerate().skip(taken) {
            let script = format!("BEGIN IMMEDIATE; {step}; PRAGMA user_version = {}; COMMIT", nth + 1);
            connection
                .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(script)))
                .await
                .map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Changes rows; how many.
    pub async fn change(&self, sql: &'static str, values: &[BoundValue]) -> Result<u64, DatabaseError> {
        let mut connection = self.connection.lock().await;
        let done = bound(sql, values).execute(&mut *connection).await;
        done.map(|done| done.rows_affected()).map_err(|error| self.failed(&error))
    }

    pub async fn rows(
        &self,
        sql: &'static str,
        values: &[BoundValue],
    ) -> Result<Vec<Vec<Cell>>, DatabaseError> {
        let mut connection = self.connection.lock().await;
        let rows = bound(sql, values).fetch_all(&mut *connection).await;
        let read = rows.and_then(|rows| rows.iter().map(cells).collect());
        read.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &sqlx::Error) -> DatabaseError {
        let limit = Span(i64::try_from(LOCK_TIME.as_micros()).unwrap_or(i64::MAX));
        DatabaseError::query(QUERY, &self.identity, limit, error)
    }
}

fn bound<'q>(sql: &'static str, values: &[BoundValue]) -> sqlx::query::Query<'q, Sqlite, SqliteArguments> {
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        BoundValue::Int(number) => query.bind(*number),
        BoundValue::Text(text) => query.bind(text.clone()),
    })
}

fn cells(row: &SqliteRow) -> Result<Vec<Cell>, sqlx::Error> {
    let cell = |place| match row.try_get::<Option<i64>, _>(place) {
        Ok(number) => Ok(number.map_or(Cell::Null, Cell::Int)),
        Err(_) => row.try_get::<Option<String>, _>(place).map(|text| text.map_or(Cell::Null, Cell::Text)),
    };
    (0..row.len()).map(cell).collect()
}
