//! Which queries a report rests on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A query that was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// File in `queries/`, without its ending.
    pub query: String,
    /// What was bound, by name.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// Rows returned.
    pub rows: u64,
    /// How long the database took, ms.
    pub elapsed_ms: f64,
}
