//! What a report says of other environments: small, however many jobs there are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::ComparisonVerdict;
use crate::clock::Timestamp;
use crate::judgement::{DecisionVerdict, TargetVerdict};
use crate::report::checkpoint::TargetCounts;
use crate::window::{PerSide, Period};

/// One deployment in several environments. The report is that of the last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Environments {
    /// Each of them, in the order in which the deployment got there.
    pub environments: Vec<EnvironmentFacts>,
    /// Targets whose verdicts differ between environments, the first twenty.
    pub targets: Vec<EnvironmentTarget>,
    /// Targets beyond these.
    pub more_targets: u64,
    /// What is shown to have changed in the last environment or in the one before it, the first thirty: what was not
    /// predicted first. Of a job's durations the median, and others where their outcome is another.
    pub changes: Vec<EnvironmentChange>,
    /// Changes beyond these.
    pub more_changes: u64,
    /// How many changes there are of each outcome, those that are not listed among them.
    pub outcomes: BTreeMap<PredictionOutcome, u64>,
    /// What was compared in both and is shown to have changed in neither.
    pub without_change: u64,
    /// Jobs that the last environment has and the one before it has not: nothing was predicted of them.
    pub jobs_only_here: u64,
    /// Jobs that the one before has and the last has not.
    pub jobs_only_before: u64,
}

/// What one environment showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvironmentFacts {
    /// As the deployment file calls it.
    pub name: String,
    /// The instant up to which its rows were looked at.
    pub as_of: Timestamp,
    /// Its windows.
    pub windows: PerSide<Period>,
    /// Runs that started.
    pub started: PerSide<u64>,
    /// Share of the runs with a known outcome that completed; `null` without any.
    pub completion_rate: PerSide<Option<f64>>,
    /// Its decision; `null` without required targets and triggers.
    pub decision: Option<DecisionVerdict>,
    /// Its targets, by verdict.
    pub targets: TargetCounts,
    /// Triggers that fired.
    pub fired: u64,
    /// Caveats of its own report.
    pub caveats: u64,
}

/// A target, and what became of it in each environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvironmentTarget {
    /// The metric and the condition as written.
    pub asked: String,
    /// The job; `null` for all jobs together.
    pub job: Option<String>,
    /// In the order of the environments; `null` where it was not asked.
    pub verdicts: Vec<Option<TargetVerdict>>,
}

/// A metric that is shown to have changed in the last environment or in the one before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvironmentChange {
    /// The metric.
    pub metric: String,
    /// The job; `null` for all jobs together.
    pub job: Option<String>,
    /// How the two go together.
    pub outcome: PredictionOutcome,
    /// In the environment before the last.
    pub predicted: PredictedChange,
    /// In the last environment.
    pub happened: PredictedChange,
}

/// What a comparison of one environment says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PredictedChange {
    /// Value before, in the metric's own unit.
    pub baseline: Option<f64>,
    /// Value after.
    pub stagger: Option<f64>,
    /// Interval of the change by which the two environments are held against each other: points for a rate; for all
    /// else the part of the value before.
    pub interval: Option<[f64; 2]>,
    /// Its verdict; `null` where it was not compared.
    pub verdict: Option<ComparisonVerdict>,
}

/// Whether what happened is what was predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PredictionOutcome {
    /// The other way round.
    Opposite,
    /// A change, where the environment before showed that there is none.
    Contradicted,
    /// A change, of which the environment before showed nothing.
    NotPredicted,
    /// In the same direction, by more: the intervals do not overlap.
    Larger,
    /// In the same direction, by less: the intervals do not overlap.
    Smaller,
    /// A change was predicted, and it is shown that there is none.
    Absent,
    /// A change was predicted, and nothing is shown.
    NotShown,
    /// In the same direction.
    AsPredicted,
}

impl PredictionOutcome {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Opposite => "the opposite was predicted",
            Self::Contradicted => "no change was predicted",
            Self::NotPredicted => "not predicted",
            Self::Larger => "larger than predicted",
            Self::Smaller => "smaller than predicted",
            Self::Absent => "predicted, and there is none",
            Self::NotShown => "predicted, not shown",
            Self::AsPredicted => "as predicted",
        }
    }

    /// Whether the environment before did not tell what was to come.
    pub const fn is_surprise(self) -> bool {
        matches!(self, Self::Opposite | Self::Contradicted | Self::NotPredicted | Self::Larger)
    }
}
