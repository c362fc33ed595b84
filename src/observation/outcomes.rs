//! What became of the rows of a job.

use serde::{Deserialize, Serialize};

use super::compact::is_nothing;

use crate::clock::Timestamp;

/// Rows that started in the observed part, by what became of them. Unit: rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outcomes {
    /// Status `success`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub completed: u64,
    /// Status `failed`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub failed: u64,
    /// Status `timeout`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub timed_out: u64,
    /// Status `cancelled`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub cancelled: u64,
    /// Status `running`, younger than `orphan_after` at `as_of`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub in_flight: u64,
    /// Status `running`, older: never finished.
    #[serde(skip_serializing_if = "is_nothing")]
    pub orphaned: u64,
    /// Status `skipped`, for a lock.
    #[serde(skip_serializing_if = "is_nothing")]
    pub skipped_lock: u64,
    /// Status `skipped`, because the previous run still ran.
    #[serde(skip_serializing_if = "is_nothing")]
    pub skipped_overlap: u64,
    /// Status `skipped` for another reason or none.
    #[serde(skip_serializing_if = "is_nothing")]
    pub skipped_other: u64,
    /// Rows among the first four with a final status and no start. They belong to the window in which the
    /// moment that they were meant for lies, else their end.
    #[serde(skip_serializing_if = "is_nothing")]
    pub failed_to_start: u64,
    /// Decided rows of an attempt after the first.
    #[serde(skip_serializing_if = "is_nothing")]
    pub retries: u64,
    /// Completed ones of these.
    #[serde(skip_serializing_if = "is_nothing")]
    pub completed_retries: u64,
    /// Of these, the second attempts.
    #[serde(skip_serializing_if = "is_nothing")]
    pub completed_second: u64,
    /// Started rows of an attempt after the first.
    #[serde(skip_serializing_if = "is_nothing")]
    pub started_retries: u64,
}

impl Outcomes {
    /// Rows whose status is not `skipped` and that have a start.
    pub fn started(&self) -> u64 {
        let runs =
            self.completed + self.failed + self.timed_out + self.cancelled + self.in_flight + self.orphaned;
        runs.saturating_sub(self.failed_to_start)
    }

    /// Started rows of first attempts, which alone are on time or late.
    pub fn first_starts(&self) -> u64 {
        self.started().saturating_sub(self.started_retries)
    }

    pub fn rows(&self) -> u64 {
        self.started() + self.failed_to_start + self.skipped()
    }

    /// Rows whose status is `skipped`, for any reason.
    pub fn skipped(&self) -> u64 {
        self.skipped_lock + self.skipped_overlap + self.skipped_other
    }

    /// Runs with a known outcome: completed, failed, timed out or lost.
    pub fn decided(&self) -> u64 {
        self.completed + self.failed + self.timed_out + self.orphaned
    }

    /// Fires that succeeded at some attempt, and all whose first attempt has a known outcome.
    pub fn fires(&self) -> (u64, u64) {
        let fires = self.decided().saturating_sub(self.retries);
        (self.completed.min(fires), fires)
    }

    pub fn merge(&mut self, other: &Self) {
        self.completed += other.completed;
        self.failed += other.failed;
        self.timed_out += other.timed_out;
        self.cancelled += other.cancelled;
        self.in_flight += other.in_flight;
        self.orphaned += other.orphaned;
        self.skipped_lock += other.skipped_lock;
        self.skipped_overlap += other.skipped_overlap;
        self.skipped_other += other.skipped_other;
        self.failed_to_start += other.failed_to_start;
        self.retries += other.retries;
        self.completed_retries += other.completed_retries;
        self.completed_second += other.completed_second;
        self.started_retries += other.started_retries;
    }
}

/// Started rows whose times cannot be right, or are too coarse or too long to be read naively.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Anomalies {
    /// Status `running` with an end; the end is ignored.
    #[serde(skip_serializing_if = "is_nothing")]
    pub running_with_end: u64,
    /// A final status with an end before its start.
    #[serde(skip_serializing_if = "is_nothing")]
    pub end_before_start: u64,
    /// A final status without an end.
    #[serde(skip_serializing_if = "is_nothing")]
    pub final_without_end: u64,
    /// Started runs whose recorded times are all whole seconds.
    #[serde(skip_serializing_if = "is_nothing")]
    pub whole_seconds: u64,
    /// Runs that occupied for at least `longest_run`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub longer_than_longest_run: u64,
}

impl Anomalies {
    pub fn merge(&mut self, other: &Self) {
        self.running_with_end += other.running_with_end;
        self.end_before_start += other.end_before_start;
        self.final_without_end += other.final_without_end;
        self.whole_seconds += other.whole_seconds;
        self.longer_than_longest_run += other.longer_than_longest_run;
    }
}

/// Failed or timed-out runs of one job that share the first line of their message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FailureText {
    pub job: String,
    /// The first 1,000 characters of the message's first line, `(none)` or `(other)`.
    pub text: String,
    pub runs: u64,
    /// The first of their starts, or of the time used where it is missing.
    pub first_seen: Timestamp,
}
