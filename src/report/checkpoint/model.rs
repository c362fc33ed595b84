//! A checkpoint in a later report: small, however many targets there are.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::judgement::DecisionVerdict;
use crate::report::kpi::Kpi;

/// A checkpoint of the same deployment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckpointSummary {
    /// First instant of the period since the checkpoint before.
    pub start: Timestamp,
    /// The instant up to which it looked.
    pub end: Timestamp,
    /// The decision since the start of the window; `null` without required targets and triggers.
    pub decision: Option<DecisionVerdict>,
    /// The targets since the start, by verdict.
    pub targets: TargetCounts,
    /// Triggers that fired.
    pub fired: u64,
    /// Runs that started in the period.
    pub started: u64,
    /// Share of the period's runs with a known outcome that completed; `null` without any.
    pub completion_rate: Option<f64>,
    /// The measurements: `baseline` before the change, `stagger` in the period.
    pub kpis: Vec<Kpi>,
    /// What is otherwise than at the checkpoint before, the first twenty.
    pub changes: Vec<CheckpointChange>,
    /// Changes beyond these.
    pub more_changes: u64,
}

/// Targets by their verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetCounts {
    pub met: u64,
    pub missed: u64,
    pub inconclusive: u64,
    pub not_measured: u64,
}

impl TargetCounts {
    pub const fn all(self) -> u64 {
        self.met + self.missed + self.inconclusive + self.not_measured
    }
}

/// Something that was otherwise at the checkpoint before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckpointChange {
    /// What it is.
    pub of: ChangedThing,
    /// A target or trigger as written; empty for the decision and for a job's own verdict.
    pub asked: String,
    /// The job; `null` for all jobs together.
    pub job: Option<String>,
    /// How it stood; `null` where nothing was said of it.
    pub before: Option<String>,
    /// How it stands.
    pub after: Option<String>,
}

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangedThing {
    /// The decision.
    Decision,
    /// A target's verdict.
    Target,
    /// Whether a trigger fired.
    Trigger,
    /// What became of a job.
    Job,
}
