//! What a log tells at an instant.

use crate::clock::{Span, Timestamp};
use crate::run::Status;
use crate::source::import::fault::BadLine;

/// One line about a run.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) at: Timestamp,
    /// Whether the time has no fraction of a second.
    pub(super) is_whole: bool,
    /// Absent where the id tells the run.
    pub(super) job: Option<String>,
    /// What the lines of a run have in common.
    pub(super) id: Option<String>,
    pub(super) tells: Tells,
}

#[derive(Clone, Debug)]
pub(super) enum Tells {
    Start(Begin),
    End(End),
}

/// What a start tells beside its time.
#[derive(Clone, Debug, Default)]
pub(super) struct Begin {
    /// Unique among all runs ever.
    pub(super) run_id: Option<String>,
    pub(super) scheduled_at: Option<Timestamp>,
    pub(super) worker: Option<String>,
    pub(super) attempt: Option<i32>,
    pub(super) stagger_offset_s: Option<i32>,
}

#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) status: Status,
    pub(super) duration: Option<Span>,
    pub(super) error: Option<String>,
    pub(super) skip_reason: Option<String>,
    /// What it is when nothing told of the start.
    pub(super) alone: Alone,
    pub(super) begin: Begin,
}

/// What an end is whose start nobody told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    /// No run: only counted.
    Nothing,
    /// A run that began and ended then; no start belongs to it.
    Moment,
    /// A run that began its duration earlier; no start belongs to it.
    Whole,
}

/// What was read next.
#[derive(Debug)]
pub(super) enum LogEntry {
    Event(Event),
    /// A line that tells of a run, and is wrong.
    Bad(BadLine),
}
