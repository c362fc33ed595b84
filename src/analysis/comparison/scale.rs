//! The scale on which changes of several jobs or days are held against each other.

use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::verdict::trial::{Evidence, Trial};
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::normal;

/// The scale of a change: to where days add to it, and back to the metric's unit.
#[derive(Clone, Copy)]
pub(super) enum Scale {
    /// Of a duration whose baseline is so many milliseconds: the logarithm of the ratio.
    Ratio(f64),
    Difference,
}

/// The smallest ratio: nothing gets faster than a thousandth of a thousandth.
const LEAST_RATIO: f64 = 1e-6;

impl Scale {
    pub(super) fn of(trial: &Trial, evidence: &Evidence) -> Option<Self> {
        match evidence.unit {
            ChangeUnit::Points => Some(Self::Difference),
            ChangeUnit::PercentOf(_) | ChangeUnit::Milliseconds => {
                trial.values.baseline.filter(|before| *before > 0.0).map(Self::Ratio)
            }
        }
    }

    /// A change in the metric's unit.
    pub(super) fn to(self, change: f64) -> f64 {
        match self {
            Self::Ratio(before) => ((before + change) / before).max(LEAST_RATIO).ln(),
            Self::Difference => change,
        }
    }

    pub(super) fn back(self, effect: f64) -> f64 {
        match self {
            Self::Ratio(before) => before * effect.exp_m1(),
            Self::Difference => effect,
        }
    }

    /// A change as a share of the baseline, or in the unit of a rate.
    pub(super) fn relative(self, effect: f64) -> f64 {
        match self {
            Self::Ratio(_) => effect.exp_m1(),
            Self::Difference => effect,
        }
    }

    /// The interval that reaches so far from `estimate` on this scale.
    pub(super) fn around(self, estimate: f64, reach: f64) -> Interval {
        let centre = self.to(estimate);
        Interval { low: self.back(centre - reach), high: self.back(centre + reach) }
    }
}

/// What was tested, on its scale.
#[derive(Clone, Copy)]
pub(super) struct Scaled {
    pub(super) scale: Scale,
    pub(super) change: f64,
    /// The standard error of it.
    pub(super) error: f64,
    /// The smallest change reported.
    pub(super) margin: f64,
}

impl Scaled {
    /// `None` where nothing was tested.
    pub(super) fn of(trial: &Trial) -> Option<Self> {
        let evidence = trial.evidence()?;
        let scale = Scale::of(trial, evidence)?;
        let Interval { low, high } = evidence.interval;
        Some(Self {
            scale,
            change: scale.to(evidence.estimate),
            error: (scale.to(high) - scale.to(low)) / (2.0 * normal::Z_95),
            margin: scale.to(evidence.margin),
        })
    }
}
