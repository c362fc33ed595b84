//! Ending a statement that runs: on a server from a second connection, in `SQLite` by its progress handler.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, Executor, Row as _};

use super::connection::{Connection, Driver, Options};
use crate::cancellation::Cancellation;

/// How long a server is waited for to end a statement.
const PATIENCE: Duration = Duration::from_secs(2);

/// The same where the time limit is used up, which the server's own limit holds as well.
const PATIENCE_OVER_LIMIT: Duration = Duration::from_millis(500);

/// How the statement that a session runs is ended.
#[derive(Clone)]
pub(super) enum Interrupt {
    Sqlite(Arc<AtomicBool>),
    /// Behind a pooler a process serves one client after the other: the transaction tells ours.
    Postgres {
        options: Box<PgConnectOptions>,
        process: i32,
        transaction_us: i64,
    },
    MySql {
        options: Box<MySqlConnectOptions>,
        connection: u64,
    },
}

impl std::fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Options hold a password.
        f.write_str("Interrupt(…)")
    }
}

impl Interrupt {
    /// How statements of `connection`, whose transaction has begun, are ended.
    pub(super) async fn of(connection: &mut Connection) -> Result<Self, sqlx::Error> {
        match (&mut connection.driver, &connection.options) {
            (Driver::Postgres(driver), Options::Postgres(options)) => {
                Self::of_postgres(driver, options).await
            }
            (Driver::MySql(driver), Options::MySql(options)) => Self::of_mysql(driver, options).await,
            _ => Ok(Self::Sqlite(Arc::default())),
        }
    }

    /// The same of a `PostgreSQL` server.
    pub(super) async fn of_postgres(
        driver: &mut PgConnection,
        options: &PgConnectOptions,
    ) -> Result<Self, sqlx::Error> {
        let sql = "SELECT pg_backend_pid(), \
                   CAST(EXTRACT(EPOCH FROM transaction_timestamp()) * 1000000 AS bigint)";
        let row = sqlx::query(sql).persistent(false).fetch_one(driver).await?;
        let (process, transaction_us) = (row.try_get(0)?, row.try_get(1)?);
        Ok(Self::Postgres { options: Box::new(options.clone()), process, transaction_us })
    }

    /// The same of a server that speaks `MySQL`'s protocol, in a transaction or not.
    pub(super) async fn of_mysql(
        driver: &mut MySqlConnection,
        options: &MySqlConnectOptions,
    ) -> Result<Self, sqlx::Error> {
        let asked = sqlx::query_scalar("SELECT CONNECTION_ID()").persistent(false);
        let connection = asked.fetch_one(driver).await?;
        Ok(Self::MySql { options: Box::new(options.clone()), connection })
    }

    /// Asks for the statement's end. Where that fails the server's own time limit ends it.
    async fn send(&self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(flag) => flag.store(true, Ordering::Relaxed),
            Self::Postgres { options, process, transaction_us } => {
                let mut second = options.connect().await?;
                let sql = format!(
                    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = {process} \
                     AND CAST(EXTRACT(EPOCH FROM xact_start) * 1000000 AS bigint) = {transaction_us}"
                );
                second.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
                second.close().await?;
            }
            Self::MySql { options, connection } => {
                let mut second = options.connect().await?;
                second.execute(sqlx::raw_sql(AssertSqlSafe(format!("KILL QUERY {connection}")))).await?;
                second.close().await?;
            }
        }
        Ok(())
    }
}

/// Why a statement was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    Cancelled,
    TimeLimit,
}

/// Waits for `work`, a statement, no longer than `limit` and not beyond a cancellation. The statement has
/// ended when this returns, unless the server does not answer. Dropped before that, it ends the statement.
pub(super) async fn supervised<T>(
    interrupt: &Interrupt,
    cancellation: &Cancellation,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Stopped> {
    if cancellation.is_cancelled() {
        return Err(Stopped::Cancelled);
    }
    let mut guard = Guard(Some(interrupt.clone()));
    let mut work = pin!(work);
    let stopped = tokio::select! {
        done = &mut work => {
            guard.0 = None;
            return Ok(done);
        }
        () = cancellation.cancelled() => Stopped::Cancelled,
        () = tokio::time::sleep(limit) => Stopped::TimeLimit,
    };
    let ending = async {
        // Both fail where the server is gone, and the statement with it.
        drop(interrupt.send().await);
        drop(work.await);
    };
    let patience = match stopped {
        Stopped::Cancelled => PATIENCE,
        Stopped::TimeLimit => PATIENCE_OVER_LIMIT,
    };
    drop(tokio::time::timeout(patience, ending).await);
    guard.0 = None;
    Err(stopped)
}

/// Waits for `work`, a statement, however long it takes. Dropped before that, it ends the statement.
pub(super) async fn guarded<T>(interrupt: &Interrupt, work: impl Future<Output = T>) -> T {
    let mut guard = Guard(Some(interrupt.clone()));
    let done = work.await;
    guard.0 = None;
    done
}

/// Held while a statement runs.
struct Guard(Option<Interrupt>);

impl Drop for Guard {
    fn drop(&mut self) {
        match self.0.take() {
            None => {}
            Some(Interrupt::Sqlite(flag)) => flag.store(true, Ordering::Relaxed),
            Some(interrupt) => {
                if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                    runtime.spawn(async move { tokio::time::timeout(PATIENCE, interrupt.send()).await });
                }
            }
        }
    }
}
