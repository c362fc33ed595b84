//! Making and upgrading jobdelta's own tables.

use sqlx::Executor;
use sqlx::migrate::{Migrate, MigrateError, Migrator};

use super::connection::{Connection, Driver};
use super::error::DatabaseError;

/// Where applied migrations are recorded; the usual name may belong to another program.
const TABLE: &str = "jobdelta_migrations";

/// Applies the migrations that the database does not have yet. A missing `SQLite` file is made when the
/// connection is opened with [`Access::Create`](super::Access).
///
/// # Errors
/// When the server refuses, or the database was migrated by a later version.
pub async fn migrate(connection: &mut Connection) -> Result<(), DatabaseError> {
    let done = match &mut connection.driver {
        Driver::Sqlite(c) => run(sqlx::migrate!("migrations/sqlite"), c).await,
        Driver::Postgres(c) => run(sqlx::migrate!("migrations/postgres"), c).await,
        Driver::MySql(c) => {
            let done = run(sqlx::migrate!("migrations/mysql"), c).await;
            if let Err(MigrateError::ExecuteMigration(..)) = done {
                // MySQL cannot roll a table back, so the migrator notes a migration before it runs it and
                // would refuse ever after. Ours are one statement each: one that failed left nothing.
                let forget = format!("DELETE FROM {TABLE} WHERE success = FALSE");
                let _ = c.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(forget))).await;
            }
            done
        }
    };
    done.map_err(|error| DatabaseError::Migrate {
        identity: connection.identity.clone(),
        reason: reason(&error),
    })
}

async fn run<C: Migrate>(mut migrator: Migrator, connection: &mut C) -> Result<(), MigrateError> {
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
