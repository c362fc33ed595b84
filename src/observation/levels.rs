//! How runs met each other: levels, bursts, overlaps.

use serde::{Deserialize, Serialize};

use super::compact::is_nothing;

use crate::clock::Timestamp;

/// Time spent at each level of concurrency, level 0 included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// Index: level; value: µs of the observed part spent there. Empty when nothing was observed.
    pub time_at_level_us: Vec<i64>,
    /// The first instant at which the highest level was reached; `None` when nothing ran.
    pub peak_at: Option<Timestamp>,
    /// The jobs that were running then, by name.
    pub jobs_at_peak: Vec<String>,
}

impl Levels {
    pub fn peak(&self) -> u64 {
        self.time_at_level_us.len().saturating_sub(1) as u64
    }
}

/// The busiest burst window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartBurst {
    pub runs: u64,
    /// Its start, aligned to the clock.
    pub at: Timestamp,
}

/// How the runs of one job met each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overlap {
    /// Runs that started while an earlier run of the job occupied.
    #[serde(skip_serializing_if = "is_nothing")]
    pub overlapping_starts: u64,
    /// Observed time during which two or more runs of the job occupied, µs.
    #[serde(skip_serializing_if = "is_nothing")]
    pub overlapped_us: i64,
    /// Sum of the observed time that the job's runs occupied, µs.
    #[serde(skip_serializing_if = "is_nothing")]
    pub busy_us: i64,
    /// Started runs less than a second after the previous start of the job in the window.
    #[serde(skip_serializing_if = "is_nothing")]
    pub suspected_duplicates: u64,
}

impl Overlap {
    pub fn merge(&mut self, other: &Self) {
        self.overlapping_starts += other.overlapping_starts;
        self.overlapped_us += other.overlapped_us;
        self.busy_us += other.busy_us;
        self.suspected_duplicates += other.suspected_duplicates;
    }
}
