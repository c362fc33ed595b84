//! One execution of a scheduled job, and what became of it.

use serde::{Deserialize, Serialize};

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
