//! Why a verdict is what it is, as types; [`wording`](super::wording) makes the text.

use serde::{Deserialize, Serialize};

use super::language::{Op, TargetValue};
use super::measured::Subject;
use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::metric::{Metric, Value};
use crate::window::{PerSide, Side};

/// Why a verdict is what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", from = "String")]
pub enum Reason {
    /// A declared measurement without a source.
    WithoutSource {
        measurement: String,
    },
    /// Neither declared nor in the windows.
    JobNotSeen,
    NothingStartedAfter,
    /// Runs started, and the metric has no value all the same.
    NoValueAfter {
        metric: Box<Metric>,
    },
    NothingStartedBefore,
    NoneExpectedBefore,
    NotMeasuredBefore,
    /// A change relative to nothing.
    ZeroBefore,
    /// Runs, or samples, of the windows that have fewer than needed.
    TooFew {
        runs: PerSide<Option<u64>>,
        needed: u64,
        are_samples: bool,
    },
    /// Length of the observed parts, seconds.
    LengthsDiffer(PerSide<f64>),
    /// A rate of few outcomes whose interval reaches over the threshold.
    FewOutcomes {
        found: Box<HeldFigure>,
        needed: u64,
    },
    ReachesOver(Box<HeldFigure>),
    /// Rows without a usable start could turn the verdict.
    Unplaced {
        found: Box<HeldFigure>,
        rows: u64,
    },
    /// Runs that are missing after the change could turn the verdict.
    RunsMissing {
        found: Box<HeldFigure>,
        missing: Missing,
    },
    /// Within the jobs the figure of all together changed to this, which does not hold the target.
    Mixture {
        found: Box<HeldFigure>,
        within_jobs: f64,
    },
    /// Without a word of praise or blame.
    Found(Box<HeldFigure>),
    Met(Box<HeldFigure>),
    Missed(Box<HeldFigure>),
    /// A rate that fell short, with what became of the runs that count against it.
    MissedByRuns {
        allowance: Allowance,
        lost: Vec<(u64, String)>,
    },
    /// Read from a JSON report, which holds the text only.
    Told(String),
}

/// How many runs count against a rate, and how many may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Allowance {
    /// Runs that count against it.
    pub against: u64,
    /// The most of them that would still satisfy the target.
    pub allowed: u64,
}

/// A figure beside what it was held against.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldFigure {
    pub metric: Metric,
    pub op: Op,
    pub value: TargetValue,
    /// The condition as written.
    pub written: String,
    pub baseline: Option<f64>,
    pub actual: f64,
    pub compared: f64,
    pub threshold: f64,
    pub interval: Option<[f64; 2]>,
    /// Of a share: the runs that count, and all of them.
    pub counts: PerSide<Option<(u64, u64)>>,
    /// Runs that the schedule expects after the change.
    pub expected: Option<u64>,
}

impl Reason {
    /// Why a metric has no value after the change.
    pub(super) fn no_value(metric: &Metric, subject: &Subject<'_>) -> Self {
        let needs_starts = !matches!(metric.value, Value::Missed | Value::Measurement { .. });
        if needs_starts && subject.window(Side::Stagger).started == 0 {
            return Self::NothingStartedAfter;
        }
        Self::NoValueAfter { metric: Box::new(metric.clone()) }
    }

    /// Why a metric cannot be compared with the baseline.
    pub(super) fn no_comparison(metric: &Metric, subject: &Subject<'_>, baseline: Option<f64>) -> Self {
        match baseline {
            Some(_) => Self::ZeroBefore,
            None if matches!(metric.value, Value::Missed) => Self::NoneExpectedBefore,
            None if matches!(metric.value, Value::Measurement { .. }) => Self::NotMeasuredBefore,
            None if subject.window(Side::Baseline).started == 0 => Self::NothingStartedBefore,
            None => Self::NotMeasuredBefore,
        }
    }

    /// Whether its text begins with the number that was held against the threshold.
    pub fn begins_with_value(&self) -> bool {
        match self {
            Self::Found(found)
            | Self::Met(found)
            | Self::Missed(found)
            | Self::Unplaced { found, .. }
            | Self::RunsMissing { found, .. }
            | Self::Mixture { found, .. }
            | Self::FewOutcomes { found, .. } => found.begins_with_value(),
            _ => false,
        }
    }
}

impl HeldFigure {
    fn begins_with_value(&self) -> bool {
        match self.value {
            TargetValue::Absolute(_) => self.counts.stagger.is_none(),
            TargetValue::Baseline => false,
            TargetValue::Points(_) | TargetValue::Relative(_) => !self.is_no_change(),
        }
    }

    /// Whether it is a change in points, and there was none.
    pub(super) fn is_no_change(&self) -> bool {
        matches!(self.value, TargetValue::Points(_)) && self.compared.abs() < 1e-12
    }
}
