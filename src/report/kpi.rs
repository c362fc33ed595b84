//! A declared measurement in the report.

use serde::{Deserialize, Serialize};

use crate::analysis::figures::kpi::KpiFacts;

/// A declared measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Kpi {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Where its samples come from: `query`, `samples`, `prometheus` or `built_in`; left out where nothing says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Before; `null` when it was not measured.
    pub baseline: Option<KpiFacts>,
    /// After; `null` when it was not measured.
    pub stagger: Option<KpiFacts>,
}
