//! How lengths of windows, instants, periods and places in a cycle are written.

use chrono_tz::Tz;

use super::digits::ABSENT;
use super::number::{count, duration};
use crate::clock::{MINUTE_US, SECOND_US, Timestamp};

/// The length of a window in its two largest units: `7 h 57 min`, `4 min`, `3 d 4 h`, `45 s`.
pub fn span(seconds: f64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    if !seconds.is_finite() || seconds < 0.0 {
        return ABSENT.to_owned();
    }
    if seconds < 60.0 && (seconds < 1.0 || seconds.fract() > 0.0) {
        return duration(seconds * 1_000.0);
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // finite and not negative
    let whole = seconds.round() as u64;
    let largest = UNITS.iter().position(|(unit, _)| whole >= *unit).unwrap_or(UNITS.len() - 1);
    let smallest = UNITS.get(largest + 1).map_or(1, |(unit, _)| *unit);
    let mut rest = (whole + smallest / 2) / smallest * smallest;
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        if rest >= unit {
            parts.push(format!("{} {name}", count(rest / unit)));
            rest %= unit;
        }
    }
    parts.join(" ")
}

/// An instant to the second, or to the minute when it is on one: `2026-02-01 20:56 UTC`.
pub fn instant(at: Timestamp) -> String {
    at.to_utc().map_or_else(|| at.to_string(), |utc| format!("{} UTC", utc.format(date_and_time(&[at]))))
}

/// The time of day of an instant, UTC, to the second, or to the minute when it is on one: `20:56`.
pub fn time(at: Timestamp) -> String {
    let format = date_and_time(&[at]).trim_start_matches("%Y-%m-%d ");
    at.to_utc().map_or_else(|| at.to_string(), |utc| utc.format(format).to_string())
}

/// A period on one line, the date said once: `2026-02-01 21:37–02-02 05:34 UTC`.
pub fn period(start: Timestamp, end: Timestamp) -> String {
    period_in(start, end, chrono_tz::UTC)
}

/// [`period`] in a zone. Ends are rounded to the second, as [`span`] rounds the length between them.
pub fn period_in(start: Timestamp, end: Timestamp, zone: Tz) -> String {
    let [start, end] = [start, end].map(nearest_second);
    let (Some(from), Some(to)) = (start.to_utc(), end.to_utc()) else {
        return format!("{start}–{end}");
    };
    let (from, to) = (from.with_timezone(&zone), to.with_timezone(&zone));
    let full = date_and_time(&[start, end]);
    let later = if from.date_naive() == to.date_naive() {
        full.trim_start_matches("%Y-%m-%d ")
    } else if from.format("%Y").to_string() == to.format("%Y").to_string() {
        full.trim_start_matches("%Y-")
    } else {
        full
    };
    let separator = if later.starts_with("%H") { "–" } else { " – " };
    format!("{}{separator}{} {}", from.format(full), to.format(later), zone.name())
}

fn nearest_second(at: Timestamp) -> Timestamp {
    Timestamp(at.us().saturating_add(SECOND_US / 2).div_euclid(SECOND_US) * SECOND_US)
}

/// The coarsest format that shows all of `instants` exactly, down to the second.
fn date_and_time(instants: &[Timestamp]) -> &'static str {
    if instants.iter().all(|at| at.us() % MINUTE_US == 0) { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" }
}

/// A place in a cycle: `:45` of a minute, `05:45` of an hour, `02:05:45` of a day.
pub fn place(second: u32, cycle_s: f64) -> String {
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    if cycle_s <= 60.0 {
        format!(":{second:02}")
    } else if cycle_s <= 3_600.0 {
        format!("{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn spans_have_two_units() {
        for (seconds, text) in [
            (0.0, "0 ms"),
            (0.25, "250 ms"),
            (45.0, "45 s"),
            (59.6, "59.6 s"),
            (90.0, "1 min 30 s"),
            (240.0, "4 min"),
            (3_599.0, "59 min 59 s"),
            (28_620.0, "7 h 57 min"),
            (28_649.0, "7 h 57 min"),
            (28_651.0, "7 h 58 min"),
            (86_399.0, "1 d"),
            (270_000.0, "3 d 3 h"),
        ] {
            assert_eq!(span(seconds), text, "{seconds}");
        }
    }

    #[test]
    fn periods_say_their_date_once() {
        let (a, b, c) = (at("2026-02-01T20:56:00Z"), at("2026-02-01T21:00:00Z"), at("2026-02-02T05:34:10Z"));
        assert_eq!(instant(a), "2026-02-01 20:56 UTC");
        assert_eq!(instant(c), "2026-02-02 05:34:10 UTC");
        assert_eq!(period(a, b), "2026-02-01 20:56–21:00 UTC");
        assert_eq!(period(a, c), "2026-02-01 20:56:00 – 02-02 05:34:10 UTC");
        assert_eq!(
            period_in(a, b, chrono_tz::Europe::Istanbul),
            "2026-02-01 23:56 – 02-02 00:00 Europe/Istanbul"
        );
        let (start, end) = (at("2026-11-23T18:09:44Z"), at("2026-11-23T18:20:44.7Z"));
        assert_eq!(period(start, end), "2026-11-23 18:09:44–18:20:45 UTC");
        assert_eq!(span(end.since(start).as_seconds()), "11 min 1 s", "the ends and the length agree");
        assert_eq!(period(a, at("2027-01-01T00:00:00Z")), "2026-02-01 20:56 – 2027-01-01 00:00 UTC");
    }

    #[test]
    fn places_follow_the_cycle() {
        assert_eq!(place(5, 60.0), ":05");
        assert_eq!(place(345, 3_600.0), "05:45");
        assert_eq!(place(7_545, 86_400.0), "02:05:45");
    }
}
