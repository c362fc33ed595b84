//! From the cells of a line to a run.

use std::borrow::Cow;

use super::fault::Fault;
use super::time::instant;
use crate::clock::Timestamp;
use crate::run::{Field, Run, Status};

/// The longest text, in characters, of every column but `error_message`.
const LONGEST_TEXT: usize = 1_000;

/// The cells of one line by column; what is absent or empty is `None`.
#[derive(Debug, Default)]
pub(super) struct LineCells<'a>([Option<Cow<'a, str>>; Field::STORED.len()]);

impl<'a> LineCells<'a> {
    /// Puts a cell in its place; an empty one stays absent.
    pub(super) fn set(&mut self, column: Field, text: Cow<'a, str>) {
        self.0[column as usize] = Some(text).filter(|text| !text.is_empty());
    }

    fn get(&self, column: Field) -> Option<&str> {
        self.0[column as usize].as_deref()
    }

    fn required(&self, column: Field) -> Result<&str, Fault> {
        self.get(column).ok_or(Fault::Missing(column))
    }

    /// The run, if the cells are one.
    pub(super) fn run(&self) -> Result<Run, Fault> {
        let job_name = text(Field::JobName, self.required(Field::JobName)?)?;
        let started_at = instant(Field::StartedAt, self.required(Field::StartedAt)?)?;
        let status = self.required(Field::Status)?;
        let status = Status::from_word(status).ok_or_else(|| Fault::Status(status.to_owned()))?;
        let skip_reason = self.text(Field::SkipReason)?;
        if let Some(reason) = skip_reason.as_ref().filter(|_| status != Status::Skipped) {
            return Err(Fault::SkipReason { reason: reason.clone(), status });
        }
        Ok(Run {
            run_id: self.text(Field::RunId)?,
            job_name,
            scheduled_at: self.instant(Field::ScheduledAt)?,
            started_at,
            finished_at: self.instant(Field::FinishedAt)?,
            status,
            skip_reason,
            error_message: self.text(Field::ErrorMessage)?,
            worker: self.text(Field::Worker)?,
            attempt: self.number(Field::Attempt, 0)?,
            schedule: self.text(Field::Schedule)?,
            effective_schedule: self.text(Field::EffectiveSchedule)?,
            stagger_offset_s: self.number(Field::StaggerOffsetS, i32::MIN)?,
        })
    }

    fn text(&self, column: Field) -> Result<Option<String>, Fault> {
        self.get(column).map(|cell| text(column, cell)).transpose()
    }

    fn instant(&self, column: Field) -> Result<Option<Timestamp>, Fault> {
        self.get(column).map(|cell| instant(column, cell)).transpose()
    }

    fn number(&self, column: Field, least: i32) -> Result<Option<i32>, Fault> {
        let Some(cell) = self.get(column) else { return Ok(None) };
        let number = cell.parse().ok().filter(|number| *number >= least);
        number.map(Some).ok_or_else(|| Fault::Number { column, text: cell.to_owned(), least, most: i32::MAX })
    }
}

/// A text that every database can hold, unchanged.
pub(super) fn text(column: Field, cell: &str) -> Result<String, Fault> {
    if cell.contains('\0') {
        return Err(Fault::Nul(column));
    }
    // Bytes are counted first because characters cannot be more.
    if column != Field::ErrorMessage && cell.len() > LONGEST_TEXT {
        let found = cell.chars().count();
        if found > LONGEST_TEXT {
            return Err(Fault::Long { column, found, most: LONGEST_TEXT });
        }
    }
    Ok(cell.to_owned())
}
