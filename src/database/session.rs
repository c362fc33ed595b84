//! One read-only, consistent snapshot with a time limit: all queries of a report go through it.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Column, Executor, Row as _, TypeInfo, ValueRef};

use super::connection::{Access, Connection, Driver, Options};
use super::dialect::Dialect;
use super::error::DatabaseError;
use super::file::FileReader;
use super::interrupt::{Interrupt, Stopped, supervised};
use super::row::{Cell, Rows};
use super::statement::{BoundValue, Statement};
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::{Span, Stopwatch, Timestamp};

/// How much longer than the server's own limit the program waits before it ends the statement itself. With
/// what that takes the limit is kept to within a second.
const GRACE: Duration = Duration::from_millis(250);

/// The same while connecting: a file's lock is waited for as long as the limit allows, and then named.
const CONNECT_GRACE: Duration = Duration::from_millis(500);

/// Instructions of `SQLite`'s machine between two looks at the clock.
const PROGRESS_INTERVAL: i32 = 100_000;

/// How kind to be to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For all statements of a session together, connecting included.
    pub max_time: Duration,
    /// For a lock.
    pub lock_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_time: Duration::from_secs(60), lock_time: Duration::from_secs(5) }
    }
}

#[derive(Clone, Debug)]
pub struct Executed {
    pub query: String,
    pub statement: Statement,
    pub rows: u64,
    /// Time until the last row had arrived.
    pub elapsed: Duration,
    /// The rows themselves, where the session was asked to keep them.
    pub kept: Option<Rows>,
}

#[derive(Debug)]
pub struct Session {
    pub(super) connection: Connection,
    pub(super) bounds: Bounds,
    pub(super) executed: Vec<Executed>,
    /// Further connections to an `SQLite` file, opened before the snapshot began.
    pub(super) files: Mutex<Vec<FileReader>>,
    keeps_rows: bool,
}

/// What ends a session's statements before their time.
#[derive(Debug)]
pub(super) struct Bounds {
    deadline: Deadline,
    cancellation: Cancellation,
    interrupt: Interrupt,
}

/// The statements that make a session read-only, consistent and limited, as they are sent.
pub fn settings(dialect: Dialect, lock_time: Duration) -> Vec<String> {
    let lock_s = lock_time.as_secs().max(1);
    let statements: &[&str] = match dialect {
        Dialect::Sqlite => &["PRAGMA query_only = ON", "BEGIN"],
        Dialect::Postgres => &["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"],
        // Without repeatable read a consistent snapshot is ignored. Names of 1,000 characters have to be
        // told apart when sorted.
        Dialect::MySql | Dialect::MariaDb => &[
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET SESSION time_zone = '+00:00'",
            "SET SESSION max_sort_length = 8192",
        ],
    };
    let mut statements: Vec<String> = statements.iter().map(|s| (*s).to_owned()).collect();
    match dialect {
        Dialect::Sqlite => {}
        Dialect::Postgres => {
            statements.push(format!("SET LOCAL lock_timeout = '{lock_s}s'"));
            // Settings reach the workers of a cluster only after this one, which means nothing elsewhere; first
            // of all, so that the limits are theirs too.
            statements.insert(1, "SET LOCAL citus.propagate_set_commands = 'local'".to_owned());
            // Sorts and tables of a report that do not go to the disk, and the parts of a table added up apart.
            statements.push("SET LOCAL work_mem = '64MB'".to_owned());
            statements.push("SET LOCAL enable_partitionwise_aggregate = on".to_owned());
            // Compiling a statement costs more than it saves at these sizes.
            statements.push("SET LOCAL jit = off".to_owned());
        }
        Dialect::MySql | Dialect::MariaDb => {
            statements.push(format!("SET SESSION lock_wait_timeout = {lock_s}"));
            statements.push("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY".to_owned());
        }
    }
    statements
}

/// The statement that limits the next one to `left`; `SQLite` is limited by a progress handler instead.
pub fn time_limit(dialect: Dialect, left: Duration) -> Option<String> {
    let ms = u64::try_from(left.as_millis()).unwrap_or(u64::MAX).clamp(1, 2_000_000_000);
    match dialect {
        Dialect::Sqlite => None,
        Dialect::Postgres => Some(format!("SET LOCAL statement_timeout = {ms}")),
        Dialect::MySql => Some(format!("SET SESSION max_execution_time = {ms}")),
        Dialect::MariaDb => {
            Some(format!("SET SESSION max_statement_time = {}.{:03}", ms / 1_000, ms % 1_000))
        }
    }
}

