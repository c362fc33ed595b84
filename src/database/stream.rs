//! Rows one by one, for results that are too many to be kept as [`Rows`](super::Rows): each row is handed
//! on while the next is on its way.

use std::time::Duration;

use chrono::NaiveDate;
use futures_util::TryStreamExt;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor, Row as _};

use super::connection::Driver;
use super::copy::CopyReader;
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::field::{ColumnType, END_US, Ended, MOST_COLUMNS, StreamColumn, StreamField, Take, UNREADABLE};
use super::session::{Executed, Session};
use super::statement::{BoundValue, Statement};
use super::taker::StreamRow;
use crate::clock::Stopwatch;

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
        let rows = self.pass(query, &statement, columns, take).await?;
        self.remember(query, statement, rows, watch.elapsed());
        Ok(())
    }

    /// The same for a part of a query's rows, which is not remembered; returns how many there were.
    pub async fn pass<E: From<DatabaseError> + Send>(
        &mut self,
        query: &str,
        statement: &Statement,
        columns: &[StreamColumn],
        take: &mut (dyn FnMut(&StreamRow<'_>) -> Result<(), E> + Send),
    ) -> Result<u64, E> {
        let left = self.limit_next(query).await?;
        let mut rows = 0;
        let mut counted = |fields: &[StreamField<'_>]| {
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
            Ok(()) => Ok(rows),
            Err(Ended::Driver(error)) => Err(self.failed(query, &error).into()),
            Err(Ended::Taker(error)) => Err(error),
        }
    }

    /// Remembers a query of the report that was run in passes.
    pub fn remember(&mut self, query: &str, statement: Statement, rows: u64, elapsed: Duration) {
        self.executed.push(Executed { query: query.to_owned(), statement, rows, elapsed, kept: None });
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
                            ColumnType::Real => row
                                .try_get_unchecked::<Option<f64>, _>(place)?
                                .map_or(StreamField::Null, StreamField::Real),
                            ColumnType::Text => row
                                .try_get_unchecked::<Option<&str>, _>(place)?
                                .map_or(StreamField::Null, StreamField::Text),
                            ColumnType::Instant => row
                                .try_get_unchecked::<Option<&[u8]>, _>(place)?
                                .map_or(StreamField::Null, |bytes| StreamField::Int(instant_us(bytes))),
                        };
                    }
                    take(&fields).map_err(Ended::Taker)?;
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

/// A date and time of `MySQL`'s binary protocol: the number of bytes that follow, the year in two, month, day,
/// hour, minute, second, and µs in four; what is nought at the end is left out.
fn instant_us(bytes: &[u8]) -> i64 {
    let byte = |place: usize| u32::from(bytes.get(place).copied().unwrap_or(0));
    let year = i32::try_from(byte(1) | byte(2) << 8).unwrap_or(0);
    let date = NaiveDate::from_ymd_opt(year, byte(3), byte(4)).filter(|_| year >= 1000);
    let us = byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
    let at = date.and_then(|date| date.and_hms_micro_opt(byte(5), byte(6), byte(7), us));
    at.map(|at| at.and_utc().timestamp_micros()).filter(|us| *us < END_US).unwrap_or(UNREADABLE)
}
