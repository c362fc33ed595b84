//! One verdict a job: its worst metric.

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::reason::ComparisonReason;
use crate::analysis::metric::{self, Metric};

/// What became of a job, the worst first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum JobVerdictKind {
    /// Fewer of its runs complete, and retries do not make up for it.
    Broken,
    /// It ran before and not after, although it is not disabled.
    Stopped,
    /// More fires of its schedule have no run, or nothing of it started for long.
    MissingRuns,
    /// A duration regressed.
    Slower,
    /// More attempts fail, and retries make up for it.
    MoreRetries,
    /// Fewer of its runs start on time.
    LessPunctual,
    /// More of its runs start while an earlier one runs.
    Overlapping,
    /// A duration improved and nothing got worse.
    Faster,
    /// More of its runs complete or start on time, and nothing got worse.
    MoreReliable,
    /// Shown to be the same within the margin.
    Unchanged,
    /// The data do not decide.
    Unclear,
    /// Nothing to compare.
    #[default]
    NotMeasured,
}

impl JobVerdictKind {
    pub const ALL: [Self; 12] = [
        Self::Broken,
        Self::Stopped,
        Self::MissingRuns,
        Self::Slower,
        Self::MoreRetries,
        Self::LessPunctual,
        Self::Overlapping,
        Self::Faster,
        Self::MoreReliable,
        Self::Unchanged,
        Self::Unclear,
        Self::NotMeasured,
    ];

    /// Whether the job got worse.
    pub fn is_worse(self) -> bool {
        self < Self::Faster
    }

    /// Whether it got better, and nothing got worse.
    pub fn is_better(self) -> bool {
        matches!(self, Self::Faster | Self::MoreReliable)
    }

    /// What readers see.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Stopped => "stopped",
            Self::MissingRuns => "with missing runs",
            Self::Slower => "slower",
            Self::MoreRetries => "with more retries",
            Self::LessPunctual => "less punctual",
            Self::Overlapping => "overlapping",
            Self::Faster => "faster",
            Self::MoreReliable => "more reliable",
            Self::Unchanged => "unchanged",
            Self::Unclear => "unclear",
            Self::NotMeasured => "not measured",
        }
    }
}

/// The verdict of a job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobVerdict {
    pub kind: JobVerdictKind,
    /// The metric that says so; `null` where none does.
    #[serde(deserialize_with = "metric::named")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub metric: Option<&'static Metric>,
    /// Why, in words; may be empty.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub reason: ComparisonReason,
}
