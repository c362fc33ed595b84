//! When a job is meant to fire: cron expressions by Vixie's rules, with an offset.
//!
//! The expression is read by the crate `croner`, held to what Vixie cron knows (see [`expression`]).
//! Fires are then counted by the day rather than one by one: every local day that the day fields match
//! has the same times, so a window of weeks costs as much for a schedule of every second as for one of
//! every day. Only days on which the zone's clock changes are looked at time by time (see [`day`]).

mod collision;
mod day;
mod expression;
pub mod punctuality;
mod times;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use self::collision::{collisions, shared_fires};
use self::day::Day;
use self::expression::Fields;
use self::times::DAY_S;
use crate::clock::{SECOND_US, Span, Timestamp};
use crate::window::Period;

/// Fires that [`Schedule::typical_period`] looks at.
const SAMPLE: usize = 200;

/// A cron expression with its offset and zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    expression: String,
    offset: Span,
    time_zone: Tz,
    fields: Fields,
}

/// Why a schedule cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    #[error("'{expression}' is not a cron expression of five or six fields: {reason}")]
    Expression { expression: String, reason: String },
    #[error(
        "'{expression}' has a field for seconds, so an offset of {offset} cannot be added to it: write the seconds into that field"
    )]
    OffsetWithSeconds { expression: String, offset: Span },
    #[error("the offset {0} is not a whole number of seconds from 0s up, such as 15s")]
    Offset(Span),
    #[error("'{0}' never fires: no day has that date")]
    Never(String),
}

/// Everything else follows from these.
impl PartialEq for Schedule {
    fn eq(&self, other: &Self) -> bool {
        (&self.expression, self.offset, self.time_zone) == (&other.expression, other.offset, other.time_zone)
    }
}

impl Eq for Schedule {}

impl Hash for Schedule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.expression, self.offset, self.time_zone).hash(state);
    }
}

impl Schedule {
    /// Reads `expression`: five fields, six with seconds first, or one of `@yearly`, `@annually`,
    /// `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`. It fires `offset` after the moments that
    /// the expression names in `time_zone`. That the offset is below the cycle is for the caller to see to.
    ///
    /// # Errors
    /// When it is not a cron expression as Vixie cron knows them (`L`, `W`, `#`, `?` and years are
    /// refused rather than guessed at), when the offset is negative or not whole seconds, or stands
    /// beside a field for seconds.
    pub fn parse(expression: &str, offset: Span, time_zone: Tz) -> Result<Self, ScheduleError> {
        let fields = Fields::read(expression)
            .map_err(|reason| ScheduleError::Expression { expression: expression.to_owned(), reason })?;
        if offset.us() < 0 || offset.us() % SECOND_US != 0 {
            return Err(ScheduleError::Offset(offset));
        }
        if fields.names_seconds && offset.us() != 0 {
            return Err(ScheduleError::OffsetWithSeconds { expression: expression.to_owned(), offset });
        }
        if !fields.match_some_day() {
            return Err(ScheduleError::Never(expression.to_owned()));
        }
        Ok(Self { expression: expression.to_owned(), offset, time_zone, fields })
    }

    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// How long after the moments of the expression it fires; whole seconds, not negative.
    pub fn offset(&self) -> Span {
        self.offset
    }

    pub fn time_zone(&self) -> Tz {
        self.time_zone
    }

    /// The schedule with its offset as one expression of six fields where the offset is below a minute
    /// (`* * * * *` and 15 s: `15 * * * * *`), otherwise both side by side.
    pub fn effective(&self) -> String {
        let seconds = self.offset.us() / SECOND_US;
        match seconds {
            0 => self.expression.clone(),
            1..60 if !self.expression.trim_start().starts_with('@') => {
                format!("{seconds} {}", self.expression)
            }
            _ => format!("{} +{}", self.expression, self.offset),
        }
    }

    /// Whether it fires more than once within a minute.
    pub fn is_sub_minute(&self) -> bool {
        self.fields.times.fires_within_a_minute()
    }

    /// Whether two of its fires can be closer to each other than `span`.
    pub fn fires_more_often_than(&self, span: Span) -> bool {
        self.fields.times.shortest_gap() * SECOND_US < span.us()
    }

    /// The most frequent distance between two fires that follow each other, the smaller of equally
    /// frequent ones; `None` when it never fires twice (30 February).
    pub fn typical_period(&self) -> Option<Span> {
        let start = NaiveDate::from_ymd_opt(2024, 1, 1)?.to_epoch_days();
        let fires = (i64::from(start)..i64::from(start) + 9 * 366).flat_map(|day| self.day_fires(day));
        let mut gaps: BTreeMap<i64, usize> = BTreeMap::new();
        let mut previous = None;
        for fire in fires.take(SAMPLE) {
            if let Some(previous) = previous.replace(fire) {
                *gaps.entry(fire - previous).or_default() += 1;
            }
        }
        gaps.into_iter().rev().max_by_key(|&(_, count)| count).map(|(gap, _)| Span::seconds(gap))
    }

