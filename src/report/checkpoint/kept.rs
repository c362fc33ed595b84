//! A checkpoint as it is kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::analysis::figures::pictures::Pictures;
use crate::analysis::figures::trend::Trends;
use crate::clock::Timestamp;
use crate::report::model::Report;
use crate::report::scoreboard::Scoreboard;
use crate::window::Period;

/// What tells the document from any other JSON.
const FORMAT: &str = "jobdelta checkpoint";
/// Version of the document's form.
const VERSION: u64 = 1;

/// Which deployment a checkpoint belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointKey {
    pub deployment: String,
    pub environment: String,
    /// Start of the window after the change.
    pub window_start: Timestamp,
}

impl CheckpointKey {
    pub fn of(report: &Report) -> Self {
        let facts = &report.deployment;
        Self {
            deployment: facts.name.clone().unwrap_or_default(),
            environment: facts.environment.clone().unwrap_or_default(),
            window_start: report.windows.stagger.start,
        }
    }
}

/// One assessment. The same rows give the same bytes, whenever it is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub format: String,
    pub version: u64,
    /// The period since the checkpoint before.
    pub period: Period,
    /// What became of the jobs since the start, but for those without a change.
    pub jobs: BTreeMap<String, JobVerdictKind>,
    /// From the start of the window to the end of the period, without jobs one by one.
    pub since_start: Report,
    /// The period alone; `null` where it is excluded.
    pub last_period: Option<Report>,
}

impl Checkpoint {
    pub fn of(period: Period, since_start: &Report, last_period: Option<&Report>) -> Self {
        use JobVerdictKind::{NotMeasured, Unchanged, Unclear};
        let jobs = since_start.jobs.iter().map(|job| (job.name.clone(), job.verdict.kind));
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            period,
            jobs: jobs.filter(|(_, kind)| ![Unchanged, Unclear, NotMeasured].contains(kind)).collect(),
            since_start: assessed(since_start),
            last_period: last_period.map(assessed),
        }
    }

    /// Reads a document of this version.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if read.format != FORMAT || read.version != VERSION {
            return Err(format!("it is a '{}' of version {}", read.format, read.version));
        }
        Ok(read)
    }
}

/// What of a report is assessed: verdicts and the figures of all jobs together. How it was read differs from one
/// reading to the next.
fn assessed(report: &Report) -> Report {
    Report {
        generated_at: report.as_of,
        scoreboard: Scoreboard::default(),
        findings: Vec::new(),
        failures: Vec::new(),
        trends: Trends::default(),
        pictures: Pictures::default(),
        provenance: Vec::new(),
        checkpoints: Vec::new(),
        environments: None,
        ..report.without_jobs()
    }
}
