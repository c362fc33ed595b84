//! How the change of a metric is written.

use crate::analysis::statistics::interval::Interval;
use crate::figure;

/// How the change of a metric is worded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChangeUnit {
    /// In percent of this value, that of the baseline, ms.
    PercentOf(f64),
    /// In milliseconds, where the baseline is 0.
    Milliseconds,
    /// In percentage points of a rate.
    Points,
}

impl ChangeUnit {
    /// The wording of a duration metric whose baseline is `baseline_ms`.
    pub fn of_duration(baseline_ms: f64) -> Self {
        if baseline_ms > 0.0 { Self::PercentOf(baseline_ms) } else { Self::Milliseconds }
    }

    /// A change with its sign: `−12.3 %`.
    pub fn change(self, change: f64) -> String {
        self.worded(change, figure::short_signed)
    }

    /// A size without a sign: `5 %`.
    pub fn size(self, size: f64) -> String {
        self.worded(size, figure::short)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_worded_in_their_unit() {
        assert_eq!(ChangeUnit::PercentOf(200.0).change(-24.0), "−12 %");
        assert_eq!(ChangeUnit::Points.change(0.008), "+0.8 points");
        assert_eq!(ChangeUnit::Points.size(0.01), "1 point");
        assert_eq!(ChangeUnit::Milliseconds.change(-1.0), "−1 ms");
    }
}