impl Session {
    /// Connects to `url` and begins the snapshot.
    pub async fn open(url: &str, limits: Limits) -> Result<Self, DatabaseError> {
        Self::open_until(&Cancellation::default(), Deadline::after(limits.max_time), url, limits.lock_time)
            .await
    }

    /// The same, not beyond a cancellation or a deadline.
    pub async fn open_until(
        cancellation: &Cancellation,
        deadline: Deadline,
        url: &str,
        lock_time: Duration,
    ) -> Result<Self, DatabaseError> {
        let patience = lock_time.min(deadline.left());
        let opening = async {
            let connection = Connection::open_within(url, Access::Read, patience).await?;
            Self::begin(cancellation, deadline, connection, lock_time).await
        };
        tokio::select! {
            () = cancellation.cancelled() => Err(DatabaseError::Cancelled { query: "connect".to_owned() }),
            opened = tokio::time::timeout(deadline.left() + CONNECT_GRACE, opening) => {
                opened.unwrap_or_else(|_| Err(DatabaseError::over_limit("connect", deadline.limit())))
            }
        }
    }

    pub async fn begin(
        cancellation: &Cancellation,
        deadline: Deadline,
        connection: Connection,
        lock_time: Duration,
    ) -> Result<Self, DatabaseError> {
        let files = Mutex::new(connection.file_readers());
        let statements = settings(connection.dialect, lock_time);
        Ok(Self { files, ..Self::begin_by(cancellation, deadline, connection, statements).await? })
    }

    /// Begins on another connection in a snapshot that a session of `PostgreSQL` has exported.
    pub(super) async fn begin_in(
        cancellation: &Cancellation,
        deadline: Deadline,
        connection: Connection,
        snapshot: &str,
    ) -> Result<Self, DatabaseError> {
        let mut statements = settings(connection.dialect, Limits::default().lock_time);
        statements.insert(1, format!("SET TRANSACTION SNAPSHOT {}", connection.dialect.literal(snapshot)));
        Self::begin_by(cancellation, deadline, connection, statements).await
    }

    async fn begin_by(
        cancellation: &Cancellation,
        deadline: Deadline,
        mut connection: Connection,
        statements: Vec<String>,
    ) -> Result<Self, DatabaseError> {
        let identity = connection.identity.clone();
        let failed = |error| DatabaseError::query("snapshot", &identity, used_up(deadline), &error);
        for statement in statements {
            connection.command(&statement).await.map_err(failed)?;
        }
        let interrupt = Interrupt::of(&mut connection).await.map_err(failed)?;
        if let (Driver::Sqlite(driver), Interrupt::Sqlite(flag)) = (&mut connection.driver, &interrupt) {
            let flag = Arc::clone(flag);
            let goes_on = move || !flag.load(Ordering::Relaxed) && !deadline.left().is_zero();
            let mut handle = driver.lock_handle().await.map_err(failed)?;
            handle.set_progress_handler(PROGRESS_INTERVAL, goes_on);
        }
        let bounds = Bounds { deadline, cancellation: cancellation.clone(), interrupt };
        Ok(Self { connection, bounds, executed: Vec::new(), files: Mutex::default(), keeps_rows: false })
    }

    pub fn dialect(&self) -> Dialect {
        self.connection.dialect
    }

    pub(super) fn limits(&self) -> (Cancellation, Deadline) {
        (self.bounds.cancellation.clone(), self.bounds.deadline)
    }

    /// `host:port/name`, or the file's name.
    pub fn identity(&self) -> &str {
        &self.connection.identity
    }

    pub fn server_version(&self) -> &str {
        &self.connection.server_version
    }

