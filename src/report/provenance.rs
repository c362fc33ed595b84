//! Which queries a report rests on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn none_left_out(texts: &u64) -> bool {
    *texts == 0
}

/// A query that was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// File in `queries/`, without its ending.
    pub query: String,
    /// What was bound, by name.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// Further texts that were bound, such as the names of many jobs; `jobdelta sql` prints them.
    #[serde(default, skip_serializing_if = "none_left_out")]
    pub texts_left_out: u64,
    /// Rows returned.
    pub rows: u64,
    /// How long the database took, ms.
    pub elapsed_ms: f64,
}

/// The parameter that says how often a query was asked about earlier days; absent where it was about the windows.
pub const EARLIER_TIMES: &str = "earlier_times";

impl Provenance {
    /// Whether it was asked about the windows, not about earlier days.
    pub fn is_of_windows(&self) -> bool {
        !self.parameters.contains_key(EARLIER_TIMES)
    }
}
