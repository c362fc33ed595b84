//! How a figure is written, in one place: at most three significant digits, scaled units, thousands
//! separators, and never rounded across a limit that it is held against.
//!
//! What is not a finite number is written as [`ABSENT`].

use std::cmp::Ordering;

use chrono_tz::Tz;

use crate::clock::{SECOND_US, Timestamp};

/// Stands where there is no value.
pub const ABSENT: &str = "–";

/// Significant digits of a figure, unless more are needed to stay on its side of a limit.
const DIGITS: usize = 3;
/// Most digits that are needed for that; what lies closer to its limit is rounded away from it.
const MOST_DIGITS: usize = 7;
/// Most digits of a number with a fraction, those before the first that is not zero among them.
const READABLE_DIGITS: usize = 9;
/// From here on a number is written with a power of ten: `1.23e9`.
const LARGE: f64 = 1e9;
/// Below so many runs a share is written as counts.
pub const FEW_RUNS: u64 = 20;

/// A whole number with thousands separators: `1,986`.
pub fn count(number: u64) -> String {
    separated(&number.to_string())
}

/// `1 run`, `1,986 runs`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A number with at most three significant digits: `0.359`, `29.7`, `1,230`.
pub fn number(value: f64) -> String {
    number_against(value, &[])
}

/// [`number`], never rounded across one of `limits`.
pub fn number_against(value: f64, limits: &[f64]) -> String {
    fitted(value, 1.0, limits)
}

/// A number with at most three significant digits, whole from 1,000 on and without trailing zeros, as
/// sentences give it: `12.3`, `−9`, `0.123`, `1235`. Below a millionth it is `0`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of decimals, 0 to 6
pub fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value.is_finite() { "0".to_owned() } else { ABSENT.to_owned() };
    }
    if value.abs() >= LARGE - 0.5 {
        return significant(value, DIGITS);
    }
    let decimals = (2.0 - value.abs().log10().floor()).clamp(0.0, 6.0) as usize;
    match without_zeros(&format!("{value:.decimals$}")) {
        "0" | "-0" => "0".to_owned(),
        text => text.replace('-', "−"),
    }
}

/// [`short`] with its sign: `+12.3`.
pub fn short_signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", short(value)) } else { short(value) }
}

/// A p value; below 0.001 only that.
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "below 0.001".to_owned() } else { short(p) }
}

/// The smallest fraction that is written out; what is smaller is `< 0.01 %`.
const SMALLEST_FRACTION: f64 = 0.000_1;

/// Whether a fraction is too small to be written out, and no limit asks for it.
fn is_tiny(fraction: f64, limits: &[f64]) -> bool {
    let tiny = |value: f64| value > 0.0 && value < SMALLEST_FRACTION;
    tiny(fraction) && !limits.iter().copied().any(tiny)
}

/// A fraction as a percentage: `98.4 %`, `< 0.01 %`. Never rounded to 0 % or 100 %.
pub fn percent(fraction: f64) -> String {
    percent_against(fraction, &[])
}

/// [`percent`], never rounded across one of `limits` (fractions too): 0.98992 against 0.99 is `98.99 %`.
pub fn percent_against(fraction: f64, limits: &[f64]) -> String {
    if is_tiny(fraction, limits) {
        return "< 0.01 %".to_owned();
    }
    let mut limits = limits.to_vec();
    limits.extend([0.0, 1.0]);
    with_unit(fitted(fraction, 0.01, &limits), "%")
}

/// Both ends of an interval of a fraction: `98.4 to 99.3 %`.
pub fn percent_interval([low, high]: [f64; 2], limits: &[f64]) -> String {
    let (low, high) = (percent_against(low, limits), percent_against(high, limits));
    format!("{} to {high}", low.trim_end_matches(" %"))
}

/// A share of runs: counts alone below [`FEW_RUNS`] runs, otherwise the percentage.
pub fn share(part: u64, whole: u64, limits: &[f64]) -> String {
    match whole {
        0 => ABSENT.to_owned(),
        1..FEW_RUNS => part_of(part, whole),
        _ => percent_against(part as f64 / whole as f64, limits),
    }
}

