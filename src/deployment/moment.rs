//! A moment as people write it: an instant, a local time, so long ago, now.

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::clock::{Span, Timestamp};

/// A moment that may depend on the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestedMoment {
    At(Timestamp),
    /// So long before the report's `as_of`; 0 is now.
    Ago(Span),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    #[error(
        "'{0}' is not a time such as 2026-02-01T21:37:00Z or 2026-02-01 21:37, nor a length of time ago such \
         as 2h, nor now"
    )]
    Form(String),
    #[error(
        "'{0}' has no time zone; write 2026-02-01T21:37:00Z, or give --time-zone or time_zone in [source]"
    )]
    NoZone(String),
    #[error("'{text}' does not happen in {zone}: the clocks are put forward over it")]
    Skipped { text: String, zone: Tz },
    #[error("{0} lies before 1970-01-01")]
    BeforeEpoch(Timestamp),
}

impl RequestedMoment {
    /// Reads a moment; a time without an offset is in `zone`. A local time that happens twice is its first.
    ///
    /// # Errors
    /// When it is none, has no zone, or lies before 1970.
    pub fn read(text: &str, zone: Option<Tz>) -> Result<Self, MomentError> {
        let text = text.trim();
        if text == "now" {
            return Ok(Self::Ago(Span(0)));
        }
        let length = text.strip_suffix("ago").map_or(text, str::trim_end);
        if let Ok(span) = length.parse::<Span>() {
            return Ok(Self::Ago(span));
        }
        let at = instant(text, zone)?;
        if at.us() < 0 { Err(MomentError::BeforeEpoch(at)) } else { Ok(Self::At(at)) }
    }

    pub fn resolve(self, as_of: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Ago(span) => as_of.plus(Span(-span.us())),
        }
    }

    /// The instant, where it does not depend on the present.
    pub const fn fixed(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Ago(_) => None,
        }
    }
}

fn instant(text: &str, zone: Option<Tz>) -> Result<Timestamp, MomentError> {
    if let Ok(at) = text.parse() {
        return Ok(at);
    }
    let (local, zone) = match text.strip_suffix(['Z', 'z']) {
        Some(local) => (local, Some(Tz::UTC)),
        None => (text, zone),
    };
    let local = local_time(local.trim_end()).ok_or_else(|| MomentError::Form(text.to_owned()))?;
    let zone = zone.ok_or_else(|| MomentError::NoZone(text.to_owned()))?;
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Ok(Timestamp(at.timestamp_micros())),
        LocalResult::None => Err(MomentError::Skipped { text: text.to_owned(), zone }),
    }
}

/// `2026-02-01 21:37:00.5`, with or without seconds, or a day's first moment.
fn local_time(text: &str) -> Option<NaiveDateTime> {
    let spaced = text.replacen('T', " ", 1);
    let with_time = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let read = with_time.iter().find_map(|form| NaiveDateTime::parse_from_str(&spaced, form).ok());
    read.or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_local_times_and_lengths() {
        let zone: Tz = "Europe/Berlin".parse().unwrap();
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let read = |text: &str, zone| {
            RequestedMoment::read(text, zone)
                .map(|moment| moment.resolve(now).to_string())
                .map_err(|error| error.to_string())
        };
        for (text, at) in [
            ("2026-11-23T14:00:00+01:00", "2026-11-23T13:00:00Z"),
            ("2026-11-23 14:00", "2026-11-23T13:00:00Z"),
            ("2026-11-23T14:00:30.5", "2026-11-23T13:00:30.500Z"),
            ("2026-11-23", "2026-11-22T23:00:00Z"),
            ("2026-11-23 14:00Z", "2026-11-23T14:00:00Z"),
            ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
            ("2h", "2026-11-23T13:00:00Z"),
            ("1h30m ago", "2026-11-23T13:30:00Z"),
            ("now", "2026-11-23T15:00:00Z"),
        ] {
            assert_eq!(read(text, Some(zone)).as_deref(), Ok(at), "{text}");
        }
        assert!(read("2026-11-23 14:00", None).unwrap_err().contains("has no time zone"));
        assert!(
            read("2026-03-29 02:30", Some(zone)).unwrap_err().contains("does not happen in Europe/Berlin")
        );
        assert!(read("1969-01-01T00:00:00Z", None).unwrap_err().contains("before 1970"));
        for text in ["yesterday", "", "14:00", "2 hours", "ago"] {
            assert!(read(text, Some(zone)).unwrap_err().contains("is not a time such as"), "{text}");
        }
    }
}