    /// What tells sources apart: the identity, and of a file its whole path.
    pub fn place(&self) -> String {
        match &self.connection.options {
            Options::Sqlite(options) => {
                let file = options.get_filename();
                std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned()).display().to_string()
            }
            _ => self.identity().to_owned(),
        }
    }

    pub fn executed(&self) -> &[Executed] {
        &self.executed
    }

    /// What is left of the time for all statements.
    pub fn time_left(&self) -> Duration {
        self.bounds.deadline.left()
    }

    /// Counts the executions of a query from number `since` on as one, of which `times` says how many they are.
    pub fn gather(&mut self, since: usize, times: &str) {
        let mut gathered: Vec<(Executed, i64)> = Vec::new();
        for executed in self.executed.drain(since.min(self.executed.len())..) {
            match gathered.iter_mut().find(|(known, _)| known.query == executed.query) {
                Some((known, times)) => {
                    known.rows += executed.rows;
                    known.elapsed += executed.elapsed;
                    *times += 1;
                }
                // What they returned is kept of the first ones only: those before `since`.
                None => gathered.push((Executed { kept: None, ..executed }, 1)),
            }
        }
        self.executed.extend(gathered.into_iter().map(|(mut executed, count)| {
            executed.statement.values.insert(times.to_owned(), BoundValue::Int(count));
            executed
        }));
    }

    pub fn into_executed(self) -> Vec<Executed> {
        self.executed
    }

    /// From now on the rows of each query are kept beside it, to be shown.
    pub fn keep_rows(&mut self) {
        self.keeps_rows = true;
    }

    pub async fn clock(&mut self) -> Result<Timestamp, DatabaseError> {
        let text = match self.dialect() {
            Dialect::Sqlite => {
                "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000000 \
                 + CAST(substr(strftime('%f', 'now'), 4) AS INTEGER) * 1000 AS now_us"
            }
            Dialect::Postgres => {
                "SELECT CAST(EXTRACT(EPOCH FROM transaction_timestamp()) * 1000000 AS bigint) AS now_us"
            }
            Dialect::MySql | Dialect::MariaDb => {
                "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) AS now_us"
            }
        };
        let statement = Statement { text: text.to_owned(), ..Statement::default() };
        let rows = self.read("clock", &statement, 1).await?;
        let Some(row) = rows.iter().next() else {
            return Err(DatabaseError::TooManyRows { query: "clock".to_owned(), limit: 1 });
        };
        Ok(Timestamp(row.int("now_us")?))
    }

    /// Runs a query of the report and remembers it.
    ///
    /// # Errors
    /// When the server fails, the time is used up, or there are more than `limit` rows.
    pub async fn fetch(
        &mut self,
        query: &str,
        statement: Statement,
        limit: usize,
    ) -> Result<Rows, DatabaseError> {
        let watch = Stopwatch::start();
        let rows = self.read(query, &statement, limit).await?;
        let count = rows.cells.len() as u64;
        let elapsed = watch.elapsed();
        let kept = self.keeps_rows.then(|| rows.clone());
        self.executed.push(Executed { query: query.to_owned(), statement, rows: count, elapsed, kept });
        Ok(rows)
    }

    /// Runs a query that is not part of the report, such as a look at the catalogue.
    pub async fn read(
        &mut self,
        query: &str,
        statement: &Statement,
        limit: usize,
    ) -> Result<Rows, DatabaseError> {
        let left = self.limit_next(query).await?;
        let (sql, values) = statement
            .bind(self.dialect())
            .map_err(|source| DatabaseError::Statement { query: query.to_owned(), source })?;
        let work = self.connection.driver.read(query, sql, values, limit + 1);
        let rows = self.bounds.supervised(query, left, work).await?;
        let rows = rows.map_err(|error| self.failed(query, &error))?;
        if rows.cells.len() > limit {
            return Err(DatabaseError::TooManyRows { query: query.to_owned(), limit });
        }
        Ok(rows)
    }

    /// Limits the next statement to the time that is left, and says how much that is.
    pub(super) async fn limit_next(&mut self, query: &str) -> Result<Duration, DatabaseError> {
        let left = self.bounds.time_left(query)?;
        if let Some(setting) = time_limit(self.dialect(), left) {
            let set = self.bounds.supervised(query, left, self.connection.command(&setting)).await?;
            set.map_err(|error| self.failed(query, &error))?;
        }
        Ok(left)
    }

    pub(super) fn failed(&self, query: &str, error: &sqlx::Error) -> DatabaseError {
        DatabaseError::query(query, &self.connection.identity, used_up(self.bounds.deadline), error)
    }
}

impl Bounds {
    fn time_left(&self, query: &str) -> Result<Duration, DatabaseError> {
        Some(self.deadline.left()).filter(|left| !left.is_zero()).ok_or_else(|| self.over_limit(query))
    }

