//! What became of runs, when the first and the last of them started, and whose times cannot be right.

use super::run::{Attempt, Fate, PackedRun};
use crate::clock::{SECOND_US, Timestamp};
use crate::observation::counting::CountingSettings;
use crate::observation::{Anomalies, JobObservations, Outcomes, Pause};
use crate::run::SkipReason;
use crate::window::Period;

pub(super) fn count(outcomes: &mut Outcomes, fate: Fate, attempt: Attempt) {
    count_row(outcomes, fate, attempt);
    outcomes.started_retries += u64::from(attempt.is_retry() && !fate.is_skipped());
}

fn count_row(outcomes: &mut Outcomes, fate: Fate, attempt: Attempt) {
    *count_of(outcomes, fate) += 1;
    let completed = fate == Fate::Completed;
    outcomes.retries += u64::from(attempt.is_retry() && fate.is_decided());
    outcomes.completed_retries += u64::from(attempt.is_retry() && completed);
    outcomes.completed_second += u64::from(attempt == Attempt::Second && completed);
}

pub(super) fn count_startless(outcomes: &mut Outcomes, fate: Fate, attempt: Attempt) {
    count_row(outcomes, fate, attempt);
    outcomes.failed_to_start += u64::from(!fate.is_skipped());
}

/// Adds what one run that started in the observed part shows besides.
pub(super) fn add(
    job: &mut JobObservations,
    run: &PackedRun,
    in_flight_until_us: i64,
    excluded: &[Period],
    settings: &CountingSettings,
) {
    if run.fate().is_skipped() {
        return;
    }
    let at = Timestamp(run.started_us);
    job.first_started = Some(job.first_started.map_or(at, |first| first.min(at)));
    // Runs come in the order of their starts.
    job.pause = job.pause.max(job.last_started.map(|last| Pause::between(last, at, excluded)));
    job.last_started = job.last_started.max(Some(at));
    let slow = run.fate().is_final() && run.length_us().is_some_and(|us| us >= settings.slow_after.us());
    job.slow_runs += u64::from(slow);
    add_anomalies(&mut job.anomalies, run);
    let occupied_us = run.occupied_until_us(in_flight_until_us).map(|until| until - run.started_us);
    let long = occupied_us.is_some_and(|us| us >= settings.longest_run.us());
    job.anomalies.longer_than_longest_run += u64::from(long);
}

fn count_of(outcomes: &mut Outcomes, fate: Fate) -> &mut u64 {
    match fate {
        Fate::Completed => &mut outcomes.completed,
        Fate::Failed => &mut outcomes.failed,
        Fate::TimedOut => &mut outcomes.timed_out,
        Fate::Cancelled => &mut outcomes.cancelled,
        Fate::InFlight => &mut outcomes.in_flight,
        Fate::Orphaned => &mut outcomes.orphaned,
        Fate::Skipped(SkipReason::Lock) => &mut outcomes.skipped_lock,
        Fate::Skipped(SkipReason::Overlap) => &mut outcomes.skipped_overlap,
        Fate::Skipped(SkipReason::Other) => &mut outcomes.skipped_other,
    }
}

fn add_anomalies(anomalies: &mut Anomalies, run: &PackedRun) {
    let end = run.finished_us();
    let whole = |us: i64| us % SECOND_US == 0;
    anomalies.whole_seconds += u64::from(whole(run.started_us) && end.is_none_or(whole));
    if run.fate().is_final() {
        anomalies.end_before_start += u64::from(end.is_some_and(|end| end < run.started_us));
        anomalies.final_without_end += u64::from(end.is_none());
    } else {
        anomalies.running_with_end += u64::from(end.is_some());
    }
}
