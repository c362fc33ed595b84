//! Time as the program knows it: instants and spans in whole microseconds, and the one place that
//! asks what time it is.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub const SECOND_US: i64 = 1_000_000;
pub const MINUTE_US: i64 = 60 * SECOND_US;
pub const HOUR_US: i64 = 60 * MINUTE_US;
pub const DAY_US: i64 = 24 * HOUR_US;

/// An instant: whole microseconds since 1970-01-01T00:00:00 UTC. Written as RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub fn us(self) -> i64 {
        self.0
    }

    /// The instant as a calendar date and time; `None` beyond the calendar's range.
    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_micros(self.0)
    }

    /// This instant moved by `span` (which may be negative), held at the ends of the range.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The span from `earlier` to this instant; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_utc() {
            Some(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            None => write!(f, "{} µs since the epoch", self.0),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an RFC 3339 instant such as 2026-02-01T21:37:00Z")]
pub struct NotAnInstant(pub String);

impl FromStr for Timestamp {
    type Err = NotAnInstant;

    /// Reads RFC 3339 with any offset; a space in place of the `T` is accepted. Digits beyond the
    /// microsecond are cut.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text)
            .map(|at| Self(at.timestamp_micros()))
            .map_err(|_| NotAnInstant(text.to_owned()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An instant, RFC 3339 in UTC, such as 2026-02-01T21:37:00Z.",
            "type": "string",
            "format": "date-time",
        })
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A length of time in whole microseconds; written as `90s`, `5m`, `6h`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub i64);

impl Span {
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * SECOND_US)
    }

    pub const fn us(self) -> i64 {
        self.0
    }

    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / SECOND_US as f64
    }

    pub fn as_ms(self) -> f64 {
        self.0 as f64 / 1_000.0
    }
}

impl fmt::Display for Span {
    /// The largest unit that leaves a whole number: `36h` rather than `1.5d`, `90s` rather than `1.5m`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(DAY_US, "d"), (HOUR_US, "h"), (MINUTE_US, "m"), (SECOND_US, "s"), (1_000, "ms")];
        for (unit, suffix) in units {
            if self.0 != 0 && self.0 % unit == 0 {
                return write!(f, "{}{suffix}", self.0 / unit);
            }
        }
        if self.0 == 0 { f.write_str("0s") } else { write!(f, "{}us", self.0) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a length of time such as 500ms, 90s, 5m, 6h or 7d")]
pub struct NotASpan(pub String);

impl FromStr for Span {
    type Err = NotASpan;

    /// Reads a number with one unit of `us`, `ms`, `s`, `m`, `h`, `d`; the number may have a fraction
    /// as long as the result is whole microseconds. Several parts may follow each other (`1h30m`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotASpan(text.to_owned());
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(wrong());
        }
        let mut total: i64 = 0;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(wrong)?;
            let (number, tail) = rest.split_at(digits);
            let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
            let (unit, tail) = tail.split_at(letters);
            let unit_us = match unit {
                "us" => 1,
                "ms" => 1_000,
                "s" => SECOND_US,
                "m" | "min" => MINUTE_US,
                "h" => HOUR_US,
                "d" => DAY_US,
                _ => return Err(wrong()),
            };
            let part = decimal_times(number, unit_us).ok_or_else(wrong)?;
            total = total.checked_add(part).ok_or_else(wrong)?;
            rest = tail.trim_start();
        }
        Ok(Self(total))
    }
}

/// `number` (decimal digits with at most one point) times `unit`, when that is a whole number.
fn decimal_times(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.contains('.') || fraction.len() > 9 {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let fraction: i64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let scaled = fraction.checked_mul(unit)?;
    if scaled % scale != 0 {
        return None;
    }
    whole.parse::<i64>().ok()?.checked_mul(unit)?.checked_add(scaled / scale)
}

/// Where the program learns what time it is: the machine, or a fixed instant for outputs that have to
/// come out the same twice.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    System,
    Fixed(Timestamp),
}

impl Clock {
    pub fn now(self) -> Timestamp {
        match self {
            #[allow(clippy::disallowed_methods)] // the one place that may ask
            Self::System => Utc::now().into(),
            Self::Fixed(at) => at,
        }
    }
}

/// Measures elapsed time for provenance; its readings never enter a finding.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    #[allow(clippy::disallowed_methods)] // the one place that may ask
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub fn elapsed(self) -> std::time::Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_and_write() {
        for (text, us) in [
            ("1s", SECOND_US),
            ("1.5h", 5_400_000_000),
            ("1h30m", 5_400_000_000),
            ("0s", 0),
            ("500ms", 500_000),
        ] {
            assert_eq!(text.parse::<Span>().unwrap().us(), us, "{text}");
        }
        for text in ["", "5", "s", "1x", "-1s", "1.2.3s", "0.0000001s"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
        assert_eq!(Span(5_400_000_000).to_string(), "90m");
        assert_eq!(Span::default().to_string(), "0s");
    }

    #[test]
    fn instants_read_and_write() {
        let at: Timestamp = "2026-02-01T23:56:00.5+03:00".parse().unwrap();
        assert_eq!(at.to_string(), "2026-02-01T20:56:00.500Z");
        assert!("yesterday".parse::<Timestamp>().is_err());
    }
}
