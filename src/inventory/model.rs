//! The inventory, as it is printed and as JSON.

use serde::Serialize;

use super::audit::Audit;
use crate::analysis::figures::duration::DurationFacts;
use crate::analysis::inference::ScheduleFit;
use crate::clock::Timestamp;
use crate::window::Period;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inventory {
    /// 1: keys are added within a version.
    pub schema_version: u32,
    pub source: InventorySource,
    /// The period that was looked at.
    pub window: Period,
    /// Why this period.
    pub window_chosen: String,
    /// The instant up to which rows were looked at.
    pub as_of: Timestamp,
    /// Of the whole table.
    pub first_started: Option<Timestamp>,
    /// Of the whole table.
    pub last_started: Option<Timestamp>,
    /// By the bytes of their names.
    pub jobs: Vec<InventoryJob>,
    /// `None` where no list of jobs says what is meant to run.
    pub audit: Option<Audit>,
    /// What limits what can be said, a sentence each.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InventorySource {
    /// `host:port/name` or a file's name; never a secret.
    pub identity: String,
    /// The name of the mapping.
    pub mapping: String,
    /// The scheduler, where its table was recognised.
    pub product: Option<String>,
    /// The zone of inferred times of day.
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InventoryJob {
    pub name: String,
    /// Started runs.
    pub runs: u64,
    /// Of these, attempts after the first.
    pub retries: u64,
    pub first_started: Option<Timestamp>,
    pub last_started: Option<Timestamp>,
    pub statuses: StatusCounts,
    /// Of successful runs.
    pub duration_ms: Option<UsualDuration>,
    /// Runs that started while one of the same job still ran.
    pub overlapping_starts: u64,
    pub schedule: Schedules,
}

/// Rows by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatusCounts {
    pub success: u64,
    pub failed: u64,
    pub timeout: u64,
    pub cancelled: u64,
    /// Started lately, and not ended yet.
    pub running: u64,
    /// Started long ago, and never ended.
    pub lost: u64,
    pub skipped: u64,
}

impl StatusCounts {
    /// Name and count of each that is not nought.
    pub fn counted(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let Self { success, failed, timeout, cancelled, running, lost, skipped } = *self;
        let all = [
            ("success", success),
            ("failed", failed),
            ("timeout", timeout),
            ("cancelled", cancelled),
            ("running", running),
            ("lost", lost),
            ("skipped", skipped),
        ];
        all.into_iter().filter(|(_, count)| *count > 0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct UsualDuration {
    pub n: u64,
    pub median: f64,
    pub p95: f64,
}

impl From<DurationFacts> for UsualDuration {
    fn from(facts: DurationFacts) -> Self {
        Self { n: facts.n, median: facts.median, p95: facts.p95 }
    }
}

/// What is known of when a job is meant to run, each from where it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Schedules {
    /// In the deployment file, with its offset.
    pub declared: Option<String>,
    /// In the scheduler's own table of jobs.
    pub scheduler: Vec<String>,
    /// In the rows of most runs.
    pub recorded: Option<String>,
    /// From the starts.
    pub inferred: Option<InferredFacts>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InferredFacts {
    /// In words.
    pub text: String,
    /// `None` where no cron expression says it.
    pub cron: Option<String>,
    /// After the moments of the expression, s.
    pub offset_s: i64,
    pub time_zone: String,
    #[serde(flatten)]
    pub fit: ScheduleFit,
}
