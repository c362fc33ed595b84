//! Counts, shares, changes and durations as figures.

use super::digits::{
    ABSENT, DIGITS, LARGE, MOST_DIGITS, beside, fitted, holds_sides, is_readable, magnitudes, others, parsed,
    scaled, separated, signed, significant, with_unit, without_zeros,
};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
