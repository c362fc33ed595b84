//! Shares of runs and their intervals.

use serde::{Deserialize, Serialize};

use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::wilson;

/// A share of runs with its counts and its 95 % Wilson score interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rate {
    /// The runs that count.
    pub hits: u64,
    /// The runs that they are a share of.
    pub of: u64,
    /// The share.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Rate {
    /// `hits` of `of` runs with the interval; `None` of no runs, for then there is no share.
    pub fn new(hits: u64, of: u64) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let value = hits as f64 / of as f64;
        let Interval { low, high } = wilson::interval(value, of as f64)?;
        Some(Self { hits, of, value, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_nothing_is_no_rate() {
        assert_eq!(Rate::new(0, 0), None);
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
            let rate = Rate::new(count, total).unwrap();
            assert!((rate.low - low).abs() < 1e-12, "{count} of {total}: low {}", rate.low);
            assert!((rate.high - high).abs() < 1e-12, "{count} of {total}: high {}", rate.high);
        }
    }

    #[test]
    fn the_interval_holds_the_share() {
        for total in [1, 2, 7, 1_985, 10_000_000_u64] {
            for count in [0, 1, total / 2, total - 1, total] {
                let rate = Rate::new(count, total).unwrap();
                assert!(0.0 <= rate.low && rate.low <= rate.value, "{count} of {total}");
                assert!(rate.value <= rate.high && rate.high <= 1.0, "{count} of {total}");
            }
        }
    }
}
