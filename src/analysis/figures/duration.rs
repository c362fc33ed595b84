//! Figures of a frequency table of durations.

use serde::{Deserialize, Serialize};

use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::order_statistics;
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::observation::{DurationTable, StartDelays};

/// Durations in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DurationFacts {
    pub n: u64,
    pub sum: f64,
    pub mean: f64,
    pub min: f64,
    pub median: f64,
    pub p90: f64,
    pub p95: f64,
    pub p99: f64,
    pub max: f64,
    /// Order-statistics interval of the median; `null` below six runs.
    pub median_interval: Option<[f64; 2]>,
}

impl DurationFacts {
    /// The figures of `table`; `None` when it is empty.
    pub fn of(table: &DurationTable) -> Option<Self> {
        let cells = Cells::from(table);
        let quantile = |percentile| quantile::estimate(&cells, percentile).map(|us| us / 1_000.0);
        let n = cells.count();
        let sum = table.sum as f64 / 1_000.0;
        Some(Self {
            n,
            sum,
            mean: sum / n as f64,
            min: milliseconds(table.min),
            median: quantile(Percentile::MEDIAN)?,
            p90: quantile(Percentile::P90)?,
            p95: quantile(Percentile::P95)?,
            p99: quantile(Percentile::P99)?,
            max: milliseconds(table.max),
            median_interval: median_interval_ms(&cells),
        })
    }
}

/// The interval of the median, held to what was seen: the table rounds, the extremes are exact.
fn median_interval_ms(cells: &Cells) -> Option<[f64; 2]> {
    let (min, max) = cells.range()?;
    let interval = order_statistics::interval(cells, Percentile::MEDIAN, 1.0)?;
    Some(interval.to_array().map(|us| us.clamp(min as f64, max as f64) / 1_000.0))
}

/// Delay after the scheduled moment, milliseconds. Early starts are counted and in nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartDelayFacts {
    pub n: u64,
    pub early: u64,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    pub p95: Option<f64>,
    pub max: Option<f64>,
}

impl StartDelayFacts {
    /// The figures of `delays`; `None` when no run has a scheduled moment.
    pub fn of(delays: &StartDelays) -> Option<Self> {
        let facts = DurationFacts::of(&delays.table);
        if facts.is_none() && delays.early == 0 {
            return None;
        }
        Some(Self {
            n: facts.map_or(0, |facts| facts.n),
            early: delays.early,
            mean: facts.map(|facts| facts.mean),
            median: facts.map(|facts| facts.median),
            p95: facts.map(|facts| facts.p95),
            max: facts.map(|facts| facts.max),
        })
    }
}

pub(in crate::analysis) fn milliseconds(us: i64) -> f64 {
    us as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(durations: &[i64]) -> DurationTable {
        let mut table = DurationTable::default();
        for &duration in durations {
            table.add(duration);
        }
        table
    }

    #[test]
    fn no_durations_no_figures() {
        assert_eq!(DurationFacts::of(&DurationTable::default()), None);
        assert_eq!(StartDelayFacts::of(&StartDelays::default()), None);
    }

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        let facts = DurationFacts::of(&table(&[347_000, 351_000, 494_000])).unwrap();
        assert_eq!((facts.n, facts.sum, facts.min, facts.max), (3, 1_192.0, 347.0, 494.0));
        for (actual, expected) in [
            (facts.mean, 397.333_333_333_333_3),
            (facts.median, 351.0),
            (facts.p90, 465.4),
            (facts.p95, 479.7),
            (facts.p99, 491.14),
        ] {
            assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
        }
    }

    #[test]
    fn quantiles_stay_within_what_was_seen() {
        let facts = DurationFacts::of(&table(&[34_460])).unwrap(); // kept as 34,500 in the table
        assert_eq!((facts.median, facts.p99), (34.46, 34.46));
    }

    #[test]
    fn the_median_interval_is_that_of_order_statistics() {
        let interval = |durations: &[i64]| DurationFacts::of(&table(durations)).unwrap().median_interval;
        assert_eq!(interval(&[1, 2, 3, 4, 5]), None);
        assert_eq!(interval(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), Some([0.002, 0.008]));
    }

    #[test]
    fn early_starts_are_counted_apart() {
        let delays = StartDelays { early: 2, table: DurationTable::default() };
        let facts = StartDelayFacts::of(&delays).unwrap();
        assert_eq!((facts.n, facts.early, facts.mean), (0, 2, None));
    }

    proptest! {
        #[test]
        fn figures_are_in_order_and_do_not_depend_on_the_order_of_runs(
            mut durations in prop::collection::vec(0_i64..5_000_000_000, 1..200)
        ) {
            let facts = DurationFacts::of(&table(&durations)).unwrap();
            let ascending = [facts.min, facts.median, facts.p90, facts.p95, facts.p99, facts.max];
            prop_assert!(ascending.is_sorted(), "{:?}", ascending);
            if let Some([low, high]) = facts.median_interval {
                prop_assert!(low <= facts.median && facts.median <= high);
            }
            durations.reverse();
            prop_assert_eq!(Some(facts), DurationFacts::of(&table(&durations)));
        }

        #[test]
        fn a_quantile_is_right_to_half_a_percent(durations in prop::collection::vec(1_i64..5_000_000_000, 1..200)) {
            let mut sorted = durations.clone();
            sorted.sort_unstable();
            let exact = (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) as f64 / 2_000.0;
            let median = DurationFacts::of(&table(&durations)).unwrap().median;
            prop_assert!((median - exact).abs() <= exact * 0.005 + 1e-9, "{} for {}", median, exact);
        }
    }
}
