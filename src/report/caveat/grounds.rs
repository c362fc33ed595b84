//! What caveats are found in.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::kind::CaveatKind;
use super::model::Caveat;
use crate::analysis::Analysis;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::observation::{JobObservations, Observations};
use crate::window::{Exclusion, Side};

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
    pub(super) fn plan(&self, job: &str) -> Option<&'a JobPlan> {
        self.plans.get(job).copied()
    }

    /// The jobs of a window for which `count` is not zero.
    pub(super) fn touched(
        &self,
        side: Side,
        count: impl Fn(&str, &JobObservations) -> u64,
    ) -> Option<Touched<'a>> {
        let jobs = self.observations.get(side).jobs.iter();
        Touched::of(jobs.map(|(name, seen)| (name.as_str(), count(name, seen))))
    }
}

/// Jobs with one caveat.
pub(super) struct Touched<'a> {
    /// Their names, those with the most runs first, then by bytes.
    pub(super) names: Vec<&'a str>,
    /// Their runs together.
    pub(super) runs: u64,
}

impl<'a> Touched<'a> {
    pub(super) fn of(counts: impl Iterator<Item = (&'a str, u64)>) -> Option<Self> {
        let mut touched: Vec<(&str, u64)> = counts.filter(|&(_, runs)| runs > 0).collect();
        touched.sort_by_key(|&(name, runs)| (Reverse(runs), name));
        let runs = touched.iter().map(|&(_, runs)| runs).sum();
        let names: Vec<&str> = touched.into_iter().map(|(name, _)| name).collect();
        (!names.is_empty()).then_some(Self { names, runs })
    }

    /// The caveat about these jobs and runs.
    pub(super) fn caveat(&self, kind: CaveatKind) -> Caveat {
        Caveat::new(kind).about(&self.names).with_runs(self.runs)
    }
}
