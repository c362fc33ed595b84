//! What a verdict can be, and what each of its rules was answered.

use serde::{Deserialize, Serialize};

/// The verdict of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComparisonVerdict {
    /// Better, shown.
    Improved,
    /// Worse, shown.
    Regressed,
    /// Shown to be the same within the margin.
    NoMaterialChange,
    /// The data do not decide.
    Inconclusive,
    /// There are no data.
    NotMeasured,
}

impl ComparisonVerdict {
    /// The words that readers see.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Regressed => "regressed",
            Self::NoMaterialChange => "no material change",
            Self::Inconclusive => "undecided",
            Self::NotMeasured => "not measured",
        }
    }
}

/// What each rule was answered, for those who want to follow the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Rule 0: too few runs for a statement.
    TooFew,
    /// Rules 1 and 2.
    Asked {
        /// The adjusted p is at most [`FAMILY_LEVEL`](super::FAMILY_LEVEL).
        significant: bool,
        excludes_zero: bool,
        /// The estimate is at least the margin.
        material: bool,
        /// The whole interval lies within the margin.
        within: bool,
        /// Something else moved, or runs are too few for rule 2.
        doubted: bool,
    },
}
