//! Logs of one kind, read as one: a run may begin in one file and end in the next.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::event::LogEntry;
use super::job_log::JobLog;
use super::journald::{self, Journald};
use super::kubernetes::{self, Kubernetes};
use super::lines::FileLines;
use super::note::LogNotes;
use super::pairing::Pairing;
use super::rules::LogRules;
use crate::clock::Timestamp;
use crate::run::IdentifiedRun;
use crate::source::import::fault::{BadLine, ReadError};
use crate::source::import::ordinal::{Forgotten, Ordinals};

/// What kind of log it is.
#[derive(Clone, Debug)]
pub(in crate::source::import) enum LogKind {
    JobLog(Arc<LogRules>),
    Journald,
    Kubernetes,
}

#[derive(Debug)]
pub struct LogFiles {
    kind: LogKind,
    files: Vec<PathBuf>,
    size_bytes: u64,
    lines: LogLines,
    pairing: Pairing,
    notes: LogNotes,
    is_read: bool,
}

#[derive(Debug)]
enum LogLines {
    JobLog(JobLog),
    Journald(Journald),
    Kubernetes(Kubernetes),
}

impl LogLines {
    fn open(kind: &LogKind, files: &[PathBuf], notes: &mut LogNotes) -> Result<Self, ReadError> {
        let lines = || FileLines::of(files);
        Ok(match kind {
            LogKind::JobLog(rules) => Self::JobLog(JobLog::new(Arc::clone(rules), lines())),
            LogKind::Journald => Self::Journald(Journald::new(lines())),
            LogKind::Kubernetes => Self::Kubernetes(Kubernetes::read(files, notes)?),
        })
    }

    fn next(&mut self, notes: &mut LogNotes) -> Result<Option<LogEntry>, ReadError> {
        match self {
            Self::JobLog(lines) => lines.next(notes),
            Self::Journald(lines) => lines.next(notes),
            Self::Kubernetes(events) => Ok(events.next()),
        }
    }

    /// The time of the first line that tells of a run.
    fn first(mut self) -> Result<Option<Timestamp>, ReadError> {
        loop {
            match self.next(&mut LogNotes::default())? {
                Some(LogEntry::Event(event)) => return Ok(Some(event.at)),
                Some(LogEntry::Bad(_)) => {}
                None => return Ok(None),
            }
        }
    }
}

impl LogFiles {
    /// Files are read in the order of their first lines, so that rotated ones may be given in any.
    pub(in crate::source::import) fn open(kind: LogKind, mut files: Vec<PathBuf>) -> Result<Self, ReadError> {
        if files.len() > 1 {
            files = in_order(&kind, files)?;
        }
        let mut size_bytes = 0;
        for file in &files {
            let failed = |source| ReadError::Io { file: file.clone(), source };
            size_bytes += std::fs::metadata(file).map_err(failed)?.len();
        }
        let mut notes = LogNotes::default();
        let lines = LogLines::open(&kind, &files, &mut notes)?;
        Ok(Self { kind, files, size_bytes, lines, pairing: Pairing::new(), notes, is_read: false })
    }

    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    pub fn read_bytes(&self) -> u64 {
        match &self.lines {
            LogLines::JobLog(log) => log.lines.read_bytes(),
            LogLines::Journald(journal) => journal.lines.read_bytes(),
            LogLines::Kubernetes(_) => self.size_bytes,
        }
    }

    /// What became no run; complete once everything was read.
    pub fn notes(&self) -> &LogNotes {
        &self.notes
    }

    /// The next run, or the next line that tells of one and is wrong; `None` at the end. Runs come as they end,
    /// then those that did not.
    ///
    /// # Errors
    /// When reading cannot go on.
    #[allow(clippy::should_implement_trait)] // an iterator would fold the two kinds of error into one
    pub fn next(&mut self) -> Result<Option<Result<IdentifiedRun, BadLine>>, ReadError> {
        while !self.is_read {
            match self.lines.next(&mut self.notes)? {
                None => self.end(),
                Some(LogEntry::Bad(bad)) => return Ok(Some(Err(bad))),
                Some(LogEntry::Event(event)) => {
                    let taken = match self.pairing.take(event.clone(), &mut self.notes) {
                        Err(Forgotten) => {
                            self.pairing.count_with(self.count_again()?);
                            self.pairing.take(event, &mut self.notes).unwrap_or_default()
                        }
                        Ok(taken) => taken,
                    };
                    if let Some(run) = taken {
                        return Ok(Some(Ok(run)));
                    }
                }
            }
        }
        Ok(self.pairing.rest().map(Ok))
    }

    fn end(&mut self) {
        self.is_read = true;
        match &self.kind {
            LogKind::JobLog(rules) => {
                self.pairing.finish(&mut self.notes);
                self.notes.limits(rules.known_limits());
            }
            LogKind::Journald => self.notes.limits(&journald::LIMITS),
            LogKind::Kubernetes => {
                self.pairing.finish(&mut self.notes);
                self.notes.limits(&kubernetes::LIMITS);
            }
        }
    }

    /// Counts the starts so far from the beginning.
    fn count_again(&self) -> Result<Ordinals, ReadError> {
        let mut ordinals = Ordinals::complete();
        let mut notes = LogNotes::default();
        let mut lines = LogLines::open(&self.kind, &self.files, &mut notes)?;
        let mut left = self.pairing.numbered_starts();
        while left > 0 {
            let Some(told) = lines.next(&mut notes)? else { break };
            if let LogEntry::Event(event) = &told
                && let Some((job, at)) = Pairing::numbered(event)
            {
                left -= 1;
                // A complete count forgets nothing.
                let _ = ordinals.next(job, at);
            }
        }
        Ok(ordinals)
    }
}

fn in_order(kind: &LogKind, files: Vec<PathBuf>) -> Result<Vec<PathBuf>, ReadError> {
    let first = |file: &Path| {
        let file = [file.to_owned()];
        LogLines::open(kind, &file, &mut LogNotes::default())?.first()
    };
    let mut timed = Vec::new();
    for file in files {
        timed.push((first(&file)?, file));
    }
    timed.sort_by_key(|(first, _)| *first);
    Ok(timed.into_iter().map(|(_, file)| file).collect())
}
