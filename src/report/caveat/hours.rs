//! Whether the two windows cover the same hours of the day and the same days of the week, in UTC.

use std::fmt;

use chrono::Weekday;

use crate::clock::{DAY_US, MINUTE_US};
use crate::window::{Period, Window};

/// Minutes in a day.
const MINUTES: usize = 1_440;

/// Share of the time that two windows may spend at other hours, or on other days, without a word.
const TOLERATED: f64 = 0.2;

/// 1970-01-01 was a Thursday: Monday is the fifth day.
const MONDAY: usize = 4;

/// The hours of the day that a window covers, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursOfDay {
    /// From its first to its last instant; `None` for a day or more.
    pub within: Option<Period>,
    /// The part of the day that holds most of it.
    pub part: Option<PartOfDay>,
}

/// A part of the day, by the hours of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    Night,
    Morning,
    Afternoon,
    Evening,
}

impl fmt::Display for PartOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Night => "night",
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        })
    }
}

/// When in the day and the week a window was observed. Unit: shares of its observed time.
pub(super) struct TimesCovered {
    minutes: Vec<f64>,
    weekdays: Vec<f64>,
    periods: Vec<Period>,
}

impl TimesCovered {
    pub(super) fn of(window: &Window) -> Self {
        let (mut minutes, mut weekdays) = (vec![0; MINUTES], vec![0; 7]);
        for &period in &window.observed {
            for day in period.start.us().div_euclid(DAY_US)..=period.end.us().div_euclid(DAY_US) {
                let midnight = day * DAY_US;
                let part = (period.start.us().max(midnight), period.end.us().min(midnight + DAY_US));
                weekdays[index(day.rem_euclid(7))] += (part.1 - part.0).max(0);
                add_minutes(&mut minutes, part.0 - midnight, part.1 - midnight);
            }
        }
        Self { minutes: shares(&minutes), weekdays: shares(&weekdays), periods: window.observed.clone() }
    }

    /// Whether the two cover other hours of the day to more than a fifth.
    pub(super) fn has_other_hours_than(&self, other: &Self) -> bool {
        apart(&self.minutes, &other.minutes) > TOLERATED
    }

    /// Whether the two cover other days of the week to more than a fifth.
    pub(super) fn has_other_weekdays_than(&self, other: &Self) -> bool {
        apart(&self.weekdays, &other.weekdays) > TOLERATED
    }

    pub(super) fn hours(&self) -> HoursOfDay {
        let within = match (self.periods.first(), self.periods.last()) {
            (Some(first), Some(last)) => Some(Period { start: first.start, end: last.end }),
            _ => None,
        };
        let within = within.filter(|period| period.length().us() < DAY_US);
        HoursOfDay { within, part: self.part_of_day() }
    }

    fn part_of_day(&self) -> Option<PartOfDay> {
        let share = |from: usize, to: usize| self.minutes[from * 60..to * 60].iter().sum::<f64>();
        let parts = [
            (PartOfDay::Night, share(22, 24) + share(0, 6)),
            (PartOfDay::Morning, share(6, 12)),
            (PartOfDay::Afternoon, share(12, 18)),
            (PartOfDay::Evening, share(18, 22)),
        ];
        parts.into_iter().find(|&(_, share)| share > 0.5).map(|(part, _)| part)
    }

    /// The days that it covers, from Monday on.
    pub(super) fn weekdays(&self) -> Vec<Weekday> {
        let covered = (0..7_u8).filter(|&day| self.weekdays[(usize::from(day) + MONDAY) % 7] > 0.0);
        covered.filter_map(|day| Weekday::try_from(day).ok()).collect()
    }
}

/// Adds the time from `start` to `end` (µs of one day) to the minutes of the day.
fn add_minutes(minutes: &mut [i64], start: i64, end: i64) {
    let mut at = start;
    while at < end {
        let minute = at / MINUTE_US;
        let next = end.min((minute + 1) * MINUTE_US);
        minutes[index(minute)] += next - at;
        at = next;
    }
}

/// A small number that is not negative, as an index.
fn index(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}

fn shares(times: &[i64]) -> Vec<f64> {
    let whole = times.iter().sum::<i64>().max(1) as f64;
    times.iter().map(|&time| time as f64 / whole).collect()
}

/// The share of either that has no counterpart in the other (total variation distance).
fn apart(a: &[f64], b: &[f64]) -> f64 {
    1.0 - a.iter().zip(b).map(|(a, b)| a.min(*b)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;

    fn period(start: &str, end: &str) -> Period {
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn covered(start: &str, end: &str) -> TimesCovered {
        TimesCovered::of(&Window::observe(
            period(start, end),
            Timestamp(i64::MAX),
            &[],
            crate::window::Chosen::Given,
            None,
        ))
    }

    #[test]
    fn an_evening_is_not_a_night() {
        let before = covered("2026-02-01T20:56:00Z", "2026-02-01T21:00:00Z");
        let after = covered("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z");
        assert!(before.has_other_hours_than(&after));
        let within = |start: &str, end: &str| Some(period(start, end));
        assert_eq!(
            (before.hours(), after.hours()),
            (
                HoursOfDay {
                    within: within("2026-02-01T20:56:00Z", "2026-02-01T21:00:00Z"),
                    part: Some(PartOfDay::Evening)
                },
                HoursOfDay {
                    within: within("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z"),
                    part: Some(PartOfDay::Night)
                },
            )
        );
        assert!(before.has_other_weekdays_than(&after));
        assert_eq!(before.weekdays(), [Weekday::Sun]);
        assert_eq!(after.weekdays(), [Weekday::Mon, Weekday::Sun]);
    }

    #[test]
    fn the_same_hours_of_another_day_are_the_same_hours() {
        let monday = covered("2026-02-02T10:00:00Z", "2026-02-02T16:00:00Z");
        let tuesday = covered("2026-02-03T10:10:00Z", "2026-02-03T16:00:00Z");
        assert!(!monday.has_other_hours_than(&tuesday));
        assert!(monday.has_other_weekdays_than(&tuesday));
    }

    #[test]
    fn whole_weeks_cover_everything() {
        let first = covered("2026-01-05T09:00:00Z", "2026-01-19T09:00:00Z");
        let second = covered("2026-01-20T00:00:00Z", "2026-02-03T00:00:00Z");
        assert!(!first.has_other_hours_than(&second));
        assert!(!first.has_other_weekdays_than(&second));
        assert_eq!(first.hours(), HoursOfDay { within: None, part: None });
    }
}
