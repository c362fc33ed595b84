//! Whether the server follows another.

use std::time::Duration;

use super::dialect::Dialect;
use super::error::DatabaseError;
use super::row::Rows;
use super::session::Session;
use super::statement::Statement;
use crate::clock::Span;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replication {
    Primary,
    Replica(Replica),
    /// This user may not know it.
    Unknown {
        /// The right that is missing.
        right: &'static str,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replica {
    /// How far behind its primary; `None` where replication does not run.
    pub behind: Option<Span>,
    /// How long a statement may keep it from replaying changes before it is cancelled; `None` where none is.
    pub tolerates: Option<Duration>,
}

impl Session {
    /// Whether the server follows another; `None` for a file.
    pub async fn replication(&mut self) -> Result<Option<Replication>, DatabaseError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(None),
            Dialect::Postgres => self.recovery().await.map(Some),
            Dialect::MariaDb => {
                self.replica_status("SHOW ALL SLAVES STATUS", "SLAVE MONITOR").await.map(Some)
            }
            Dialect::MySql => {
                self.replica_status("SHOW REPLICA STATUS", "REPLICATION CLIENT").await.map(Some)
            }
        }
    }

    /// A standby that has replayed all that it received is up to date, however long ago that was.
    async fn recovery(&mut self) -> Result<Replication, DatabaseError> {
        let text = "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END AS in_recovery, \
                    CASE WHEN pg_is_in_recovery() THEN CASE \
                      WHEN pg_last_wal_receive_lsn() IS NOT DISTINCT FROM pg_last_wal_replay_lsn() THEN 0 \
                      ELSE CAST(EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000000 \
                      AS bigint) END END AS behind_us, \
                    (SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'max_standby_streaming_delay') \
                      AS tolerates_ms, \
                    CASE current_setting('hot_standby_feedback') WHEN 'on' THEN 1 ELSE 0 END AS feedback";
        let statement = Statement { text: text.to_owned(), ..Statement::default() };
        let rows = self.read("replica", &statement, 1).await?;
        let Some(row) = rows.iter().next().filter(|row| row.int("in_recovery") == Ok(1)) else {
            return Ok(Replication::Primary);
        };
        let behind = row.optional_int("behind_us")?.map(|us| Span(us.max(0)));
        let feedback = row.int("feedback")? == 1;
        // -1 waits for ever.
        let tolerates = row.optional_int("tolerates_ms")?.and_then(|ms| u64::try_from(ms).ok());
        let tolerates = tolerates.map(Duration::from_millis).filter(|_| !feedback);
        Ok(Replication::Replica(Replica { behind, tolerates }))
    }

    async fn replica_status(
        &mut self,
        text: &'static str,
        right: &'static str,
    ) -> Result<Replication, DatabaseError> {
        const MOST_PRIMARIES: usize = 1_000;
        let statement = Statement { text: text.to_owned(), ..Statement::default() };
        match self.read("replica", &statement, MOST_PRIMARIES).await {
            Ok(rows) if rows.is_empty() => Ok(Replication::Primary),
            Ok(rows) => Ok(Replication::Replica(Replica { behind: furthest_behind(&rows), tolerates: None })),
            Err(DatabaseError::Denied { .. }) => Ok(Replication::Unknown { right }),
            Err(error) => Err(error),
        }
    }
}

/// Of all that a server follows; `None` where one of them stands still.
fn furthest_behind(rows: &Rows) -> Option<Span> {
    let seconds = |row: super::row::Row<'_>| {
        ["seconds_behind_source", "seconds_behind_master"]
            .into_iter()
            .find_map(|column| row.optional_int(column).ok().flatten())
    };
    let behind: Option<Vec<i64>> = rows.iter().map(seconds).collect();
    behind?.into_iter().max().map(Span::seconds)
}
