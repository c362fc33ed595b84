//! What is seen of a job by itself, without a comparison.

use super::JobObservations;
use crate::clock::Timestamp;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenJob {
    pub counts: JobObservations,
    /// When the latest runs were meant to start, else when they did; in no order.
    pub recent_starts: Vec<Timestamp>,
}

/// A job as the scheduler's own table of jobs has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchedulerJob {
    pub name: String,
    /// As the scheduler writes it.
    pub schedule: Option<String>,
    pub time_zone: Option<String>,
    /// `None` where the scheduler does not say.
    pub enabled: Option<bool>,
}
