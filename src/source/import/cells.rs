//! From the cells of a line to a run.

use std::borrow::Cow;

use super::column::Column;
use super::fault::Fault;
use super::time::instant;
use crate::clock::Timestamp;
use crate::run::{Run, Status};

/// The longest text, in characters, of every column but `error_message`.
const LONGEST_TEXT: usize = 1_000;

/// The cells of one line by column; what is absent or empty is `None`.
#[derive(Debug, Default)]
pub(super) struct Cells<'a>([Option<Cow<'a, str>>; Column::COUNT]);

impl<'a> Cells<'a> {
    /// Puts a cell in its place; an empty one stays absent.
    pub(super) fn set(&mut self, column: Column, text: Cow<'a, str>) {
        self.0[column as usize] = Some(text).filter(|text| !text.is_empty());
    }

    fn get(&self, column: Column) -> Option<&str> {
        self.0[column as usize].as_deref()
    }

    fn required(&self, column: Column) -> Result<&str, Fault> {
        self.get(column).ok_or(Fault::Missing(column))
    }

    /// The run, if the cells are one.
    pub(super) fn run(&self) -> Result<Run, Fault> {
        let job_name = text(Column::JobName, self.required(Column::JobName)?)?;
        let started_at = instant(Column::StartedAt, self.required(Column::StartedAt)?)?;
        let status = self.required(Column::Status)?;
        let status = Status::from_word(status).ok_or_else(|| Fault::Status(status.to_owned()))?;
        let skip_reason = self.text(Column::SkipReason)?;
        if let Some(reason) = skip_reason.as_ref().filter(|_| status != Status::Skipped) {
            return Err(Fault::SkipReason { reason: reason.clone(), status });
        }
        Ok(Run {
            run_id: self.text(Column::RunId)?,
            job_name,
            scheduled_at: self.instant(Column::ScheduledAt)?,
            started_at,
            finished_at: self.instant(Column::FinishedAt)?,
            status,
            skip_reason,
            error_message: self.text(Column::ErrorMessage)?,
            worker: self.text(Column::Worker)?,
            attempt: self.number(Column::Attempt, 0)?,
            schedule: self.text(Column::Schedule)?,
            effective_schedule: self.text(Column::EffectiveSchedule)?,
            stagger_offset_s: self.number(Column::StaggerOffsetS, i32::MIN)?,
        })
    }

    fn text(&self, column: Column) -> Result<Option<String>, Fault> {
        self.get(column).map(|cell| text(column, cell)).transpose()
    }

    fn instant(&self, column: Column) -> Result<Option<Timestamp>, Fault> {
        self.get(column).map(|cell| instant(column, cell)).transpose()
    }

    fn number(&self, column: Column, least: i32) -> Result<Option<i32>, Fault> {
        let Some(cell) = self.get(column) else { return Ok(None) };
        let number = cell.parse().ok().filter(|number| *number >= least);
        number.map(Some).ok_or_else(|| Fault::Number { column, text: cell.to_owned(), least, most: i32::MAX })
    }
}

/// A text that every database can hold, unchanged.
fn text(column: Column, cell: &str) -> Result<String, Fault> {
    if cell.contains('\0') {
        return Err(Fault::Nul(column));
    }
    // Bytes are counted first because characters cannot be more.
    if column != Column::ErrorMessage && cell.len() > LONGEST_TEXT {
        let found = cell.chars().count();
        if found > LONGEST_TEXT {
            return Err(Fault::Long { column, found, most: LONGEST_TEXT });
        }
    }
    Ok(cell.to_owned())
}
