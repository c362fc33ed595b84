//! The thresholds of a verdict.

use crate::analysis::comparison::verdict::outlook::Outlook;
use crate::analysis::metric::Metric;
use crate::analysis::plan::threshold::ByMetric;
use crate::analysis::plan::{AnalysisSettings, JobPlan, Margin};
use crate::finite::Finite;

/// The default margin of durations, as a share of the baseline's value.
const DURATION_MARGIN: f64 = 0.05;
/// No change of a duration below this is reported, ms.
const LEAST_DURATION_MARGIN_MS: f64 = 1.0;
/// The default margin of rates, as a fraction.
const RATE_MARGIN: f64 = 0.01;
/// No change of a rate below this is reported, as a fraction.
pub const LEAST_RATE_MARGIN: f64 = 0.001;

/// What a comparison is judged by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Minimum runs per window for a verdict.
    pub min_runs: ByMetric<u64>,
    /// Smallest change reported; defaults where `None`.
    pub margin: Margin,
    /// What more runs there could be.
    pub outlook: Outlook,
}

impl Default for Rule {
    fn default() -> Self {
        Self::of(&AnalysisSettings::default(), None, Outlook::default())
    }
}

impl Rule {
    /// The rule for a job: its own thresholds where declared, otherwise the analysis'.
    pub fn of(settings: &AnalysisSettings, job: Option<&JobPlan>, outlook: Outlook) -> Self {
        let (min_runs, margin) = job.map(|job| (job.min_runs, job.margin)).unwrap_or_default();
        Self { min_runs: min_runs.or(settings.min_runs), margin: margin.or(settings.margin), outlook }
    }

    /// The margin of a duration metric whose baseline is `baseline_ms`: 5 % of it, or the share that was
    /// set, and at least 1 ms.
    pub fn duration_margin_ms(&self, metric: &Metric, baseline_ms: f64) -> f64 {
        (self.margin.of(metric).map_or(DURATION_MARGIN, Finite::get) * baseline_ms)
            .max(LEAST_DURATION_MARGIN_MS)
    }

    /// The margin of a rate whose baseline misses `failing` of its runs: the smaller of 1 percentage
    /// point, or what was set, and half of the failing share, but at least 0.1 point (or what was set).
    pub fn rate_margin(&self, metric: &Metric, failing: f64) -> f64 {
        let set = self.margin.of(metric).map_or(RATE_MARGIN, Finite::get);
        set.min(failing / 2.0).max(LEAST_RATE_MARGIN.min(set))
    }
}
