//! How many ran at once, and how many started at once: two different numbers.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// How many ran at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concurrency {
    /// The highest level.
    pub peak: u64,
    /// When it was first reached; `null` when nothing ran.
    pub peak_at: Option<Timestamp>,
    /// The jobs running then.
    pub jobs_at_peak: Vec<String>,
    /// Time-weighted mean level.
    pub mean: f64,
    /// Time spent at each level from 0 to the peak.
    pub time_at_level_ms: Vec<f64>,
}

/// How many started at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Burst {
    /// The largest number of starts in one burst window.
    pub runs: u64,
    /// The earliest such moment; `null` when nothing started.
    pub at: Option<Timestamp>,
}
