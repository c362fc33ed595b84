//! What the scoreboard is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::reason::ComparisonReason;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::job_verdict::JobVerdictKind;

/// The jobs by their verdicts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scoreboard {
    /// Jobs by verdict.
    #[serde(flatten)]
    pub jobs: Counts,
    /// The worst jobs that got worse, at most five.
    pub worst: Vec<ScoreRow>,
    /// Large changes for the worse that the rules leave undecided, at most five.
    pub look_at: Vec<ScoreRow>,
}

/// Numbers of jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    pub broken: u64,
    pub stopped: u64,
    pub missing_runs: u64,
    pub slower: u64,
    #[serde(default)]
    pub more_retries: u64,
    pub less_punctual: u64,
    pub overlapping: u64,
    pub faster: u64,
    pub more_reliable: u64,
    pub unchanged: u64,
    pub unclear: u64,
    pub not_measured: u64,
}

/// A job that has to be looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScoreRow {
    pub job: String,
    pub kind: JobVerdictKind,
    /// The metric that says so; `null` for a job that stopped or paused.
    pub metric: Option<String>,
    /// Its value before.
    pub baseline: Option<f64>,
    /// Its value after.
    pub stagger: Option<f64>,
    /// What happened, in a few words.
    pub text: String,
    /// Why it is not decided; empty for what is.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub reason: ComparisonReason,
}

impl Counts {
    pub fn of(self, kind: JobVerdictKind) -> u64 {
        match kind {
            JobVerdictKind::Broken => self.broken,
            JobVerdictKind::Stopped => self.stopped,
            JobVerdictKind::MissingRuns => self.missing_runs,
            JobVerdictKind::Slower => self.slower,
            JobVerdictKind::MoreRetries => self.more_retries,
            JobVerdictKind::LessPunctual => self.less_punctual,
            JobVerdictKind::Overlapping => self.overlapping,
            JobVerdictKind::Faster => self.faster,
            JobVerdictKind::MoreReliable => self.more_reliable,
            JobVerdictKind::Unchanged => self.unchanged,
            JobVerdictKind::Unclear => self.unclear,
            JobVerdictKind::NotMeasured => self.not_measured,
        }
    }

    /// Jobs that got worse.
    pub fn worse(self) -> u64 {
        JobVerdictKind::ALL.into_iter().filter(|kind| kind.is_worse()).map(|kind| self.of(kind)).sum()
    }

    pub(super) fn of_jobs(jobs: &[JobReport]) -> Self {
        let mut counted: BTreeMap<JobVerdictKind, u64> = BTreeMap::new();
        for job in jobs {
            *counted.entry(job.verdict.kind).or_default() += 1;
        }
        let of = |kind| counted.get(&kind).copied().unwrap_or(0);
        Self {
            broken: of(JobVerdictKind::Broken),
            stopped: of(JobVerdictKind::Stopped),
            missing_runs: of(JobVerdictKind::MissingRuns),
            slower: of(JobVerdictKind::Slower),
            more_retries: of(JobVerdictKind::MoreRetries),
            less_punctual: of(JobVerdictKind::LessPunctual),
            overlapping: of(JobVerdictKind::Overlapping),
            faster: of(JobVerdictKind::Faster),
            more_reliable: of(JobVerdictKind::MoreReliable),
            unchanged: of(JobVerdictKind::Unchanged),
            unclear: of(JobVerdictKind::Unclear),
            not_measured: of(JobVerdictKind::NotMeasured),
        }
    }
}
