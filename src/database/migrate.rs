//! Making and upgrading jobdelta's own tables.

use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Connection as _, Executor, SqlStr};

use super::connection::{Connection, Driver, Options};
use super::error::DatabaseError;
use super::interrupt::{Interrupt, guarded};

/// Where applied migrations are recorded; the usual name may belong to another program.
const TABLE: &str = "jobdelta_migrations";

/// The migrations of one kind of database: number, what it does, and its text. What was applied is never changed: the
/// database keeps its checksum. (The macro of sqlx that embeds a folder would have every database's driver compiled
/// twice, once for itself.)
type Migrations = &'static [(i64, &'static str, &'static str)];

const SQLITE: Migrations = &[(1, "job runs", include_str!("../../migrations/sqlite/0001_job_runs.sql"))];
const POSTGRES: Migrations = &[(1, "job runs", include_str!("../../migrations/postgres/0001_job_runs.sql"))];
const MYSQL: Migrations = &[(1, "job runs", include_str!("../../migrations/mysql/0001_job_runs.sql"))];

/// Applies the migrations that the database does not have yet. A missing `SQLite` file is made when the
/// connection is opened with [`Access::Create`](super::Access). Dropped before it is done, it ends its statement.
///
/// # Errors
/// When the server refuses, or the database was migrated by a later version.
pub async fn migrate(connection: &mut Connection) -> Result<(), DatabaseError> {
    apply(connection).await.map_err(|error| DatabaseError::Migrate {
        identity: connection.identity.clone(),
        reason: reason(&error),
    })
}

async fn apply(connection: &mut Connection) -> Result<(), MigrateError> {
    let Connection { driver, options, .. } = connection;
    match (driver, options) {
        (Driver::Postgres(driver), Options::Postgres(options)) => {
            // One transaction around them all, by which the statement is known that is to end.
            let mut transaction = driver.begin().await?;
            let interrupt = Interrupt::of_postgres(&mut transaction, options).await?;
            guarded(&interrupt, run(POSTGRES, &mut *transaction)).await?;
            Ok(transaction.commit().await?)
        }
        (Driver::MySql(driver), Options::MySql(options)) => {
            let interrupt = Interrupt::of_mysql(driver, options).await?;
            let done = guarded(&interrupt, run(MYSQL, driver)).await;
            if let Err(MigrateError::ExecuteMigration(..)) = done {
                // MySQL cannot roll a table back, so the migrator notes a migration before it runs it and
                // would refuse ever after. Ours are one statement each: one that failed left nothing.
                let forget = format!("DELETE FROM {TABLE} WHERE success = FALSE");
                let _ = driver.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(forget))).await;
            }
            done
        }
        (Driver::Sqlite(driver), _) => run(SQLITE, driver).await,
        // A driver has the options that it was connected by.
        _ => Ok(()),
    }
}

async fn run<C: Migrate>(migrations: Migrations, connection: &mut C) -> Result<(), MigrateError> {
    let migration = |(version, description, sql): &(i64, &'static str, &'static str)| {
        let sql = SqlStr::from_static(sql);
        Migration::new(*version, (*description).into(), MigrationType::Simple, sql, false)
    };
    let mut migrator = Migrator::with_migrations(migrations.iter().map(migration).collect());
    migrator.dangerous_set_table_name(TABLE);
    migrator.run_direct(None, connection, false).await
}

fn reason(error: &MigrateError) -> String {
    match error {
        MigrateError::ExecuteMigration(cause, version) => format!("migration {version}: {cause}"),
        MigrateError::VersionMissing(version) => {
            format!("migration {version} was applied by a later version of jobdelta; use that one")
        }
        MigrateError::Dirty(version) => format!(
            "migration {version} was begun and not finished; look at the table, then delete the row from {TABLE}"
        ),
        other => other.to_string(),
    }
}
