//! The two statements of an import, on each of the databases.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;

use super::super::connection::Driver;
use super::super::dialect::Dialect;
use super::limits::BatchLimits;
use crate::clock::Timestamp;
use crate::run::{IdentifiedRun, Run, RunIdentity, Status};

/// The columns in the order in which values are bound.
const COLUMNS: [&str; 14] = [
    "identity",
    "run_id",
    "job_name",
    "scheduled_at",
    "started_at",
    "finished_at",
    "status",
    "skip_reason",
    "error_message",
    "worker",
    "attempt",
    "schedule",
    "effective_schedule",
    "stagger_offset_s",
];

/// Columns that a final status replaces in a running run, absent or not. The status comes last, since
/// `MySQL` assigns one after the other and the others depend on it.
const REPLACED: [&str; 5] = ["job_name", "started_at", "finished_at", "skip_reason", "status"];

/// Columns that keep their value where the final line has none.
const KEPT: [&str; 7] = [
    "scheduled_at",
    "error_message",
    "worker",
    "attempt",
    "schedule",
    "effective_schedule",
    "stagger_offset_s",
];

/// The status of those of `runs` that the table holds.
pub(super) async fn known(
    driver: &mut Driver,
    dialect: Dialect,
    runs: &[IdentifiedRun],
) -> Result<BTreeMap<RunIdentity, Status>, sqlx::Error> {
    let whole = whole(dialect, runs);
    let rows: Vec<(Vec<u8>, String)> = match driver {
        Driver::Sqlite(c) => {
            let mut query = sqlx::query_as(AssertSqlSafe(select(runs.len())));
            for run in runs {
                query = query.bind(&run.identity.0[..]);
            }
            query.persistent(whole).fetch_all(c).await?
        }
        Driver::Postgres(c) => {
            let sql = "SELECT identity, status FROM job_runs WHERE identity = ANY($1)";
            let identities: Vec<&[u8]> = runs.iter().map(|run| &run.identity.0[..]).collect();
            // Without a name, so that a pooler in transaction mode serves.
            sqlx::query_as(sql).bind(identities).persistent(false).fetch_all(c).await?
        }
        Driver::MySql(c) => {
            let mut query = sqlx::query_as(AssertSqlSafe(select(runs.len())));
            for run in runs {
                query = query.bind(&run.identity.0[..]);
            }
            query.persistent(whole).fetch_all(c).await?
        }
    };
    rows.into_iter().map(|(identity, status)| Ok((digest(&identity)?, word(&status)?))).collect()
}

/// Whether a statement of this size will come again, and is worth keeping on the server.
fn whole(dialect: Dialect, runs: &[IdentifiedRun]) -> bool {
    runs.len() == BatchLimits::of(dialect).runs
}

fn select(runs: usize) -> String {
    format!("SELECT identity, status FROM job_runs WHERE identity IN ({})", placeholders(runs))
}

fn placeholders(count: usize) -> String {
    let mut text = "?,".repeat(count);
    text.pop();
    text
}

fn digest(bytes: &[u8]) -> Result<RunIdentity, sqlx::Error> {
    bytes.try_into().map(RunIdentity).map_err(|_| {
        sqlx::Error::Decode(
            format!("column identity of job_runs has {} bytes instead of 32", bytes.len()).into(),
        )
    })
}

fn word(status: &str) -> Result<Status, sqlx::Error> {
    Status::from_word(status).ok_or_else(|| {
        sqlx::Error::Decode(format!("column status of job_runs holds the unknown word '{status}'").into())
    })
}

