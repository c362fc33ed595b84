//! For each metric the queries it rests on, and its rule in a sentence.

use crate::analysis::metric::Metric;

/// The queries that a metric rests on.
pub(super) fn queries(metric: Metric) -> &'static [&'static str] {
    match metric {
        Metric::CompletionRate | Metric::FailureRate => &["outcomes", "dependence"],
        Metric::LostRate
        | Metric::OrphanedRuns
        | Metric::SkippedLock
        | Metric::SkippedOverlap
        | Metric::SlowRuns => &["outcomes"],
        Metric::OnTimeRate => &["start_seconds"],
        Metric::PeakConcurrency => &["concurrency", "jobs_at_peak"],
        Metric::MeanConcurrency => &["concurrency"],
        Metric::StartBurst => &["start_bursts"],
        Metric::MeanDuration | Metric::MedianDuration | Metric::P95Duration | Metric::Regressions => {
            &["durations", "dependence"]
        }
        Metric::P90Duration | Metric::P99Duration | Metric::MaxDuration => &["durations"],
        Metric::OverlappingStarts => &["overlaps"],
        Metric::MissedRuns => &["fires"],
        Metric::NewErrors => &["failures"],
        Metric::Collisions => &[],
    }
}

/// The rule, in a sentence.
pub(super) fn sentence(metric: Metric) -> &'static str {
    match metric {
        Metric::CompletionRate => "completed runs of those with a known outcome, with a Wilson interval",
        Metric::FailureRate => {
            "failed and timed-out runs of those with a known outcome, with a Wilson interval"
        }
        Metric::LostRate => "runs that never finished of those with a known outcome, with a Wilson interval",
        Metric::OnTimeRate => "runs that started at a second of the schedule, of the started ones",
        Metric::PeakConcurrency => "the highest sum of starts less ends at any instant",
        Metric::MeanConcurrency => "the level weighted by the time spent at it, over the observed time",
        Metric::StartBurst => "the most starts within one clock-aligned burst window",
        Metric::MeanDuration => "the exact sum of the durations of completed runs over their number",
        Metric::MedianDuration => "interpolated at rank 0.5 (n − 1) of the frequency table (type 7)",
        Metric::P90Duration => "interpolated at rank 0.9 (n − 1) of the frequency table (type 7)",
        Metric::P95Duration => "interpolated at rank 0.95 (n − 1) of the frequency table (type 7)",
        Metric::P99Duration => "interpolated at rank 0.99 (n − 1) of the frequency table (type 7)",
        Metric::MaxDuration => "the longest completed run, exactly",
        Metric::OverlappingStarts => "runs that started while an earlier run of their job occupied",
        Metric::MissedRuns => {
            "fires of the schedule less the distinct minutes in which a first attempt answered"
        }
        Metric::OrphanedRuns => "runs still marked as running longer ago than a run may take",
        Metric::SkippedLock => "skipped rows whose reason is a lock",
        Metric::SkippedOverlap => "skipped rows whose reason is the previous run",
        Metric::NewErrors => "classes of message of a job that were seen after and not before",
        Metric::SlowRuns => "ended runs at least as long as slow_after",
        Metric::Regressions => "jobs with a comparison whose verdict is regressed",
        Metric::Collisions => {
            "pairs of enabled declared jobs that fire at one instant within 24 hours; no query"
        }
    }
}
