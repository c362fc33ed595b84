//! How the lines of an application's log tell of runs, as a deployment file or a built-in pattern says it.

use std::collections::BTreeMap;

use chrono_tz::Tz;

/// How files that are logs are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogSettings {
    /// The one of the deployment file, or all that are built in.
    pub patterns: Vec<LogPattern>,
    /// Whether the pattern is named or written in the deployment file: then it is not looked for.
    pub is_given: bool,
    /// Zone of times without one.
    pub time_zone: Option<Tz>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogPattern {
    pub name: String,
    /// Keys of a JSON line under which its time may be; the first that is there counts.
    pub time: Vec<String>,
    /// As `strftime` writes it; without it ISO 8601, or a number since the epoch.
    pub time_format: Option<String>,
    /// Keys of a JSON line under which its text may be.
    pub message: Vec<String>,
    /// Keys of a JSON line for what the text has no group for.
    pub keys: BTreeMap<LogField, Vec<String>>,
    /// The first that matches a line counts.
    pub rules: Vec<LogRule>,
    /// Whether a line that tells of a skipped run follows a line of its start.
    pub skipped_after_start: bool,
    /// Why runs are skipped, where the line does not tell: `lock`, `overlap` or free text.
    pub skip_reason: Option<String>,
    /// What such a log cannot tell, a sentence each.
    pub known_limits: Vec<String>,
}

impl LogPattern {
    /// Whether a line tells of a start. Without it a run is made of its last line and its duration.
    pub fn tells_starts(&self) -> bool {
        self.rules.iter().any(|rule| rule.tells == LogLine::Started)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogRule {
    pub tells: LogLine,
    /// A regular expression; its groups are called as [`LogField`] has it, or `time`.
    pub pattern: String,
}

/// What a line tells of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogLine {
    Started,
    Completed,
    Failed,
    TimedOut,
    Cancelled,
    Skipped,
}

impl LogLine {
    pub const ALL: [Self; 6] =
        [Self::Started, Self::Completed, Self::Failed, Self::TimedOut, Self::Cancelled, Self::Skipped];

    /// The key in a file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Skipped => "skipped",
        }
    }
}

/// What a group of a pattern, or a key of a JSON line, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogField {
    Job,
    /// What the first and the last line of a run have in common.
    Id,
    /// A number with its unit, such as `1.2s`.
    Duration,
    DurationMs,
    DurationS,
    Error,
    /// Why a run was skipped.
    Reason,
    Worker,
    Attempt,
    OffsetS,
}

impl LogField {
    pub const ALL: [Self; 10] = [
        Self::Job,
        Self::Id,
        Self::Duration,
        Self::DurationMs,
        Self::DurationS,
        Self::Error,
        Self::Reason,
        Self::Worker,
        Self::Attempt,
        Self::OffsetS,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Id => "id",
            Self::Duration => "duration",
            Self::DurationMs => "duration_ms",
            Self::DurationS => "duration_s",
            Self::Error => "error",
            Self::Reason => "reason",
            Self::Worker => "worker",
            Self::Attempt => "attempt",
            Self::OffsetS => "offset_s",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }
}
