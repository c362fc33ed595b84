//! A run as the rows of a pass have it, and where its fields stand in them.

use super::stored::{Pass, PassRows};
use crate::database::{StreamRow, UNREADABLE, UnexpectedCell};

/// The places of a pass's columns; `None` for a field that the source does not record.
#[derive(Clone, Debug)]
pub struct RunPlaces {
    pub rows: PassRows,
    /// Whether every row has a time without a zone.
    all_zoneless: bool,
    job: Option<usize>,
    run_id: Option<usize>,
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
}

/// A run as it arrives. Times: µs, `None` where there is none that can be read.
#[derive(Clone, Copy, Debug)]
pub struct StoredRun<'r> {
    pub job: Option<&'r str>,
    /// Only where the query asks for it.
    pub run_id: Option<&'r str>,
    pub started_us: Option<i64>,
    /// Whether there is a start that cannot be read.
    pub unreadable: bool,
    pub finished_us: Option<i64>,
    pub scheduled_us: Option<i64>,
    /// The status word.
    pub word: Option<&'r str>,
    pub skip_reason: Option<&'r str>,
    pub attempt: Option<i64>,
    pub error_line: Option<&'r str>,
    /// Schedule, effective schedule and offset in seconds.
    pub recorded: (Option<&'r str>, Option<&'r str>, Option<i64>),
    pub zoneless: bool,
    pub clock_change: bool,
}

impl RunPlaces {
    pub fn of(pass: &Pass) -> Self {
        let at = |name: &str| pass.place_of(name);
        Self {
            rows: pass.rows,
            all_zoneless: pass.zoneless,
            job: at("job_name"),
            run_id: at("run_id"),
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
        }
    }

    /// A native row; `None` where its start cannot be read and another pass has it.
    pub fn read<'r>(&self, row: &StreamRow<'r>) -> Result<Option<StoredRun<'r>>, UnexpectedCell> {
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

    /// The same of a row that the database has mapped.
    pub fn fields<'r>(&self, row: &StreamRow<'r>) -> Result<StoredRun<'r>, UnexpectedCell> {
        let time = |place| Ok(row.int_at(place)?.filter(|us| *us != UNREADABLE));
        let started = row.int_at(self.started)?;
        Ok(StoredRun {
            job: row.text_at(self.job)?,
            run_id: row.text_at(self.run_id)?,
            started_us: started.filter(|us| *us != UNREADABLE),
            unreadable: started == Some(UNREADABLE),
            finished_us: time(self.finished)?,
            scheduled_us: time(self.scheduled)?,
            word: row.text_at(self.word)?,
            skip_reason: row.text_at(self.skip_reason)?,
            attempt: row.int_at(self.attempt)?,
            error_line: row.text_at(self.error_line)?,
            recorded: (
                row.text_at(self.schedule)?,
                row.text_at(self.effective_schedule)?,
                row.int_at(self.stagger_offset)?,
            ),
            zoneless: self.all_zoneless || row.int_at(self.zoneless)? == Some(1),
            clock_change: row.int_at(self.clock_change)? == Some(1),
        })
    }
}
