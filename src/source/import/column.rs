//! The columns of a file of runs.

use std::fmt;

/// A column of a file of runs, which is also one of the table `job_runs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Optional identity.
    RunId,
    /// Required.
    JobName,
    /// When the scheduler meant it to start.
    ScheduledAt,
    /// Required.
    StartedAt,
    /// When it ended.
    FinishedAt,
    /// Required; one of the six words.
    Status,
    /// Why a skipped run was skipped.
    SkipReason,
    /// What a failed run said.
    ErrorMessage,
    /// Who ran it.
    Worker,
    /// Which try it was; the first is 1 or absent.
    Attempt,
    /// The schedule that the scheduler recorded.
    Schedule,
    /// The schedule after staggering, as recorded.
    EffectiveSchedule,
    /// The offset that the scheduler recorded, in seconds.
    StaggerOffsetS,
}

impl Column {
    /// How many there are.
    pub(super) const COUNT: usize = 13;

    /// All, in the order of the documentation and of their discriminants.
    pub const ALL: [Self; Self::COUNT] = [
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

    /// Those without which a line is not a run.
    pub(super) const REQUIRED: [Self; 3] = [Self::JobName, Self::StartedAt, Self::Status];

    /// The name in files and in the table.
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
        }
    }

    /// The column of a name, compared byte by byte.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
