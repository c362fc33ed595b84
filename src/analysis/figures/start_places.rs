//! Where in the cycle runs start, in a few numbers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Places listed; the others are counted.
const MOST: usize = 3;

/// Where in the cycle the runs of a window start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartPlaces {
    /// The second of the cycle at which, together with the next one, at least half of the runs start; `null`
    /// where there is none.
    pub main: Option<u32>,
    /// The first second of a place and the runs that start there, the most frequent first, at most three.
    /// A second and the one after it are one place, because a start is a little after its moment.
    pub first: Vec<(u32, u64)>,
    /// The number of places besides these.
    pub others: u64,
}

impl StartPlaces {
    /// `start_seconds`: started runs by second of the cycle.
    pub(in crate::analysis) fn of(start_seconds: &BTreeMap<u32, u64>) -> Self {
        let mut places: Vec<(u32, u64)> = Vec::new();
        for (&second, &runs) in start_seconds {
            match places.last_mut() {
                Some((first, sum)) if first.saturating_add(1) == second => *sum += runs,
                _ => places.push((second, runs)),
            }
        }
        places.sort_by_key(|&(second, runs)| (Reverse(runs), second));
        let others = places.len().saturating_sub(MOST) as u64;
        places.truncate(MOST);
        Self { main: main(start_seconds), first: places, others }
    }

    pub fn count(&self) -> u64 {
        self.first.len() as u64 + self.others
    }
}

fn main(start_seconds: &BTreeMap<u32, u64>) -> Option<u32> {
    let total: u64 = start_seconds.values().sum();
    let with_next =
        |second: u32, runs: u64| runs + start_seconds.get(&second.saturating_add(1)).unwrap_or(&0);
    let (runs, Reverse(second)) =
        start_seconds.iter().map(|(&second, &runs)| (with_next(second, runs), Reverse(second))).max()?;
    (2 * runs >= total).then_some(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_has_a_main_place_only_if_most_of_its_runs_start_there() {
        let main = |seconds: &[(u32, u64)]| StartPlaces::of(&seconds.iter().copied().collect()).main;
        assert_eq!(main(&[(45, 300), (46, 60)]), Some(45));
        assert_eq!(main(&(0..60).map(|second| (second, 10)).collect::<Vec<_>>()), None);
        assert_eq!(main(&[]), None);
    }

    #[test]
    fn places_are_few_and_the_most_frequent_come_first() {
        let places = |seconds: &[(u32, u64)]| StartPlaces::of(&seconds.iter().copied().collect());
        let found = places(&[(5, 3), (6, 2), (7, 1), (20, 9), (30, 1), (40, 1), (50, 1)]);
        assert_eq!(found.first, [(20, 9), (5, 5), (7, 1)]);
        assert_eq!((found.others, found.count()), (3, 6));
    }
}
