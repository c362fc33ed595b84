//! What a report has of the runs that were recorded.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::window::Period;

/// Runs that `jobdelta record` kept, for what the table no longer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryFacts {
    /// Since when runs were recorded.
    pub from: Timestamp,
    /// The table's first start; `null` where it is empty.
    pub until: Option<Timestamp>,
    /// Runs that only the history has, of those that the report looked at.
    pub runs: u64,
    /// Periods of which neither has anything.
    pub gaps: Vec<Period>,
}
