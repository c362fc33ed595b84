//! What `PostgreSQL` says of its sessions.
//!
//! <https://www.postgresql.org/docs/current/monitoring-stats.html>

use super::server::{ServerState, utilization};
use super::statements::counters;
use crate::clock::{Span, Timestamp};
use crate::database::{BoundValue, DatabaseError, Session, Statement};
use crate::measurement::{
    ACTIVE, CONNECTIONS, IDLE, IDLE_IN_TRANSACTION, LOCK_WAITS, POOL_UTILIZATION, SLOW_STATEMENTS,
};

/// What a role needs to see the states of others.
pub(super) const GRANT: &str = "GRANT pg_read_all_stats TO it";

const QUERY: &str = "sample";

/// Whoever may not see the state of a session still sees that it is there, and its database.
const SESSIONS: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint) AS at_us,
  CAST(current_setting('max_connections') AS bigint) AS allowed,
  COUNT(*) AS connections,
  COUNT(*) FILTER (WHERE state IN ('active', 'fastpath function call')) AS active,
  COUNT(*) FILTER (WHERE state = 'idle') AS idle,
  COUNT(*) FILTER (WHERE state LIKE 'idle in transaction%') AS idle_in_transaction,
  COUNT(*) FILTER (WHERE state = 'active'
    AND query_start < clock_timestamp() - :slow_us * INTERVAL '1 microsecond') AS slow,
  COUNT(*) FILTER (WHERE state IS NULL AND backend_type IS NULL) AS hidden,
  (SELECT COUNT(DISTINCT pid) FROM pg_catalog.pg_locks WHERE NOT granted) AS lock_waits
FROM pg_catalog.pg_stat_activity
WHERE datid IS NOT NULL AND pid <> pg_backend_pid() AND COALESCE(backend_type, 'client backend') = 'client backend'";

pub(super) async fn state(session: &mut Session, slow_after: Span) -> Result<ServerState, DatabaseError> {
    let values = [("slow_us".to_owned(), BoundValue::Int(slow_after.us()))];
    let statement = Statement { text: SESSIONS.to_owned(), values: values.into(), ..Statement::default() };
    let rows = session.read(QUERY, &statement, 1).await?;
    let Some(row) = rows.iter().next() else {
        return Err(DatabaseError::TooManyRows { query: QUERY.to_owned(), limit: 1 });
    };
    let connections = row.count("connections")?;
    let is_hidden = row.count("hidden")? > 0;
    let seen = |column: &str| Ok::<_, DatabaseError>(Some(row.count(column)? as f64).filter(|_| !is_hidden));
    let mut state = ServerState {
        at: Timestamp(row.int("at_us")?),
        values: vec![
            (&CONNECTIONS, Some(connections as f64)),
            (&POOL_UTILIZATION, utilization(connections, row.count("allowed")?)),
            (&LOCK_WAITS, Some(row.count("lock_waits")? as f64)),
            (&ACTIVE, seen("active")?),
            (&IDLE, seen("idle")?),
            (&IDLE_IN_TRANSACTION, seen("idle_in_transaction")?),
            (&SLOW_STATEMENTS, seen("slow")?),
        ],
    };
    // The last statement of the transaction: one that fails takes nothing with it.
    state.values.extend(counters(session).await.unwrap_or_default());
    Ok(state)
}
