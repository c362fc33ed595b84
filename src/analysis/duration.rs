//! Figures of a frequency table of durations.

use serde::{Deserialize, Serialize};

/// Durations in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // the names say it all
pub struct DurationFacts {
    pub n: u64,
    pub sum: f64,
    pub mean: f64,
    pub min: f64,
    pub median: f64,
    pub p90: f64,
    pub p95: f64,
    pub p99: f64,
    pub max: f64,
    /// Order-statistics interval of the median; `null` below six runs.
    pub median_interval: Option<[f64; 2]>,
}

/// Delay after the scheduled moment, milliseconds. Early starts are counted and in nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // the names say it all
pub struct StartDelayFacts {
    pub n: u64,
    pub early: u64,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    pub p95: Option<f64>,
    pub max: Option<f64>,
}
