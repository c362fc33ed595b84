//! What systemd tells of its services, as `journalctl -o json` writes it.
//!
//! Messages have an id (`man systemd.journal-fields`, and the catalogue that `journalctl --catalog` shows); an
//! invocation of a service has one, too, which is in all its lines.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::event::{Alone, Begin, End, Event, LogEntry, Tells};
use super::lines::FileLines;
use super::note::{LogNotes, Note};
use crate::clock::Timestamp;
use crate::run::{Field, Status};
use crate::source::import::cells::text;
use crate::source::import::fault::{Fault, ReadError};
use crate::source::import::time::is_storable;

const STARTING: &str = "7d4958e842da4a758f6c1cdc7b36dcc5";
/// A job of systemd's own that ended well: of a service that stays, or of one that has already ended.
const STARTED: &str = "39f53479d3a045ac8e11786248231fbf";
const START_FAILED: &str = "be02cf6855d2428ba40df7e9d022f03d";
const STOPPING: &str = "de5b426a63be47a7b6ac3eaac82e2f6f";
const PROCESS_EXIT: &str = "98e322203f7a4ed290d09fe03c09fe15";
const SUCCESS: &str = "7ad2d189f7e94e70a38c781354912448";
const FAILURE_RESULT: &str = "d9b373ed55a64feb8242e02dbe79a49c";
/// By a condition of the service's own (`ExecCondition=`).
const SKIPPED: &str = "0e4284a0caca4bfc81c0bb6786972673";

pub(super) const LIMITS: [&str; 3] = [
    "a journal does not say which services a timer starts: every service in it is a job; select with journalctl -u",
    "no scheduled time is recorded",
    "systemd before version 240 does not say when a service ended",
];

/// The fields of an entry that matter. A field may be repeated or no text: such a one is left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct JournalEntry {
    #[serde(rename = "__REALTIME_TIMESTAMP")]
    at: Text,
    #[serde(rename = "MESSAGE_ID")]
    message_id: Text,
    #[serde(rename = "MESSAGE")]
    message: Text,
    #[serde(rename = "UNIT")]
    unit: Text,
    #[serde(rename = "USER_UNIT")]
    user_unit: Text,
    #[serde(rename = "INVOCATION_ID")]
    invocation: Text,
    #[serde(rename = "USER_INVOCATION_ID")]
    user_invocation: Text,
    #[serde(rename = "UNIT_RESULT")]
    result: Text,
    #[serde(rename = "JOB_RESULT")]
    job_result: Text,
    #[serde(rename = "EXIT_CODE")]
    exit_code: Text,
    #[serde(rename = "EXIT_STATUS")]
    exit_status: Text,
    #[serde(rename = "_HOSTNAME")]
    host: Text,
}

/// Text, or anything else, which counts as absent.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "serde_json::Value")]
struct Text(Option<String>);

impl From<serde_json::Value> for Text {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::String(text) => Self(Some(text)),
            serde_json::Value::Number(number) => Self(Some(number.to_string())),
            _ => Self(None),
        }
    }
}

impl Text {
    fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// A service, since its last start.
#[derive(Debug, Default)]
struct ServiceState {
    /// Of the run that is open, or of the last one.
    invocation: Option<String>,
    is_open: bool,
    is_stopped: bool,
    exit: Option<String>,
}

#[derive(Debug)]
pub(in crate::source::import) struct Journald {
    pub(super) lines: FileLines,
    services: BTreeMap<String, ServiceState>,
}

impl Journald {
    pub(super) fn new(lines: FileLines) -> Self {
        Self { lines, services: BTreeMap::new() }
    }

    /// Whether a line is an entry of a journal.
    pub(in crate::source::import) fn is_entry(line: &[u8]) -> bool {
        serde_json::from_slice::<JournalEntry>(line).is_ok_and(|entry| entry.at.get().is_some())
    }

    pub(super) fn next(&mut self, notes: &mut LogNotes) -> Result<Option<LogEntry>, ReadError> {
        loop {
            let line = match self.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(None),
                Err(ReadError::LongLine { .. }) => return self.lines.too_long().map(Some),
                Err(error) => return Err(error),
            };
            let told = match serde_json::from_slice::<JournalEntry>(line) {
                Ok(entry) => tell(&mut self.services, &entry, notes),
                Err(error) => Err(Fault::Json(format!("not an entry of a journal: {error}"))),
            };
            match told {
                Ok(Some(event)) => return Ok(Some(LogEntry::Event(event))),
                Ok(None) => {}
                Err(fault) => return self.lines.bad(fault).map(Some),
            }
        }
    }
}

