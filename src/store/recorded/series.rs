//! The series of a store: found by what they are of, and continued.

use std::path::{Path, PathBuf};

use super::incoming::{TakenRows, read_in};
use super::merge::into_series;
use super::stretches::{NextPeriod, without};
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::Timestamp;
use crate::database::{Bound, BoundValue, Cell, DatabaseError, OwnFile, OwnTransaction, Session};
use crate::source::mapping::Mapping;
use crate::source::relation::Relation;
use crate::store::{StoreError, open, open_existing};
use crate::window::Period;

/// Of what a series is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesKey {
    pub source: String,
    /// How its rows become runs.
    pub reading: String,
}

impl SeriesKey {
    pub fn of(session: &Session, mapping: &Mapping) -> Self {
        Self { source: session.place(), reading: mapping.reading() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSeries {
    pub(super) id: i64,
    /// What was recorded, in order; no two touch.
    pub stretches: Vec<Period>,
}

/// What a store has of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundSeries {
    Series(RecordedSeries),
    /// Only runs that were read otherwise; the line of the reading that differs first, as it was then.
    OtherReading(String),
    OtherSources,
    Nothing,
}

/// What one recording did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Runs of the period in the source.
    pub runs: u64,
    /// Of these, runs that were recorded before.
    pub replaced: u64,
    /// Runs of the period that had been recorded.
    pub known: u64,
}

pub struct RecordedRuns {
    file: OwnFile,
    path: PathBuf,
}

impl RecordedRuns {
    /// # Errors
    /// When the file cannot be opened or upgraded.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { file: open(path).await?, path: path.to_owned() })
    }

    /// The same for a file that has to be there.
    pub async fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { file: open_existing(path).await?, path: path.to_owned() })
    }

    pub async fn find(&self, key: &SeriesKey) -> Result<FoundSeries, StoreError> {
        let sql = "SELECT id, reading FROM recorded_series WHERE source = ?1 ORDER BY id DESC";
        let rows = self.file.rows(sql, &[BoundValue::Text(key.source.clone())]).await?;
        let mut readings = rows.iter().filter_map(|row| match row.as_slice() {
            [Cell::Int(id), Cell::Text(reading)] => Some((*id, reading.as_str())),
            _ => None,
        });
        match readings.clone().find(|(_, reading)| *reading == key.reading) {
            Some((id, _)) => {
                Ok(FoundSeries::Series(RecordedSeries { id, stretches: self.stretches(id).await? }))
            }
            None => Ok(match readings.next() {
                Some((_, reading)) => FoundSeries::OtherReading(difference(reading, &key.reading)),
                None if self.has_series().await? => FoundSeries::OtherSources,
                None => FoundSeries::Nothing,
            }),
        }
    }

    async fn has_series(&self) -> Result<bool, StoreError> {
        Ok(!self.file.rows("SELECT id FROM recorded_series LIMIT 1", &[]).await?.is_empty())
    }

    async fn stretches(&self, series: i64) -> Result<Vec<Period>, StoreError> {
        let rows = self.file.rows(STRETCHES, &[BoundValue::Int(series)]).await?;
        Ok(rows.iter().filter_map(|row| stretch(row)).collect())
    }

    /// Records the runs of the next period, as `relation` has them. All of it is kept, or nothing.
    pub async fn record(
        &self,
        key: &SeriesKey,
        next: &NextPeriod,
        (relation, session): (&Relation<'_>, &mut Session),
        (cancellation, deadline): (&Cancellation, Deadline),
    ) -> Result<Recording, StoreError> {
        let period = next.period;
        let file = OwnTransaction::begin(&self.path, None, cancellation, deadline)?;
        let read = read_in(file, TakenRows::Inside(period), relation, session).await?;
        let (id, stretches) = continued(&read.file, key)?;
        let known = known_runs(&read.file, id, period)?;
        let replaced = into_series(&read.file, id, period)?;
        write_stretches(&read.file, id, &next.after(&stretches))?;
        read.file.commit()?;
        Ok(Recording { runs: read.runs, replaced, known })
    }

    /// Deletes what was recorded of a source before `from`, however it was read; how many runs.
    pub fn delete_before(
        &self,
        source: &str,
        from: Timestamp,
        (cancellation, deadline): (&Cancellation, Deadline),
    ) -> Result<u64, StoreError> {
        let file = OwnTransaction::begin(&self.path, None, cancellation, deadline)?;
        let ids = file.rows("SELECT id FROM recorded_series WHERE source = ?1", &[Bound::Text(source)])?;
        let mut deleted = 0;
        for id in
            ids.iter().filter_map(|row| if let [Cell::Int(id)] = row.as_slice() { Some(*id) } else { None })
        {
            let sql = "DELETE FROM recorded_runs WHERE series = ?1 AND placed_us < ?2";
            deleted += file.change(sql, &[Bound::Int(id), Bound::Int(from.us())])?;
            write_stretches(&file, id, &without(&known_stretches(&file, id)?, from))?;
        }
        if deleted > 0 {
            file.script(UNUSED_TEXTS)?;
        }
        file.commit()?;
        Ok(deleted)
    }
}

