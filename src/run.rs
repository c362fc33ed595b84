//! One execution of a scheduled job, and what became of it.

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
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended; absent while it runs, and after a crash. May lie before the start.
    pub finished_at: Option<Timestamp>,
    /// What became of it.
    pub status: Status,
    /// `lock`, `overlap` or free text; on skipped runs only.
    pub skip_reason: Option<String>,
    /// What a failed run said.
    pub error_message: Option<String>,
    /// Who ran it.
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

/// A run and its identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifiedRun {
    /// Unique in the table.
    pub identity: RunIdentity,
    /// The run.
    pub run: Run,
}
/// The fields of a run that a column of a native table can be mapped to, `duration` standing in for an
/// end that is not recorded.
pub const FIELDS: [&str; 13] = [
    "attempt",
    "duration",
    "effective_schedule",
    "error_message",
    "finished_at",
    "job_name",
    "run_id",
    "schedule",
    "scheduled_at",
    "skip_reason",
    "stagger_offset_s",
    "started_at",
    "status",
];

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

/// Why a run was skipped, as far as it is told apart.
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
