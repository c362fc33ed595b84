//! Numbers as words for reasons: three significant digits, but never rounded across a threshold.

use std::cmp::Ordering;

/// `1985` as `1,985`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `one run`, `3 runs`.
pub(super) fn runs(number: u64) -> String {
    if number == 1 { "one run".to_owned() } else { format!("{} runs", grouped(number)) }
}

/// A share in per cent: `98.99 %`, not 99.0 % when it is held against 99 %.
pub(super) fn percent(share: f64, against: Option<f64>) -> String {
    format!("{} %", beside(share * 100.0, against.map(|limit| limit * 100.0)))
}

/// A change with its sign, in `unit`: `−12.3 %`, `+6 pp`.
pub(super) fn change(fraction: f64, against: Option<f64>, unit: &str) -> String {
    let shown = beside(fraction.abs() * 100.0, against.map(|limit| limit.abs() * 100.0));
    let sign = if shown == "0" {
        ""
    } else if fraction < 0.0 {
        "−"
    } else {
        "+"
    };
    format!("{sign}{shown} {unit}")
}

/// A duration in the unit that reads best.
pub(super) fn duration(ms: f64, against: Option<f64>) -> String {
    let (unit, name) = match ms.abs() {
        size if size < 1_000.0 => (1.0, "ms"),
        size if size < 120_000.0 => (1_000.0, "s"),
        _ => (60_000.0, "min"),
    };
    format!("{} {name}", beside(ms / unit, against.map(|limit| limit / unit)))
}

/// A plain number.
pub(super) fn number(value: f64, against: Option<f64>) -> String {
    beside(value, against)
}

/// A length of time to the minute, or to the second below one: `4 min`, `7 h 57 min`, `2 d 3 h`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded, and never negative
pub(super) fn length(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    let parts = match seconds {
        0..60 => return format!("{seconds} s"),
        60..3_600 => [(seconds / 60, "min"), (seconds % 60, "s")],
        3_600..86_400 => [(seconds / 3_600, "h"), (seconds / 60 % 60, "min")],
        _ => [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h")],
    };
    let words: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    words.join(" ")
}

/// `value` with three significant digits, or with as many more as keep it on its side of `against`.
fn beside(value: f64, against: Option<f64>) -> String {
    let Some(limit) = against else { return significant(value, 3) };
    let side = order(value, limit);
    (3..=15)
        .map(|digits| significant(value, digits))
        .find(|text| text.parse().is_ok_and(|shown: f64| order(shown, limit) == side))
        .unwrap_or_else(|| value.to_string())
}

/// The order of two figures of which one was computed: equal when they differ by no more than the
/// rounding of a few operations.
pub(super) fn order(value: f64, limit: f64) -> Ordering {
    let slack = 1e-12 * limit.abs().max(1.0);
    if (value - limit).abs() <= slack {
        Ordering::Equal
    } else {
        value.partial_cmp(&limit).unwrap_or(Ordering::Equal)
    }
}

/// `value` to `digits` significant digits, or to whole numbers where that is finer; zeros at the end
/// of a fraction are left out.
#[allow(clippy::cast_possible_truncation)] // the exponent of a double is small
fn significant(value: f64, digits: i32) -> String {
    if value.abs() < f64::MIN_POSITIVE {
        return "0".to_owned();
    }
    let exponent = value.abs().log10().floor() as i32;
    let decimals = usize::try_from(digits - 1 - exponent).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_rounded_across_a_threshold() {
        assert_eq!(percent(1_965.0 / 1_985.0, Some(0.99)), "98.99 %");
        assert_eq!(percent(0.989_999_9, Some(0.99)), "98.99999 %");
        assert_eq!(percent(0.99, Some(0.99)), "99 %");
        assert_eq!(percent(1_965.0 / 1_985.0, None), "99 %");
        assert_eq!(change(-0.199_99, Some(-0.2), "%"), "−19.999 %");
        assert_eq!(change(0.061_23, None, "pp"), "+6.12 pp");
        assert_eq!(change(0.0, Some(0.05), "pp"), "0 pp");
        assert_eq!(duration(500.04, Some(500.0)), "500.04 ms");
    }

    #[test]
    fn lengths_and_counts_read_well() {
        assert_eq!(length(240.0), "4 min");
        assert_eq!(length(28_620.0), "7 h 57 min");
        assert_eq!(length(59.0), "59 s");
        assert_eq!(length(183_600.0), "2 d 3 h");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(113), "113");
        assert_eq!((runs(1), runs(2)), ("one run".to_owned(), "2 runs".to_owned()));
        assert_eq!(duration(29_720.0, None), "29.7 s");
    }
}
