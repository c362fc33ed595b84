//! Numbers, instants and names as they stand in a sentence.

use chrono::{Datelike, Timelike};

use crate::clock::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span, Timestamp};
use crate::window::Period;

/// Names that a sentence gives before it counts the rest.
const NAMES: usize = 3;

/// Characters of a name that a sentence gives.
const NAME_LENGTH: usize = 60;

/// `1,986`
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 run`, `1,986 runs`
pub(super) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// `1,986 runs`
pub(super) fn runs(value: u64) -> String {
    count(value, "run", "runs")
}

/// `7 h 57 min`, in the two largest units that are not zero; parts of a second as milliseconds below a
/// minute.
pub(super) fn span(span: Span) -> String {
    let units =
        [(DAY_US, "d"), (HOUR_US, "h"), (MINUTE_US, "min"), (SECOND_US, "s"), (1_000, "ms"), (1, "µs")];
    let mut rest = span.us();
    let mut parts = Vec::new();
    for (unit, name) in units {
        if rest / unit > 0 && parts.len() < 2 {
            parts.push(format!("{} {name}", rest / unit));
        }
        rest %= unit;
    }
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

/// `2026-02-01 21:37 UTC`, with seconds where there are any.
pub(super) fn at(at: Timestamp) -> String {
    match at.to_utc() {
        Some(utc) => format!("{} {} UTC", utc.date_naive(), time(at)),
        None => at.to_string(),
    }
}

/// `21:37`, with seconds where there are any.
pub(super) fn time(at: Timestamp) -> String {
    match at.to_utc() {
        Some(utc) if utc.second() > 0 => utc.format("%H:%M:%S").to_string(),
        Some(utc) => utc.format("%H:%M").to_string(),
        None => at.to_string(),
    }
}

/// `2026-02-01 21:00 to 21:37 UTC`
pub(super) fn period(period: Period) -> String {
    match (period.start.to_utc(), period.end.to_utc()) {
        (Some(start), Some(end)) if start.num_days_from_ce() == end.num_days_from_ce() => {
            format!("{} {} to {} UTC", start.date_naive(), time(period.start), time(period.end))
        }
        _ => format!("{} to {}", at(period.start), at(period.end)),
    }
}

/// `A`, `A and B`, `A, B, C and 4 more`.
pub(super) fn names(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMES).map(|name| short(name)).collect();
    match names.len() {
        0 | 1 => shown.concat(),
        n if n > NAMES => format!("{} and {} more", shown.join(", "), number((n - NAMES) as u64)),
        _ => {
            let last = shown.pop().unwrap_or_default();
            format!("{} and {last}", shown.join(", "))
        }
    }
}

fn short(name: &str) -> String {
    match name.char_indices().nth(NAME_LENGTH) {
        Some((cut, _)) => format!("{}…", &name[..cut]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_read_well() {
        assert_eq!(runs(1), "1 run");
        assert_eq!(runs(1_234_567), "1,234,567 runs");
        assert_eq!(span(Span::seconds(28_620)), "7 h 57 min");
        assert_eq!(span(Span::seconds(240)), "4 min");
        assert_eq!(span(Span::seconds(86_400 + 60)), "1 d 1 min");
        assert_eq!(span(Span(1_500_000)), "1 s 500 ms");
        assert_eq!(span(Span(0)), "0 s");
        assert_eq!(names(&["a"]), "a");
        assert_eq!(names(&["a", "b", "c"]), "a, b and c");
        assert_eq!(names(&["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
        assert!(names(&["ä".repeat(1_000).as_str()]).chars().count() <= 61);
        let from =
            |start: &str, end: &str| Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        assert_eq!(
            period(from("2026-02-01T21:00:00Z", "2026-02-01T21:37:30Z")),
            "2026-02-01 21:00 to 21:37:30 UTC"
        );
        assert_eq!(
            period(from("2026-02-01T21:00:00Z", "2026-02-02T05:34:00Z")),
            "2026-02-01 21:00 UTC to 2026-02-02 05:34 UTC"
        );
    }
}