/// `343 of 363`.
pub fn part_of(part: u64, whole: u64) -> String {
    format!("{} of {}", count(part), count(whole))
}

/// A relative change with its sign: `−12.3 %`, `+5 %`, `0 %`.
pub fn change(relative: f64) -> String {
    change_against(relative, &[])
}

/// [`change`], never rounded across one of `limits`.
pub fn change_against(relative: f64, limits: &[f64]) -> String {
    let limits = magnitudes(relative, limits);
    if is_tiny(relative.abs(), &limits) {
        return "< 0.01 %".to_owned();
    }
    with_unit(signed(relative, fitted(relative.abs(), 0.01, &limits)), "%")
}

/// A difference of fractions in percentage points: `−1.01 pp`.
pub fn points(difference: f64) -> String {
    points_against(difference, &[])
}

/// [`points`], never rounded across one of `limits`.
pub fn points_against(difference: f64, limits: &[f64]) -> String {
    let limits = magnitudes(difference, limits);
    if is_tiny(difference.abs(), &limits) {
        return "< 0.01 pp".to_owned();
    }
    with_unit(signed(difference, fitted(difference.abs(), 0.01, &limits)), "pp")
}

/// A length in milliseconds, scaled: `0.45 ms`, `34.5 ms`, `29.7 s`, `2.08 min`, `1.5 h`.
pub fn duration(ms: f64) -> String {
    duration_against(ms, &[])
}

/// [`duration`], never rounded across one of `limits` (milliseconds too).
pub fn duration_against(ms: f64, limits: &[f64]) -> String {
    if !ms.is_finite() {
        return ABSENT.to_owned();
    }
    for digits in DIGITS..=MOST_DIGITS {
        let (text, unit, scale) = scaled(ms, digits);
        if is_readable(&text) && holds_sides(ms, parsed(&text) * scale, limits) {
            return with_unit(text, unit);
        }
    }
    if let Some(others) = others(ms, limits) {
        return duration_against(ms, &others);
    }
    let (_, unit, scale) = scaled(ms, DIGITS);
    with_unit(beside(ms, scale, limits), unit)
}

/// A difference of lengths with its sign: `−11.6 ms`.
pub fn duration_change(ms: f64) -> String {
    signed(ms, duration(ms.abs()))
}

/// A difference of numbers with its sign: `+0.25`.
pub fn number_change(difference: f64) -> String {
    signed(difference, number(difference.abs()))
}

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
    if instants.iter().all(|at| at.us() % crate::clock::MINUTE_US == 0) {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M:%S"
    }
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

