//! What people write about a deployment: carried into the report as it is.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::judgement::Accepted;

/// What people wrote about the deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeploymentFacts {
    /// Printed on top of every output.
    pub notice: Option<String>,
    /// The deployment's name.
    pub name: Option<String>,
    /// Where it happened.
    pub environment: Option<String>,
    /// What was changed.
    pub summary: Option<String>,
    /// A zone in which instants are shown beside UTC.
    pub display_time_zone: Option<String>,
    /// What readers call the two windows.
    pub labels: [String; 2],
    /// Phases of the deployment.
    pub timeline: Vec<Phase>,
    /// Problems met.
    pub issues: Vec<Issue>,
    /// What is planned.
    pub next_steps: Vec<NextStep>,
    /// Commands for on-call engineers.
    pub on_call: Vec<OnCallCommand>,
    /// Missed targets that somebody answers for.
    pub accepted: Vec<Accepted>,
    /// Printed, never run.
    pub rollback_command: Option<String>,
    /// When checkpoints are taken.
    pub monitoring: Option<Monitoring>,
}

/// A phase of the deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// What it was.
    pub name: String,
    /// When it began.
    #[serde(default)]
    pub start: Option<Timestamp>,
    /// When it ended.
    #[serde(default)]
    pub end: Option<Timestamp>,
    /// How it stood.
    #[serde(default)]
    pub status: Option<String>,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// A problem met during the deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// In short.
    pub title: String,
    /// What was wrong.
    #[serde(default)]
    pub problem: Option<String>,
    /// What it did.
    #[serde(default)]
    pub impact: Option<String>,
    /// What was done.
    #[serde(default)]
    pub resolution: Option<String>,
    /// How it stands.
    #[serde(default)]
    pub status: Option<String>,
}

/// Something planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    /// By when, in words.
    #[serde(default)]
    pub horizon: Option<String>,
    /// What.
    pub text: String,
    /// Whether it was done.
    #[serde(default)]
    pub done: bool,
}

/// A command for on-call engineers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OnCallCommand {
    /// What it is for.
    pub title: String,
    /// What to type.
    pub command: String,
}

/// The plan of checkpoints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Monitoring {
    /// Time between checkpoints, such as `6h`.
    #[serde(default)]
    pub every: Option<String>,
    /// How long they go on, such as `24h`.
    #[serde(default)]
    pub until: Option<String>,
}
