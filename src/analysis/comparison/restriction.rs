//! The words for what restricts a comparison beside its own test. Each is found in
//! [`restrictions`](super::restrictions); the report's caveat of the same code says it in a sentence.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::missing_runs::Missing;
use crate::analysis::metric::{self, Metric, MetricMap};
use crate::window::Side;

/// A restriction on what a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Restriction {
    /// The verdict does not hold in both halves of the stagger window.
    NotInBothHalves,
    /// The two halves of the baseline differ.
    DriftInBaseline,
    /// The two halves of the stagger window differ.
    DriftInStagger,
    /// The job ends faster while fewer of its runs end well: no improvement.
    TooFast,
    /// A rate is better while runs that could speak against it are missing: no improvement.
    RunsMissing,
    /// All jobs together changed by their shares of the runs, not by what changed within the jobs.
    Mixture,
    /// The job ran at other hours of the day; within the hours it did not change so much.
    HoursMixture,
    /// Jobs outside the deployment changed as well: the change is not shown to be its doing.
    ControlsToo,
    /// It came at another moment than the change between the windows.
    AnotherMoment,
    /// It did not come at any one moment.
    Gradual,
    /// Runs per observed hour differ.
    LoadChanged,
    /// The windows hold different jobs.
    PopulationChanged,
}

impl Restriction {
    /// The code in the JSON report.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInBothHalves => "not_in_both_halves",
            Self::DriftInBaseline => "drift_in_baseline",
            Self::DriftInStagger => "drift_in_stagger",
            Self::TooFast => "too_fast",
            Self::RunsMissing => "runs_missing",
            Self::Mixture => "mixture",
            Self::HoursMixture => "hours_mixture",
            Self::ControlsToo => "controls_too",
            Self::AnotherMoment => "another_moment",
            Self::Gradual => "gradual",
            Self::LoadChanged => "load_changed",
            Self::PopulationChanged => "population_changed",
        }
    }

    /// What it says of a comparison, in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotInBothHalves => "not in both halves",
            Self::DriftInBaseline => "it changed within the window before",
            Self::DriftInStagger => "it changed within the window after",
            Self::TooFast => "fewer of its runs end well",
            Self::RunsMissing => "runs that could speak against it are missing",
            Self::Mixture => "the mix of jobs changed",
            Self::HoursMixture => "it ran at other hours of the day",
            Self::ControlsToo => "jobs outside the deployment changed as well",
            Self::AnotherMoment => "it came at another moment than the deployment",
            Self::Gradual => "it came gradually",
            Self::LoadChanged => "the load changed too",
            Self::PopulationChanged => "the windows hold different jobs",
        }
    }

    /// Whether a change under it is none that can be told: the verdict is undecided, and its reason says why.
    pub const fn withholds(self) -> bool {
        matches!(
            self,
            Self::TooFast | Self::RunsMissing | Self::Mixture | Self::HoursMixture | Self::ControlsToo
        )
    }

    /// Whether the reason of a comparison says it already.
    pub const fn is_in_reason(self) -> bool {
        self.withholds() || matches!(self, Self::AnotherMoment | Self::Gradual)
    }

    /// The drift within a window.
    pub const fn drift_in(side: Side) -> Self {
        match side {
            Side::Baseline => Self::DriftInBaseline,
            Side::Stagger => Self::DriftInStagger,
        }
    }
}

/// What restricts one comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restrictions {
    /// The change in each half of the stagger window against the baseline.
    pub halves: Option<[f64; 2]>,
    /// Each half of a baseline that drifts, against the whole of it.
    pub baseline_halves: Option<[f64; 2]>,
    pub caveats: BTreeSet<Restriction>,
    /// The halves in which a verdict does not hold.
    pub against: Vec<Against>,
    /// Runs that could speak against an improvement.
    pub missing: Option<Missing>,
    /// Of all jobs together, what changed within the jobs.
    pub within_jobs: Option<f64>,
    /// What the control jobs did, where there are any and the test shows a change.
    pub controls: Option<ControlFacts>,
}

/// A restriction under which a change is none that can be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Withheld {
    RunsMissing(Missing),
    /// The change within the jobs, as a fraction.
    Mixture {
        within_jobs: f64,
    },
    /// Within the same hours of the day this share of the change is left.
    Hours {
        left: f64,
    },
    /// The control jobs changed as well.
    Controls(ControlFacts),
    Other(Restriction),
}

/// A change beside that of the jobs outside the deployment: the difference of both differences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ControlFacts {
    /// Control jobs that it was held against.
    pub jobs: u64,
    /// What changed in them on average: relative for durations, a difference for rates.
    pub change: f64,
    /// What the job changed beyond that.
    pub beyond: f64,
    /// The interval of that.
    pub interval: [f64; 2],
    /// Its p value, adjusted over all that was called a change.
    pub p: f64,
}

/// A half of the stagger window in which a verdict does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// `first` or `second`.
    pub half: &'static str,
    /// What changed there; `None` where too few runs tell.
    pub change: Option<(ChangeUnit, f64)>,
}

impl Restrictions {
    /// Whether a change that the test shows is none that can be told.
    pub(in crate::analysis) fn withhold(&self) -> bool {
        self.caveats.iter().any(|restriction| restriction.withholds())
    }

    /// What `restriction` withholds a change for; `None` where it withholds none.
    pub(super) fn withheld(&self, restriction: Restriction) -> Option<Withheld> {
        match (restriction, self.missing, self.within_jobs) {
            (Restriction::RunsMissing, Some(missing), _) => Some(Withheld::RunsMissing(missing)),
            (Restriction::Mixture, _, Some(within_jobs)) => Some(Withheld::Mixture { within_jobs }),
            (Restriction::ControlsToo, ..) => self.controls.map(Withheld::Controls),
            _ => restriction.withholds().then_some(Withheld::Other(restriction)),
        }
    }
}

pub(super) type RestrictionsByMetric = MetricMap<Restrictions>;

/// Adds `restriction` to those of `metrics`.
pub(super) fn restrict_all(
    restrictions: &mut RestrictionsByMetric,
    metrics: impl IntoIterator<Item = &'static Metric>,
    restriction: Restriction,
) {
    for metric in metrics {
        restrictions.or_default(metric).caveats.insert(restriction);
    }
}

/// The tested metrics about outcomes.
pub(super) const OUTCOMES: [&Metric; 2] = [&metric::COMPLETION_RATE, &metric::FAILURE_RATE];
