//! Jobs that end faster while fewer of their runs end well.
//!
//! Durations are those of completed runs. A run that breaks off, is cancelled or skipped, never finishes or
//! never starts leaves the table, and where those are the long ones the rest looks faster: so does a job
//! that gives up early. Such a job is flagged, whatever its durations say.
//!
//! - *Faster*: the median, the mean or the 95th percentile is `improved`, so the change is shown in the
//!   family of all comparisons and is at least the margin. No larger factor is asked for, since every
//!   `improved` would be praised.
//! - *Fewer end well*: the share of completed runs (of those that failed, reached their time limit, never
//!   finished or completed), the share of failed ones, of those that started or should have that were
//!   cancelled, of rows that were skipped, or of the schedule's fires that no run answered is worse by rule 1, at least by the margin
//!   of rates, judged alone. It is not adjusted for the other jobs, because a false alarm here only withholds
//!   praise, and a missed one gives it.

use crate::analysis::comparison::evidence::Bench;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::restriction::{OUTCOMES, Restriction, RestrictionsByMetric, restrict_all};
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::ruling;
use crate::analysis::figures::job::JobReport;
use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::{self, Metric};
use crate::observation::JobObservations;
use crate::window::{PerSide, Side};

/// Flags the improved durations of such jobs.
pub(super) fn find(
    jobs: &[JobReport],
    bench: &Bench<'_>,
    judged: &[JudgedByMetric],
    restrictions: &mut [RestrictionsByMetric],
) {
    for ((job, judged), restrictions) in jobs.iter().zip(judged).zip(restrictions) {
        let improved = improved(judged);
        if improved.is_empty() || !ends_well_less(job, &bench.seen(&job.name), &bench.rule(&job.name)) {
            continue;
        }
        restrict_all(restrictions, improved, Restriction::TooFast);
    }
}

fn improved(judged: &JudgedByMetric) -> Vec<&'static Metric> {
    let is_improved = |metric: &&'static Metric| {
        judged.get(metric).is_some_and(|found| found.ruling.verdict == ComparisonVerdict::Improved)
    };
    Metric::tested_durations().filter(is_improved).collect()
}

fn ends_well_less(job: &JobReport, seen: &PerSide<&JobObservations>, rule: &Rule) -> bool {
    let is_worse = |metric: &'static Metric, before: Proportion, after: Proportion| {
        ruling(&compare_rates(metric, before, after, rule), None).verdict == ComparisonVerdict::Regressed
    };
    let worse = |of: fn(&JobObservations) -> Proportion| {
        is_worse(&metric::FAILURE_RATE, of(seen.baseline), of(seen.stagger))
    };
    let outcome = |metric: &&'static Metric| {
        let counts = |side: Side| RateCounts::of(metric, job.get(side), seen.get(side));
        let both = PerSide::of(counts).both().map(|counts| counts.map(|counts| counts.whole()));
        both.is_some_and(|rates| is_worse(metric, rates.baseline, rates.stagger))
    };
    let unanswered = unanswered(&job.baseline, seen.baseline).zip(unanswered(&job.stagger, seen.stagger));
    OUTCOMES.iter().any(outcome)
        || worse(cancelled)
        || worse(skipped)
        || unanswered.is_some_and(|(before, after)| is_worse(&metric::FAILURE_RATE, before, after))
}

/// Cancelled runs of those that started or failed to start, as dependent as the outcomes of the others.
fn cancelled(seen: &JobObservations) -> Proportion {
    let (outcomes, lag) = (&seen.outcomes, seen.dependence.completed.as_ref());
    Proportion::new(outcomes.cancelled, outcomes.started() + outcomes.failed_to_start, lag)
}

/// Fires that no run answered, of the expected ones, as dependent as the outcomes of the runs; `None`
/// without a schedule.
fn unanswered(window: &JobWindow, seen: &JobObservations) -> Option<Proportion> {
    let lag = seen.dependence.completed.as_ref();
    Some(Proportion::new(window.missed_runs?, window.expected_runs?, lag))
}

/// Skipped rows of all. How they resemble their predecessors is not measured apart; the outcomes of the
/// runs that did start stand in.
fn skipped(seen: &JobObservations) -> Proportion {
    Proportion::new(seen.outcomes.skipped(), seen.outcomes.rows(), seen.dependence.completed.as_ref())
}
