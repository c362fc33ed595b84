//! Which starts of a job are on time, as plain numbers that a query can hold.

use std::collections::{BTreeMap, BTreeSet};

/// Most ranges that are handed to a query; more would make it slow for every row.
const MOST_RANGES: usize = 64;

/// The jobs of one window whose punctual starts the database counts, by name.
pub type PunctualJobs = BTreeMap<String, PunctualSeconds>;

/// The seconds at which a start of one job is on time in one window: the places of its schedule in the
/// cycle, each with the seconds after it that are still on time.
///
/// Whole seconds since the epoch, modulo the shortest period after which they repeat, which divides the
/// cycle: a job that runs every minute has one period of 60 s whatever the cycle is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PunctualSeconds {
    period_s: i64,
    /// First and last second of each range: ascending, neither overlapping nor adjacent, below the period.
    ranges: Vec<(i64, i64)>,
}

impl PunctualSeconds {
    /// The seconds from each of `places`, which are below `cycle_s`, up to `within_s` after it (not
    /// negative), going round the cycle. Without places none is on time.
    pub fn new(places: &BTreeSet<u32>, within_s: i64, cycle_s: i64) -> Self {
        let spans = spans(places, within_s, cycle_s);
        match &spans[..] {
            [] => Self { period_s: 1, ranges: Vec::new() },
            [(first, last)] if last - first + 1 >= cycle_s => Self { period_s: 1, ranges: vec![(0, 0)] },
            _ => Self::repeating(&spans, cycle_s),
        }
    }

    /// Spans that leave a gap, reduced to those of the shortest period.
    fn repeating(spans: &[(i64, i64)], cycle_s: i64) -> Self {
        let count = as_seconds(spans.len());
        let turns = |step: usize| {
            let shift = cycle_s * as_seconds(step) / count;
            let moved = spans.iter().cycle().skip(step).zip(spans);
            (cycle_s * as_seconds(step)) % count == 0
                && moved.enumerate().all(|(number, (&(first, last), &(was_first, was_last)))| {
                    let round = if number + step < spans.len() { 0 } else { cycle_s };
                    first + round == was_first + shift && last + round == was_last + shift
                })
        };
        let step = (1..spans.len()).find(|&step| turns(step)).unwrap_or(spans.len());
        let period_s = cycle_s * as_seconds(step) / count;
        let mut ranges = Vec::new();
        for (first, last) in spans.iter().take(step) {
            let from = first.rem_euclid(period_s);
            let to = from + last - first;
            if to < period_s {
                ranges.push((from, to));
            } else {
                ranges.extend([(from, period_s - 1), (0, to - period_s)]);
            }
        }
        ranges.sort_unstable();
        Self { period_s, ranges }
    }

    /// After how many seconds they repeat; at least 1.
    pub fn period_s(&self) -> i64 {
        self.period_s
    }

    /// First and last second of each range, ascending, below the period.
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.ranges
    }

    /// Whether the ranges are few enough to be part of a query.
    pub fn is_bounded(&self) -> bool {
        self.ranges.len() <= MOST_RANGES
    }

    /// Whether a start at `second`, since the epoch or within the cycle, is on time.
    pub fn contains(&self, second: i64) -> bool {
        let second = second.rem_euclid(self.period_s);
        let reached = self.ranges.partition_point(|&(_, last)| last < second);
        self.ranges.get(reached).is_some_and(|&(first, _)| first <= second)
    }
}

/// The places with the seconds after them, merged where they touch, ascending by their first second; the
/// last may end beyond the cycle.
fn spans(places: &BTreeSet<u32>, within_s: i64, cycle_s: i64) -> Vec<(i64, i64)> {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for first in places.iter().copied().map(i64::from).filter(|place| *place < cycle_s) {
        match spans.last_mut() {
            Some((_, last)) if first <= *last + 1 => *last = first + within_s,
            _ => spans.push((first, first + within_s)),
        }
    }
    if let [(first, first_end), .., (_, last)] = &mut spans[..]
        && *last + 1 >= *first + cycle_s
    {
        *last = *first_end + cycle_s;
        spans.remove(0);
    }
    spans
}

