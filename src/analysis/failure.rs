//! Failed and timed-out runs by class of message.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// Failed and timed-out runs of one job with one class of message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureClass {
    /// The job.
    pub job: String,
    /// The message with its digits masked.
    pub error_class: String,
    /// Before.
    pub baseline: FailureCount,
    /// After.
    pub stagger: FailureCount,
    /// Seen after and not before.
    pub new: bool,
}

/// How often a class was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureCount {
    /// Runs.
    pub runs: u64,
    /// The first of their starts.
    pub first_seen: Option<Timestamp>,
}
