//! Where the value of a metric is found among the figures.

use crate::analysis::Analysis;
use crate::analysis::figures::job::{JobReport, JobWindow, WindowTotals};
use crate::analysis::metric::Metric;

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
    /// measured and for metrics that a window does not hold: levels and bursts ([`Metric::in_totals`]), new
    /// errors, regressions and collisions.
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
}
