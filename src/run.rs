//! One execution of a scheduled job, and what became of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// One execution of a scheduled job, in the columns of `job_runs`. What is absent is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Optional identity.
    pub run_id: Option<String>,
    /// As stored; never trimmed, folded or otherwise changed.
    pub job_name: String,
    /// When the scheduler meant it to start.
    pub scheduled_at: Option<Timestamp>,
    pub started_at: Timestamp,
    /// When it ended; absent while it runs, and after a crash. May lie before the start.
    pub finished_at: Option<Timestamp>,
    pub status: Status,
    /// `lock`, `overlap` or free text; on skipped runs only.
    pub skip_reason: Option<String>,
    /// What a failed run said.
    pub error_message: Option<String>,
    pub worker: Option<String>,
    /// Which try it was, not negative; the first is 1 or absent.
    pub attempt: Option<i32>,
    /// The schedule that the scheduler recorded.
    pub schedule: Option<String>,
    /// The schedule after staggering, as recorded.
    pub effective_schedule: Option<String>,
    /// The offset that the scheduler recorded, in seconds.
    pub stagger_offset_s: Option<i32>,
}

/// What makes a run the same one when it is imported again: a SHA-256 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunIdentity(pub [u8; 32]);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifiedRun {
    /// Unique in the table.
    pub identity: RunIdentity,
    pub run: Run,
}

/// A field of a run, and the name of its column in `job_runs`, in files of runs and in mappings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    RunId,
    JobName,
    ScheduledAt,
    StartedAt,
    FinishedAt,
    Status,
    SkipReason,
    ErrorMessage,
    Worker,
    Attempt,
    Schedule,
    EffectiveSchedule,
    StaggerOffsetS,
    /// Of native tables that record no end.
    Duration,
}

impl Field {
    /// Those that `job_runs` and files of runs have, in the order of the documentation and of their
    /// discriminants.
    pub const STORED: [Self; 13] = [
        Self::RunId,
        Self::JobName,
        Self::ScheduledAt,
        Self::StartedAt,
        Self::FinishedAt,
        Self::Status,
        Self::SkipReason,
        Self::ErrorMessage,
        Self::Worker,
        Self::Attempt,
        Self::Schedule,
        Self::EffectiveSchedule,
        Self::StaggerOffsetS,
    ];

    /// Those without which nothing is a run.
    pub const REQUIRED: [Self; 3] = [Self::JobName, Self::StartedAt, Self::Status];

    /// Those that hold an instant.
    pub const TIMES: [Self; 3] = [Self::ScheduledAt, Self::StartedAt, Self::FinishedAt];

    /// Those that a column of a native table can be mapped to.
    pub fn mapped() -> impl Iterator<Item = Self> + Clone {
        Self::STORED.into_iter().chain([Self::Duration])
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::RunId => "run_id",
            Self::JobName => "job_name",
            Self::ScheduledAt => "scheduled_at",
            Self::StartedAt => "started_at",
            Self::FinishedAt => "finished_at",
            Self::Status => "status",
            Self::SkipReason => "skip_reason",
            Self::ErrorMessage => "error_message",
            Self::Worker => "worker",
            Self::Attempt => "attempt",
            Self::Schedule => "schedule",
            Self::EffectiveSchedule => "effective_schedule",
            Self::StaggerOffsetS => "stagger_offset_s",
            Self::Duration => "duration",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::mapped().find(|field| field.name() == name)
    }

    /// The field of a column of `job_runs` or of a file of runs.
    pub fn from_column(name: &str) -> Option<Self> {
        Self::STORED.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The six words that every source's status words are mapped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Started and not yet ended, as far as the row tells.
    Running,
    /// Ended well.
    Success,
    /// Ended with an error.
    Failed,
    /// Ended by its time limit.
    Timeout,
    /// Did not start.
    Skipped,
    /// Ended by a person.
    Cancelled,
}

impl Status {
    /// All six, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Running, Self::Success, Self::Failed, Self::Timeout, Self::Skipped, Self::Cancelled];

    /// The word in `job_runs` and in mappings.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Timeout => "timeout",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status of a word, compared byte by byte; nothing is guessed.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// Why a run was skipped, as far as reasons are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SkipReason {
    /// Another process held the job's lock.
    Lock,
    /// The job's previous run had not ended.
    Overlap,
    /// Any other reason, or none given.
    Other,
}
