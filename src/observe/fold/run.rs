//! A run in its packed form, and the runs of one job in one window.

use std::cmp::Reverse;

use super::cells::SparseCells;
use super::failures::Failures;
use super::fires::Answer;
use super::recorded::RecordedKinds;
use crate::clock::SECOND_US;
use crate::observation::punctual::PunctualSeconds;
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
    const ALL: [Self; 9] = [
        Self::Completed,
        Self::Failed,
        Self::TimedOut,
        Self::Cancelled,
        Self::InFlight,
        Self::Orphaned,
        Self::Skipped(SkipReason::Lock),
        Self::Skipped(SkipReason::Overlap),
        Self::Skipped(SkipReason::Other),
    ];

    const fn number(self) -> i64 {
        match self {
            Self::Completed => 0,
            Self::Failed => 1,
            Self::TimedOut => 2,
            Self::Cancelled => 3,
            Self::InFlight => 4,
            Self::Orphaned => 5,
            Self::Skipped(SkipReason::Lock) => 6,
            Self::Skipped(SkipReason::Overlap) => 7,
            Self::Skipped(SkipReason::Other) => 8,
        }
    }

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

/// One run, in 16 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedRun {
    pub(super) started_us: i64,
    /// From the highest bit: 56 bits from start to end in µs ([`NO_END`] without an end), one free, two of the
    /// attempt, one whether it started in the observed part, four of its fate.
    rest: i64,
}

/// Below any length: ends are within decades of the windows.
const NO_END: i64 = -(1 << 55);

impl PackedRun {
    pub(super) fn new(
        started_us: i64,
        finished_us: Option<i64>,
        (fate, attempt): (Fate, Attempt),
        observed: bool,
    ) -> Self {
        let length =
            finished_us.map_or(NO_END, |end| end.saturating_sub(started_us).clamp(NO_END + 1, -(NO_END + 1)));
        let attempt = match attempt {
            Attempt::First => 0,
            Attempt::Second => 1,
            Attempt::Later => 2,
        };
        Self { started_us, rest: length << 8 | attempt << 5 | i64::from(observed) << 4 | fate.number() }
    }

    pub(super) fn fate(&self) -> Fate {
        usize::try_from(self.rest & 0xf)
            .ok()
            .and_then(|number| Fate::ALL.get(number))
            .copied()
            .unwrap_or(Fate::Orphaned)
    }

    /// Whether it started in the observed part.
    pub(super) const fn observed(&self) -> bool {
        self.rest & 1 << 4 != 0
    }

    pub(super) const fn attempt(&self) -> Attempt {
        match self.rest >> 5 & 3 {
            0 => Attempt::First,
            1 => Attempt::Second,
            _ => Attempt::Later,
        }
    }

    /// Whether it counts among the starts of its window.
    pub(super) fn is_start(&self) -> bool {
        self.observed() && !self.fate().is_skipped()
    }

    /// The end as recorded.
    pub(super) fn finished_us(&self) -> Option<i64> {
        Some(self.rest >> 8).filter(|length| *length != NO_END).map(|length| self.started_us + length)
    }

    /// From start to end, where the end is possible.
    pub(super) fn length_us(&self) -> Option<i64> {
        Some(self.rest >> 8).filter(|length| *length >= 0)
    }

    /// The duration of a successful run.
    pub(super) fn duration_us(&self) -> Option<i64> {
        if self.fate() == Fate::Completed { self.length_us() } else { None }
    }

    /// The end of the occupancy that begins with the start; `None` when the run occupies nothing.
    pub(super) fn occupied_until_us(&self, in_flight_until_us: i64) -> Option<i64> {
        match self.fate() {
            Fate::InFlight => Some(in_flight_until_us).filter(|until_us| *until_us > self.started_us),
            Fate::Orphaned | Fate::Skipped(_) => None,
            _ => self.length_us().map(|length| self.started_us + length.max(1)),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The job's offset in the window; `None` without a declared schedule.
    pub(super) offset_us: Option<i64>,
    /// When a start is on time; `None` where that is not known.
    pub(super) punctual: Option<PunctualSeconds>,
    pub(super) runs: Vec<PackedRun>,
    /// Counted as the runs come in, so that the scheduled moment need not be kept.
    pub(super) delays: SparseCells,
    /// Starts before the scheduled moment.
    pub(super) early: u64,
    /// The fires that first attempts answered, gathered likewise.
    pub(super) answers: Vec<Answer>,
    /// Observed rows without a start, at the moment that they belong to.
    pub(super) startless: Vec<PackedRun>,
    pub(super) failures: Failures,
    pub(super) recorded: RecordedKinds,
}

impl Group {
    /// Adds the runs of the same job and window that another intake took in.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.runs.is_empty() {
            self.runs = other.runs;
        } else {
            self.runs.extend(other.runs);
        }
        self.delays.merge(&other.delays);
        self.early += other.early;
        self.answers.extend(other.answers);
        self.startless.extend(other.startless);
        self.failures.merge(other.failures);
        self.recorded.merge(other.recorded);
    }

    /// Whether a run started on time; `None` where that is not known, and for a retry.
    pub(super) fn is_on_time(&self, run: &PackedRun) -> Option<bool> {
        self.punctual
            .as_ref()
            .filter(|_| !run.attempt().is_retry())
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
    fn a_run_takes_16_bytes() {
        assert_eq!(size_of::<PackedRun>(), 16);
    }

    #[test]
    fn a_packed_run_is_what_it_was() {
        for fate in Fate::ALL {
            for attempt in [Attempt::First, Attempt::Second, Attempt::Later] {
                for (started, finished) in
                    [(0, None), (-7, Some(-9)), (1_770_508_800_000_000, Some(1_770_508_800_000_000))]
                {
                    for observed in [false, true] {
                        let run = PackedRun::new(started, finished, (fate, attempt), observed);
                        let unpacked =
                            (run.started_us, run.finished_us(), run.fate(), run.attempt(), run.observed());
                        assert_eq!(unpacked, (started, finished, fate, attempt, observed));
                    }
                }
            }
        }
    }
}