/// A count of spans, of which there are no more than seconds in a cycle.
fn as_seconds(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(places: &[u32], within_s: i64, cycle_s: i64) -> (i64, Vec<(i64, i64)>) {
        let seconds = PunctualSeconds::new(&places.iter().copied().collect(), within_s, cycle_s);
        (seconds.period_s, seconds.ranges)
    }

    #[test]
    fn regular_schedules_are_one_range_or_two() {
        let every = |step: usize, first: u32| (first..86_400).step_by(step).collect::<Vec<u32>>();
        assert_eq!(of(&[45], 1, 60), (60, vec![(45, 46)]));
        assert_eq!(of(&[59], 1, 60), (60, vec![(0, 0), (59, 59)]));
        assert_eq!(of(&every(60, 45), 1, 86_400), (60, vec![(45, 46)]));
        assert_eq!(of(&every(60, 59), 1, 86_400), (60, vec![(0, 0), (59, 59)]));
        assert_eq!(of(&every(300, 25), 1, 86_400), (300, vec![(25, 26)]));
        assert_eq!(of(&every(3_600, 7), 0, 86_400), (3_600, vec![(7, 7)]));
        assert_eq!(of(&[9_000], 1, 86_400), (86_400, vec![(9_000, 9_001)]));
        assert_eq!(of(&[0, 20, 40], 1, 60), (20, vec![(0, 1)]));
        assert_eq!(of(&[0, 20, 41], 1, 60), (60, vec![(0, 1), (20, 21), (41, 42)]));
    }

    #[test]
    fn all_seconds_or_none() {
        assert_eq!(of(&[], 1, 60), (1, vec![]));
        assert_eq!(of(&[0, 1, 2, 3, 4], 0, 5), (1, vec![(0, 0)]));
        assert_eq!(of(&[30, 59], 30, 60), (1, vec![(0, 0)]));
        assert_eq!(of(&[3], 59, 60), (1, vec![(0, 0)]));
    }

    #[test]
    fn an_irregular_schedule_is_not_bounded() {
        let irregular: BTreeSet<u32> = (0..100_u32).map(|n| n * n * 7).collect();
        assert!(!PunctualSeconds::new(&irregular, 1, 86_400).is_bounded());
        let every_minute: BTreeSet<u32> = (0..1_440_u32).map(|n| n * 60).collect();
        assert!(PunctualSeconds::new(&every_minute, 1, 86_400).is_bounded());
    }

    proptest! {
        /// The definition: `(second − place) mod cycle` is between 0 and `within` for some place.
        #[test]
        fn seconds_are_those_of_the_definition(
            cycle in 1_i64..130,
            marks in prop::collection::btree_set(0_u32..130, 0..20),
            repeated in prop::option::of(2_usize..6),
            within in 0_i64..130,
        ) {
            let (cycle, marks) = match repeated {
                // A pattern that is there several times in one cycle.
                Some(times) => {
                    let again = |n: usize| {
                        let shift = i64::try_from(n).unwrap() * cycle;
                        let below = marks.iter().map(|m| i64::from(*m)).filter(|m| *m < cycle);
                        below.map(move |m| u32::try_from(m + shift).unwrap()).collect::<Vec<_>>()
                    };
                    (as_seconds(times) * cycle, (0..times).flat_map(again).collect())
                }
                None => (cycle, marks),
            };
            let places: BTreeSet<u32> = marks.into_iter().filter(|m| i64::from(*m) < cycle).collect();
            let within = within % cycle;
            let seconds = PunctualSeconds::new(&places, within, cycle);
            prop_assert_eq!(cycle % seconds.period_s, 0);
            for second in -cycle..3 * cycle {
                let late = |place: &u32| (second - i64::from(*place)).rem_euclid(cycle);
                let expected = places.iter().any(|place| late(place) <= within);
                prop_assert_eq!(seconds.contains(second), expected, "{} of {:?}", second, seconds);
            }
            for pair in seconds.ranges.windows(2) {
                prop_assert!(pair[0].1 + 1 < pair[1].0);
            }
            let shorter = (1..seconds.period_s).filter(|period| seconds.period_s % period == 0);
            for period in shorter {
                let same = (0..cycle).all(|s| seconds.contains(s) == seconds.contains(s + period));
                prop_assert!(!same, "{:?} repeats after {} s", seconds, period);
            }
        }
    }
}
