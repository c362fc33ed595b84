//! The fires of one local day, the clock's changes included.
//!
//! Vixie cron tells two kinds of jobs apart when the clock is moved by less than three hours: one whose
//! minute or hour field begins with `*` follows the clock as it is (it skips the hour that is left out
//! and runs through the repeated one twice); any other runs once all the same: at once when its time is
//! left out, and only the first time when it comes twice (ISC cron 4.1, `cron(8)`, "Daylight Saving
//! Time"). `croner` draws this line elsewhere, by single values, so it is drawn here.

use std::iter;

use chrono::offset::{LocalResult, Offset, TimeZone};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::analysis::schedule::expression::Fields;
use crate::analysis::schedule::times::{DAY_S, Times};

/// Changes of the clock from this length on are corrections: no job is run for what is left out.
const CORRECTION_S: i64 = 3 * 3_600;

/// The fires of one local day, in seconds since the epoch without the offset.
pub(super) enum Day {
    /// None.
    Silent,
    /// All times of the schedule, counted from this instant.
    Even(i64),
    /// The clock changes on or around the day: each of them, ascending.
    Listed(Vec<i64>),
}

impl Day {
    /// The fires of the local day `day`, counted in days since 1970-01-01.
    pub(super) fn of(fields: &Fields, zone: Tz, day: i64) -> Self {
        Self::find(fields, zone, day).unwrap_or(Self::Silent)
    }

    /// How many of the fires lie in `from..to`.
    pub(super) fn count(&self, times: &Times, from: i64, to: i64) -> u64 {
        let count = match self {
            Self::Silent => 0,
            Self::Even(midnight) => times.before(to - midnight) - times.before(from - midnight),
            Self::Listed(fires) => {
                return fires.iter().filter(|fire| (from..to).contains(fire)).count() as u64;
            }
        };
        u64::try_from(count).unwrap_or(0)
    }

    /// The fires one by one.
    pub(super) fn fires(self, times: &Times) -> Box<dyn Iterator<Item = i64> + '_> {
        match self {
            Self::Silent => Box::new(iter::empty()),
            Self::Even(midnight) => Box::new(times.iter().map(move |time| midnight + time)),
            Self::Listed(fires) => Box::new(fires.into_iter()),
        }
    }

    /// `None` when the schedule does not fire on that day, or the calendar does not reach so far.
    fn find(fields: &Fields, zone: Tz, day: i64) -> Option<Self> {
        let date = NaiveDate::from_epoch_days(i32::try_from(day).ok()?)?;
        if !fields.matches(date) {
            return None;
        }
        let change = Change {
            zone,
            before: utc_offset(zone, (day - 1) * DAY_S)?,
            after: utc_offset(zone, (day + 2) * DAY_S)?,
        };
        if change.before == change.after {
            return Some(Self::Even(day * DAY_S - change.before));
        }
        let resolved = |time| change.resolve(day * DAY_S + time, fields.wildcard);
        let mut fires: Vec<i64> = fields.times.iter().flat_map(resolved).collect();
        fires.sort_unstable();
        fires.dedup();
        Some(Self::Listed(fires))
    }
}

/// A change of a zone's clock: its distances from UTC around it, seconds.
struct Change {
    zone: Tz,
    before: i64,
    after: i64,
}

impl Change {
    /// The instants at which the local clock shows `local` and the job runs, or the one at which it runs
    /// instead; a job with a `wildcard` follows the clock.
    fn resolve(&self, local: i64, wildcard: bool) -> Vec<i64> {
        let Some(wall) = DateTime::from_timestamp(local, 0) else { return Vec::new() };
        match self.zone.from_local_datetime(&wall.naive_utc()) {
            LocalResult::Single(at) => vec![at.timestamp()],
            LocalResult::Ambiguous(first, second) if wildcard => vec![first.timestamp(), second.timestamp()],
            LocalResult::Ambiguous(first, _) => vec![first.timestamp()],
            LocalResult::None if wildcard || self.after - self.before >= CORRECTION_S => Vec::new(),
            LocalResult::None => vec![self.instant_before(local - self.before)],
        }
    }

    /// The instant of the change, at most two days before `late`.
    fn instant_before(&self, late: i64) -> i64 {
        let (mut old, mut new) = (late - 2 * DAY_S, late);
        while new - old > 1 {
            let middle = old + (new - old) / 2;
            if utc_offset(self.zone, middle) == Some(self.before) { old = middle } else { new = middle }
        }
        new
    }
}

/// The zone's distance from UTC at the instant `at` (seconds since the epoch), in seconds; `None` beyond
/// the calendar.
pub(super) fn utc_offset(zone: Tz, at: i64) -> Option<i64> {
    let utc = DateTime::from_timestamp(at, 0)?.naive_utc();
    Some(i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()))
}
