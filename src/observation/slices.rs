//! How runs of single jobs went slice by slice, over both windows and the time between them: what tells when a
//! change came.

use std::collections::BTreeMap;

use crate::clock::{SECOND_US, Span, Timestamp};
use crate::window::{PerSide, Period, Window};

/// Most jobs that are looked at so closely.
pub const MOST_JOBS: usize = 12;

/// About so many slices are the whole.
const SLICES: i64 = 1_440;

/// So many times the windows may be read, with what lies between them.
const MOST_BETWEEN: i64 = 4;

/// Durations of a job that its runs are ranked by, µs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RankScale {
    /// They part all of its durations in five.
    pub fifths: [i64; 4],
    /// One in ten is longer.
    pub slow_after: i64,
}

/// What is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct SlicePlan {
    /// From the start of the baseline to where the window after it was observed.
    pub whole: Period,
    /// Start of the first slice, so that one begins with the window after.
    pub first: Timestamp,
    pub length: Span,
    /// At most [`MOST_JOBS`].
    pub jobs: Vec<(String, RankScale)>,
    /// Whether all runs together are looked at, too.
    pub all: bool,
}

/// The runs of a job that started in a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SliceCounts {
    pub decided: u64,
    pub completed: u64,
    /// Failed or timed out.
    pub failed: u64,
    pub durations: u64,
    /// How many of the job's fifths each duration exceeds, added up.
    pub ranks: u64,
    /// Durations longer than one in ten is.
    pub slow: u64,
}

/// Slices by number.
pub type Course = BTreeMap<i64, SliceCounts>;

/// What was seen slice by slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slices {
    /// By name.
    pub jobs: BTreeMap<String, Course>,
    /// All runs together, without their durations; empty where nobody asked.
    pub all: Course,
}

impl SlicePlan {
    /// `None` where the windows are not one before the other, lie too far apart, or hold rows of different kinds.
    pub fn of(windows: &PerSide<Window>, jobs: Vec<(String, RankScale)>, all: bool) -> Option<Self> {
        let PerSide { baseline, stagger } = windows;
        let whole = Period { start: baseline.period.start, end: stagger.observed_end() };
        let windows_us = baseline.observed_length().us() + stagger.observed_length().us();
        let fits = windows.iter().all(|window| window.condition.is_none() && !window.observed.is_empty())
            && baseline.period.end <= stagger.period.start
            && whole.length().us() <= windows_us.saturating_mul(MOST_BETWEEN);
        let is_asked = all || !jobs.is_empty();
        (fits && is_asked).then(|| Self { jobs, all, ..Self::sliced(whole, stagger.period.start) })
    }

    fn sliced(whole: Period, change: Timestamp) -> Self {
        let length = Span((whole.length().us() / SLICES).max(SECOND_US));
        let before = change.since(whole.start).us();
        let first = change.plus(Span(-(before + length.us() - 1).div_euclid(length.us()) * length.us()));
        Self { whole, first, length, jobs: Vec::new(), all: false }
    }

    /// The part of time that the slice with this number is.
    pub fn slice(&self, number: i64) -> Period {
        let start = self.first.plus(Span(number.saturating_mul(self.length.us())));
        Period { start, end: start.plus(self.length) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR_US;
    use crate::window::Chosen;

    fn windows(baseline: (i64, i64), stagger: (i64, i64)) -> PerSide<Window> {
        let window = |(start, end): (i64, i64)| {
            let period = Period { start: Timestamp(start * HOUR_US), end: Timestamp(end * HOUR_US) };
            Window::observe(period, Timestamp(i64::MAX), &[], Chosen::Given, None)
        };
        PerSide { baseline: window(baseline), stagger: window(stagger) }
    }

    #[test]
    fn a_slice_begins_with_the_window_after() {
        let plan =
            SlicePlan::of(&windows((0, 24), (25, 48)), vec![("a".to_owned(), RankScale::default())], false)
                .unwrap();
        assert_eq!(plan.length, Span(120 * SECOND_US));
        assert!(plan.first <= Timestamp(0) && plan.slice(1).start > Timestamp(0));
        assert_eq!(plan.slice(750).start, Timestamp(25 * HOUR_US));
    }

    #[test]
    fn windows_that_are_no_course_have_no_slices() {
        let job = || vec![("a".to_owned(), RankScale::default())];
        assert_eq!(SlicePlan::of(&windows((24, 48), (0, 24)), job(), false), None);
        assert_eq!(SlicePlan::of(&windows((0, 1), (100, 101)), job(), false), None);
        assert_eq!(SlicePlan::of(&windows((0, 1), (1, 2)), Vec::new(), false), None);
    }
}
