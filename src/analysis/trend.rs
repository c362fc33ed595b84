//! Each window over time.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::window::{PerSide, Side};

/// Both windows over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trends {
    /// Length of a bucket in each window.
    pub bucket_seconds: PerSide<i64>,
    /// A line for each window and job.
    pub series: Vec<Series>,
    /// Jobs that are shown as one line together.
    pub jobs_added_up: u64,
}

/// One line of a trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Which window.
    pub window: Side,
    /// The job; `null` for all the others together.
    pub job: Option<String>,
    /// Points, ascending in time.
    pub points: Vec<SeriesPoint>,
}

/// One point of a trend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// Start of the bucket.
    pub at: Timestamp,
    /// Runs started.
    pub runs: u64,
    /// Failed and timed out.
    pub failed: u64,
    /// Mean duration of completed runs.
    pub mean_ms: Option<f64>,
    /// Their 95th percentile.
    pub p95_ms: Option<f64>,
}
