//! The figures of one job, and of all together, in one window.

use serde::{Deserialize, Serialize};

use crate::analysis::figures::concurrency::{Burst, Concurrency};
use crate::analysis::figures::duration::{DurationFacts, StartDelayFacts, milliseconds};
use crate::analysis::figures::rate::Rate;
use crate::analysis::figures::start_places::StartPlaces;
use crate::analysis::statistics::dependence;
use crate::observation::{JobObservations, Outcomes};

/// One job, or all, in one window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobWindow {
    /// Runs started.
    pub started: u64,
    /// Completed, runs that failed to start included, as in the next three.
    pub completed: u64,
    /// Failed.
    pub failed: u64,
    /// Ended by their time limit.
    pub timed_out: u64,
    /// Ended by a person.
    pub cancelled: u64,
    /// Rows that did not start.
    pub skipped: SkippedCounts,
    /// Still running.
    pub in_flight: u64,
    /// Never finished.
    pub orphaned: u64,
    /// With a final status and no start: among the outcomes, not among the started.
    #[serde(default)]
    pub failed_to_start: u64,
    /// With a known outcome, of an attempt after the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retries: u64,
    /// Completed ones of these: fires that succeeded after a retry.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub completed_retries: u64,
    /// Of these, second attempts.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub completed_second: u64,
    /// With a known outcome.
    pub decided: u64,
    /// Completed of decided.
    pub completion_rate: Option<Rate>,
    /// Failed or timed out of decided.
    pub failure_rate: Option<Rate>,
    /// Never finished of decided.
    pub lost_rate: Option<Rate>,
    /// Durations of completed runs.
    pub duration_ms: Option<DurationFacts>,
    /// Representative in µs and runs, ascending; left out of totals. In the JSON report with `--tables`, and
    /// of the windows with at most five durations, which pictures show one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_table: Option<Vec<(i64, u64)>>,
    /// Variance inflation by the dependence of consecutive runs; `null` where it was not measured.
    pub inflation: Option<f64>,
    /// Where in the cycle the runs start.
    #[serde(default)]
    pub start_places: StartPlaces,
    /// Second of the cycle and started runs, ascending; in the JSON report with `--tables`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_seconds: Option<Vec<(u32, u64)>>,
    /// First attempts on time, of those that jobs with a schedule started; `null` without one.
    pub on_time_rate: Option<Rate>,
    /// Delay of first attempts after the scheduled moment; `null` where none is recorded.
    pub start_delay_ms: Option<StartDelayFacts>,
    /// Fires of the schedule; `null` without one.
    pub expected_runs: Option<u64>,
    /// Fires that no run answered.
    pub missed_runs: Option<u64>,
    /// Runs beyond one for each fire.
    pub extra_runs: Option<u64>,
    /// Runs that started while an earlier run of the job occupied.
    pub overlapping_starts: u64,
    /// Time with two or more runs of the job.
    pub overlapped_ms: f64,
    /// Time that the job's runs occupied, added up.
    pub busy_ms: f64,
    /// Runs that started less than a second after the previous one; `null` where the schedule is as
    /// dense as that.
    pub suspected_duplicates: Option<u64>,
    /// Ended runs at least as long as `slow_after`.
    pub slow_runs: u64,
}

/// How a job kept to its plan in one window. What a job without a plan would need is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis) struct Adherence {
    /// Starts on time and all starts; absent without a schedule.
    pub(in crate::analysis) on_time: Option<(u64, u64)>,
    /// Fires of the schedule; absent without a schedule and for a disabled job.
    pub(in crate::analysis) expected: Option<u64>,
    /// Fires that no first attempt answered.
    pub(in crate::analysis) missed: Option<u64>,
    /// First attempts beyond one for each fire.
    pub(in crate::analysis) extra: Option<u64>,
    /// Whether two fires can be so close to each other that close starts mean nothing.
    pub(in crate::analysis) dense: bool,
}

impl JobWindow {
    /// The figures of what was seen, held against the plan.
    pub(in crate::analysis) fn of(seen: &JobObservations, kept: &Adherence) -> Self {
        let outcomes = &seen.outcomes;
        let decided = outcomes.decided();
        let (table, starts) = (&seen.durations.cells, &seen.start_seconds);
        Self {
            started: outcomes.started(),
            completed: outcomes.completed,
            failed: outcomes.failed,
            timed_out: outcomes.timed_out,
            cancelled: outcomes.cancelled,
            skipped: SkippedCounts::of(outcomes),
            in_flight: outcomes.in_flight,
            orphaned: outcomes.orphaned,
            failed_to_start: outcomes.failed_to_start,
            retries: outcomes.retries,
            completed_retries: outcomes.completed_retries,
            completed_second: outcomes.completed_second,
            decided,
            completion_rate: Rate::new(outcomes.completed, decided),
            failure_rate: Rate::new(outcomes.failed + outcomes.timed_out, decided),
            lost_rate: Rate::new(outcomes.orphaned, decided),
            duration_ms: DurationFacts::of(&seen.durations),
            duration_table: Some(table.clone()),
            inflation: seen.dependence.durations.as_ref().map(dependence::inflation),
            start_places: StartPlaces::of(starts),
            start_seconds: Some(starts.iter().map(|(&second, &runs)| (second, runs)).collect()),
            on_time_rate: kept.on_time.and_then(|(punctual, started)| Rate::new(punctual, started)),
            start_delay_ms: StartDelayFacts::of(&seen.start_delays),
            expected_runs: kept.expected,
            missed_runs: kept.missed,
            extra_runs: kept.extra,
            overlapping_starts: seen.overlap.overlapping_starts,
            overlapped_ms: milliseconds(seen.overlap.overlapped_us),
            busy_ms: milliseconds(seen.overlap.busy_us),
            suspected_duplicates: (!kept.dense).then_some(seen.overlap.suspected_duplicates),
            slow_runs: seen.slow_runs,
        }
    }

    /// Rows of any kind.
    pub fn rows(&self) -> u64 {
        self.started + self.failed_to_start + self.skipped()
    }

    /// Fires that succeeded at some attempt, and all whose first attempt has a known outcome.
    pub fn fires(&self) -> (u64, u64) {
        let fires = self.decided.saturating_sub(self.retries);
        (self.completed.min(fires), fires)
    }

    /// Fires that succeeded at some attempt, of those whose first attempt has a known outcome.
    pub fn fire_success_rate(&self) -> Option<Rate> {
        let (succeeded, fires) = self.fires();
        Rate::new(succeeded, fires)
    }

    /// Rows that did not start, for any reason.
    pub fn skipped(&self) -> u64 {
        self.skipped.lock + self.skipped.overlap + self.skipped.other
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Rows that did not start, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SkippedCounts {
    /// Another process held the lock.
    pub lock: u64,
    /// The previous run had not ended.
    pub overlap: u64,
    /// Another reason, or none.
    pub other: u64,
}

impl SkippedCounts {
    fn of(outcomes: &Outcomes) -> Self {
        Self { lock: outcomes.skipped_lock, overlap: outcomes.skipped_overlap, other: outcomes.skipped_other }
    }
}

/// One window over all jobs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowTotals {
    /// Sums of the jobs' values; `duration_table` is left out.
    #[serde(flatten)]
    pub job: JobWindow,
    /// How many ran at once.
    pub concurrency: Concurrency,
    /// How many started at once.
    pub start_burst: Burst,
}
