//! Rows one by one, for results that are too many to be kept as [`Rows`](super::Rows): each row is handed
//! on while the next is on its way.

use futures_util::TryStreamExt;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor, Row as _};

use super::connection::Driver;
use super::copy::CopyReader;
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::field::{ColumnType, Ended, MOST_COLUMNS, StreamColumn, StreamField, Take};
use super::row::UnexpectedCell;
use super::session::{Executed, Session};
use super::statement::{BoundValue, Statement};
use crate::clock::Stopwatch;

#[derive(Clone, Copy, Debug)]
pub struct StreamRow<'a> {
    pub(super) query: &'a str,
    pub(super) columns: &'a [StreamColumn],
    pub(super) number: u64,
    pub(super) fields: [StreamField<'a>; MOST_COLUMNS],
}

impl<'a> StreamRow<'a> {
    /// An error that names a value which is not what the query promises.
    pub fn unexpected(&self, place: usize, expected: &'static str) -> UnexpectedCell {
        let found = match self.fields.get(place) {
            None => "no such column".to_owned(),
            Some(StreamField::Null) => "NULL".to_owned(),
            Some(StreamField::Int(number)) => number.to_string(),
            Some(StreamField::Text(text)) => format!("'{}'", text.chars().take(60).collect::<String>()),
        };
        let column = self.columns.get(place).map_or("", |column| column.name).to_owned();
        let row = usize::try_from(self.number).unwrap_or(usize::MAX);
        UnexpectedCell { query: self.query.to_owned(), row, column, found, expected }
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

impl Session {
    /// Runs a query of the report, hands every row to `take` as it arrives, and remembers the query. The
    /// order of rows is the database's.
    ///
    /// # Errors
    /// When the server fails, the time is used up, or `take` fails; the session is of no use after that.
    pub async fn stream<E: From<DatabaseError> + Send>(
        &mut self,
        query: &str,
        statement: Statement,
        columns: &[StreamColumn],
        take: &mut (dyn FnMut(&StreamRow<'_>) -> Result<(), E> + Send),
    ) -> Result<(), E> {
        let watch = Stopwatch::start();
        let left = self.limit_next(query).await?;
        let mut rows = 0;
        let mut counted = |fields: [StreamField<'_>; MOST_COLUMNS]| {
            rows += 1;
            take(&StreamRow { query, columns, number: rows, fields })
        };
        let malformed = |source| DatabaseError::Statement { query: query.to_owned(), source };
        let driver = &mut self.connection.driver;
        let work = async {
            if let Driver::Postgres(connection) = driver {
                let select =
                    statement.inline(Dialect::Postgres).map_err(|e| Ended::Taker(malformed(e).into()))?;
                copy(connection, &select, columns, &mut counted).await
            } else {
                let dialect = self.connection.dialect;
                let (sql, values) = statement.bind(dialect).map_err(|e| Ended::Taker(malformed(e).into()))?;
                driver.step(query, sql, values, columns, &mut counted).await
            }
        };
        match self.bounds.supervised(query, left, work).await? {
            Ok(()) => {}
            Err(Ended::Driver(error)) => return Err(self.failed(query, &error).into()),
            Err(Ended::Taker(error)) => return Err(error),
        }
        let elapsed = watch.elapsed();
        self.executed.push(Executed { query: query.to_owned(), statement, rows, elapsed, kept: None });
        Ok(())
    }
}

/// By `COPY`, which takes a quarter of the time of rows one by one.
async fn copy<E: Send>(
    connection: &mut PgConnection,
    select: &str,
    columns: &[StreamColumn],
    take: Take<'_, E>,
) -> Result<(), Ended<E>> {
    if select.contains('\0') {
        let problem = "a value or a condition holds a NUL character, which PostgreSQL does not know";
        return Err(sqlx::Error::Protocol(problem.to_owned()).into());
    }
    // COPY knows no bound values, and the server reads what is around it as a script. A prepared
    // statement holds a single command: what passes here cannot end the parenthesis below.
    let explain = format!("EXPLAIN {select}");
    connection.execute(sqlx::query(AssertSqlSafe(explain)).persistent(false)).await?;
    let script = format!("COPY (\n{select}\n) TO STDOUT (FORMAT binary)");
    let mut stream = connection.copy_out_raw(&script).await?;
    let mut reader = CopyReader::new(columns);
    while let Some(chunk) = stream.try_next().await? {
        reader.feed(&chunk, take)?;
    }
    Ok(())
}

impl Driver {
    /// Row by row, as the driver steps.
    async fn step<E: Send>(
        &mut self,
        query: &str,
        sql: String,
        values: Vec<BoundValue>,
        columns: &[StreamColumn],
        take: Take<'_, E>,
    ) -> Result<(), Ended<E>> {
        macro_rules! step {
            ($connection:expr, $sql:expr) => {{
                let mut bound = sqlx::query(AssertSqlSafe($sql)).persistent(false);
                for value in values {
                    bound = match value {
                        BoundValue::Int(number) => bound.bind(number),
                        BoundValue::Text(text) => bound.bind(text),
                    };
                }
                let mut stream = bound.fetch($connection);
                while let Some(row) = stream.try_next().await? {
                    let mut fields = [StreamField::Null; MOST_COLUMNS];
                    for (place, (column, field)) in columns.iter().zip(&mut fields).enumerate() {
                        // Unchecked: types bind nothing in SQLite, and computed columns of MySQL have
                        // several names for the same thing. A value that cannot be read is an error.
                        *field = match column.kind {
                            ColumnType::Int => row
                                .try_get_unchecked::<Option<i64>, _>(place)?
                                .map_or(StreamField::Null, StreamField::Int),
                            ColumnType::Text => row
                                .try_get_unchecked::<Option<&str>, _>(place)?
                                .map_or(StreamField::Null, StreamField::Text),
                        };
                    }
                    take(fields).map_err(Ended::Taker)?;
                }
                Ok(())
            }};
        }
        match self {
            Self::Sqlite(c) => step!(c, sql),
            Self::Postgres(c) => step!(c, sql),
            // Names us in the process list.
            Self::MySql(c) => step!(c, format!("/* jobdelta {query} */ {sql}")),
        }
    }
}