/// Adds `runs`, whose identities differ; one that the table holds as running takes what a final status
/// brings.
pub(super) async fn write(
    driver: &mut Driver,
    dialect: Dialect,
    runs: &[IdentifiedRun],
) -> Result<(), sqlx::Error> {
    let whole = whole(dialect, runs);
    macro_rules! insert {
        ($connection:expr, $time:expr) => {{
            let mut query = sqlx::query(AssertSqlSafe(insert(dialect, runs.len())));
            for IdentifiedRun { identity, run } in runs {
                query = query
                    .bind(&identity.0[..])
                    .bind(run.run_id.as_deref())
                    .bind(run.job_name.as_str())
                    .bind($time(run.scheduled_at))
                    .bind($time(Some(run.started_at)))
                    .bind($time(run.finished_at))
                    .bind(run.status.word())
                    .bind(run.skip_reason.as_deref())
                    .bind(run.error_message.as_deref())
                    .bind(run.worker.as_deref())
                    .bind(run.attempt)
                    .bind(run.schedule.as_deref())
                    .bind(run.effective_schedule.as_deref())
                    .bind(run.stagger_offset_s);
            }
            query.persistent(whole).execute($connection).await.map(drop)
        }};
    }
    match driver {
        Driver::Sqlite(c) => insert!(c, |at: Option<Timestamp>| at.map(Timestamp::us)),
        Driver::MySql(c) => insert!(c, |at: Option<Timestamp>| at.and_then(calendar)),
        Driver::Postgres(c) => {
            let sql = insert(dialect, runs.len());
            let us = |time: fn(&Run) -> Option<Timestamp>| -> Vec<Option<i64>> {
                runs.iter().map(|r| time(&r.run).map(Timestamp::us)).collect()
            };
            let text = |cell: fn(&Run) -> Option<&str>| -> Vec<Option<&str>> {
                runs.iter().map(|r| cell(&r.run)).collect()
            };
            let number = |cell: fn(&Run) -> Option<i32>| -> Vec<Option<i32>> {
                runs.iter().map(|r| cell(&r.run)).collect()
            };
            sqlx::query(AssertSqlSafe(sql))
                .bind(runs.iter().map(|r| &r.identity.0[..]).collect::<Vec<_>>())
                .bind(text(|r| r.run_id.as_deref()))
                .bind(text(|r| Some(&r.job_name)))
                .bind(us(|r| r.scheduled_at))
                .bind(us(|r| Some(r.started_at)))
                .bind(us(|r| r.finished_at))
                .bind(text(|r| Some(r.status.word())))
                .bind(text(|r| r.skip_reason.as_deref()))
                .bind(text(|r| r.error_message.as_deref()))
                .bind(text(|r| r.worker.as_deref()))
                .bind(number(|r| r.attempt))
                .bind(text(|r| r.schedule.as_deref()))
                .bind(text(|r| r.effective_schedule.as_deref()))
                .bind(number(|r| r.stagger_offset_s))
                .persistent(false)
                .execute(c)
                .await
                .map(drop)
        }
    }
}

/// The literal of a `DATETIME(6)` in UTC. Import takes only times that the calendar holds.
fn calendar(at: Timestamp) -> Option<String> {
    at.to_utc().map(|at| at.format("%Y-%m-%d %H:%M:%S%.6f").to_string())
}

/// The statement that adds so many runs.
fn insert(dialect: Dialect, runs: usize) -> String {
    let columns = COLUMNS.join(", ");
    let rows = if dialect == Dialect::Postgres {
        unnest()
    } else {
        let row = format!("({}),", placeholders(COLUMNS.len()));
        format!("VALUES {}", row.repeat(runs).trim_end_matches(','))
    };
    format!("INSERT INTO job_runs ({columns}) {rows} {}", on_known(dialect))
}

/// One array a column, microseconds made into instants. Hours and the rest apart, because `PostgreSQL`
/// multiplies intervals in floating point, which is exact for numbers of that size only.
fn unnest() -> String {
    let values = COLUMNS.map(|column| {
        if column.ends_with("_at") {
            format!(
                "timestamptz 'epoch' + r.{column} / 3600000000 * interval '1 hour' \
                 + r.{column} % 3600000000 * interval '1 microsecond'"
            )
        } else {
            format!("r.{column}")
        }
    });
    let types =
        ["bytea", "text", "text", "bigint", "bigint", "bigint", "text", "text", "text", "text", "int"];
    let types = types.into_iter().chain(["text", "text", "int"]);
    let arrays: Vec<String> = (1..).zip(types).map(|(n, name)| format!("${n}::{name}[]")).collect();
    format!("SELECT {} FROM unnest({}) AS r ({})", values.join(", "), arrays.join(", "), COLUMNS.join(", "))
}

/// What happens to a run that the table holds.
fn on_known(dialect: Dialect) -> String {
    let kept = KEPT.map(|c| (c, true));
    let replaced = REPLACED.map(|c| (c, false));
    let columns = kept.into_iter().chain(replaced);
    if dialect.is_mysql() {
        let ends = "status = 'running' AND VALUES(status) <> 'running'";
        let assignments = columns.map(|(c, keeps)| {
            let new = if keeps { format!("COALESCE(VALUES({c}), {c})") } else { format!("VALUES({c})") };
            format!("{c} = IF({ends}, {new}, {c})")
        });
        format!("ON DUPLICATE KEY UPDATE {}", assignments.collect::<Vec<_>>().join(", "))
    } else {
        let assignments = columns.map(|(c, keeps)| {
            if keeps {
                format!("{c} = COALESCE(excluded.{c}, job_runs.{c})")
            } else {
                format!("{c} = excluded.{c}")
            }
        });
        format!(
            "ON CONFLICT (identity) DO UPDATE SET {} \
             WHERE job_runs.status = 'running' AND excluded.status <> 'running'",
            assignments.collect::<Vec<_>>().join(", ")
        )
    }
}
