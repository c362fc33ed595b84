//! The recorded runs that a report needs, with those that its source still holds, in a file for this report alone: read
//! there like any other table.

use std::path::Path;

use super::incoming::{TakenRows, read_in};
use super::merge::into_copy;
use super::series::RecordedSeries;
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::Timestamp;
use crate::database::{Bound, Cell, DatabaseError, OwnTransaction, PrivateFile, Session};
use crate::source::relation::Relation;
use crate::store::StoreError;
use crate::window::Period;

/// The table of a copy.
pub const COPIED_RUNS: &str = "runs";

const TABLE: &str = "CREATE TABLE runs (job_name TEXT, run_key INTEGER, placed_us INTEGER, started_at INTEGER,
    finished_at INTEGER, scheduled_at INTEGER, status TEXT, skip_reason TEXT, attempt INTEGER, error_message TEXT,
    schedule TEXT, effective_schedule TEXT, stagger_offset_s INTEGER, zoneless INTEGER, clock_change INTEGER)";

const RECORDED: &str = "INSERT INTO runs
    SELECT job.text, r.run_key, r.placed_us, CASE WHEN r.is_startless IS NULL THEN r.placed_us END,
      r.placed_us + r.finished_after_us, r.placed_us + r.scheduled_after_us, status.text, reason.text, r.attempt,
      line.text, schedule.text, effective.text, r.stagger_offset_s, COALESCE(r.is_zoneless, 0),
      COALESCE(r.is_clock_change, 0)
    FROM beside.recorded_runs r
    LEFT JOIN beside.recorded_texts job ON job.id = r.job
    LEFT JOIN beside.recorded_texts status ON status.id = r.status
    LEFT JOIN beside.recorded_texts reason ON reason.id = r.skip_reason
    LEFT JOIN beside.recorded_texts line ON line.id = r.error_line
    LEFT JOIN beside.recorded_texts schedule ON schedule.id = r.schedule
    LEFT JOIN beside.recorded_texts effective ON effective.id = r.effective_schedule
    WHERE r.series = ?1 AND r.placed_us >= ?2 ORDER BY r.placed_us";

/// What a copy is made of.
pub struct CopyRequest<'a> {
    pub store: &'a Path,
    pub series: &'a RecordedSeries,
    /// Runs from here on.
    pub from: Timestamp,
    /// What is read of the source, which goes before what was recorded.
    pub held: Period,
    pub cancellation: &'a Cancellation,
    pub deadline: Deadline,
}

/// A file with the table [`COPIED_RUNS`].
pub struct CopiedRuns {
    /// Removed with this value.
    pub file: PrivateFile,
    pub rows: u64,
    /// Those that only the history has.
    pub recorded: u64,
}

impl CopiedRuns {
    pub async fn make(
        request: CopyRequest<'_>,
        relation: &Relation<'_>,
        session: &mut Session,
    ) -> Result<Self, StoreError> {
        let CopyRequest { store, series, from, held, cancellation, deadline } = request;
        let private = PrivateFile::new()?;
        let store = std::fs::canonicalize(store).unwrap_or_else(|_| store.to_owned());
        let file = OwnTransaction::begin(private.path(), Some(&store), cancellation, deadline)?;
        file.script(TABLE)?;
        file.change(RECORDED, &[Bound::Int(series.id), Bound::Int(from.us())])?;
        // Nobody who records has to wait until the source was read.
        file.script("COMMIT; DETACH beside; BEGIN")?;
        let read = read_in(file, TakenRows::InsideOrUnplaced(held), relation, session).await?;
        into_copy(&read.file, held)?;
        let rows = counted(&read.file)?;
        read.file.script("CREATE INDEX runs_by_start ON runs (started_at)")?;
        read.file.commit()?;
        Ok(Self { file: private, rows, recorded: rows.saturating_sub(read.runs) })
    }
}

fn counted(file: &OwnTransaction) -> Result<u64, DatabaseError> {
    let rows = file.rows("SELECT COUNT(*) FROM runs", &[])?;
    Ok(match rows.first().and_then(|row| row.first()) {
        Some(Cell::Int(rows)) => u64::try_from(*rows).unwrap_or(0),
        _ => 0,
    })
}
