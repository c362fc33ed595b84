//! What limits the statements of a report.
//!
//! Each caveat is data: its kind with its figures, and what it touches; [`wording`] makes the sentence. Jobs
//! with the same caveat share one that counts them and names the first few, so that the list stays short
//! however many jobs there are.

mod comparison;
mod hours;
mod jobs;
mod kind;
mod plan;
mod rows;
mod source;
mod window;
mod wording;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use hours::{HoursOfDay, PartOfDay};
pub use jobs::NamedJobs;
pub use kind::{CaveatKind, ChangeInHalves};

use crate::analysis::Analysis;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::observation::{JobObservations, Observations};
use crate::settings::{BaselineFrom, Question};
use crate::window::{Exclusion, Side};

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
    pub(super) fn new(kind: CaveatKind) -> Self {
        Self { kind, window: None, jobs: NamedJobs::default(), runs: None }
    }

    pub fn code(&self) -> &str {
        self.kind.code()
    }

    fn on(self, side: Side) -> Self {
        Self { window: Some(side), ..self }
    }

    fn about(self, jobs: &[&str]) -> Self {
        Self { jobs: NamedJobs::of(jobs), ..self }
    }

    fn with_runs(self, runs: u64) -> Self {
        Self { runs: Some(runs), ..self }
    }
}

/// Everything that limits the report: first what the source cannot tell, then what the windows can and
/// cannot show, then what limits single comparisons, then the plan, then the rows.
pub fn caveats(observations: &Observations, analysis: &Analysis, question: &Question) -> Vec<Caveat> {
    let grounds = Grounds {
        observations,
        analysis,
        thresholds: &question.analysis,
        plans: question.jobs.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
        exclusions: &question.exclusions,
        elsewhere: question.baseline != BaselineFrom::Source,
    };
    let mut found = source::of_source(&question.source.mapping, question.analysis.longest_run);
    found.extend(grounds.caveats());
    found
}

/// What the caveats of windows, comparisons, plan and rows are found in.
pub struct Grounds<'a> {
    pub observations: &'a Observations,
    pub analysis: &'a Analysis,
    pub thresholds: &'a AnalysisSettings,
    /// The declared jobs, by name.
    pub plans: BTreeMap<&'a str, &'a JobPlan>,
    pub exclusions: &'a [Exclusion],
    /// Whether the baseline was read from another place than the stagger window.
    pub elsewhere: bool,
}

impl<'a> Grounds<'a> {
    pub fn caveats(&self) -> Vec<Caveat> {
        let mut found = self.of_exclusions();
        found.extend(self.of_windows());
        found.extend(self.of_comparisons());
        found.extend(self.of_plan());
        found.extend(self.of_rows());
        found
    }

    fn plan(&self, job: &str) -> Option<&'a JobPlan> {
        self.plans.get(job).copied()
    }

    /// The jobs of a window for which `count` is not zero.
    fn touched(&self, side: Side, count: impl Fn(&str, &JobObservations) -> u64) -> Option<Touched<'a>> {
        let jobs = self.observations.get(side).jobs.iter();
        Touched::of(jobs.map(|(name, seen)| (name.as_str(), count(name, seen))))
    }
}

/// Jobs with one caveat.
struct Touched<'a> {
    /// Their names, those with the most runs first, then by bytes.
    names: Vec<&'a str>,
    /// Their runs together.
    runs: u64,
}

impl<'a> Touched<'a> {
    fn of(counts: impl Iterator<Item = (&'a str, u64)>) -> Option<Self> {
        let mut touched: Vec<(&str, u64)> = counts.filter(|&(_, runs)| runs > 0).collect();
        touched.sort_by_key(|&(name, runs)| (Reverse(runs), name));
        let runs = touched.iter().map(|&(_, runs)| runs).sum();
        let names: Vec<&str> = touched.into_iter().map(|(name, _)| name).collect();
        (!names.is_empty()).then_some(Self { names, runs })
    }

    /// The caveat about these jobs and runs.
    fn caveat(&self, kind: CaveatKind) -> Caveat {
        Caveat::new(kind).about(&self.names).with_runs(self.runs)
    }
}
