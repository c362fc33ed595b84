//! What limits the statements of a report.
//!
//! Each caveat is data: a code for programs, a sentence with its figures for readers, and what it
//! touches. Jobs with the same caveat share one that counts them and names the first few, so that the
//! list stays short however many jobs there are.

mod comparison;
mod hours;
mod plan;
mod rows;
mod window;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::observation::{JobObservations, Observations};
use crate::settings::{BaselineFrom, Settings};
use crate::window::{Exclusion, Side};

/// Names that a sentence gives before it counts the rest.
const NAMED: usize = 3;

/// A limit on what the report can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caveat {
    /// A stable word for programs.
    pub code: String,
    /// In words.
    pub message: String,
    /// The window that it touches.
    pub window: Option<Side>,
    /// The job that it touches.
    pub job: Option<String>,
    /// Runs that it touches.
    pub runs: Option<u64>,
}

impl Caveat {
    fn new(code: &str, message: String) -> Self {
        Self { code: code.to_owned(), message, window: None, job: None, runs: None }
    }

    fn on(self, side: Side) -> Self {
        Self { window: Some(side), ..self }
    }

    /// Names the job when there is just one.
    fn about(self, jobs: &[&str]) -> Self {
        let job = if let [job] = jobs { Some((*job).to_owned()) } else { None };
        Self { job, ..self }
    }

    fn with_runs(self, runs: u64) -> Self {
        Self { runs: Some(runs), ..self }
    }
}

/// Everything that limits the report: first what the windows can and cannot show, then what
/// limits single comparisons, then the plan, then the rows.
pub fn caveats(observations: &Observations, analysis: &Analysis, settings: &Settings) -> Vec<Caveat> {
    let subject = Subject {
        observations,
        analysis,
        thresholds: &settings.analysis,
        plans: settings.jobs.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
        exclusions: &settings.exclusions,
        elsewhere: settings.baseline != BaselineFrom::Source,
    };
    subject.caveats()
}

/// What caveats are found in.
struct Subject<'a> {
    observations: &'a Observations,
    analysis: &'a Analysis,
    thresholds: &'a AnalysisSettings,
    plans: BTreeMap<&'a str, &'a JobPlan>,
    exclusions: &'a [Exclusion],
    /// Whether the baseline was read from another place than the stagger window.
    elsewhere: bool,
}

impl<'a> Subject<'a> {
    fn caveats(&self) -> Vec<Caveat> {
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
    fn caveat(&self, code: &str, message: String) -> Caveat {
        Caveat::new(code, message).about(&self.names).with_runs(self.runs)
    }
}

/// The window in a sentence.
fn window_name(side: Side) -> &'static str {
    match side {
        Side::Baseline => "the before window",
        Side::Stagger => "the after window",
    }
}

#[cfg(test)]
mod tests;
