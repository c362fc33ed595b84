//! What came of targets, triggers and the whole.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::language::{Op, TargetValue};
use super::reason::Allowance;
use super::reason::Reason;
use crate::analysis::metric::{Metric, Unit, by_name};

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetVerdict {
    /// The value is on the wanted side.
    Met,
    /// It is not.
    Missed,
    /// The data do not decide; readers see "undecided".
    Inconclusive,
    /// There are no data.
    NotMeasured,
}

/// Whether a target can change the decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It can.
    #[default]
    Required,
    /// It is shown only.
    Advisory,
}

/// A missed target that somebody answers for. It changes no verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The metric, optionally with a job in the form `metric: job`.
    pub target: String,
    /// Why.
    pub reason: String,
    /// Who.
    #[serde(default)]
    pub by: Option<String>,
    /// Until when, in words.
    #[serde(default)]
    pub until: Option<String>,
}

/// One target, judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetResult {
    /// Name of the metric.
    #[serde(with = "by_name")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub metric: Arc<Metric>,
    /// The job; `null` for all jobs together.
    pub job: Option<String>,
    /// Whether it can change the decision.
    pub severity: Severity,
    /// As written.
    pub target: String,
    /// The operator.
    pub op: Op,
    /// What the figure is asked to be, by its form.
    pub value: TargetValue,
    /// What `compared` was held against.
    pub threshold: Option<f64>,
    /// Unit of `actual`: `fraction`, `ms`, `count`, `level`, or a KPI's own.
    pub unit: Unit,
    /// Value before.
    pub baseline: Option<f64>,
    /// Whether that value met the target too; `null` without one, and for a target about a change.
    #[serde(default)]
    pub met_before: Option<bool>,
    /// Value after.
    pub actual: Option<f64>,
    /// `actual`, the relative change, or the difference in percentage points as a fraction.
    pub compared: Option<f64>,
    /// 95 % interval of `compared`, where there is one.
    pub interval: Option<[f64; 2]>,
    /// How it stands.
    pub verdict: TargetVerdict,
    /// How many runs count against a rate, and how many may; `null` for what has no such bound.
    pub allowance: Option<Allowance>,
    /// Why, in words, with the size of the miss.
    pub reason: Reason,
    /// Who answers for a miss.
    pub accepted: Option<Accepted>,
}

/// One rollback trigger, judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerResult {
    /// Name of the metric.
    #[serde(with = "by_name")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub metric: Arc<Metric>,
    /// The job; `null` for all jobs together.
    pub job: Option<String>,
    /// As written.
    pub trigger: String,
    /// The operator.
    pub op: Op,
    /// What the figure is feared to be, by its form.
    pub value: TargetValue,
    /// Unit of the metric, as in a target.
    pub unit: Unit,
    /// The number held against the threshold.
    pub compared: Option<f64>,
    /// `null` when it could not be judged.
    pub fired: Option<bool>,
    /// Why, in words.
    pub reason: Reason,
}

/// The outcome of the whole report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionVerdict {
    /// Every required target is met, every trigger was judged and none fired.
    Pass,
    /// A required target is missed.
    Fail,
    /// Something required could not be judged.
    Undecided,
    /// A trigger fired.
    RollBack,
}

impl DecisionVerdict {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Undecided => "undecided",
            Self::RollBack => "roll back",
        }
    }
}

/// The decision with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "WrittenDecision", from = "WrittenDecision")]
pub struct Decision {
    pub verdict: DecisionVerdict,
    pub reasons: Vec<DecisionReason>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionReason {
    /// Required targets with another verdict than met.
    NotMet {
        verdict: TargetVerdict,
        targets: u64,
    },
    AllMet {
        targets: u64,
    },
    /// Some of all triggers fired.
    Fired {
        triggers: Vec<NamedTrigger>,
        all: usize,
    },
    NotJudged {
        triggers: Vec<NamedTrigger>,
        all: usize,
    },
    NoneFired {
        all: usize,
    },
    /// Read from a JSON report, which holds the phrase only.
    Told(String),
}

/// A trigger as a reason names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTrigger {
    pub metric: Arc<Metric>,
    pub trigger: String,
    pub job: Option<String>,
}

/// The decision with its reasons.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct WrittenDecision {
    /// The one word.
    verdict: DecisionVerdict,
    /// What it rests on, a phrase each.
    reasons: Vec<String>,
}

impl From<Decision> for WrittenDecision {
    fn from(decision: Decision) -> Self {
        Self { verdict: decision.verdict, reasons: decision.phrases() }
    }
}

impl From<WrittenDecision> for Decision {
    fn from(WrittenDecision { verdict, reasons }: WrittenDecision) -> Self {
        Self { verdict, reasons: reasons.into_iter().map(DecisionReason::Told).collect() }
    }
}
