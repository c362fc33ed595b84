//! For each metric the queries it rests on, its rule in a sentence, and the rule worked out.

use crate::analysis::duration::DurationFacts;
use crate::analysis::job::{JobWindow, WindowTotals};
use crate::analysis::metric::Metric;
use crate::analysis::rate::Rate;
use crate::figure;

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
pub(super) fn rule(metric: Metric) -> &'static str {
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
        Metric::MedianDuration => "interpolated at rank 0.5 (n - 1) of the frequency table (type 7)",
        Metric::P90Duration => "interpolated at rank 0.9 (n - 1) of the frequency table (type 7)",
        Metric::P95Duration => "interpolated at rank 0.95 (n - 1) of the frequency table (type 7)",
        Metric::P99Duration => "interpolated at rank 0.99 (n - 1) of the frequency table (type 7)",
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

/// The rule with the figures of one window.
pub(super) fn worked(metric: Metric, window: &JobWindow, totals: &WindowTotals) -> String {
    let rate = |hits: u64, rate: Option<Rate>| match rate {
        Some(rate) => format!(
            "{} of {} = {} ({})",
            figure::count(hits),
            figure::count(window.decided),
            figure::percent(rate.value),
            figure::percent_interval([rate.low, rate.high], &[])
        ),
        None => "no run with a known outcome".to_owned(),
    };
    let duration = |pick: fn(&DurationFacts) -> f64| match &window.duration_ms {
        Some(facts) => {
            let cells = window.duration_table.as_ref().map(|table| format!(" in {} cells", table.len()));
            format!(
                "{} completed runs{}, from {} to {}: {}",
                figure::count(facts.n),
                cells.unwrap_or_default(),
                figure::duration(facts.min),
                figure::duration(facts.max),
                figure::duration(pick(facts))
            )
        }
        None => "no completed run".to_owned(),
    };
    match metric {
        Metric::CompletionRate => rate(window.completed, window.completion_rate),
        Metric::FailureRate => rate(window.failed + window.timed_out, window.failure_rate),
        Metric::LostRate => rate(window.orphaned, window.lost_rate),
        Metric::OnTimeRate => match window.on_time_rate {
            Some(rate) => {
                format!("{} of {} started runs", figure::percent(rate.value), figure::count(window.started))
            }
            None => "no schedule, or no start".to_owned(),
        },
        Metric::PeakConcurrency => match totals.concurrency.peak_at {
            Some(at) => format!(
                "{} at {}: {}",
                totals.concurrency.peak,
                figure::instant(at),
                totals.concurrency.jobs_at_peak.join(", ")
            ),
            None => "nothing ran".to_owned(),
        },
        Metric::MeanConcurrency => figure::number(totals.concurrency.mean),
        Metric::StartBurst => match totals.start_burst.at {
            Some(at) => format!("{} from {}", totals.start_burst.runs, figure::instant(at)),
            None => "nothing started".to_owned(),
        },
        Metric::MeanDuration => duration(|facts| facts.mean),
        Metric::MedianDuration => duration(|facts| facts.median),
        Metric::P90Duration => duration(|facts| facts.p90),
        Metric::P95Duration => duration(|facts| facts.p95),
        Metric::P99Duration => duration(|facts| facts.p99),
        Metric::MaxDuration => duration(|facts| facts.max),
        Metric::OverlappingStarts => figure::count(window.overlapping_starts),
        Metric::MissedRuns => match (window.expected_runs, window.missed_runs) {
            (Some(expected), Some(missed)) => {
                format!("{} expected, {} missed", figure::count(expected), figure::count(missed))
            }
            _ => "no schedule is declared".to_owned(),
        },
        Metric::OrphanedRuns => figure::count(window.orphaned),
        Metric::SkippedLock => figure::count(window.skipped.lock),
        Metric::SkippedOverlap => figure::count(window.skipped.overlap),
        Metric::SlowRuns => figure::count(window.slow_runs),
        Metric::NewErrors | Metric::Regressions | Metric::Collisions => "see the comparison".to_owned(),
    }
}
