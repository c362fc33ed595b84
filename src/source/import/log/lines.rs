//! The lines of several files as if they were one.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::event::LogEntry;
use crate::source::import::fault::{BadLine, Fault, ReadError};
use crate::source::import::lines::{Lines, without_end};

#[derive(Debug)]
pub(super) struct FileLines {
    waiting: VecDeque<PathBuf>,
    open: Option<(PathBuf, Lines)>,
    line: Vec<u8>,
    /// Of the files that were read to their end.
    bytes: u64,
}

impl FileLines {
    pub(super) fn of(files: &[PathBuf]) -> Self {
        Self { waiting: files.iter().cloned().collect(), open: None, line: Vec::new(), bytes: 0 }
    }

    /// The next line that is not blank, without its end.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, ReadError> {
        loop {
            if self.open.is_none() {
                let Some(file) = self.waiting.pop_front() else { return Ok(None) };
                let lines = Lines::open(&file)?;
                self.open = Some((file, lines));
            }
            let Some((_, lines)) = &mut self.open else { return Ok(None) };
            self.line.clear();
            if !lines.append(&mut self.line)? {
                self.bytes += lines.bytes();
                self.open = None;
            } else if !self.line.trim_ascii().is_empty() {
                return Ok(Some(without_end(&self.line)));
            }
        }
    }

    /// Leaves out the line that was too long to read.
    pub(super) fn too_long(&mut self) -> Result<LogEntry, ReadError> {
        if let Some((_, lines)) = &mut self.open {
            lines.skip_line()?;
        }
        self.bad(Fault::LongLine)
    }

    /// Bytes of the files that were read so far, as they are on disk.
    pub(super) fn read_bytes(&self) -> u64 {
        self.bytes + self.open.as_ref().map_or(0, |(_, lines)| lines.bytes())
    }

    /// The line that was read last, which tells of a run and is wrong.
    ///
    /// # Errors
    /// When every other line would be wrong in the same way.
    pub(super) fn bad(&self, fault: Fault) -> Result<LogEntry, ReadError> {
        let (file, line) = match &self.open {
            Some((file, lines)) => (file.clone(), lines.line),
            None => (PathBuf::new(), 0),
        };
        let is_of_all = matches!(fault, Fault::NoZone(_));
        let bad = BadLine { file, line, fault };
        if is_of_all { Err(bad.into()) } else { Ok(LogEntry::Bad(bad)) }
    }
}
