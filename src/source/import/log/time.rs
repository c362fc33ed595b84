//! Times in logs.

use std::sync::LazyLock;

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use regex::Regex;

use crate::clock::Timestamp;
use crate::source::import::fault::Fault;
use crate::source::import::time::{is_storable, since_epoch};

/// ISO 8601 and what is near it, anywhere in a line.
#[allow(clippy::unwrap_used)] // a test reads it
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?<y>[0-9]{4}) [-/] (?<m>[0-9]{2}) [-/] (?<d>[0-9]{2}) [T\ ] (?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})
        (?: [.,] (?<fraction>[0-9]{1,9}) )? \ ? (?<zone> Z\b | UTC\b | GMT\b | [+-][0-9]{2}:?[0-9]{2}\b )?",
    )
    .unwrap()
});

/// An instant, and whether it was written without a fraction of a second.
pub(super) type LogTime = (Timestamp, bool);

#[derive(Debug)]
pub(super) struct LogClock {
    /// `strftime`, where the times are not ISO 8601.
    pub(super) format: Option<String>,
    /// Zone of times without one.
    pub(super) zone: Option<Tz>,
}

impl LogClock {
    /// The time of a text; of a line, the first in it.
    pub(super) fn read(&self, text: &str) -> Result<LogTime, Fault> {
        let wrong = || Fault::LogTime(text.to_owned());
        let (at, is_whole) = match &self.format {
            Some(format) => self.formatted(text, format)?,
            None => self.iso(text)?,
        };
        Some((at, is_whole)).filter(|(at, _)| is_storable(*at)).ok_or_else(wrong)
    }

    /// A number since the epoch: seconds, milliseconds or microseconds by its size; seconds may have a fraction.
    pub(super) fn number(text: &str) -> Result<LogTime, Fault> {
        let wrong = || Fault::LogTime(text.to_owned());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if fraction.contains(|c: char| !c.is_ascii_digit()) {
            return Err(wrong());
        }
        let at = since_epoch(whole).ok_or_else(wrong)?;
        let is_whole = fraction.is_empty() && at.us() % 1_000_000 == 0;
        // Only seconds have a fraction that reaches a microsecond.
        let fraction_us = if whole.len() <= 11 { micros(fraction) } else { 0 };
        Some((Timestamp(at.us() + fraction_us), is_whole))
            .filter(|(at, _)| is_storable(*at))
            .ok_or_else(wrong)
    }

    fn iso(&self, text: &str) -> Result<LogTime, Fault> {
        let wrong = || Fault::LogTime(text.to_owned());
        let found = ISO.captures(text).ok_or_else(wrong)?;
        let part = |name| found.name(name).map_or("", |part| part.as_str());
        let number = |name| part(name).parse::<u32>().ok();
        let date = number("y").and_then(|year| i32::try_from(year).ok());
        let date = date.zip(number("m")).zip(number("d"));
        let date = date.and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day));
        let time = chrono::NaiveTime::parse_from_str(part("time"), "%H:%M:%S").ok();
        let (date, time) = date.zip(time).ok_or_else(wrong)?;
        let local = date.and_time(time);
        let at = match part("zone") {
            "" => self.local(local, text)?,
            "Z" | "UTC" | "GMT" => local.and_utc().into(),
            offset => minus_offset(local, offset).ok_or_else(wrong)?,
        };
        let fraction = part("fraction");
        Ok((Timestamp(at.us() + micros(fraction)), fraction.is_empty()))
    }

    fn formatted(&self, text: &str, format: &str) -> Result<LogTime, Fault> {
        let whole = |at: Timestamp| (at, at.us() % 1_000_000 == 0);
        if let Ok(at) = DateTime::parse_from_str(text, format) {
            return Ok(whole(at.to_utc().into()));
        }
        let local =
            NaiveDateTime::parse_from_str(text, format).map_err(|_| Fault::LogTime(text.to_owned()))?;
        Ok(whole(self.local(local, text)?))
    }

    /// A time that comes twice in a night is the first of the two; one that the clock leaves out is counted on
    /// from before.
    fn local(&self, local: NaiveDateTime, text: &str) -> Result<Timestamp, Fault> {
        let zone = self.zone.ok_or_else(|| Fault::NoZone(text.to_owned()))?;
        let at = match zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => zone
                .from_local_datetime(&(local - chrono::TimeDelta::hours(3)))
                .earliest()
                .map(|before| before.to_utc() + chrono::TimeDelta::hours(3)),
        };
        at.map(Timestamp::from).ok_or_else(|| Fault::LogTime(text.to_owned()))
    }
}

/// `+02:00` or `+0200`.
fn minus_offset(local: NaiveDateTime, offset: &str) -> Option<Timestamp> {
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..)?.parse().ok()?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let utc = local.checked_sub_signed(chrono::TimeDelta::minutes(sign * (hours * 60 + minutes)))?;
    Some(utc.and_utc().into())
}

/// The digits after a point in microseconds.
fn micros(fraction: &str) -> i64 {
    format!("{fraction:0<6.6}").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(zone: Option<&str>, text: &str) -> String {
        let clock = LogClock { format: None, zone: zone.map(|zone| zone.parse().unwrap()) };
        match clock.read(text) {
            Ok((at, is_whole)) => format!("{at}{}", if is_whole { " whole" } else { "" }),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn times_as_logs_write_them() {
        for (text, at) in [
            ("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z whole"),
            ("2026-11-23T12:00:00.123456789Z", "2026-11-23T12:00:00.123456Z"),
            ("2026-11-23 14:00:00,5 +0200", "2026-11-23T12:00:00.500Z"),
            ("2026/11/23 12:00:00 UTC: x", "2026-11-23T12:00:00Z whole"),
            ("INFO [2026-11-23T12:00:00.000-03:30] x", "2026-11-23T15:30:00Z"),
        ] {
            assert_eq!(read(None, text), at, "{text}");
        }
        assert_eq!(read(Some("Europe/Berlin"), "2026-11-23 13:00:00"), "2026-11-23T12:00:00Z whole");
        assert!(read(None, "2026-11-23 13:00:00").contains("time_zone"), "a zone is asked for");
        for text in ["2026-02-30T12:00:00Z", "0001-01-01T00:00:00Z", "yesterday"] {
            assert!(read(None, text).contains("no time"), "{text}");
        }
    }

    #[test]
    fn a_night_in_which_the_clock_changes() {
        let berlin = Some("Europe/Berlin");
        assert_eq!(read(berlin, "2026-10-25 02:30:00"), "2026-10-25T00:30:00Z whole");
        assert_eq!(read(berlin, "2026-03-29 02:30:00"), "2026-03-29T01:30:00Z whole");
    }

    #[test]
    fn numbers_since_the_epoch() {
        for (text, at) in [
            ("1769982000", "2026-02-01T21:40:00Z true"),
            ("1769982000.25", "2026-02-01T21:40:00.250Z false"),
            ("1769982000123", "2026-02-01T21:40:00.123Z false"),
        ] {
            let (instant, is_whole) = LogClock::number(text).unwrap();
            assert_eq!(format!("{instant} {is_whole}"), at, "{text}");
        }
        assert!(LogClock::number("1e9").is_err());
    }

    #[test]
    fn a_format_of_ones_own() {
        let clock = LogClock { format: Some("%d/%b/%Y:%H:%M:%S %z".to_owned()), zone: None };
        let (at, is_whole) = clock.read("23/Nov/2026:13:00:00 +0100").unwrap();
        assert_eq!((at.to_string().as_str(), is_whole), ("2026-11-23T12:00:00Z", true));
    }
}
