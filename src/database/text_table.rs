//! A table of texts in a private database: what a file holds, before anything is made of it.

use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{AssertSqlSafe, Executor, query::Query};

use super::connection::{Connection, Driver};
use super::dialect::Dialect;
use super::error::DatabaseError;

/// Values of one statement; more than this makes nothing faster.
const MOST_VALUES: usize = 4_000;

#[derive(Debug)]
pub struct TextTable<'c> {
    driver: &'c mut SqliteConnection,
    identity: String,
    name: String,
    columns: usize,
    batch: Vec<Option<String>>,
}

impl<'c> TextTable<'c> {
    /// Makes the table `name` with columns and their types.
    ///
    /// # Errors
    /// When the connection is not one to a private database, or a column cannot be made.
    pub async fn create(
        connection: &'c mut Connection,
        name: &str,
        columns: &[(&str, &str)],
    ) -> Result<Self, DatabaseError> {
        let identity = connection.identity.clone();
        let Driver::Sqlite(driver) = &mut connection.driver else {
            let problem = "files are read into a database in memory".to_owned();
            return Err(DatabaseError::Url { problem });
        };
        let name = Dialect::Sqlite.identifier(name);
        let declared =
            |(column, kind): &(&str, &str)| format!("{} {kind}", Dialect::Sqlite.identifier(column));
        let list: Vec<String> = columns.iter().map(declared).collect();
        let mut table = Self { driver, identity, name, columns: columns.len(), batch: Vec::new() };
        table.execute(format!("CREATE TABLE {} ({})", table.name, list.join(", "))).await?;
        table.execute("BEGIN".to_owned()).await?;
        Ok(table)
    }

    /// Adds a row with as many cells as the table has columns.
    pub async fn add(&mut self, row: Vec<Option<String>>) -> Result<(), DatabaseError> {
        self.batch.extend(row);
        if self.batch.len() + self.columns > MOST_VALUES { self.flush().await } else { Ok(()) }
    }

    /// Writes what is left, and makes an index on a column.
    pub async fn finish(mut self, indexed: Option<&str>) -> Result<(), DatabaseError> {
        self.flush().await?;
        self.execute("COMMIT".to_owned()).await?;
        let Some(column) = indexed else { return Ok(()) };
        let column = Dialect::Sqlite.identifier(column);
        self.execute(format!("CREATE INDEX jobdelta_file_start ON {} ({column})", self.name)).await
    }

    async fn flush(&mut self) -> Result<(), DatabaseError> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let rows = batch.len() / self.columns.max(1);
        let row = format!("({})", vec!["?"; self.columns].join(", "));
        let text = format!("INSERT INTO {} VALUES {}", self.name, vec![row; rows].join(", "));
        let mut statement: Query<'_, sqlx::Sqlite, SqliteArguments> = sqlx::query(AssertSqlSafe(text));
        for cell in batch {
            statement = statement.bind(cell);
        }
        let done = statement.execute(&mut *self.driver).await;
        done.map(drop).map_err(|error| self.failed(&error))
    }

    async fn execute(&mut self, text: String) -> Result<(), DatabaseError> {
        let done = self.driver.execute(sqlx::raw_sql(AssertSqlSafe(text))).await;
        done.map(drop).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &sqlx::Error) -> DatabaseError {
        DatabaseError::query("file", &self.identity, None, error)
    }
}
