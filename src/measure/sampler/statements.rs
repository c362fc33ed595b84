//! What `PostgreSQL` counts of the statements of a database, where `pg_stat_statements` is there and may be read.
//!
//! <https://www.postgresql.org/docs/current/pgstatstatements.html>

use super::server::Measured;
use crate::database::{DatabaseError, Session, Statement, TableName};
use crate::measurement::{STATEMENT_CALLS, STATEMENT_TIME};

const QUERY: &str = "sample";

/// What the extension is called, and its function.
const EXTENSION: &str = "pg_stat_statements";

/// Asked of the catalogue, since a statement that fails ends the transaction. A library that was not preloaded has no
/// settings, whatever a configuration file says of them.
const COUNTERS: &str = "SELECT CAST(n.nspname AS text) AS schema,
  CAST((SELECT COUNT(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = v.oid AND a.attname = 'total_exec_time')
    AS bigint) AS plans_apart,
  CAST((SELECT COUNT(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = v.oid AND a.attname = 'toplevel')
    AS bigint) AS nested_apart
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
JOIN pg_catalog.pg_class v ON v.relnamespace = n.oid AND v.relname = e.extname
WHERE e.extname = 'pg_stat_statements' AND has_schema_privilege(n.oid, 'USAGE')
  AND has_table_privilege(v.oid, 'SELECT')
  AND EXISTS (SELECT 1 FROM pg_catalog.pg_proc f WHERE f.pronamespace = n.oid AND f.proname = e.extname
    AND has_function_privilege(f.oid, 'EXECUTE'))
  AND EXISTS (SELECT 1 FROM pg_catalog.pg_settings WHERE name = 'pg_stat_statements.max')";

/// The counters, of which there are none where the extension is away, not preloaded, or not readable.
///
/// # Errors
/// When a statement fails: nothing else can be read in the transaction.
pub(super) async fn counters(session: &mut Session) -> Result<Vec<Measured>, DatabaseError> {
    let looked = Statement { text: COUNTERS.to_owned(), ..Statement::default() };
    let rows = session.read(QUERY, &looked, 1).await?;
    let Some(row) = rows.iter().next() else { return Ok(Vec::new()) };
    let name = TableName { schema: Some(row.text("schema")?), name: EXTENSION.to_owned() };
    // Before 1.8 of the extension plans were not timed; before 1.9 it was not known which statements ran within others.
    let time = if row.count("plans_apart")? > 0 { "total_exec_time" } else { "total_time" };
    let outermost = if row.count("nested_apart")? > 0 { " AND toplevel" } else { "" };
    // Without their texts, which the server would read from its disk.
    let text = format!(
        "SELECT CAST(COALESCE(SUM(calls), 0) AS bigint) AS calls,
  CAST(COALESCE(SUM({time}), 0) * 1000 AS bigint) AS time_us
FROM {}(FALSE) WHERE dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()){outermost}",
        name.quoted(session.dialect())
    );
    let rows = session.read(QUERY, &Statement { text, ..Statement::default() }, 1).await?;
    let Some(row) = rows.iter().next() else { return Ok(Vec::new()) };
    let (calls, time_us) = (row.count("calls")?, row.count("time_us")?);
    Ok(vec![(&STATEMENT_CALLS, Some(calls as f64)), (&STATEMENT_TIME, Some(time_us as f64 / 1_000.0))])
}
