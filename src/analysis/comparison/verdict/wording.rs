//! Numbers as reasons give them: at most three significant digits, a true minus sign.

use crate::analysis::statistics::interval::Interval;

/// How the change of a metric is worded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// In percent of this value, that of the baseline, ms.
    PercentOf(f64),
    /// In milliseconds, where the baseline is 0.
    Milliseconds,
    /// In percentage points of a rate.
    Points,
}

impl Unit {
    /// The wording of a duration metric whose baseline is `baseline_ms`.
    pub fn of_duration(baseline_ms: f64) -> Self {
        if baseline_ms > 0.0 { Self::PercentOf(baseline_ms) } else { Self::Milliseconds }
    }

    /// A change with its sign: `−12.3 %`.
    pub fn change(self, change: f64) -> String {
        self.worded(change, signed)
    }

    /// A size without a sign: `5 %`.
    pub fn size(self, size: f64) -> String {
        self.worded(size, significant)
    }

    /// An interval: `−12.3 % … +9.1 %`.
    pub fn interval(self, interval: Interval) -> String {
        format!("{} … {}", self.change(interval.low), self.change(interval.high))
    }

    fn worded(self, value: f64, digits: fn(f64) -> String) -> String {
        let (number, suffix) = self.scaled(value);
        let digits = digits(number);
        let one = suffix == "points" && digits.trim_start_matches(['+', '−']) == "1";
        format!("{digits} {}", if one { "point" } else { suffix })
    }

    fn scaled(self, value: f64) -> (f64, &'static str) {
        match self {
            Self::PercentOf(whole) => (value / whole * 100.0, "%"),
            Self::Milliseconds => (value, "ms"),
            Self::Points => (value * 100.0, "points"),
        }
    }
}

/// At most three significant digits, whole from 1,000 on, no trailing zeros.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of decimals, 0 to 12
pub fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value.is_finite() { "0".to_owned() } else { value.to_string() };
    }
    let decimals = (2.0 - value.abs().log10().floor()).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", significant(value)) } else { significant(value) }
}

/// A p value; below 0.0001 only that.
pub fn p_value(p: f64) -> String {
    if p < 0.0001 { "below 0.0001".to_owned() } else { significant(p) }
}

/// A count with thousands separated.
pub fn count(runs: u64) -> String {
    let digits = runs.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_significant_digits_at_most() {
        let shown = [0.0, 12.345, -9.0, 0.123_45, 1234.6, 99.96].map(significant);
        assert_eq!(shown, ["0", "12.3", "−9", "0.123", "1235", "100"]);
        assert_eq!(Unit::PercentOf(200.0).change(-24.0), "−12 %");
        assert_eq!(Unit::Points.change(0.008), "+0.8 points");
        assert_eq!(Unit::Points.size(0.01), "1 point");
        assert_eq!(Unit::Milliseconds.change(-1.0), "−1 ms");
        assert_eq!(count(1_234_567), "1,234,567");
    }
}