fn tell(
    services: &mut BTreeMap<String, ServiceState>,
    entry: &JournalEntry,
    notes: &mut LogNotes,
) -> Result<Option<Event>, Fault> {
    let unit = entry.unit.get().or(entry.user_unit.get()).and_then(|unit| unit.strip_suffix(".service"));
    let (Some(unit), Some(message)) = (unit, entry.message_id.get()) else {
        notes.add(Note::Unmatched, 1);
        return Ok(None);
    };
    let job = text(Field::JobName, unit)?;
    let service = services.entry(job.clone()).or_default();
    let Some(tells) = service.tells(entry, message, notes)? else { return Ok(None) };
    Ok(Some(Event { at: at(entry)?, is_whole: false, job: Some(job), id: service.invocation.clone(), tells }))
}

fn at(entry: &JournalEntry) -> Result<Timestamp, Fault> {
    let written = entry.at.get().unwrap_or_default();
    let at = written.parse().ok().map(Timestamp).filter(|at| is_storable(*at));
    at.ok_or_else(|| Fault::LogTime(written.to_owned()))
}

impl ServiceState {
    fn tells(
        &mut self,
        entry: &JournalEntry,
        message: &str,
        notes: &mut LogNotes,
    ) -> Result<Option<Tells>, Fault> {
        let told = entry.message.get().unwrap_or_default();
        Ok(match message {
            STARTED if is_skipped(told) => Some(Tells::End(end(Status::Skipped, entry)?)),
            STARTING => self.start(entry)?,
            // A service that stays after its process has ended.
            STARTED if told.starts_with("Finished") && self.is_open => self.end(Status::Success, entry)?,
            // A service without a phase of starting, unless it has ended already.
            STARTED if !told.starts_with("Finished") => self.start(entry)?,
            PROCESS_EXIT => {
                self.exit = exit(entry);
                None
            }
            STOPPING => {
                self.is_stopped = true;
                None
            }
            SUCCESS => {
                let status = if self.is_stopped { Status::Cancelled } else { Status::Success };
                self.end(status, entry)?
            }
            FAILURE_RESULT => {
                let is_late = matches!(entry.result.get(), Some("timeout" | "watchdog"));
                self.end(if is_late { Status::Timeout } else { Status::Failed }, entry)?
            }
            SKIPPED => self.end(Status::Skipped, entry)?,
            START_FAILED if self.is_open => self.end(Status::Failed, entry)?,
            START_FAILED => {
                // The reason was told by the line before, unless nothing was run at all.
                let is_known = self.invocation.is_some() && self.invocation.as_deref() == invocation(entry);
                notes.add(Note::NeverStarted, u64::from(!is_known));
                None
            }
            _ => None,
        })
    }

    fn start(&mut self, entry: &JournalEntry) -> Result<Option<Tells>, Fault> {
        let invocation = invocation(entry).map(str::to_owned);
        // One line says that it starts, another that it did.
        if invocation.is_some() && invocation == self.invocation || invocation.is_none() && self.is_open {
            return Ok(None);
        }
        *self = Self { invocation: invocation.clone(), is_open: true, ..Self::default() };
        let worker = entry.host.get().map(|host| text(Field::Worker, host)).transpose()?;
        Ok(Some(Tells::Start(Begin { run_id: invocation, worker, ..Begin::default() })))
    }

    fn end(&mut self, status: Status, entry: &JournalEntry) -> Result<Option<Tells>, Fault> {
        if let Some(invocation) = invocation(entry) {
            self.invocation = Some(invocation.to_owned());
        }
        self.is_open = false;
        let exit = self.exit.take();
        let result = entry.result.get().or(entry.job_result.get());
        let error = match status {
            Status::Failed | Status::Timeout => {
                let parts: Vec<&str> = result.into_iter().chain(exit.as_deref()).collect();
                Some(text(Field::ErrorMessage, &parts.join(": "))?).filter(|error| !error.is_empty())
            }
            _ => None,
        };
        let alone = Alone::Nothing;
        Ok(Some(Tells::End(End { error, alone, ..end(status, entry)? })))
    }
}

/// A condition of the unit did not hold, so that nothing was run.
fn is_skipped(message: &str) -> bool {
    message.starts_with("Condition check resulted in") || message.contains(" was skipped because ")
}

fn end(status: Status, entry: &JournalEntry) -> Result<End, Fault> {
    let worker = entry.host.get().map(|host| text(Field::Worker, host)).transpose()?;
    let reason = (status == Status::Skipped).then(|| "condition".to_owned());
    let begin = Begin { worker, ..Begin::default() };
    Ok(End { status, duration: None, error: None, skip_reason: reason, alone: Alone::Moment, begin })
}

fn invocation(entry: &JournalEntry) -> Option<&str> {
    entry.invocation.get().or(entry.user_invocation.get()).filter(|id| !id.is_empty())
}

/// `exited 1`, `killed 9`.
fn exit(entry: &JournalEntry) -> Option<String> {
    let (code, status) = (entry.exit_code.get()?, entry.exit_status.get()?);
    (code != "exited" || status != "0").then(|| format!("{code} {status}"))
}
