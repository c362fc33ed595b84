//! Periods as people ask for them: an end may be an instant, a length, or now.

use std::str::FromStr;

use crate::clock::{Span, Timestamp};
use crate::window::Period;

/// A period whose ends may depend on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestedPeriod {
    /// The start; a length counts back from the end.
    pub start: RequestedEnd,
    /// The end; a length counts on from the start.
    pub end: RequestedEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestedEnd {
    At(Timestamp),
    /// So far from the other end.
    Length(Span),
    /// The report's `as_of`.
    Now,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    #[error("'{0}' is not a period START/END such as 2026-02-01T20:56:00Z/6h")]
    Form(String),
    #[error(
        "'{0}' is neither an RFC 3339 instant such as 2026-02-01T20:56:00Z, nor a length such as 6h, nor now"
    )]
    End(String),
    #[error("a period cannot start now; only its end may be now")]
    StartsNow,
    #[error("the start and the end are both lengths; one of them has to be an instant or now")]
    NoInstant,
    #[error("the window ends at {end}, which is not after its start {start}")]
    EndNotAfterStart { start: Timestamp, end: Timestamp },
    #[error("the window has a length of 0")]
    Empty,
    #[error("{0} lies before 1970-01-01, which no job history does")]
    BeforeEpoch(Timestamp),
}

impl RequestedPeriod {
    /// The period between two ends, as far as it can be checked without knowing the present.
    ///
    /// # Errors
    /// When it holds no instant, starts now, is empty or lies before 1970.
    pub fn between(start: RequestedEnd, end: RequestedEnd) -> Result<Self, PeriodError> {
        use RequestedEnd::{At, Length, Now};
        match (start, end) {
            (Now, _) => return Err(PeriodError::StartsNow),
            (Length(_), Length(_)) => return Err(PeriodError::NoInstant),
            (Length(length), _) | (_, Length(length)) if length.us() <= 0 => return Err(PeriodError::Empty),
            (At(start), At(end)) => check(Period { start, end })?,
            _ => {}
        }
        let before = [start, end].into_iter().find_map(|end| match end {
            At(at) if at.us() < 0 => Some(at),
            _ => None,
        });
        match before {
            Some(at) => Err(PeriodError::BeforeEpoch(at)),
            None => Ok(Self { start, end }),
        }
    }

    /// The period at `as_of`; `None` when both ends are lengths.
    pub fn resolve(self, as_of: Timestamp) -> Option<Period> {
        let fixed = |end| match end {
            RequestedEnd::At(at) => Some(at),
            RequestedEnd::Now => Some(as_of),
            RequestedEnd::Length(_) => None,
        };
        let (start, end) = match (self.start, self.end) {
            (RequestedEnd::Length(length), end) => {
                let end = fixed(end)?;
                (end.plus(Span(-length.us())), end)
            }
            (start, RequestedEnd::Length(length)) => {
                let start = fixed(start)?;
                (start, start.plus(length))
            }
            (start, end) => (fixed(start)?, fixed(end)?),
        };
        Some(Period { start, end })
    }

    /// The period, where it does not depend on the present.
    pub fn fixed(self) -> Option<Period> {
        let depends = [self.start, self.end].contains(&RequestedEnd::Now);
        // Without `now` in it, any instant gives the same period.
        if depends { None } else { self.resolve(Timestamp(0)) }
    }
}

/// Refuses a period that is empty or turned round, or lies before 1970.
pub fn check(period: Period) -> Result<(), PeriodError> {
    if period.end <= period.start {
        return Err(PeriodError::EndNotAfterStart { start: period.start, end: period.end });
    }
    if period.start.us() < 0 {
        return Err(PeriodError::BeforeEpoch(period.start));
    }
    Ok(())
}

impl FromStr for RequestedEnd {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text == "now" {
            return Ok(Self::Now);
        }
        if let Ok(at) = text.parse() {
            return Ok(Self::At(at));
        }
        text.parse().map(Self::Length).map_err(|_| PeriodError::End(text.to_owned()))
    }
}

impl FromStr for RequestedPeriod {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (start, end) = text.split_once('/').ok_or_else(|| PeriodError::Form(text.to_owned()))?;
        Self::between(start.parse()?, end.parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Period>, String> {
        let now = "2026-02-02T05:34:00Z".parse().unwrap();
        text.parse::<RequestedPeriod>().map(|period| period.resolve(now)).map_err(|error| error.to_string())
    }

    #[test]
    fn either_end_may_be_a_length_and_the_second_now() {
        let expected = Period {
            start: "2026-02-01T23:34:00Z".parse().unwrap(),
            end: "2026-02-02T05:34:00Z".parse().unwrap(),
        };
        for text in [
            "2026-02-01T23:34:00Z/2026-02-02T05:34:00Z",
            "2026-02-02T02:34:00+03:00/6h",
            "6h/2026-02-02T05:34:00Z",
            "6h/now",
            "2026-02-01T23:34:00Z/now",
        ] {
            assert_eq!(read(text), Ok(Some(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for (text, message) in [
            ("6h", "'6h' is not a period START/END such as 2026-02-01T20:56:00Z/6h"),
            ("6h/6h", "the start and the end are both lengths; one of them has to be an instant or now"),
            ("now/6h", "a period cannot start now; only its end may be now"),
            ("0s/now", "the window has a length of 0"),
            (
                "2026-02-01T23:34:00Z/2026-02-01T23:34:00Z",
                "the window ends at 2026-02-01T23:34:00Z, which is not after its start 2026-02-01T23:34:00Z",
            ),
            (
                "1969-12-31T00:00:00Z/6h",
                "1969-12-31T00:00:00Z lies before 1970-01-01, which no job history does",
            ),
            (
                "yesterday/now",
                "'yesterday' is neither an RFC 3339 instant such as 2026-02-01T20:56:00Z, nor a length such \
                 as 6h, nor now",
            ),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text}");
        }
    }
}
