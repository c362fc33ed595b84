//! Whether the two windows cover the same hours of the day and the same days of the week, in UTC.

use crate::clock::{DAY_US, MINUTE_US};
use crate::figure;
use crate::window::{Period, Window};

/// Minutes in a day.
const MINUTES: usize = 1_440;

/// Share of the time that two windows may spend at other hours, or on other days, without a word.
const TOLERATED: f64 = 0.2;

/// 1970-01-01 was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// When a window was observed. Unit: shares of its observed time.
pub(super) struct Coverage {
    minutes: Vec<f64>,
    weekdays: Vec<f64>,
    periods: Vec<Period>,
}

impl Coverage {
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

    /// `20:56 to 21:00`, or that it goes round the clock.
    pub(super) fn hours(&self) -> String {
        match (self.periods.first(), self.periods.last()) {
            (Some(first), Some(last)) if last.end.since(first.start).us() < DAY_US => {
                format!("{} to {}", figure::time(first.start), figure::time(last.end))
            }
            _ => "all round the clock".to_owned(),
        }
    }

    /// The part of the day that holds most of the window, by the hours of UTC.
    pub(super) fn part_of_day(&self) -> Option<&'static str> {
        let share = |from: usize, to: usize| self.minutes[from * 60..to * 60].iter().sum::<f64>();
        let parts = [
            ("night", share(22, 24) + share(0, 6)),
            ("morning", share(6, 12)),
            ("afternoon", share(12, 18)),
            ("evening", share(18, 22)),
        ];
        parts.into_iter().find(|&(_, share)| share > 0.5).map(|(name, _)| name)
    }

    /// `Sunday and Monday`; from Monday on.
    pub(super) fn weekday_names(&self) -> String {
        let from_monday = (0..7).map(|day| (day + 4) % 7);
        let covered: Vec<&str> =
            from_monday.filter(|&day| self.weekdays[day] > 0.0).map(|day| WEEKDAYS[day]).collect();
        match covered.as_slice() {
            [] => "no day".to_owned(),
            [day] => (*day).to_owned(),
            [days @ .., last] => format!("{} and {last}", days.join(", ")),
        }
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

    fn coverage(start: &str, end: &str) -> Coverage {
        let period = Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        Coverage::of(&Window::observe(period, Timestamp(i64::MAX), &[], crate::window::Chosen::Given, None))
    }

    #[test]
    fn an_evening_is_not_a_night() {
        let before = coverage("2026-02-01T20:56:00Z", "2026-02-01T21:00:00Z");
        let after = coverage("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z");
        assert!(before.has_other_hours_than(&after));
        assert_eq!((before.hours().as_str(), after.hours().as_str()), ("20:56 to 21:00", "21:37 to 05:34"));
        assert_eq!((before.part_of_day(), after.part_of_day()), (Some("evening"), Some("night")));
        assert!(before.has_other_weekdays_than(&after));
        assert_eq!(
            (before.weekday_names().as_str(), after.weekday_names().as_str()),
            ("Sunday", "Monday and Sunday")
        );
    }

    #[test]
    fn the_same_hours_of_another_day_are_the_same_hours() {
        let monday = coverage("2026-02-02T10:00:00Z", "2026-02-02T16:00:00Z");
        let tuesday = coverage("2026-02-03T10:10:00Z", "2026-02-03T16:00:00Z");
        assert!(!monday.has_other_hours_than(&tuesday));
        assert!(monday.has_other_weekdays_than(&tuesday));
    }

    #[test]
    fn whole_weeks_cover_everything() {
        let first = coverage("2026-01-05T09:00:00Z", "2026-01-19T09:00:00Z");
        let second = coverage("2026-01-20T00:00:00Z", "2026-02-03T00:00:00Z");
        assert!(!first.has_other_hours_than(&second));
        assert!(!first.has_other_weekdays_than(&second));
        assert_eq!(first.hours(), "all round the clock");
    }
}
