//! The names of everything a target or a comparison can be about.

use crate::figure;

/// A figure of the analysis that has a name of its own. Declared measurements (KPIs) are not among
/// them: their names are the deployment file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    CompletionRate,
    FailureRate,
    LostRate,
    OnTimeRate,
    PeakConcurrency,
    MeanConcurrency,
    StartBurst,
    MeanDuration,
    MedianDuration,
    P90Duration,
    P95Duration,
    P99Duration,
    MaxDuration,
    OverlappingStarts,
    MissedRuns,
    OrphanedRuns,
    SkippedLock,
    SkippedOverlap,
    NewErrors,
    SlowRuns,
    Regressions,
    Collisions,
}

/// What a metric's value is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A share from 0 to 1.
    Fraction,
    /// Milliseconds.
    Milliseconds,
    /// A whole number of runs, jobs, pairs or classes.
    Count,
    /// Runs at one instant; a mean of it need not be whole.
    Level,
}

impl Unit {
    /// The word in the JSON report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fraction => "fraction",
            Self::Milliseconds => "ms",
            Self::Count => "count",
            Self::Level => "level",
        }
    }

    /// A value in this unit, never rounded across one of `limits`; a whole count with all its digits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and not negative
    pub fn value(self, value: f64, limits: &[f64]) -> String {
        match self {
            Self::Fraction => figure::percent_against(value, limits),
            Self::Milliseconds => figure::duration_against(value, limits),
            Self::Count if value >= 0.0 && value.fract() == 0.0 => figure::count(value as u64),
            Self::Count | Self::Level => figure::number_against(value, limits),
        }
    }

    /// A difference of two values, with its sign.
    pub fn difference(self, difference: f64) -> String {
        match self {
            Self::Fraction => figure::points(difference),
            Self::Milliseconds => figure::duration_change(difference),
            Self::Count | Self::Level => figure::number_change(difference),
        }
    }
}

/// Which direction is an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
}

impl Metric {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 22] = [
        Self::CompletionRate,
        Self::FailureRate,
        Self::LostRate,
        Self::OnTimeRate,
        Self::PeakConcurrency,
        Self::MeanConcurrency,
        Self::StartBurst,
        Self::MeanDuration,
        Self::MedianDuration,
        Self::P90Duration,
        Self::P95Duration,
        Self::P99Duration,
        Self::MaxDuration,
        Self::OverlappingStarts,
        Self::MissedRuns,
        Self::OrphanedRuns,
        Self::SkippedLock,
        Self::SkippedOverlap,
        Self::NewErrors,
        Self::SlowRuns,
        Self::Regressions,
        Self::Collisions,
    ];

    /// The name in files, flags and the JSON report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CompletionRate => "completion_rate",
            Self::FailureRate => "failure_rate",
            Self::LostRate => "lost_rate",
            Self::OnTimeRate => "on_time_rate",
            Self::PeakConcurrency => "peak_concurrency",
            Self::MeanConcurrency => "mean_concurrency",
            Self::StartBurst => "start_burst",
            Self::MeanDuration => "mean_duration",
            Self::MedianDuration => "median_duration",
            Self::P90Duration => "p90_duration",
            Self::P95Duration => "p95_duration",
            Self::P99Duration => "p99_duration",
            Self::MaxDuration => "max_duration",
            Self::OverlappingStarts => "overlapping_starts",
            Self::MissedRuns => "missed_runs",
            Self::OrphanedRuns => "orphaned_runs",
            Self::SkippedLock => "skipped_lock",
            Self::SkippedOverlap => "skipped_overlap",
            Self::NewErrors => "new_errors",
            Self::SlowRuns => "slow_runs",
            Self::Regressions => "regressions",
            Self::Collisions => "collisions",
        }
    }

    /// The metric of a name, compared byte by byte.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// What its value is a number of.
    pub const fn unit(self) -> Unit {
        match self {
            Self::CompletionRate | Self::FailureRate | Self::LostRate | Self::OnTimeRate => Unit::Fraction,
            Self::MeanDuration
            | Self::MedianDuration
            | Self::P90Duration
            | Self::P95Duration
            | Self::P99Duration
            | Self::MaxDuration => Unit::Milliseconds,
            Self::PeakConcurrency | Self::MeanConcurrency => Unit::Level,
            Self::StartBurst
            | Self::OverlappingStarts
            | Self::MissedRuns
            | Self::OrphanedRuns
            | Self::SkippedLock
            | Self::SkippedOverlap
            | Self::NewErrors
            | Self::SlowRuns
            | Self::Regressions
            | Self::Collisions => Unit::Count,
        }
    }

    /// Which direction is an improvement.
    pub const fn better(self) -> Better {
        match self {
            Self::CompletionRate | Self::OnTimeRate => Better::Higher,
            _ => Better::Lower,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_metric() {
        for metric in Metric::ALL {
            assert_eq!(Metric::from_name(metric.name()), Some(metric));
        }
        assert_eq!(Metric::from_name("Completion_rate"), None);
    }

    #[test]
    fn only_two_metrics_are_better_when_higher() {
        let higher: Vec<_> = Metric::ALL.into_iter().filter(|m| m.better() == Better::Higher).collect();
        assert_eq!(higher, [Metric::CompletionRate, Metric::OnTimeRate]);
    }
}
