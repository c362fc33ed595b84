//! Rows of a source on their way into a file: read as they are stored, written as they arrive.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::database::{Bound, DatabaseError, OwnTransaction, Session, StreamPart, StreamRow, Taker};
use crate::mapping::{StatusMeaning, StatusWords};
use crate::run::Status;
use crate::source::relation::{Column, POSSIBLE, Pass, Query, ReadRange, Reads, Relation, RunPlaces};
use crate::window::{Period, Side};

/// What a source is asked for. The text is only its question: rows are read as they are stored.
const RECORD: Query = Query {
    name: "record",
    text: "-- Which runs of past periods does the table still hold?\n",
    reads: Reads::StoredRows,
    columns: &[Column::RunId],
    parameters: &[],
};

/// Where the rows wait until all are read. The first columns are those by which a row is found again.
pub(super) const TABLE: &str = "CREATE TEMP TABLE incoming (
    job TEXT, run_key INTEGER NOT NULL, placed_us INTEGER, started_us INTEGER, is_unreadable INTEGER,
    finished_us INTEGER, scheduled_us INTEGER, status TEXT, skip_reason TEXT, attempt INTEGER, error_line TEXT,
    schedule TEXT, effective_schedule TEXT, stagger_offset_s INTEGER, is_zoneless INTEGER, is_clock_change INTEGER)";

const INSERT: &str = "INSERT INTO temp.incoming VALUES
    (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";

/// Which rows are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TakenRows {
    /// Those of a period that have not only been planned: what is kept.
    Inside(Period),
    /// The same of whatever has no time that says where it belongs: what one report reads.
    InsideOrUnplaced(Period),
}

/// Takes in the rows of all passes.
pub(super) struct Incoming {
    pub(super) file: OwnTransaction,
    statuses: StatusWords,
    taken: TakenRows,
    passes: Vec<RunPlaces>,
    pub(super) runs: u64,
}

impl Taker for Incoming {
    type Error = DatabaseError;

    fn take(&mut self, pass: usize, row: &StreamRow<'_>) -> Result<(), DatabaseError> {
        let Some(places) = self.passes.get(pass) else { return Ok(()) };
        let Some(run) = places.read(row)? else { return Ok(()) };
        let meaning = self.statuses.meaning(run.word);
        let placed = run.started_us.or_else(|| match meaning {
            Some(meaning) if !run.unreadable && meaning != StatusMeaning::Is(Status::Running) => {
                run.scheduled_us.or(run.finished_us)
            }
            _ => None,
        });
        if !self.taken.takes(placed, meaning) {
            return Ok(());
        }
        let possible =
            |us: &i64| placed.is_none_or(|placed| us.abs_diff(placed) <= POSSIBLE.us().unsigned_abs());
        let fails = meaning
            .is_none_or(|meaning| matches!(meaning, StatusMeaning::Is(Status::Failed | Status::Timeout)));
        let flag = |is: bool| Bound::from(is.then_some(1));
        let (schedule, effective_schedule, stagger_offset) = run.recorded;
        let values = [
            run.job.into(),
            Bound::Int(run.run_id.map_or(0, run_key)),
            placed.into(),
            run.started_us.into(),
            flag(run.unreadable),
            run.finished_us.filter(possible).into(),
            run.scheduled_us.filter(possible).into(),
            run.word.into(),
            run.skip_reason.into(),
            run.attempt.into(),
            run.error_line.filter(|_| fails).into(),
            schedule.into(),
            effective_schedule.into(),
            stagger_offset.into(),
            flag(run.zoneless),
            flag(run.clock_change),
        ];
        self.runs += self.file.change(INSERT, &values)?;
        Ok(())
    }
}

impl TakenRows {
    const fn period(self) -> Period {
        match self {
            Self::Inside(period) | Self::InsideOrUnplaced(period) => period,
        }
    }

    fn takes(self, placed: Option<i64>, meaning: Option<StatusMeaning>) -> bool {
        let inside = |period: Period| placed.is_some_and(|us| period.contains(Timestamp(us)));
        match self {
            Self::Inside(period) => inside(period) && meaning != Some(StatusMeaning::Open),
            Self::InsideOrUnplaced(period) => inside(period) || placed.is_none(),
        }
    }
}

/// A number in place of a `run_id`, never 0: two of one job are the same where their numbers are.
fn run_key(run_id: &str) -> i64 {
    let digest = Sha256::digest(run_id.as_bytes());
    let bytes = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    i64::try_from(bytes >> 1).unwrap_or(i64::MAX).max(1)
}

/// Reads the rows of a period, through `relation` as they are stored, into the table `incoming` of `file`.
pub(super) async fn read_in(
    file: OwnTransaction,
    taken: TakenRows,
    relation: &Relation<'_>,
    session: &mut Session,
) -> Result<Incoming, DatabaseError> {
    file.script(TABLE)?;
    let mapping = relation.mapping.to_keep();
    let statuses = relation.mapping.statuses.clone();
    let relation = Relation { mapping: &mapping, ..relation.clone() };
    let mut ranges = vec![range(taken.period())];
    relation.find_keys(&mut ranges, session).await?;
    let passes = relation.passes(&RECORD, &ranges);
    let part = |(pass, read): (usize, &Pass)| StreamPart {
        statement: read.statement(),
        columns: Arc::from(read.columns.as_slice()),
        pass,
    };
    let parts = passes.iter().enumerate().map(part).collect();
    let columns = passes.iter().map(RunPlaces::of).collect();
    let incoming = Incoming { file, statuses, taken, passes: columns, runs: 0 };
    let shown = relation.statement(&ranges, &RECORD, BTreeMap::new(), &[]);
    let read = session.read_parts(RECORD.name, shown, parts, vec![incoming]).await?;
    read.into_iter().next().ok_or(DatabaseError::Cancelled { query: RECORD.name.to_owned() })
}

fn range(Period { start, end }: Period) -> ReadRange {
    ReadRange {
        window_id: Side::Stagger.id(),
        name: "period".to_owned(),
        from: start,
        until: end,
        keys: None,
        has_startless: true,
        end,
        condition: None,
        observed: vec![Period { start, end }],
        punctual: Arc::default(),
    }
}
