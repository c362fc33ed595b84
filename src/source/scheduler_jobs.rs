//! The scheduler's own table of jobs, where a mapping says how it is read.

use crate::database::{ColumnInfo, DatabaseError, Row, Session, Statement, UnexpectedCell};
use crate::observation::SchedulerJob;

/// Most jobs that are read.
const MOST_JOBS: usize = 100_000;

/// The statement for the jobs of `query`, a SELECT with the column `job_name` and, where they are known,
/// `schedule`, `time_zone` and `enabled` (1 or 0).
pub async fn statement(query: &str, session: &mut Session) -> Result<Statement, DatabaseError> {
    let columns = session.query_columns(query).await?;
    let dialect = session.dialect();
    let there = |name: &str| columns.iter().any(|ColumnInfo { name: found, .. }| found == name);
    let text = |name: &str| dialect.bytewise(if there(name) { name } else { "NULL" });
    let enabled = dialect.integer(if there("enabled") { "enabled" } else { "NULL" });
    let text = format!(
        "SELECT {} AS job_name, {} AS schedule, {} AS time_zone, {enabled} AS enabled\nFROM :jobs_query AS own_jobs",
        dialect.bytewise("job_name"),
        text("schedule"),
        text("time_zone"),
    );
    let fragments = [("jobs_query".to_owned(), query.to_owned())].into();
    Ok(Statement { text, fragments, ..Statement::default() })
}

/// The jobs of `query` by name, those without a name left out.
///
/// # Errors
/// When the server fails, or the tables of the query are not there or may not be read. A transaction of
/// `PostgreSQL` is of no use after that.
pub async fn scheduler_jobs(query: &str, session: &mut Session) -> Result<Vec<SchedulerJob>, DatabaseError> {
    let statement = statement(query, session).await?;
    let rows = session.read("scheduler_jobs", &statement, MOST_JOBS).await?;
    let jobs: Result<Vec<Option<SchedulerJob>>, UnexpectedCell> = rows.iter().map(|row| job(&row)).collect();
    let mut jobs: Vec<SchedulerJob> = jobs?.into_iter().flatten().collect();
    jobs.sort();
    jobs.dedup();
    Ok(jobs)
}

fn job(row: &Row<'_>) -> Result<Option<SchedulerJob>, UnexpectedCell> {
    let Some(name) = row.optional_text("job_name")? else { return Ok(None) };
    Ok(Some(SchedulerJob {
        name,
        schedule: row.optional_text("schedule")?.filter(|text| !text.trim().is_empty()),
        time_zone: row.optional_text("time_zone")?.filter(|text| !text.trim().is_empty()),
        enabled: row.optional_int("enabled")?.map(|enabled| enabled != 0),
    }))
}
