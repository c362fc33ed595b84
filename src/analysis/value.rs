//! Where the value of a metric is found among the figures.

use super::Analysis;
use super::comparison::ComparisonVerdict;
use super::job::{JobReport, JobWindow, WindowTotals};
use super::metric::Metric;
use crate::window::Side;

impl Metric {
    /// Whether the metric is about all jobs together and has no value for one.
    pub const fn is_of_totals_only(self) -> bool {
        matches!(
            self,
            Self::PeakConcurrency
                | Self::MeanConcurrency
                | Self::StartBurst
                | Self::Regressions
                | Self::Collisions
        )
    }

    /// The value of one job, or of all, in a window, in the metric's unit; `None` where it was not
    /// measured and for metrics that a window does not hold (levels and bursts: [`Metric::in_totals`];
    /// new errors, regressions and collisions: [`Analysis::value`]).
    pub fn in_window(self, window: &JobWindow) -> Option<f64> {
        let whole = |count: u64| Some(count as f64);
        let duration = window.duration_ms.as_ref();
        match self {
            Self::CompletionRate => window.completion_rate.map(|rate| rate.value),
            Self::FailureRate => window.failure_rate.map(|rate| rate.value),
            Self::LostRate => window.lost_rate.map(|rate| rate.value),
            Self::OnTimeRate => window.on_time_rate.map(|rate| rate.value),
            Self::MeanDuration => duration.map(|facts| facts.mean),
            Self::MedianDuration => duration.map(|facts| facts.median),
            Self::P90Duration => duration.map(|facts| facts.p90),
            Self::P95Duration => duration.map(|facts| facts.p95),
            Self::P99Duration => duration.map(|facts| facts.p99),
            Self::MaxDuration => duration.map(|facts| facts.max),
            Self::OverlappingStarts => whole(window.overlapping_starts),
            Self::MissedRuns => window.missed_runs.map(|runs| runs as f64),
            Self::OrphanedRuns => whole(window.orphaned),
            Self::SkippedLock => whole(window.skipped.lock),
            Self::SkippedOverlap => whole(window.skipped.overlap),
            Self::SlowRuns => whole(window.slow_runs),
            Self::PeakConcurrency
            | Self::MeanConcurrency
            | Self::StartBurst
            | Self::NewErrors
            | Self::Regressions
            | Self::Collisions => None,
        }
    }

    /// The value of all jobs together in a window.
    pub fn in_totals(self, totals: &WindowTotals) -> Option<f64> {
        match self {
            Self::PeakConcurrency => Some(totals.concurrency.peak as f64),
            Self::MeanConcurrency => Some(totals.concurrency.mean),
            Self::StartBurst => Some(totals.start_burst.runs as f64),
            metric => metric.in_window(&totals.job),
        }
    }
}

impl Analysis {
    /// The job of a name, compared byte by byte.
    pub fn job(&self, name: &str) -> Option<&JobReport> {
        let place = self.jobs.binary_search_by(|job| job.name.as_str().cmp(name)).ok()?;
        self.jobs.get(place)
    }

    /// The value of a metric in a window, of one job or of all; `None` where it was not measured. New
    /// errors, regressions and collisions are of the stagger window. That a window without a start
    /// measured nothing but missed runs is for the caller to see to: counts are 0 there.
    pub fn value(&self, metric: Metric, job: Option<&str>, side: Side) -> Option<f64> {
        if job.is_some() && metric.is_of_totals_only() {
            return None;
        }
        match (metric, side) {
            (Metric::NewErrors | Metric::Regressions | Metric::Collisions, Side::Baseline) => None,
            (Metric::NewErrors, Side::Stagger) => Some(self.new_errors(job) as f64),
            (Metric::Regressions, Side::Stagger) => Some(self.regressions() as f64),
            (Metric::Collisions, Side::Stagger) => self.collisions.map(|pairs| pairs as f64),
            _ => match job {
                None => metric.in_totals(self.totals.get(side)),
                Some(name) => metric.in_window(self.job(name)?.get(side)),
            },
        }
    }

    /// Classes of message seen after and not before, of one job or of all.
    fn new_errors(&self, job: Option<&str>) -> usize {
        let of_job = |name: &str| job.is_none_or(|job| job == name);
        self.failures.iter().filter(|class| class.new && of_job(&class.job)).count()
    }

    /// Jobs with a regressed comparison.
    fn regressions(&self) -> usize {
        let regressed = |job: &&JobReport| {
            job.comparison.values().any(|c| c.verdict == Some(ComparisonVerdict::Regressed))
        };
        self.jobs.iter().filter(regressed).count()
    }
}
