//! How many digits a number has: as few as possible, and never so few that it crosses a limit.

use std::cmp::Ordering;

/// Stands where there is no value.
pub const ABSENT: &str = "–";

/// Significant digits of a figure, unless more are needed to stay on its side of a limit.
pub(super) const DIGITS: usize = 3;
/// Most digits that are needed for that; what lies closer to its limit is rounded away from it.
pub(super) const MOST_DIGITS: usize = 7;
/// Most digits of a number with a fraction, those before the first that is not zero among them.
const READABLE_DIGITS: usize = 9;
/// From here on a number is written with a power of ten: `1.23e9`.
pub(super) const LARGE: f64 = 1e9;

/// `value` in units of `unit` with as few digits as its limits allow.
pub(super) fn fitted(value: f64, unit: f64, limits: &[f64]) -> String {
    if !value.is_finite() {
        return ABSENT.to_owned();
    }
    let found = (DIGITS..=MOST_DIGITS)
        .map(|digits| significant(in_unit(value, unit), digits))
        .find(|text| is_readable(text) && holds_sides(value, parsed(text) * unit, limits));
    match (found, others(value, limits)) {
        (Some(text), _) => text,
        (None, Some(others)) => fitted(value, unit, &others),
        (None, None) => beside(value, unit, limits),
    }
}

/// The limits that are not the value itself, which no number of digits keeps it beside; `None` where all are others.
pub(super) fn others(value: f64, limits: &[f64]) -> Option<Vec<f64>> {
    let is_other = |limit: &&f64| side(value, **limit) != Ordering::Equal;
    let others: Vec<f64> = limits.iter().filter(is_other).copied().collect();
    (others.len() < limits.len()).then_some(others)
}

fn in_unit(value: f64, unit: f64) -> f64 {
    if unit < 1.0 { value * (1.0 / unit).round() } else { value / unit }
}

pub(super) fn is_readable(text: &str) -> bool {
    !text.contains('.') || text.chars().filter(char::is_ascii_digit).count() <= READABLE_DIGITS
}

/// `value` with a few decimals, rounded away from the nearest of its limits, of which zero is one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of decimals, 0 to 5
pub(super) fn beside(value: f64, unit: f64, limits: &[f64]) -> String {
    let distance = |limit: &&f64| (value - **limit).abs();
    let nearest = limits.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(&0.0);
    let value_in_unit = in_unit(value, unit);
    let decimals = (6.0 - value_in_unit.abs().max(1.0).log10().floor()).min(5.0);
    let scale = 10_f64.powf(decimals);
    let steps = value_in_unit * scale;
    let steps = if value > *nearest { steps.ceil() } else { steps.floor() };
    if value_in_unit.abs() >= LARGE {
        return significant(steps / scale, MOST_DIGITS);
    }
    let (decimals, scale) = (decimals.max(0.0), if decimals < 0.0 { 1.0 } else { scale });
    let text = format!("{:.*}", decimals as usize, steps.abs() / scale);
    let text = without_zeros(&text);
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    format!("{}{}{fraction}", if steps < 0.0 { "−" } else { "" }, separated(whole))
}

/// Without the zeros that end a fraction.
pub(super) fn without_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// The largest unit of which there is at least one *after* rounding: 999.6 ms is `1.00 s`.
pub(super) fn scaled(ms: f64, digits: usize) -> (String, &'static str, f64) {
    const UNITS: [(f64, &str); 3] = [(3_600_000.0, "h"), (60_000.0, "min"), (1_000.0, "s")];
    for (scale, unit) in UNITS {
        let text = significant(ms / scale, digits);
        if parsed(&text).abs() >= 1.0 {
            return (text, unit, scale);
        }
    }
    (significant(ms, digits), "ms", 1.0)
}

/// Whether `shown` lies on the same side of each limit as `value`.
pub(super) fn holds_sides(value: f64, shown: f64, limits: &[f64]) -> bool {
    limits.iter().all(|limit| side(value, *limit) == side(shown, *limit))
}

/// The side of `limit` on which `value` lies; equal when nothing but the arithmetic tells them apart.
fn side(value: f64, limit: f64) -> Ordering {
    if (value - limit).abs() <= limit.abs() * 1e-12 {
        Ordering::Equal
    } else {
        value.partial_cmp(&limit).unwrap_or(Ordering::Equal)
    }
}

/// The limits on the side of zero on which `value` lies, without their sign.
pub(super) fn magnitudes(value: f64, limits: &[f64]) -> Vec<f64> {
    limits.iter().filter(|limit| (**limit < 0.0) == (value < 0.0)).map(|limit| limit.abs()).collect()
}

/// Plain decimal notation with so many significant digits; whole numbers keep no zeros behind the point.
pub(super) fn significant(value: f64, digits: usize) -> String {
    let nearest = value.round();
    let whole = (value - nearest).abs() <= value.abs() * 1e-12;
    let exponential = format!("{:.*e}", digits - 1, if whole { nearest } else { value }.abs());
    let (mantissa, exponent) = exponential.split_once('e').unwrap_or((&exponential, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let figures: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let text = match usize::try_from(exponent + 1) {
        _ if exponent >= 9 => format!("{}e{exponent}", without_zeros(mantissa)),
        Ok(0) | Err(_) => {
            let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
            format!("0.{}{figures}", "0".repeat(zeros))
        }
        Ok(before) if before >= figures.len() => {
            separated(&format!("{figures}{}", "0".repeat(before - figures.len())))
        }
        Ok(before) => {
            let (integer, fraction) = figures.split_at(before);
            if whole { separated(integer) } else { format!("{}.{fraction}", separated(integer)) }
        }
    };
    let text = if value == 0.0 { "0".to_owned() } else { text };
    if value < 0.0 { format!("−{text}") } else { text }
}

/// The number that a text of [`significant`] says.
pub(super) fn parsed(text: &str) -> f64 {
    text.replace(',', "").replace('−', "-").parse().unwrap_or(f64::NAN)
}

/// `unsigned` with the sign of `value`; zero has none.
pub(super) fn signed(value: f64, unsigned: String) -> String {
    if unsigned == ABSENT || value == 0.0 {
        unsigned
    } else if value < 0.0 {
        format!("−{unsigned}")
    } else {
        format!("+{unsigned}")
    }
}

pub(super) fn with_unit(text: String, unit: &str) -> String {
    if text == ABSENT { text } else { format!("{text} {unit}") }
}

pub(super) fn separated(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
