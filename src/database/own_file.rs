//! An `SQLite` file of jobdelta's own: small tables, one statement at a time.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{ConnectOptions, Connection, Executor, Row, Sqlite};
use tokio::sync::Mutex;

use super::error::{DatabaseError, OWN_FILE};
use super::row::Cell;
use super::statement::BoundValue;
use crate::clock::Span;

/// How long another program's lock on the file is waited for.
const LOCK_TIME: Duration = Duration::from_secs(5);

/// Marks a file as jobdelta's own, in its header: `jobd`.
const APPLICATION: i64 = 0x6A6F_6264;

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

    /// Takes the steps that are left, all of them or none. Whoever else opens the file waits meanwhile.
    async fn upgrade(&self, steps: &[&'static str]) -> Result<(), DatabaseError> {
        if self.taken(steps.len()).await? == steps.len() {
            return Ok(());
        }
        self.script("BEGIN IMMEDIATE".to_owned()).await?;
        let taken = self.taken(steps.len()).await?;
        let left: Vec<&str> = steps.iter().copied().skip(taken).collect();
        let script = format!(
            "{}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}; COMMIT",
            left.join("; "),
            steps.len()
        );
        self.script(script).await
    }

    /// How many of the steps the file has taken.
    ///
    /// # Errors
    /// When it is another program's, or a later version made it.
    async fn taken(&self, steps: usize) -> Result<usize, DatabaseError> {
        let wrong = |reason: &str| DatabaseError::Migrate {
            identity: self.identity.clone(),
            reason: reason.to_owned(),
        };
        let number = |rows: Vec<Vec<Cell>>| match rows.first().and_then(|row| row.first()) {
            Some(Cell::Int(number)) => *number,
            _ => 0,
        };
        let taken = number(self.rows("PRAGMA user_version", &[]).await?);
        let is_marked = number(self.rows("PRAGMA application_id", &[]).await?) == APPLICATION;
        // Files that were made before there was a mark have the table of the first step.
        let foreign = "SELECT COUNT(*) > 0 AND COALESCE(SUM(name = 'links' AND sql LIKE '%revoked_at%'), 0) = 0 \
                       FROM sqlite_schema";
        if !is_marked && number(self.rows(foreign, &[]).await?) != 0 {
            return Err(wrong("it is no store of jobdelta but holds tables of its own; name another file"));
        }
        match usize::try_from(taken) {
            Ok(taken) if taken <= steps => Ok(taken),
            _ => Err(wrong("it was made by a later version of jobdelta; use that one")),
        }
    }

    async fn script(&self, script: String) -> Result<(), DatabaseError> {
        let mut connection = self.connection.lock().await;
        let done = connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(script))).await;
        done.map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// Changes rows; how many.
    pub async fn change(&self, sql: &'static str, values: &[BoundValue]) -> Result<u64, DatabaseError> {
        let mut connection = self.connection.lock().await;
        let done = bound(sql, values).execute(&mut *connection).await;
        done.map(|done| done.rows_affected()).map_err(|error| self.failed(&error))
    }

    /// Changes rows by several statements, all or none.
    pub async fn change_all(&self, changes: &[(&'static str, Vec<BoundValue>)]) -> Result<(), DatabaseError> {
        let mut connection = self.connection.lock().await;
        let changed = async {
            let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
            for (sql, values) in changes {
                bound(sql, values).execute(&mut *transaction).await?;
            }
            transaction.commit().await
        };
        changed.await.map_err(|error| self.failed(&error))
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
        DatabaseError::query(OWN_FILE, &self.identity, Some(limit), error)
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
