//! The words for what restricts a comparison beside its own test. Each is found in
//! [`restrictions`](super::restrictions); the report's caveat of the same code says it in a sentence.

use serde::{Deserialize, Serialize};

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
            Self::LoadChanged => "the load changed too",
            Self::PopulationChanged => "the windows hold different jobs",
        }
    }

    /// Whether the reason of a comparison says it already.
    pub const fn is_in_reason(self) -> bool {
        matches!(self, Self::TooFast)
    }

    /// The drift within a window.
    pub const fn drift_in(side: Side) -> Self {
        match side {
            Side::Baseline => Self::DriftInBaseline,
            Side::Stagger => Self::DriftInStagger,
        }
    }
}