const STRETCHES: &str = "SELECT start_us, end_us FROM recorded_stretches WHERE series = ?1 ORDER BY start_us";

const UNUSED_TEXTS: &str = "DELETE FROM recorded_texts WHERE id NOT IN (
    SELECT job FROM recorded_runs UNION SELECT status FROM recorded_runs WHERE status IS NOT NULL
    UNION SELECT skip_reason FROM recorded_runs WHERE skip_reason IS NOT NULL
    UNION SELECT error_line FROM recorded_runs WHERE error_line IS NOT NULL
    UNION SELECT schedule FROM recorded_runs WHERE schedule IS NOT NULL
    UNION SELECT effective_schedule FROM recorded_runs WHERE effective_schedule IS NOT NULL)";

/// The series of a key, made where there is none, and what was recorded of it.
fn continued(file: &OwnTransaction, key: &SeriesKey) -> Result<(i64, Vec<Period>), DatabaseError> {
    let values = [Bound::Text(&key.source), Bound::Text(&key.reading)];
    file.change("INSERT OR IGNORE INTO recorded_series (source, reading) VALUES (?1, ?2)", &values)?;
    let rows = file.rows("SELECT id FROM recorded_series WHERE source = ?1 AND reading = ?2", &values)?;
    let id = match rows.first().map(Vec::as_slice) {
        Some([Cell::Int(id)]) => *id,
        _ => 0,
    };
    Ok((id, known_stretches(file, id)?))
}

fn known_runs(
    file: &OwnTransaction,
    series: i64,
    Period { start, end }: Period,
) -> Result<u64, DatabaseError> {
    let sql = "SELECT COUNT(*) FROM recorded_runs WHERE series = ?1 AND placed_us >= ?2 AND placed_us < ?3";
    let rows = file.rows(sql, &[Bound::Int(series), Bound::Int(start.us()), Bound::Int(end.us())])?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Cell::Int(runs)]) => u64::try_from(*runs).unwrap_or(0),
        _ => 0,
    })
}

fn known_stretches(file: &OwnTransaction, series: i64) -> Result<Vec<Period>, DatabaseError> {
    Ok(file.rows(STRETCHES, &[Bound::Int(series)])?.iter().filter_map(|row| stretch(row)).collect())
}

fn stretch(row: &[Cell]) -> Option<Period> {
    match row {
        [Cell::Int(start), Cell::Int(end)] => Some(Period { start: Timestamp(*start), end: Timestamp(*end) }),
        _ => None,
    }
}

fn write_stretches(file: &OwnTransaction, series: i64, stretches: &[Period]) -> Result<(), DatabaseError> {
    file.change("DELETE FROM recorded_stretches WHERE series = ?1", &[Bound::Int(series)])?;
    for Period { start, end } in stretches {
        let values = [Bound::Int(series), Bound::Int(start.us()), Bound::Int(end.us())];
        file.change("INSERT INTO recorded_stretches VALUES (?1, ?2, ?3)", &values)?;
    }
    Ok(())
}

/// The first line of a reading that another has not.
fn difference(then: &str, now: &str) -> String {
    let line = then.lines().find(|line| !now.lines().any(|other| other == *line));
    line.or_else(|| then.lines().next()).unwrap_or_default().to_owned()
}
