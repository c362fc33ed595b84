//! The log of an application, line by line.

use std::sync::Arc;

use super::event::LogEntry;
use super::lines::FileLines;
use super::note::{LogNotes, Note};
use super::rules::LogRules;
use crate::source::import::fault::ReadError;

#[derive(Debug)]
pub(super) struct JobLog {
    rules: Arc<LogRules>,
    pub(super) lines: FileLines,
}

impl JobLog {
    pub(super) fn new(rules: Arc<LogRules>, lines: FileLines) -> Self {
        Self { rules, lines }
    }

    pub(super) fn next(&mut self, notes: &mut LogNotes) -> Result<Option<LogEntry>, ReadError> {
        loop {
            let line = match self.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(None),
                Err(ReadError::LongLine { .. }) => return self.lines.too_long().map(Some),
                Err(error) => return Err(error),
            };
            match self.rules.event(line) {
                Ok(Some(event)) => return Ok(Some(LogEntry::Event(event))),
                Ok(None) => notes.add(Note::Unmatched, 1),
                Err(fault) => return self.lines.bad(fault).map(Some),
            }
        }
    }
}
