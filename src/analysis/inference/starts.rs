//! Starts on a zone's clock, and where in a period they lie.

use chrono::{Offset, TimeZone};
use chrono_tz::Tz;

use crate::clock::{SECOND_US, Timestamp};

/// Local times in µs since 1970 as that clock shows them, ascending, each more than a second after the one
/// before: some schedulers log a run twice.
#[derive(Clone, Debug)]
pub(super) struct LocalStarts(Vec<i64>);

/// A stretch of a period, which may reach over its end. Unit: µs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) from: i64,
    pub(super) length: i64,
}

impl LocalStarts {
    pub(super) fn of(starts: &[Timestamp], zone: Tz) -> Self {
        let mut local: Vec<i64> = starts.iter().filter_map(|at| local_us(*at, zone)).collect();
        local.sort_unstable();
        local.dedup_by(|later, earlier| *later - *earlier < SECOND_US);
        Self(local)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().copied()
    }

    /// Distances between starts that follow each other, ascending.
    pub(super) fn gaps(&self) -> Vec<i64> {
        let mut gaps: Vec<i64> = self.0.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        gaps
    }

    /// The shortest stretch of `period` in which nine tenths of the starts lie.
    pub(super) fn shortest_arc(&self, period: i64) -> Arc {
        let mut places: Vec<i64> = self.0.iter().map(|at| at.rem_euclid(period)).collect();
        places.sort_unstable();
        let count = places.len();
        let inside = count - count / 10;
        let end = |from: usize| {
            let place = from + inside - 1;
            places[place % count] + if place >= count { period } else { 0 }
        };
        let arcs = (0..count).map(|from| Arc { from: places[from], length: end(from) - places[from] });
        arcs.min_by_key(|arc| (arc.length, arc.from)).unwrap_or(Arc { from: 0, length: period })
    }
}

/// `None` for an instant beyond the calendar.
fn local_us(at: Timestamp, zone: Tz) -> Option<i64> {
    let utc = at.to_utc()?;
    let offset = zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc();
    Some(at.us() + i64::from(offset) * SECOND_US)
}
