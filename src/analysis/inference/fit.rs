//! How well fires at given moments explain starts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::starts::{Arc, LocalStarts};
use crate::clock::{DAY_US, MINUTE_US, SECOND_US};

/// A start may come so long before its fire: clocks of two machines differ.
const EARLY_US: i64 = SECOND_US;

/// Delays below this, µs, are no part of the place: a scheduler needs a moment to start a run.
const MOMENT_US: i64 = 3 * SECOND_US;

/// Starts that vary by more than this have no place, µs: minutes of an hour, and times of the day.
const WIDEST_US: [i64; 2] = [2 * MINUTE_US, 10 * MINUTE_US];

/// Starts from which chance gathers no nine tenths of them in half of a period.
const MANY: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleFit {
    /// Starts that were looked at; starts within a second of each other are one.
    pub starts: u64,
    /// Starts that a fire explains; no fire explains two.
    pub explained: u64,
    /// Fires from the first of these to the last; 0 where only the distances are steady.
    pub fires: u64,
}

/// Moments `place`, `place + period`, … and how late after one a start still answers it. Unit: µs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub(super) period: i64,
    pub(super) place: i64,
    late: i64,
}

impl Grid {
    /// The grid of `period` on which the starts gather; `None` when they do not.
    pub(super) fn of(starts: &LocalStarts, period: i64) -> Option<Self> {
        let arc = starts.shortest_arc(period);
        let widest = if starts.count() < MANY { period / 5 } else { period / 2 };
        let [in_hour, in_day] = WIDEST_US;
        if arc.length > widest.min(if period < DAY_US { in_hour } else { in_day }) {
            return None;
        }
        let place = place(arc, period).rem_euclid(period);
        let late = (2 * arc.length).max(5 * SECOND_US).min(period - EARLY_US - 1);
        Some(Self { period, place, late })
    }

    /// The number of the moment that a start answers.
    pub(super) fn fire(&self, start: i64) -> Option<i64> {
        let since = start - self.place + EARLY_US;
        let delay = since.rem_euclid(self.period) - EARLY_US;
        (delay <= self.late).then(|| since.div_euclid(self.period))
    }

    pub(super) fn answered(&self, starts: &LocalStarts) -> BTreeSet<i64> {
        starts.iter().filter_map(|start| self.fire(start)).collect()
    }
}

/// The whole second from which the starts of an arc come: the full minute where that is just before.
fn place(arc: Arc, period: i64) -> i64 {
    let unit = if period < MINUTE_US { SECOND_US } else { MINUTE_US };
    let (early, moment) = if period < MINUTE_US { (SECOND_US / 5, 0) } else { (EARLY_US, MOMENT_US) };
    let into = arc.from.rem_euclid(unit);
    if unit - into <= early {
        arc.from + unit - into
    } else if into < moment {
        arc.from - into
    } else {
        arc.from.div_euclid(SECOND_US) * SECOND_US
    }
}

impl ScheduleFit {
    /// Of `answered` moments of which the numbers in `fires` are fires.
    pub(super) fn of(starts: &LocalStarts, answered: &BTreeSet<i64>, fires: impl Fn(i64) -> bool) -> Self {
        let answered: Vec<i64> = answered.iter().copied().filter(|number| fires(*number)).collect();
        let all = match (answered.first(), answered.last()) {
            (Some(first), Some(last)) => (*first..=*last).filter(|number| fires(*number)).count(),
            _ => 0,
        };
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Self { starts: count(starts.count()), explained: count(answered.len()), fires: count(all) }
    }

    /// Whether it explains enough to be told.
    pub(super) fn is_good(&self) -> bool {
        self.explained >= 6 && 5 * self.explained >= 4 * self.starts && 4 * self.explained >= 3 * self.fires
    }

    /// How the share of starts and the share of fires compare with another's, both together.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let squares = |fit: &Self, of: &Self| {
            u128::from(fit.explained).pow(2) * u128::from(of.starts) * u128::from(of.fires)
        };
        squares(self, other) > squares(other, self)
    }
}
