//! The figures of one job, and of all together, in both windows and compared.

#[cfg(feature = "schema")]
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{ComparisonVerdict, Comparisons};
use crate::analysis::figures::job_verdict::JobVerdict;
use crate::analysis::figures::silence::Silence;
use crate::analysis::figures::slow_start::SlowStart;
use crate::analysis::figures::window::{JobWindow, WindowTotals};
use crate::analysis::metric::Metric;
use crate::analysis::plan::LEAST_RUNS;
use crate::observation::RecordedSchedule;
use crate::window::Side;

/// All jobs together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Before.
    pub baseline: WindowTotals,
    /// After.
    pub stagger: WindowTotals,
    /// The difference, by metric.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Comparison>"))]
    pub comparison: Comparisons,
    /// Where nothing at all started, though much should have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silences: Vec<Silence>,
}

impl Totals {
    pub fn get(&self, side: Side) -> &WindowTotals {
        match side {
            Side::Baseline => &self.baseline,
            Side::Stagger => &self.stagger,
        }
    }
}

/// One job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobReport {
    /// Its name, as stored.
    pub name: String,
    /// An earlier name whose runs are counted here.
    pub was: Option<String>,
    /// The declared schedule.
    pub schedule: Option<String>,
    /// The declared offset, seconds.
    pub offset_s: Option<i64>,
    /// The declared switch; `null` for an undeclared job.
    pub enabled: Option<bool>,
    /// The declared remark.
    pub note: Option<String>,
    /// Fewest runs a window for a verdict on the median duration; not in the JSON report.
    #[serde(skip, default = "least_runs")]
    pub min_runs: u64,
    /// What the scheduler recorded about itself, over both windows.
    pub recorded_schedules: Vec<RecordedSchedule>,
    /// What became of it: the worst of its comparisons and counts.
    #[serde(default)]
    pub verdict: JobVerdict,
    /// Before.
    pub baseline: JobWindow,
    /// After.
    pub stagger: JobWindow,
    /// The difference, by metric. In the JSON report of more than 100 jobs without `--tables`: the median, what
    /// changed and what a finding names.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Comparison>"))]
    pub comparison: Comparisons,
    /// Where nothing of it started, though much should have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silences: Vec<Silence>,
    /// It was slow at first after the change, and then no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_start: Option<SlowStart>,
}

/// What holds of a report that was read from a file.
const fn least_runs() -> u64 {
    LEAST_RUNS
}

impl JobReport {
    /// Whether anything of it started in either window.
    pub fn started(&self) -> bool {
        self.baseline.started + self.stagger.started > 0
    }

    /// Whether the comparison of `metric` came out so.
    pub fn has_verdict(&self, metric: &Metric, verdict: ComparisonVerdict) -> bool {
        self.comparison.get(metric).is_some_and(|found| found.verdict == Some(verdict))
    }

    /// Whether `restriction` touches one of its comparisons.
    pub fn is_restricted_by(&self, restriction: Restriction) -> bool {
        self.comparison.values().any(|found| found.is_restricted_by(restriction))
    }

    pub fn get(&self, side: Side) -> &JobWindow {
        match side {
            Side::Baseline => &self.baseline,
            Side::Stagger => &self.stagger,
        }
    }
}
