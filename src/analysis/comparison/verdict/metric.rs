//! The metrics that are tested, and which direction is better.

use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::metric::{Better, Metric};

/// A metric whose change is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestedMetric {
    /// Completed of decided runs.
    CompletionRate,
    /// Failed and timed-out of decided runs.
    FailureRate,
    /// Mean duration of completed runs, ms.
    MeanDuration,
    /// Their median, ms, compared by the shift.
    MedianDuration,
    /// Runs on time of started runs.
    OnTimeRate,
    /// 95th percentile of the durations, ms.
    P95Duration,
}

impl TestedMetric {
    /// All of them, by name.
    pub const ALL: [Self; 6] = [
        Self::CompletionRate,
        Self::FailureRate,
        Self::MeanDuration,
        Self::MedianDuration,
        Self::OnTimeRate,
        Self::P95Duration,
    ];

    /// The metric that is tested.
    pub const fn metric(self) -> Metric {
        match self {
            Self::CompletionRate => Metric::CompletionRate,
            Self::FailureRate => Metric::FailureRate,
            Self::MeanDuration => Metric::MeanDuration,
            Self::MedianDuration => Metric::MedianDuration,
            Self::OnTimeRate => Metric::OnTimeRate,
            Self::P95Duration => Metric::P95Duration,
        }
    }

    /// The name in targets and in the JSON report.
    pub const fn name(self) -> &'static str {
        self.metric().name()
    }

    /// Whether a smaller value is better.
    pub const fn lower_is_better(self) -> bool {
        matches!(self.metric().better(), Better::Lower)
    }

    /// What a shown change of `estimate` (stagger − baseline, not 0) is.
    pub(super) fn verdict_of(self, estimate: f64) -> ComparisonVerdict {
        if (estimate < 0.0) == self.lower_is_better() {
            ComparisonVerdict::Improved
        } else {
            ComparisonVerdict::Regressed
        }
    }

    /// What a reason calls the change.
    pub(super) const fn estimate_name(self) -> &'static str {
        match self {
            Self::MedianDuration => "shift",
            Self::MeanDuration => "mean",
            Self::P95Duration => "95th percentile",
            Self::CompletionRate | Self::FailureRate | Self::OnTimeRate => "difference",
        }
    }

    /// What the runs of the metric are called: "4 completed baseline runs".
    pub(in crate::analysis) const fn runs_name(self) -> &'static str {
        match self {
            Self::MedianDuration | Self::MeanDuration | Self::P95Duration => "completed",
            Self::CompletionRate | Self::FailureRate => "decided",
            Self::OnTimeRate => "started",
        }
    }
}
