//! A window over time.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// Length of a bucket, µs.
    pub bucket_us: i64,
    /// Points by job and time; a job of `None` is all the jobs that are not shown one by one.
    pub points: Vec<TrendPoint>,
}

/// One job in one bucket of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TrendPoint {
    /// The job, or all the others together.
    pub job: Option<String>,
    /// Start of the bucket, UTC-aligned; it may lie before the window's start.
    pub at: Timestamp,
    pub runs: u64,
    pub failed: u64,
    /// Durations counted (successful runs).
    pub durations: u64,
    /// Their sum, µs.
    pub sum_us: i64,
    /// Smallest and largest, µs; 0 without durations.
    pub min_us: i64,
    /// Largest, µs.
    pub max_us: i64,
    /// The representatives on either side of the 95th percentile's rank, µs: at rank
    /// `floor(0.95 (n - 1))` and the one after it.
    pub p95_low_us: i64,
    /// The representative after `p95_low_us` in rank.
    pub p95_high_us: i64,
}
