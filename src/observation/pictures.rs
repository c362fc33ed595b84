//! What pictures need beyond the figures: bounded, however long the windows are.

use serde::{Deserialize, Serialize};

use crate::clock::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span, Timestamp};
use crate::window::{PerSide, Period, Side, Window};

/// Most buckets of one window's levels over time.
pub const MOST_BUCKETS: i64 = 240;
/// Most runs of one window's busiest minute.
pub const MOST_RUNS: i64 = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedPictures {
    pub levels: PerSide<LevelsOverTime>,
    /// The minute in which the highest level was first reached; `None` when nothing ran.
    pub busiest_minute: PerSide<Option<BusiestMinute>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPictures {
    pub levels: LevelsOverTime,
    /// The busiest minute; `None` when nothing ran.
    pub busiest_minute: Option<BusiestMinute>,
}

impl WindowPictures {
    /// Gives jobs other names.
    pub fn rename(&mut self, name: impl Fn(&str) -> String) {
        for run in self.busiest_minute.iter_mut().flat_map(|minute| &mut minute.runs) {
            run.job = name(&run.job);
        }
    }
}

impl ObservedPictures {
    pub fn of(&self, side: Side) -> WindowPictures {
        WindowPictures {
            levels: self.levels.get(side).clone(),
            busiest_minute: self.busiest_minute.get(side).clone(),
        }
    }
}

/// How many ran at once, over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelsOverTime {
    /// Length of a bucket, µs; 0 where nothing is known.
    pub bucket_us: i64,
    /// Every bucket of which a part was observed, ascending.
    pub points: Vec<LevelPoint>,
}

/// The levels of one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelPoint {
    /// Start of the bucket, UTC-aligned; it may lie before the window's start.
    pub at: Timestamp,
    pub peak: u64,
    /// Level times the time spent there, added up: µs.
    pub occupied_us: i64,
    /// The observed part of the bucket, µs.
    pub observed_us: i64,
}

impl LevelsOverTime {
    /// The levels of `window` from those buckets in which something ran: bucket, highest level, and time
    /// occupied.
    pub fn of(window: &Window, busy: impl IntoIterator<Item = (Timestamp, u64, i64)>) -> Self {
        let bucket_us = level_bucket(window.period).us();
        let busy: std::collections::BTreeMap<Timestamp, (u64, i64)> =
            busy.into_iter().map(|(at, peak, occupied_us)| (at, (peak, occupied_us))).collect();
        let first = window.period.start.us().div_euclid(bucket_us) * bucket_us;
        let points = (0..MOST_BUCKETS).map(|nth| Timestamp(first + nth * bucket_us)).filter_map(|at| {
            let bucket = Period { start: at, end: at.plus(Span(bucket_us)) };
            let observed_us = window.observed.iter().map(|part| common_us(part, &bucket)).sum();
            let (peak, occupied_us) = busy.get(&at).copied().unwrap_or_default();
            (observed_us > 0).then_some(LevelPoint { at, peak, occupied_us, observed_us })
        });
        Self { bucket_us, points: points.collect() }
    }
}

fn common_us(one: &Period, other: &Period) -> i64 {
    one.end.min(other.end).since(one.start.max(other.start)).us().max(0)
}

/// The minute in which the highest level was first reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusiestMinute {
    /// Its start, aligned to the clock.
    pub start: Timestamp,
    /// When the highest level was first reached.
    pub peak_at: Timestamp,
    /// The runs that occupy a part of it, by start, job and end; the first [`MOST_RUNS`].
    pub runs: Vec<OccupyingRun>,
    /// Runs beyond these.
    pub runs_left_out: u64,
}

/// A run and the time that it occupies, inside the minute or beyond it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OccupyingRun {
    /// When it started.
    pub start: Timestamp,
    pub job: String,
    /// The end of its occupancy.
    pub end: Timestamp,
}

/// The start of the minute that `at` lies in.
pub fn minute_of(at: Timestamp) -> Timestamp {
    Timestamp(at.us().div_euclid(MINUTE_US) * MINUTE_US)
}

/// The length of a bucket of levels over time: the smallest round length of which `period` needs at most
/// [`MOST_BUCKETS`], aligned to the epoch; the largest when none does.
pub fn level_bucket(period: Period) -> Span {
    const LONGEST: i64 = 28 * DAY_US;
    let seconds = [1, 2, 5, 10, 15, 30].map(|n| n * SECOND_US);
    let minutes = [1, 2, 5, 10, 15, 30].map(|n| n * MINUTE_US);
    let hours = [1, 2, 3, 6, 12].map(|n| n * HOUR_US);
    let days = [1, 2, 7, 28].map(|n| n * DAY_US);
    let buckets = |length: i64| {
        let (first, last) = (period.start.us().div_euclid(length), (period.end.us() - 1).div_euclid(length));
        last - first + 1
    };
    let mut lengths = seconds.into_iter().chain(minutes).chain(hours).chain(days);
    Span(lengths.find(|length| buckets(*length) <= MOST_BUCKETS).unwrap_or(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: i64, end: i64) -> Period {
        Period { start: Timestamp(start * SECOND_US), end: Timestamp(end * SECOND_US) }
    }

    #[test]
    fn buckets_are_round_and_few() {
        for (seconds, bucket) in
            [(1, 1), (240, 1), (241, 2), (28_620, 120), (86_400, 600), (1_209_600, 7_200)]
        {
            let length = level_bucket(period(0, seconds)).us() / SECOND_US;
            assert_eq!(length, bucket, "{seconds} s");
            // The alignment may need one more: the next length is taken then.
            assert!(level_bucket(period(1, seconds + 1)).us() / SECOND_US >= bucket);
        }
    }

    #[test]
    fn only_observed_buckets_have_a_point() {
        let exclusion = crate::window::Exclusion { period: period(2, 4), reason: String::new() };
        let window = Window::observe(
            period(0, 6),
            Timestamp(5_500_000),
            &[exclusion],
            crate::window::Chosen::Given,
            None,
        );
        let levels = LevelsOverTime::of(&window, [(Timestamp(SECOND_US), 2, 700_000)]);
        let points: Vec<_> = levels
            .points
            .iter()
            .map(|p| (p.at.us() / SECOND_US, p.peak, p.occupied_us, p.observed_us))
            .collect();
        assert_eq!(
            points,
            [(0, 0, 0, SECOND_US), (1, 2, 700_000, SECOND_US), (4, 0, 0, SECOND_US), (5, 0, 0, 500_000)]
        );
    }
}