    /// How often it fires within `periods`, which must not overlap.
    pub fn fires(&self, periods: &[Period]) -> u64 {
        periods.iter().map(|&period| self.fires_in(period)).sum()
    }

    /// Its fires within `period`, ascending, with the offset.
    pub fn fires_iter(&self, period: Period) -> impl Iterator<Item = Timestamp> + '_ {
        let (from, to) = self.whole_seconds(period);
        let offset = self.offset;
        days_around(from, to)
            .flat_map(|day| self.day_fires(day))
            .skip_while(move |&fire| fire < from)
            .take_while(move |&fire| fire < to)
            .map(move |fire| Timestamp(fire * SECOND_US).plus(offset))
    }

    /// The places in the cycle, in whole seconds, at which it fires with its offset, as the zone's clock
    /// stood around `periods`: a daily job of a zone with summer time has one place in a winter's window
    /// and another in a summer's. Where the cycle divides a day the days on which it fires do not
    /// matter; for other cycles the places are those of the fires in the periods and in the cycle before
    /// each.
    pub fn places(&self, cycle: Span, periods: &[Period]) -> BTreeSet<u32> {
        let cycle = cycle.us() / SECOND_US;
        let offset = self.offset.us() / SECOND_US;
        let places: BTreeSet<i64> = if cycle <= 0 {
            BTreeSet::new()
        } else if DAY_S % cycle == 0 {
            let residues = self.fields.times.residues(cycle);
            let shifts = self.zone_offsets(periods);
            let place = |residue: &i64, shift: i64| (residue + offset - shift).rem_euclid(cycle);
            shifts.into_iter().flat_map(|shift| residues.iter().map(move |r| place(r, shift))).collect()
        } else {
            self.places_of_fires(cycle, periods)
        };
        places.into_iter().filter_map(|place| u32::try_from(place).ok()).collect()
    }

    /// Places of the fires in `periods` and in the `cycle` (seconds) before each.
    fn places_of_fires(&self, cycle: i64, periods: &[Period]) -> BTreeSet<i64> {
        let mut places = BTreeSet::new();
        for period in periods {
            let start = period.start.plus(Span::seconds(-cycle));
            for fire in self.fires_iter(Period { start, end: period.end }) {
                places.insert((fire.us() / SECOND_US).rem_euclid(cycle));
                if i64::try_from(places.len()) == Ok(cycle) {
                    return places;
                }
            }
        }
        places
    }

    /// The zone's distances from UTC that are in force around `periods`, seconds.
    fn zone_offsets(&self, periods: &[Period]) -> BTreeSet<i64> {
        let mut offsets = BTreeSet::new();
        for &period in periods {
            let (from, to) = self.whole_seconds(period);
            offsets.extend([from, to].into_iter().filter_map(|at| day::utc_offset(self.time_zone, at)));
            let days = from.div_euclid(DAY_S) + 1..=to.div_euclid(DAY_S);
            offsets.extend(days.filter_map(|day| day::utc_offset(self.time_zone, day * DAY_S)));
        }
        offsets
    }

    fn day(&self, day: i64) -> Day {
        Day::of(&self.fields, self.time_zone, day)
    }

    fn day_fires(&self, day: i64) -> impl Iterator<Item = i64> + '_ {
        self.day(day).fires(&self.fields.times)
    }

    fn fires_in(&self, period: Period) -> u64 {
        let (from, to) = self.whole_seconds(period);
        if to <= from {
            return 0;
        }
        days_around(from, to).map(|day| self.day(day).count(&self.fields.times, from, to)).sum()
    }

    /// The first whole second in `period` and the first after it, offset taken off.
    fn whole_seconds(&self, period: Period) -> (i64, i64) {
        let ceil = |at: Timestamp| {
            let us = at.us().saturating_sub(self.offset.us());
            us.div_euclid(SECOND_US) + i64::from(us.rem_euclid(SECOND_US) > 0)
        };
        (ceil(period.start), ceil(period.end))
    }
}

/// The days since the epoch whose local times may lie in `from..to` (seconds), whatever the zone.
fn days_around(from: i64, to: i64) -> impl Iterator<Item = i64> {
    from.div_euclid(DAY_S) - 1..=to.div_euclid(DAY_S) + 1
}

#[cfg(test)]
mod tests;
