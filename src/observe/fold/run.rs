//! A run in its packed form, and the runs of one job in one window.

use std::cmp::Reverse;

use super::fires::Answer;
use crate::clock::SECOND_US;
use crate::observation::punctual::PunctualSeconds;
use crate::observation::{Outcomes, StartDelays};
use crate::run::{SkipReason, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Completed,
    Failed,
    TimedOut,
    Cancelled,
    InFlight,
    Orphaned,
    Skipped(SkipReason),
}

impl Fate {
    /// The fate of a status; `in_flight` says what `running` means.
    pub(super) fn of(status: Status, reason: SkipReason, in_flight: bool) -> Self {
        match status {
            Status::Success => Self::Completed,
            Status::Failed => Self::Failed,
            Status::Timeout => Self::TimedOut,
            Status::Cancelled => Self::Cancelled,
            Status::Running if in_flight => Self::InFlight,
            Status::Running => Self::Orphaned,
            Status::Skipped => Self::Skipped(reason),
        }
    }

    pub(super) const fn is_skipped(self) -> bool {
        matches!(self, Self::Skipped(_))
    }

    /// Whether the outcome is known.
    pub(super) const fn is_decided(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::TimedOut | Self::Orphaned)
    }

    /// Whether the status says that the run has ended.
    pub(super) const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::TimedOut | Self::Cancelled)
    }
}

/// Which try a run was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Or one that is not numbered.
    #[default]
    First,
    Second,
    Later,
}

impl Attempt {
    pub(super) const fn of(number: Option<i64>) -> Self {
        match number {
            None | Some(..=1) => Self::First,
            Some(2) => Self::Second,
            Some(_) => Self::Later,
        }
    }

    pub(super) const fn is_retry(self) -> bool {
        !matches!(self, Self::First)
    }
}

/// Stands for an end that is not recorded, in place of an `Option` that would take eight bytes more.
const NO_END: i64 = i64::MIN;

/// One run, in 24 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedRun {
    pub(super) started_us: i64,
    finished_us: i64,
    pub(super) fate: Fate,
    /// Whether it started in the observed part.
    pub(super) observed: bool,
    pub(super) attempt: Attempt,
}

impl PackedRun {
    pub(super) fn new(started_us: i64, finished_us: Option<i64>, fate: Fate, observed: bool) -> Self {
        Self {
            started_us,
            finished_us: finished_us.unwrap_or(NO_END),
            fate,
            observed,
            attempt: Attempt::First,
        }
    }

    /// The end as recorded.
    pub(super) fn finished_us(&self) -> Option<i64> {
        Some(self.finished_us).filter(|us| *us != NO_END)
    }

    /// From start to end, where the end is possible.
    pub(super) fn length_us(&self) -> Option<i64> {
        self.finished_us().map(|end| end - self.started_us).filter(|us| *us >= 0)
    }

    /// The duration of a successful run.
    pub(super) fn duration_us(&self) -> Option<i64> {
        if self.fate == Fate::Completed { self.length_us() } else { None }
    }

    /// The end of the occupancy that begins with the start; `None` when the run occupies nothing.
    pub(super) fn occupied_until_us(&self, in_flight_until_us: i64) -> Option<i64> {
        match self.fate {
            Fate::InFlight => Some(in_flight_until_us).filter(|until_us| *until_us > self.started_us),
            Fate::Orphaned | Fate::Skipped(_) => None,
            _ => self.length_us().map(|length| self.started_us + length.max(1)),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Group<'a> {
    /// The job's offset in the window; `None` without a declared schedule.
    pub(super) offset_us: Option<i64>,
    /// When a start is on time; `None` where that is not known.
    pub(super) punctual: Option<&'a PunctualSeconds>,
    pub(super) runs: Vec<PackedRun>,
    /// Counted as the runs come in, so that the scheduled moment need not be kept.
    pub(super) delays: StartDelays,
    /// The fires that first attempts answered, gathered likewise.
    pub(super) answers: Vec<Answer>,
    /// Rows without a start, by half of the window.
    pub(super) startless: [Outcomes; 2],
}

impl Group<'_> {
    /// Whether a run started on time; `None` where that is not known, and for a retry.
    pub(super) fn is_on_time(&self, run: &PackedRun) -> Option<bool> {
        self.punctual
            .filter(|_| !run.attempt.is_retry())
            .map(|seconds| seconds.contains(run.started_us / SECOND_US))
    }

    /// Brings the runs into the order of their starts, those that occupy longest first among equal ones.
    pub(super) fn sort(&mut self, in_flight_until_us: i64) {
        self.runs.sort_by_key(|run| {
            (run.started_us, Reverse(run.occupied_until_us(in_flight_until_us).unwrap_or(0)))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_takes_24_bytes() {
        assert_eq!(size_of::<PackedRun>(), 24);
    }
}
