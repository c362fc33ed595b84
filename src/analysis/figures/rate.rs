//! Shares of runs and their intervals.

use serde::{Deserialize, Serialize};

use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::wilson;

/// A share with its 95 % Wilson score interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The share.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Rate {
    /// The whole number of `of` runs that it is the share of.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded, and never negative
    pub fn hits(&self, of: u64) -> u64 {
        (self.value * of as f64).round().max(0.0) as u64
    }

    /// `count` of `total` with its interval; `None` when `total` is 0, for then there is no share.
    pub fn of(count: u64, total: u64) -> Option<Self> {
        if total == 0 {
            return None;
        }
        let value = count as f64 / total as f64;
        wilson::interval(value, total as f64).map(|Interval { low, high }| Self { value, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_nothing_is_no_rate() {
        assert_eq!(Rate::of(0, 0), None);
    }

    /// Oracle: `statsmodels.stats.proportion.proportion_confint(…, method="wilson")`.
    #[test]
    fn intervals_are_wilsons() {
        for (count, total, low, high) in [
            (3, 3, 0.438_502_968_244_954_6, 1.0),
            (0, 4, 0.0, 0.489_890_836_454_597_3),
            (21, 22, 0.782_019_541_613_426_7, 0.991_930_572_378_736),
            (90, 95, 0.882_651_138_829_621, 0.977_311_886_950_850_4),
        ] {
            let rate = Rate::of(count, total).unwrap();
            assert!((rate.low - low).abs() < 1e-12, "{count} of {total}: low {}", rate.low);
            assert!((rate.high - high).abs() < 1e-12, "{count} of {total}: high {}", rate.high);
        }
    }

    #[test]
    fn the_interval_holds_the_share() {
        for total in [1, 2, 7, 1_985, 10_000_000_u64] {
            for count in [0, 1, total / 2, total - 1, total] {
                let rate = Rate::of(count, total).unwrap();
                assert!(0.0 <= rate.low && rate.low <= rate.value, "{count} of {total}");
                assert!(rate.value <= rate.high && rate.high <= 1.0, "{count} of {total}");
            }
        }
    }
}