/// `value` in units of `unit` with as few digits as its limits allow.
fn fitted(value: f64, unit: f64, limits: &[f64]) -> String {
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
fn others(value: f64, limits: &[f64]) -> Option<Vec<f64>> {
    let is_other = |limit: &&f64| side(value, **limit) != Ordering::Equal;
    let others: Vec<f64> = limits.iter().filter(is_other).copied().collect();
    (others.len() < limits.len()).then_some(others)
}

fn in_unit(value: f64, unit: f64) -> f64 {
    if unit < 1.0 { value * (1.0 / unit).round() } else { value / unit }
}

fn is_readable(text: &str) -> bool {
    !text.contains('.') || text.chars().filter(char::is_ascii_digit).count() <= READABLE_DIGITS
}

/// `value` with a few decimals, rounded away from the nearest of its limits, of which zero is one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of decimals, 0 to 5
fn beside(value: f64, unit: f64, limits: &[f64]) -> String {
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
fn without_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// The largest unit of which there is at least one *after* rounding: 999.6 ms is `1.00 s`.
fn scaled(ms: f64, digits: usize) -> (String, &'static str, f64) {
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
fn holds_sides(value: f64, shown: f64, limits: &[f64]) -> bool {
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
fn magnitudes(value: f64, limits: &[f64]) -> Vec<f64> {
    limits.iter().filter(|limit| (**limit < 0.0) == (value < 0.0)).map(|limit| limit.abs()).collect()
}

/// Plain decimal notation with so many significant digits; whole numbers keep no zeros behind the point.
fn significant(value: f64, digits: usize) -> String {
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
fn parsed(text: &str) -> f64 {
    text.replace(',', "").replace('−', "-").parse().unwrap_or(f64::NAN)
}

/// `unsigned` with the sign of `value`; zero has none.
fn signed(value: f64, unsigned: String) -> String {
    if unsigned == ABSENT || value == 0.0 {
        unsigned
    } else if value < 0.0 {
        format!("−{unsigned}")
    } else {
        format!("+{unsigned}")
    }
}

fn with_unit(text: String, unit: &str) -> String {
    if text == ABSENT { text } else { format!("{text} {unit}") }
}

fn separated(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn counts_have_separators() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_986, "1,986"), (1_234_567, "1,234,567")]
        {
            assert_eq!(count(number), text);
        }
        assert_eq!(counted(1, "run", "runs"), "1 run");
        assert_eq!(counted(0, "run", "runs"), "0 runs");
    }

    #[test]
    fn in_sentences_no_zeros_trail() {
        let shown = [0.0, 12.345, -9.0, 0.123_45, 1234.6, 99.96].map(short);
        assert_eq!(shown, ["0", "12.3", "−9", "0.123", "1235", "100"]);
        assert_eq!([0.000_99, 0.001, 0.02].map(p_value), ["below 0.001", "0.001", "0.02"]);
    }

    #[test]
    fn numbers_have_three_digits_at_most() {
        for (value, text) in [
            (0.0, "0"),
            (2.0, "2"),
            (0.358_84, "0.359"),
            (0.000_123_456, "0.000123"),
            (9.994, "9.99"),
            (9.996, "10.0"),
            (999.4, "999"),
            (999.6, "1,000"),
            (1_234.5, "1,230"),
            (-29.72, "−29.7"),
            (f64::NAN, ABSENT),
            (f64::INFINITY, ABSENT),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn durations_change_their_unit_only_after_rounding() {
        for (ms, text) in [
            (0.0, "0 ms"),
            (0.001, "0.00100 ms"),
            (0.4504, "0.450 ms"),
            (34.46, "34.5 ms"),
            (999.4, "999 ms"),
            (999.5, "1.00 s"),
            (1_000.0, "1 s"),
            (29_720.0, "29.7 s"),
            (59_940.0, "59.9 s"),
            (59_960.0, "60.0 s"),
            (59_971.0, "1.00 min"),
            (60_000.0, "1 min"),
            (125_000.0, "2.08 min"),
            (3_597_000.0, "60.0 min"),
            (3_599_000.0, "1.00 h"),
            (3_600_000.0, "1 h"),
        ] {
            assert_eq!(duration(ms), text, "{ms}");
        }
        assert_eq!(duration_change(-11.56), "−11.6 ms");
        assert_eq!(duration_change(2_000.0), "+2 s");
    }

    #[test]
    fn a_value_is_never_rounded_across_a_limit() {
        let rate = 1_965.0 / 1_985.0;
        assert_eq!(percent(rate), "99.0 %");
        assert_eq!(percent_against(rate, &[0.99]), "98.99 %");
        assert_eq!(percent_against(0.99, &[0.99]), "99 %");
        assert_eq!(percent_against(0.07, &[0.07]), "7 %");
        assert_eq!(percent_against(0.989_999_9, &[0.99]), "98.99999 %");
        assert_eq!(percent_against(0.990_01, &[0.99]), "99.001 %");
        assert_eq!(duration_against(999.6, &[1_000.0]), "999.6 ms");
        assert_eq!(duration_against(1_000.4, &[1_000.0]), "1.0004 s");
        assert_eq!(duration_against(500.0, &[500.0]), "500 ms");
        assert_eq!(change_against(-0.199_97, &[-0.2]), "−19.997 %");
        assert_eq!(change_against(-0.3, &[-0.2]), "−30 %");
        assert_eq!(points_against(0.049_996, &[0.05]), "+4.9996 pp");
        assert_eq!(number_against(2.000_4, &[2.0]), "2.0004");
        assert_eq!(number_against(98.995, &[98.995]), "98.995");
    }

    #[test]
    fn a_value_held_against_itself_has_no_more_digits_than_alone() {
        let rate = 499.0 / 600.0;
        assert_eq!(percent_against(rate, &[rate]), "83.2 %");
        assert_eq!(percent_against(rate, &[rate, 0.8317]), "83.167 %");
        assert_eq!(duration_against(1_000.0 / 3.0, &[1_000.0 / 3.0]), "333 ms");
    }

    #[test]
    fn a_percentage_is_never_rounded_to_none_or_all() {
        for (fraction, text) in
            [(0.0, "0 %"), (1.0, "100 %"), (0.999_6, "99.96 %"), (0.000_000_711, "< 0.01 %"), (0.5, "50 %")]
        {
            assert_eq!(percent(fraction), text);
        }
        assert_eq!(percent_interval([0.984_49, 0.993_47], &[0.99]), "98.4 to 99.3 %");
    }

    #[test]
    fn no_number_has_ten_digits() {
        assert_eq!(percent_against(0.989_999_999_9, &[0.99]), "98.99999 %");
        assert_eq!(percent_against(0.990_000_000_01, &[0.99]), "99.00001 %");
        assert_eq!([percent(1e-12), change(-1e-12), points(1e-12)], ["< 0.01 %", "< 0.01 %", "< 0.01 pp"]);
        assert_eq!(percent_against(0.000_02, &[0.000_05]), "0.00200 %");
        assert_eq!(percent(1.0 - 1e-11), "99.99999 %");
        assert_eq!(duration_against(999.999_999_99, &[1_000.0]), "0.99999 s");
        assert_eq!(duration_against(3_600_000.001, &[3_600_000.0]), "1.00001 h");
        assert_eq!(duration(1e-9), "0.00001 ms");
        assert_eq!(duration_change(-1e-9), "−0.00001 ms");
        assert_eq!(change_against(-0.200_000_000_1, &[-0.2]), "−20.00001 %");
        assert_eq!(number_against(1_234.000_000_01, &[1_234.0]), "1,234.001");
        assert_eq!([1.23e-9, -1.23e-9, 0.000_071_1].map(short), ["0", "0", "0.000071"]);
        assert_eq!(change_against(1.5e9, &[]), "+1.5e11 %");
        assert_eq!(number_against(-1_234_567_890.4, &[-1_234_567_890.0]), "−1.235e9");
        let mut value = 1e-15;
        while value < 1e18 {
            for limit in [value, value * (1.0 + 1e-10), value * (1.0 - 1e-7), 0.0] {
                let texts = [
                    percent_against(value, &[limit]),
                    change_against(-value, &[-limit]),
                    points_against(value, &[limit]),
                    duration_against(value, &[limit]),
                    number_against(value, &[limit]),
                    short(value),
                ];
                for text in texts {
                    let digits = text.chars().filter(char::is_ascii_digit).count();
                    assert!(digits < 10, "{value} against {limit}: {text}");
                }
            }
            value *= 1.37;
        }
    }

    #[test]
    fn few_runs_are_counts() {
        assert_eq!(share(16, 16, &[]), "16 of 16");
        assert_eq!(share(19, 19, &[]), "19 of 19");
        assert_eq!(share(20, 20, &[]), "100 %");
        assert_eq!(share(0, 0, &[]), ABSENT);
    }

    #[test]
    fn changes_bear_their_sign() {
        assert_eq!(change(-0.123_4), "−12.3 %");
        assert_eq!(change(0.05), "+5 %");
        assert_eq!(change(0.0), "0 %");
        assert_eq!(points(-0.010_075), "−1.01 pp");
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
