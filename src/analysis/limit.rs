//! What limits a comparison beside its own test: each limit is found here, and attached to the
//! comparisons that it touches. The report's caveat of the same code says it in words.

mod drift;
mod halves;
mod load;
mod population;
mod too_fast;

use serde::{Deserialize, Serialize};

use super::Analysis;
use super::comparison::{Comparison, Comparisons};
use super::evidence::{Bench, RATES};
use super::verdict::metric::TestedMetric;
use crate::window::Side;

/// A limit on what a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The verdict does not hold in both halves of the stagger window.
    NotInBothHalves,
    /// The two halves of the baseline differ.
    DriftInBaseline,
    /// The two halves of the stagger window differ.
    DriftInStagger,
    /// The job ends faster while fewer of its runs end well: no improvement.
    TooFast,
    /// Runs per observed hour differ.
    LoadChanged,
    /// The windows hold different jobs.
    PopulationChanged,
}

impl Limit {
    /// The code in the JSON report.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInBothHalves => "not_in_both_halves",
            Self::DriftInBaseline => "drift_in_baseline",
            Self::DriftInStagger => "drift_in_stagger",
            Self::TooFast => "too_fast",
            Self::LoadChanged => "load_changed",
            Self::PopulationChanged => "population_changed",
        }
    }

    /// What it says of a comparison, in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotInBothHalves => "not in both halves",
            Self::DriftInBaseline => "it changed within the window before",
            Self::DriftInStagger => "it changed within the window after",
            Self::TooFast => "fewer of its runs end well",
            Self::LoadChanged => "the load changed too",
            Self::PopulationChanged => "the windows hold different jobs",
        }
    }

    /// The drift within a window.
    pub const fn drift_in(side: Side) -> Self {
        match side {
            Side::Baseline => Self::DriftInBaseline,
            Side::Stagger => Self::DriftInStagger,
        }
    }
}

impl Comparison {
    /// Whether `limit` touches it.
    pub fn is_limited_by(&self, limit: Limit) -> bool {
        self.caveats.contains(&limit)
    }

    fn limit(&mut self, limit: Limit) {
        if !self.is_limited_by(limit) {
            self.caveats.push(limit);
            self.caveats.sort_unstable();
        }
    }
}

/// Attaches every limit; the comparisons have their verdicts already, which stay as they are.
pub(super) fn attach(analysis: &mut Analysis, bench: &Bench<'_>) {
    halves::measure(analysis, bench);
    drift::find(analysis, bench);
    halves::hold(analysis, bench);
    too_fast::find(analysis, bench);
    load::find(analysis);
    population::find(analysis, bench);
}

/// The tested metrics about durations.
const DURATIONS: [TestedMetric; 3] =
    [TestedMetric::MedianDuration, TestedMetric::MeanDuration, TestedMetric::P95Duration];

/// The tested metrics about outcomes.
const OUTCOMES: [TestedMetric; 2] = [TestedMetric::CompletionRate, TestedMetric::FailureRate];

/// Attaches `limit` to the comparisons of `metrics`.
fn limit_all(comparisons: &mut Comparisons, metrics: &[TestedMetric], limit: Limit) {
    for metric in metrics {
        if let Some(comparison) = comparisons.get_mut(metric.name()) {
            comparison.limit(limit);
        }
    }
}

#[cfg(test)]
mod tests;
