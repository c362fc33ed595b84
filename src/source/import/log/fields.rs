//! What a line of a log holds beside its text: the groups of a pattern, and the keys of a JSON object.

use regex::Captures;
use serde_json::{Map, Value};

use crate::clock::Span;
use crate::log_pattern::{LogField, LogPattern};

/// One line that a rule describes.
pub(super) struct LineFields<'a> {
    pub(super) pattern: &'a LogPattern,
    pub(super) groups: Captures<'a>,
    pub(super) object: Option<&'a Map<String, Value>>,
}

impl LineFields<'_> {
    /// The group, else the first key that is there; an empty text is none.
    pub(super) fn get(&self, field: LogField) -> Option<String> {
        let group = self.groups.name(field.key()).map(|group| group.as_str().trim());
        if let Some(text) = group.filter(|text| !text.is_empty()) {
            return Some(text.to_owned());
        }
        let keys = self.pattern.keys.get(&field)?;
        keys.iter().find_map(|key| self.object.and_then(|object| value(object, key)))
    }

    pub(super) fn duration(&self) -> Option<Span> {
        let number = |field, unit_us| Some(Span(decimal(&self.get(field)?, unit_us)?));
        number(LogField::DurationMs, 1_000)
            .or_else(|| number(LogField::DurationS, 1_000_000))
            .or_else(|| with_unit(&self.get(LogField::Duration)?))
    }

    pub(super) fn number(&self, field: LogField) -> Option<i32> {
        self.get(field)?.parse().ok()
    }
}

/// The text under a key; of an error that is an object, its message.
pub(super) fn value(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(error) => error.get("message").and_then(Value::as_str)?.to_owned(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A decimal number of units in microseconds.
fn decimal(text: &str, unit_us: i64) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole: i64 = whole.parse().ok().filter(|whole| *whole >= 0)?;
    if fraction.contains(|c: char| !c.is_ascii_digit()) {
        return None;
    }
    let digits = fraction.get(..fraction.len().min(9))?;
    let part: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let scale = 10_i64.pow(u32::try_from(digits.len()).ok()?);
    let part_us = i64::try_from(i128::from(part) * i128::from(unit_us) / i128::from(scale)).ok()?;
    whole.checked_mul(unit_us)?.checked_add(part_us)
}

/// `188ms`, `1.2 sec`, `2m`.
fn with_unit(text: &str) -> Option<Span> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let unit_us = match text[end..].trim() {
        "us" | "µs" => 1,
        "ms" | "msec" | "millis" | "milliseconds" => 1_000,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000_000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000_000,
        "h" | "hour" | "hours" => 3_600_000_000,
        _ => return text.parse().ok(),
    };
    decimal(&text[..end], unit_us).map(Span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_logs_write_them() {
        for (text, us) in [
            ("188ms", 188_000),
            ("1.2 sec", 1_200_000),
            ("0.000123s", 123),
            ("2m", 120_000_000),
            ("1m30s", 90_000_000),
            ("3 hours", 10_800_000_000),
        ] {
            assert_eq!(with_unit(text), Some(Span(us)), "{text}");
        }
        assert_eq!(decimal("21145", 1_000), Some(21_145_000));
        assert_eq!(decimal("0.0305", 1_000_000), Some(30_500));
        for text in ["", "-5", "1e3", "x", "99999999999999999999"] {
            assert_eq!(decimal(text, 1_000), None, "{text}");
        }
    }
}
