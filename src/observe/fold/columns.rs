//! Where the fields of a run stand in the rows of a pass.

use crate::database::{StreamColumn, StreamRow, UNREADABLE, UnexpectedCell};
use crate::mapping::StatusMeaning;
use crate::run::Status;
use crate::source::relation::{Pass, PassRows};
use crate::window::Side;

/// The places of a pass's columns; `None` for a field that the source does not record.
#[derive(Clone, Debug)]
pub(in crate::observe) struct Places {
    rows: PassRows,
    sides: Vec<Side>,
    /// Whether every row has a time without a zone.
    all_zoneless: bool,
    job: Option<usize>,
    started: Option<usize>,
    finished: Option<usize>,
    scheduled: Option<usize>,
    word: Option<usize>,
    skip_reason: Option<usize>,
    attempt: Option<usize>,
    error_line: Option<usize>,
    schedule: Option<usize>,
    effective_schedule: Option<usize>,
    stagger_offset: Option<usize>,
    zoneless: Option<usize>,
    clock_change: Option<usize>,
    window: Option<usize>,
    in_scope: Option<usize>,
    status: Option<usize>,
    placed: Option<usize>,
}

/// A row as it arrives. Times: µs, `None` where there is none that can be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreamedRow<'r> {
    pub(super) job: Option<&'r str>,
    pub(super) started_us: Option<i64>,
    /// Whether there is a start that cannot be read.
    pub(super) unreadable: bool,
    pub(super) finished_us: Option<i64>,
    pub(super) scheduled_us: Option<i64>,
    /// The status word.
    pub(super) word: Option<&'r str>,
    pub(super) skip_reason: Option<&'r str>,
    pub(super) attempt: Option<i64>,
    pub(super) error_line: Option<&'r str>,
    /// Schedule, effective schedule and offset in seconds.
    pub(super) recorded: (Option<&'r str>, Option<&'r str>, Option<i64>),
    pub(super) zoneless: bool,
    pub(super) clock_change: bool,
}

/// A row of `source_runs`.
pub(super) struct MappedRow<'r> {
    pub(super) side: Side,
    pub(super) in_scope: bool,
    pub(super) meaning: Option<StatusMeaning>,
    pub(super) placed_us: Option<i64>,
    pub(super) row: StreamedRow<'r>,
}

impl Places {
    pub(in crate::observe) fn of(pass: &Pass) -> Self {
        let at = |name: &str| pass.columns.iter().position(|column: &StreamColumn| column.name == name);
        Self {
            rows: pass.rows,
            sides: pass.sides.clone(),
            all_zoneless: pass.zoneless,
            job: at("job_name"),
            started: at("started_us"),
            finished: at("finished_us"),
            scheduled: at("scheduled_us"),
            word: at("status_word"),
            skip_reason: at("skip_reason"),
            attempt: at("attempt"),
            error_line: at("error_line"),
            schedule: at("schedule"),
            effective_schedule: at("effective_schedule"),
            stagger_offset: at("stagger_offset_s"),
            zoneless: at("zoneless"),
            clock_change: at("clock_change"),
            window: at("window_id"),
            in_scope: at("in_scope"),
            status: at("status"),
            placed: at("placed_us"),
        }
    }

    pub(super) fn is_mapped(&self) -> bool {
        self.rows == PassRows::Mapped
    }

    /// The windows that a row may belong to.
    pub(super) fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// A native row; `None` where its start cannot be read and another pass has it.
    pub(super) fn read<'r>(&self, row: &StreamRow<'r>) -> Result<Option<StreamedRow<'r>>, UnexpectedCell> {
        let mut read = self.fields(row)?;
        match (self.rows, read.started_us) {
            (PassRows::Started, Some(_)) => {}
            (PassRows::Started, None) => return Ok(None),
            (_, started) => {
                read.unreadable |= started.is_some();
                read.started_us = None;
            }
        }
        Ok(Some(read))
    }

    pub(super) fn read_mapped<'r>(&self, row: &StreamRow<'r>) -> Result<MappedRow<'r>, UnexpectedCell> {
        let read = self.fields(row)?;
        let meaning = match text(row, self.status)? {
            Some("open") => Some(StatusMeaning::Open),
            Some(word) => match Status::from_word(word) {
                Some(status) => Some(StatusMeaning::Is(status)),
                None => return Err(row.unexpected(self.status.unwrap_or(0), "one of the six words")),
            },
            None => None,
        };
        let side =
            if int(row, self.window)? == Some(Side::Baseline.id()) { Side::Baseline } else { Side::Stagger };
        let in_scope = int(row, self.in_scope)? == Some(1);
        Ok(MappedRow { side, in_scope, meaning, placed_us: int(row, self.placed)?, row: read })
    }

    fn fields<'r>(&self, row: &StreamRow<'r>) -> Result<StreamedRow<'r>, UnexpectedCell> {
        let time = |place| Ok(int(row, place)?.filter(|us| *us != UNREADABLE));
        let started = int(row, self.started)?;
        Ok(StreamedRow {
            job: text(row, self.job)?,
            started_us: started.filter(|us| *us != UNREADABLE),
            unreadable: started == Some(UNREADABLE),
            finished_us: time(self.finished)?,
            scheduled_us: time(self.scheduled)?,
            word: text(row, self.word)?,
            skip_reason: text(row, self.skip_reason)?,
            attempt: int(row, self.attempt)?,
            error_line: text(row, self.error_line)?,
            recorded: (
                text(row, self.schedule)?,
                text(row, self.effective_schedule)?,
                int(row, self.stagger_offset)?,
            ),
            zoneless: self.all_zoneless || int(row, self.zoneless)? == Some(1),
            clock_change: int(row, self.clock_change)? == Some(1),
        })
    }
}

fn int(row: &StreamRow<'_>, place: Option<usize>) -> Result<Option<i64>, UnexpectedCell> {
    place.map_or(Ok(None), |place| row.optional_int(place))
}

fn text<'r>(row: &StreamRow<'r>, place: Option<usize>) -> Result<Option<&'r str>, UnexpectedCell> {
    place.map_or(Ok(None), |place| row.optional_text(place))
}
