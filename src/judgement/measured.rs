//! The figures that targets are held against, with what they rest on.

use crate::analysis::Analysis;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::figures::failure::new_classes;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::kpi::KpiFacts;
use crate::analysis::figures::rate::Rate;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{DurationFigure, Metric, Value};
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::window::Side;

/// Whose figures: one job's, or those of all together.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) job: Option<&'a JobReport>,
    pub(super) plan: Option<&'a JobPlan>,
    pub(super) settings: &'a AnalysisSettings,
}

impl<'a> Subject<'a> {
    pub(super) fn window(&self, side: Side) -> &'a JobWindow {
        match self.job {
            Some(job) => job.get(side),
            None => &self.analysis.totals.get(side).job,
        }
    }

    /// Minimum runs per window for a verdict.
    pub(super) fn min_runs(&self, metric: &Metric) -> u64 {
        self.settings.least_runs(self.plan, metric)
    }

    /// The metric's value in a window; `None` when it was not measured there. Of a window without
    /// starts only the missed runs are known, and the outcomes of runs that failed to start: that nothing
    /// failed where nothing ran is no finding.
    pub(super) fn value(&self, metric: &Metric, side: Side) -> Option<f64> {
        if let Value::Measurement { of, statistic } = &metric.value {
            return self.kpi(of, side).map(|facts| facts.get(*statistic));
        }
        let window = self.window(side);
        let known = match metric.value {
            Value::Missed => true,
            Value::Share(_) => window.decided > 0,
            _ => false,
        };
        if window.started == 0 && !known {
            return None;
        }
        match metric.value {
            Value::NewErrors => self.new_errors(side).map(|n| n as f64),
            Value::Regressions => self.regressions(side).map(|n| n as f64),
            Value::Collisions => self.collisions(side).map(|n| n as f64),
            _ => match self.job {
                Some(job) => metric.in_window(job.get(side)),
                None => metric.in_totals(self.analysis.totals.get(side)),
            },
        }
    }

    /// Whether a measurement has a source.
    pub(super) fn is_sampled(&self, kpi: &str) -> bool {
        self.analysis.kpis.stagger.contains_key(kpi)
    }

    fn kpi(&self, kpi: &str, side: Side) -> Option<KpiFacts> {
        self.analysis.kpis.get(side).get(kpi).copied().flatten()
    }

    /// The rate; `None` for other metrics and where it has nothing to be a share of.
    pub(super) fn rate(&self, metric: &Metric, side: Side) -> Option<Rate> {
        (metric.share()?.rate)(self.window(side))
    }

    /// Classes of failure seen after and before in no job; unknown when nothing ran before to compare with.
    fn new_errors(&self, side: Side) -> Option<u64> {
        if side == Side::Baseline || self.analysis.totals.baseline.job.started == 0 {
            return None;
        }
        let ours = |job: &str| self.job.is_none_or(|report| report.name == job);
        let new = new_classes(self.analysis.failures.iter().filter(|class| ours(&class.job)));
        u64::try_from(new.len()).ok()
    }

    /// Jobs with a regressed comparison; unknown when no comparison of any job was judged, because
    /// then the absence of regressions would be no finding either.
    fn regressions(&self, side: Side) -> Option<u64> {
        use ComparisonVerdict::{Improved, NoMaterialChange, Regressed};
        if side == Side::Baseline {
            return None;
        }
        let any = |job: &JobReport, wanted: &[ComparisonVerdict]| {
            job.comparison.values().any(|c| c.verdict.is_some_and(|verdict| wanted.contains(&verdict)))
        };
        let judged = |job: &&JobReport| any(job, &[Improved, NoMaterialChange, Regressed]);
        self.analysis.jobs.iter().find(judged)?;
        let regressed = self.analysis.jobs.iter().filter(|job| any(job, &[Regressed]));
        u64::try_from(regressed.count()).ok()
    }

    fn collisions(&self, side: Side) -> Option<u64> {
        if side == Side::Stagger { self.analysis.collisions } else { None }
    }

    /// How many runs, or samples, a metric's value rests on.
    pub(super) fn runs(&self, metric: &Metric, side: Side) -> u64 {
        let window = self.window(side);
        match &metric.value {
            Value::Measurement { of, .. } => self.kpi(of, side).map_or(0, |facts| facts.n),
            Value::Share(_) => self.rate(metric, side).map_or(0, |rate| rate.of),
            Value::Duration { .. } => window.duration_ms.map_or(0, |d| d.n),
            Value::Missed => window.expected_runs.unwrap_or(0),
            _ => window.started,
        }
    }

    /// The metric's own 95 % interval after the change, where there is one.
    pub(super) fn interval(&self, metric: &Metric) -> Option<[f64; 2]> {
        match metric.value {
            Value::Duration { figure: DurationFigure::MEDIAN, .. } => {
                self.window(Side::Stagger).duration_ms?.median_interval
            }
            _ => self.rate(metric, Side::Stagger).map(|rate| [rate.low, rate.high]),
        }
    }

    /// What the analysis says about the metric's change.
    pub(super) fn comparison(&self, metric: &Metric) -> Option<&'a Comparison> {
        match self.job {
            Some(job) => job.comparison.get(metric),
            None => self.analysis.totals.comparison.get(metric),
        }
    }

    /// Length of the observed part of a window, seconds.
    pub(super) fn seconds(&self, side: Side) -> f64 {
        *self.analysis.observed_seconds.get(side)
    }
}