    /// Waits for `work`, a statement that the server ends after `left`; see [`supervised`].
    pub(super) async fn supervised<T>(
        &self,
        query: &str,
        left: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, DatabaseError> {
        let done = supervised(&self.interrupt, &self.cancellation, left + GRACE, work).await;
        done.map_err(|stopped| match stopped {
            Stopped::Cancelled => DatabaseError::Cancelled { query: query.to_owned() },
            Stopped::TimeLimit => self.over_limit(query),
        })
    }

    fn over_limit(&self, query: &str) -> DatabaseError {
        DatabaseError::over_limit(query, self.deadline.limit())
    }
}

/// The time limit, once it is used up, but for what a server's clock and the way to it may differ by.
fn used_up(deadline: Deadline) -> Option<Span> {
    Some(deadline.limit()).filter(|_| deadline.left() <= GRACE)
}

/// Most connections that read an `SQLite` file beside the session's.
const MOST_FILE_READERS: usize = 2;

impl Connection {
    /// Further readers of an `SQLite` file.
    fn file_readers(&self) -> Vec<FileReader> {
        let Options::Sqlite(options) = &self.options else { return Vec::new() };
        let file = options.get_filename();
        if !file.is_file() {
            return Vec::new();
        }
        (0..MOST_FILE_READERS).filter_map(|_| FileReader::open(file)).collect()
    }

    async fn command(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &mut self.driver {
            Driver::Sqlite(c) => c.execute(sql).await.map(drop),
            Driver::Postgres(c) => c.execute(sql).await.map(drop),
            Driver::MySql(c) => c.execute(sql).await.map(drop),
        }
    }
}

impl Driver {
    /// Runs a statement, for PostgreSQL without a name, so that a pooler in transaction mode serves, and
    /// takes at most `limit` rows.
    async fn read(
        &mut self,
        query: &str,
        sql: String,
        values: Vec<BoundValue>,
        limit: usize,
    ) -> Result<Rows, sqlx::Error> {
        macro_rules! fetch {
            ($connection:expr, $sql:expr, $cell:expr, $kept:literal) => {{
                let mut bound = sqlx::query(AssertSqlSafe($sql)).persistent($kept);
                for value in values {
                    bound = match value {
                        BoundValue::Int(number) => bound.bind(number),
                        BoundValue::Text(text) => bound.bind(text),
                    };
                }
                let mut stream = bound.fetch($connection);
                let mut columns: Vec<String> = Vec::new();
                let mut cells = Vec::new();
                while cells.len() < limit
                    && let Some(row) = stream.try_next().await?
                {
                    if columns.is_empty() {
                        columns = row.columns().iter().map(|c| c.name().to_ascii_lowercase()).collect();
                    }
                    let read = |place| {
                        let raw = row.try_get_raw(place)?;
                        let type_info = raw.type_info();
                        if raw.is_null() { Ok(Cell::Null) } else { $cell(&row, place, type_info.name()) }
                    };
                    cells.push((0..row.len()).map(read).collect::<Result<Vec<Cell>, sqlx::Error>>()?);
                }
                Ok(Rows { query: query.to_owned(), columns: Arc::from(columns), cells })
            }};
        }
        match self {
            Self::Sqlite(c) => fetch!(c, sql, sqlite_cell, false),
            Self::Postgres(c) => fetch!(c, sql, postgres_cell, false),
            // The comment names us in the process list. The statement is kept, because a server answers
            // nothing to its closing, and the next one would wait 40 ms for the delayed acknowledgement.
            Self::MySql(c) => fetch!(c, format!("/* jobdelta {query} */ {sql}"), mysql_cell, true),
        }
    }
}

fn sqlite_cell(row: &sqlx::sqlite::SqliteRow, place: usize, type_name: &str) -> Result<Cell, sqlx::Error> {
    match type_name {
        "INTEGER" => row.try_get(place).map(Cell::Int),
        _ => row.try_get(place).map(Cell::Text),
    }
}

fn postgres_cell(row: &sqlx::postgres::PgRow, place: usize, type_name: &str) -> Result<Cell, sqlx::Error> {
    match type_name {
        "INT8" => row.try_get(place).map(Cell::Int),
        "INT4" => row.try_get::<i32, _>(place).map(|n| Cell::Int(i64::from(n))),
        _ => row.try_get(place).map(Cell::Text),
    }
}

fn mysql_cell(row: &sqlx::mysql::MySqlRow, place: usize, type_name: &str) -> Result<Cell, sqlx::Error> {
    if type_name.contains("INT") {
        return if type_name.ends_with("UNSIGNED") {
            let number: u64 = row.try_get(place)?;
            i64::try_from(number).map(Cell::Int).map_err(|error| sqlx::Error::Decode(error.into()))
        } else {
            row.try_get(place).map(Cell::Int)
        };
    }
    if ["FLOAT", "DOUBLE"].contains(&type_name) {
        return row.try_get::<f64, _>(place).map(|number| Cell::Text(number.to_string()));
    }
    row.try_get(place).map(Cell::Text)
}
