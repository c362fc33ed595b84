//! The times of a day at which a schedule fires.

use std::collections::BTreeSet;

use crate::clock::{DAY_US, SECOND_US};

pub(super) const DAY_S: i64 = DAY_US / SECOND_US;

/// Every hour with every minute with every second; each ascending, none empty.
#[derive(Clone, Debug)]
pub(super) struct Times {
    pub(super) hours: Vec<i64>,
    pub(super) minutes: Vec<i64>,
    pub(super) seconds: Vec<i64>,
}

impl Times {
    /// How many of the times lie before `second` of the day, which is held to the day.
    pub(super) fn before(&self, second: i64) -> i64 {
        let second = second.clamp(0, DAY_S);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        let below = |values: &[i64], limit| len(&values[..values.partition_point(|&v| v < limit)]);
        let has = |values: &[i64], value| i64::from(values.binary_search(&value).is_ok());
        let in_minute = below(&self.seconds, second % 60);
        let in_hour =
            below(&self.minutes, minute) * len(&self.seconds) + has(&self.minutes, minute) * in_minute;
        below(&self.hours, hour) * len(&self.minutes) * len(&self.seconds) + has(&self.hours, hour) * in_hour
    }

    /// The times as seconds of the day, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.hours.iter().flat_map(move |hour| {
            self.minutes
                .iter()
                .flat_map(move |minute| self.seconds.iter().map(move |s| hour * 3_600 + minute * 60 + s))
        })
    }

    pub(super) fn fires_within_a_minute(&self) -> bool {
        self.seconds.len() > 1
    }

    /// The smallest distance between two times, seconds; the day is followed by one of its kind.
    pub(super) fn shortest_gap(&self) -> i64 {
        let mut gap = i64::MAX;
        let (mut first, mut last) = (0, 0);
        for (values, unit) in [(&self.seconds, 1), (&self.minutes, 60), (&self.hours, 3_600)] {
            let closest = values.windows(2).map(|pair| pair[1] - pair[0]).min();
            gap = gap.min(closest.map_or(i64::MAX, |distance| distance * unit - (last - first)));
            first += values.first().map_or(0, |value| value * unit);
            last += values.last().map_or(0, |value| value * unit);
        }
        gap.min(DAY_S - (last - first))
    }

    /// The times modulo `cycle` seconds, which divides a day.
    pub(super) fn residues(&self, cycle: i64) -> BTreeSet<i64> {
        let mut residues = BTreeSet::from([0]);
        for (values, unit) in [(&self.hours, 3_600), (&self.minutes, 60), (&self.seconds, 1)] {
            let steps: BTreeSet<i64> = values.iter().map(|value| value * unit % cycle).collect();
            residues =
                residues.iter().flat_map(|r| steps.iter().map(move |step| (r + step) % cycle)).collect();
        }
        residues
    }
}

/// The length as a number to calculate with; a field has at most 60 values.
fn len(values: &[i64]) -> i64 {
    i64::try_from(values.len()).unwrap_or(i64::MAX)
}
