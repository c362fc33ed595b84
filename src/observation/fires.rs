//! How runs answered their schedule, and what the scheduler recorded of it.

use serde::{Deserialize, Serialize};

/// First attempts (attempt empty or 1) that answered a fire in the observed part: the fire is `scheduled_at`
/// where it is recorded, whenever the run started, else its start. Minutes are those of the fire less the
/// job's offset in that window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FireCounts {
    /// First attempts, skipped ones included.
    pub first_attempts: u64,
    /// Distinct minutes of these.
    pub distinct_minutes: u64,
    /// First attempts that started.
    pub started_first_attempts: u64,
    /// Distinct minutes of those.
    pub started_distinct_minutes: u64,
}

impl FireCounts {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            first_attempts: self.first_attempts + other.first_attempts,
            distinct_minutes: self.distinct_minutes + other.distinct_minutes,
            started_first_attempts: self.started_first_attempts + other.started_first_attempts,
            started_distinct_minutes: self.started_distinct_minutes + other.started_distinct_minutes,
        }
    }
}

/// What the scheduler recorded about itself with a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecordedSchedule {
    /// The expression as configured.
    pub schedule: Option<String>,
    /// The expression that was in force.
    pub effective_schedule: Option<String>,
    /// The offset that was in force, seconds.
    pub stagger_offset_s: Option<i64>,
    /// Rows with this schedule and offset.
    pub runs: u64,
}

impl RecordedSchedule {
    /// Whether the two differ in nothing but the number of runs.
    pub fn same_as(&self, other: &Self) -> bool {
        (&self.schedule, &self.effective_schedule, self.stagger_offset_s)
            == (&other.schedule, &other.effective_schedule, other.stagger_offset_s)
    }
}
