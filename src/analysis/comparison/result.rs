//! The finished comparison of one metric.

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::reason::ComparisonReason;
use crate::analysis::comparison::restriction::{ControlFacts, Restriction, Withheld};
use crate::analysis::comparison::verdict::answer::{ComparisonVerdict, Rules};
use crate::analysis::statistics::change_point::Onset;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::window::PerSide;

/// What changed in one metric, and what that rests on. `change` is stagger − baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// Value before, in the metric's own unit.
    pub baseline: Option<f64>,
    /// Value after.
    pub stagger: Option<f64>,
    /// `stagger - baseline`; for counts per observed hour.
    pub change: Option<f64>,
    /// `change / baseline`; `null` when the baseline is zero.
    pub relative_change: Option<f64>,
    /// Hodges–Lehmann shift, for `median_duration` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<f64>,
    /// The shift relative to the baseline's median.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_relative: Option<f64>,
    /// Interval of the shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_interval: Option<[f64; 2]>,
    /// Interval of `change`, in the metric's own unit; for what was tested.
    pub interval: Option<[f64; 2]>,
    /// p value of the test.
    pub p: Option<f64>,
    /// The same, adjusted for the family of comparisons; for what was tested.
    pub p_adjusted: Option<f64>,
    /// Smallest change reported, in the unit of `change`; for what was tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// Variance inflation that p and the intervals include: the larger of both windows. For what was tested;
    /// left out where dependence was not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inflation: Option<f64>,
    /// What runs say when they are held against those of the same time of day, where p and the interval of the shift rest
    /// on that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_hours: Option<MatchedPairs>,
    /// Probability that a run after is faster than one before, ties counted half; for `median_duration` only.
    pub probability_faster: Option<f64>,
    /// First and second half of the stagger window, each against the baseline, in the unit of `change`;
    /// for the tested metrics; of `on_time_rate` where starts on time were counted by halves.
    pub halves: Option<[f64; 2]>,
    /// First and second half of the baseline, each against the whole of it, in the unit of `change`; where they
    /// differ (`drift_in_baseline`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_halves: Option<[f64; 2]>,
    /// The same comparison on earlier days, where there were enough; p and the intervals include what it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinary_days: Option<Box<OrdinaryFacts>>,
    /// What the control jobs did, where there are any and the test shows a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controls: Option<ControlFacts>,
    /// When it came, where a change is shown and the runs were looked at slice by slice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<MomentFacts>,
    /// What restricts it besides; the report's caveats of these codes say it in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<Restriction>,
    /// `null` for metrics without a test.
    pub verdict: Option<ComparisonVerdict>,
    /// Why, in words. Without a verdict it says what the metric is, and is `null` without `--tables`.
    #[serde(with = "text_or_null")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub reason: ComparisonReason,
    /// Runs that could speak against an improvement; not in the JSON report.
    #[serde(skip)]
    pub missing: Option<Missing>,
    /// Of all jobs together, what changed within the jobs, in the unit of `change`; not in the JSON report.
    #[serde(skip)]
    pub within_jobs: Option<f64>,
    /// What each rule of the verdict was answered; not in the JSON report.
    #[serde(skip)]
    pub rules: Option<Rules>,
}

impl Comparison {
    /// `values` side by side; `rates` are what their change is of.
    pub(super) fn of(values: PerSide<Option<f64>>, rates: PerSide<Option<f64>>) -> Self {
        let change = rates.both().map(|rates| rates.stagger - rates.baseline);
        Self {
            baseline: values.baseline,
            stagger: values.stagger,
            change,
            relative_change: change.and_then(|change| per(Some(change), rates.baseline)),
            ..Self::default()
        }
    }

    /// It came when `moment` says.
    pub(in crate::analysis) fn came(&mut self, moment: MomentFacts) {
        self.moment = Some(moment);
        self.reason.came(moment);
        let restriction = match moment {
            moment if moment.onset == Onset::Gradual => Some(Restriction::Gradual),
            moment if moment.is_elsewhere() => Some(Restriction::AnotherMoment),
            _ => None,
        };
        self.caveats.extend(restriction);
    }

    /// Within the same hours of the day only `left` of it is left, a share: it is no change that can be told.
    pub(in crate::analysis) fn is_of_hours(&mut self, left: f64) {
        self.verdict = Some(ComparisonVerdict::Inconclusive);
        self.reason.withheld(Withheld::Hours { left });
        self.caveats.push(Restriction::HoursMixture);
    }

    /// Whether `restriction` touches it.
    pub fn is_restricted_by(&self, restriction: Restriction) -> bool {
        self.caveats.contains(&restriction)
    }

    /// Whether a change was shown, for better or for worse.
    pub fn is_change(&self) -> bool {
        matches!(self.verdict, Some(ComparisonVerdict::Improved | ComparisonVerdict::Regressed))
    }
}

/// No reason as `null`.
mod text_or_null {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::ComparisonReason;

    pub(super) fn serialize<S: Serializer>(
        reason: &ComparisonReason,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Some(reason).filter(|reason| !reason.is_unsaid()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<ComparisonReason, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or_default())
    }
}

/// A share of something; of nothing there is none.
pub(super) fn per(value: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let whole = whole.filter(|whole| whole.abs() > 0.0)?;
    value.map(|value| value / whole)
}
