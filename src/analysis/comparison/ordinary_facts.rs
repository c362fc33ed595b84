//! What ordinary days say of a change, for readers.

use serde::{Deserialize, Serialize};

/// What ordinary days say of a change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrdinaryFacts {
    /// Earlier days on which the same comparison was made.
    pub days: u64,
    /// Of these, days on which it showed a change at least as large, in either direction.
    pub as_large: u64,
    /// The largest change among them, in the unit of `change`.
    pub largest: f64,
    /// The standard deviation of such a change between two days, in the unit of `change`.
    pub deviation: f64,
    /// Whether p and the intervals are those of days alone, in which runs that resemble each other are contained.
    pub in_place_of_runs: bool,
    /// Whether days, not the number of runs, limit what can be told.
    pub limits: bool,
    /// Whether the runs alone would show the change; not in the JSON report.
    #[serde(skip)]
    pub runs_alone: bool,
    /// Each change, in the unit of `change`, latest day first; where they decide, or a change is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<f64>,
}
