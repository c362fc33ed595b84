//! The log of an application, line by line.

use std::sync::Arc;

use super::event::Told;
use super::lines::FileLines;
use super::note::{LogNotes, Note};
use super::rules::Rules;
use crate::source::import::fault::ReadError;

#[derive(Debug)]
pub(super) struct JobLog {
    rules: Arc<Rules>,
    pub(super) lines: FileLines,
}

impl JobLog {
    pub(super) fn new(rules: Arc<Rules>, lines: FileLines) -> Self {
        Self { rules, lines }
    }

    pub(super) fn next(&mut self, notes: &mut LogNotes) -> Result<Option<Told>, ReadError> {
        loop {
            let Some(line) = self.lines.next()? else { return Ok(None) };
            match self.rules.event(line) {
                Ok(Some(event)) => return Ok(Some(Told::Event(event))),
                Ok(None) => notes.add(Note::Unmatched, 1),
                Err(fault) => return self.lines.bad(fault).map(Some),
            }
        }
    }
}
