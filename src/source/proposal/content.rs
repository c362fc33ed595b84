//! What the texts of a column are: times, lengths of time, numbers.

use chrono::NaiveDateTime;

use crate::mapping::EpochUnit;
use crate::time_format::TimeFormat;

/// How a column writes times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeShape {
    /// `2026-11-23 15:00:00`, with or without an offset.
    Iso { offset: bool },
    /// `23.11.2026 15:00:00`, with this between day, month and year.
    DayFirst { separator: char, seconds: bool },
    /// `11/23/2026 15:00:00`
    MonthFirst { separator: char, seconds: bool },
    /// A whole number since 1970.
    Epoch(EpochUnit),
}

/// How a column writes lengths of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LengthShape {
    Number {
        decimal_comma: bool,
    },
    /// `12.5 s`, `340ms`
    WithUnit(EpochUnit),
    /// `00:01:30`
    Clock,
}

impl TimeShape {
    /// The shape of nearly all texts; `None` where there is none.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        let first = texts.clone().next()?;
        let shape = Self::candidates(first, texts.clone())?;
        let (mut read, mut all) = (0, 0);
        for text in texts {
            all += 1;
            read += u32::from(shape.read(text).is_some());
        }
        (20 * read >= 19 * all).then_some(shape)
    }

    fn candidates<'a>(first: &str, texts: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        if !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit()) {
            return epoch(first).map(Self::Epoch);
        }
        if iso(first).is_some() {
            let offset = texts.clone().all(|text| iso(text).is_none_or(|(_, offset)| offset));
            return Some(Self::Iso { offset });
        }
        let separator = ['.', '/', '-'].into_iter().find(|separator| parts(first, *separator).is_some())?;
        let seconds = first.matches(':').count() == 2;
        let largest = |place: usize| {
            let numbers = texts.clone().filter_map(|text| parts(text, separator)).map(|parts| parts[place]);
            numbers.max().unwrap_or(0)
        };
        // Days before months, unless a number says otherwise.
        Some(if largest(1) > 12 && largest(0) <= 12 {
            Self::MonthFirst { separator, seconds }
        } else {
            Self::DayFirst { separator, seconds }
        })
    }

    /// The shape as `time_format` has it; `None` where it has none for these texts.
    pub(super) fn format<'a>(self, mut texts: impl Iterator<Item = &'a str>) -> Option<String> {
        let time = |seconds: bool| if seconds { "%H:%M:%S" } else { "%H:%M" };
        let format = match self {
            Self::DayFirst { separator, seconds } => {
                format!("%d{separator}%m{separator}%Y {}", time(seconds))
            }
            Self::MonthFirst { separator, seconds } => {
                format!("%m{separator}%d{separator}%Y {}", time(seconds))
            }
            Self::Iso { offset: false } => "%Y-%m-%d %H:%M:%S".to_owned(),
            Self::Iso { offset: true } | Self::Epoch(_) => return None,
        };
        let read = TimeFormat::parse(&format).ok()?;
        texts.all(|text| read.reads(text)).then_some(format)
    }

    /// The time that a text says, µs as if it were UTC.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        let local = |format: &str| NaiveDateTime::parse_from_str(text.trim(), format).ok().map(us);
        let numbers = |first: &str, separator: char, seconds: bool| {
            let seconds = if seconds { ":%S%.f" } else { "" };
            local(&format!("{first}{separator}%Y %H:%M{seconds}"))
        };
        match self {
            Self::Iso { .. } => iso(text).map(|(at, _)| at),
            Self::DayFirst { separator, seconds } => numbers(&format!("%d{separator}%m"), separator, seconds),
            Self::MonthFirst { separator, seconds } => {
                numbers(&format!("%m{separator}%d"), separator, seconds)
            }
            Self::Epoch(unit) => epoch(text)
                .filter(|found| *found == unit)
                .and_then(|unit| text.parse::<i64>().ok()?.checked_mul(unit.us())),
        }
    }
}

fn us(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp_micros()
}

/// A time as ISO 8601 writes it, µs as if it were UTC, and whether it has an offset.
fn iso(text: &str) -> Option<(i64, bool)> {
    let text = text.trim();
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    if !matches!(text.as_bytes().get(10), Some(b' ' | b'T')) {
        return None;
    }
    let end = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let local = format!("{date} {}", time[..end].trim());
    let parsed = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&local, format).ok())?;
    Some((us(parsed), end < time.len()))
}

/// The unit of a number between the years 2001 and 2100.
fn epoch(text: &str) -> Option<EpochUnit> {
    let number: i64 = text.parse().ok()?;
    let units = EpochUnit::WORDS.into_iter().map(|(_, unit)| unit);
    units.into_iter().find(|unit| {
        let (from, until) = (978_307_200 * 1_000_000 / unit.us(), 4_102_444_800 * 1_000_000 / unit.us());
        (from..until).contains(&number)
    })
}

/// The three numbers of a date before its time.
fn parts(text: &str, separator: char) -> Option<[u32; 3]> {
    let date = text.trim().split(' ').next()?;
    let mut numbers = date.split(separator).map(|part| part.parse::<u32>().ok());
    let parts = [numbers.next()??, numbers.next()??, numbers.next()??];
    (numbers.next().is_none() && parts[2] > 1_900 && text.contains(':')).then_some(parts)
}

impl LengthShape {
    /// The shape of all texts; `None` where there is none.
    pub(super) fn of<'a>(mut texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let first = length(texts.next()?)?;
        texts.try_fold(first, |shape, text| match (shape, length(text)?) {
            (Self::Number { decimal_comma: a }, Self::Number { decimal_comma: b }) => {
                Some(Self::Number { decimal_comma: a || b })
            }
            (shape, other) => (shape == other).then_some(shape),
        })
    }
}

fn length(text: &str) -> Option<LengthShape> {
    let text = text.trim();
    let number = |text: &str| {
        let text = text.replacen(',', ".", 1);
        let digits = text.chars().all(|c| c.is_ascii_digit() || c == '.');
        (digits && text.parse::<f64>().is_ok()).then_some(())
    };
    if number(text).is_some() {
        return Some(LengthShape::Number { decimal_comma: text.contains(',') });
    }
    let fields: Vec<&str> = text.split(':').collect();
    if let [hours, minutes, seconds] = fields[..] {
        let small = |text: &str| text.len() == 2 && text.parse::<u32>().is_ok_and(|number| number < 60);
        let whole = hours.parse::<u32>().is_ok() && small(minutes) && seconds.get(..2).is_some_and(small);
        return (whole && number(seconds).is_some()).then_some(LengthShape::Clock);
    }
    let end = text.find(|c: char| c.is_ascii_alphabetic() || c == 'µ')?;
    let unit = match text[end..].trim().to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => EpochUnit::Seconds,
        "ms" | "msec" | "millis" => EpochUnit::Milliseconds,
        "us" | "µs" => EpochUnit::Microseconds,
        _ => return None,
    };
    let value = text[..end].trim();
    (number(value).is_some() && !value.contains(',')).then_some(LengthShape::WithUnit(unit))
}
