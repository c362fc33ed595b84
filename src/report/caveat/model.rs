//! A caveat, and how it is written into the JSON report.

use serde::{Deserialize, Serialize};

use super::jobs::NamedJobs;
use super::kind::CaveatKind;
use crate::window::{Period, Side};

/// A limit on what the report can say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "WrittenCaveat", from = "WrittenCaveat")]
pub struct Caveat {
    pub kind: CaveatKind,
    /// The window that it touches.
    pub window: Option<Side>,
    /// The jobs that it touches.
    pub jobs: NamedJobs,
    /// Runs that it touches.
    pub runs: Option<u64>,
}

/// A limit on what the report can say.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct WrittenCaveat {
    /// A stable word for programs.
    code: String,
    /// In words.
    message: String,
    /// The window that it touches.
    window: Option<Side>,
    /// The job that it touches.
    job: Option<String>,
    /// Runs that it touches.
    runs: Option<u64>,
}

impl From<Caveat> for WrittenCaveat {
    fn from(caveat: Caveat) -> Self {
        Self {
            code: caveat.code().to_owned(),
            message: caveat.message(),
            window: caveat.window,
            job: caveat.jobs.only().map(str::to_owned),
            runs: caveat.runs,
        }
    }
}

impl From<WrittenCaveat> for Caveat {
    fn from(written: WrittenCaveat) -> Self {
        let WrittenCaveat { code, message, window, job, runs } = written;
        let jobs: Vec<&str> = job.as_deref().into_iter().collect();
        Self { kind: CaveatKind::Told { code, message }, window, jobs: NamedJobs::of(&jobs), runs }
    }
}

impl Caveat {
    pub(in crate::report) fn new(kind: CaveatKind) -> Self {
        Self { kind, window: None, jobs: NamedJobs::default(), runs: None }
    }

    /// A watch saw nothing for a while; `cause` is a clause.
    pub fn not_watched(period: Period, cause: &str) -> Self {
        Self::new(CaveatKind::NotWatched { period, cause: cause.to_owned() })
    }

    pub fn code(&self) -> &str {
        self.kind.code()
    }

    pub(super) fn on(self, side: Side) -> Self {
        Self { window: Some(side), ..self }
    }

    pub(super) fn about(self, jobs: &[&str]) -> Self {
        Self { jobs: NamedJobs::of(jobs), ..self }
    }

    pub(super) fn with_runs(self, runs: u64) -> Self {
        Self { runs: Some(runs), ..self }
    }
}
