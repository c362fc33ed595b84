//! Figures of a frequency table of durations.

use serde::{Deserialize, Serialize};

use super::statistics::order_statistics;
use super::statistics::quantile::Percentile;
use crate::observation::{DurationTable, StartDelays};

/// Durations in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // the names say it all
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
        let ranked = Ranked::of(table)?;
        let (n, sum) = (ranked.count(), milliseconds_of_sum(table.sum));
        Some(Self {
            n,
            sum,
            mean: sum / n as f64,
            min: milliseconds(table.min),
            median: ranked.quantile_ms(50),
            p90: ranked.quantile_ms(90),
            p95: ranked.quantile_ms(95),
            p99: ranked.quantile_ms(99),
            max: milliseconds(table.max),
            median_interval: ranked.median_interval_ms(),
        })
    }
}

/// Delay after the scheduled moment, milliseconds. Early starts are counted and in nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // the names say it all
pub struct StartDelayFacts {
    pub n: u64,
    pub early: u64,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    pub p95: Option<f64>,
    pub max: Option<f64>,
}

impl StartDelayFacts {
    /// The figures of `delays`; `None` when no run bears a scheduled moment.
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

/// Microseconds as milliseconds.
pub(super) fn milliseconds(us: i64) -> f64 {
    us as f64 / 1_000.0
}

fn milliseconds_of_sum(us: i128) -> f64 {
    us as f64 / 1_000.0
}

/// A quantile between two neighbours in rank, held to what was seen: the table rounds, the limits are
/// exact. `percent` of the way through `n` values leaves a rest of a hundredth part each.
pub(super) fn between(low: i64, high: i64, hundredths: u64, limits: [i64; 2]) -> f64 {
    let value = low as f64 + (high - low) as f64 * (hundredths as f64 / 100.0);
    value.clamp(limits[0] as f64, limits[1] as f64) / 1_000.0
}

/// Where the `percent`-th percentile of `n` values lies (type 7 of Hyndman and Fan, 1996: the convention
/// of `percentile_cont` and `NumPy`): the rank below it, from 0, and hundredths of the way to the next.
pub(super) fn percentile_rank(percent: u64, n: u64) -> (u64, u64) {
    let position = u128::from(percent) * u128::from(n.saturating_sub(1));
    let part = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
    (part(position / 100), part(position % 100))
}

/// A table that is not empty, with the runs up to each cell.
struct Ranked<'a> {
    table: &'a DurationTable,
    /// Runs in this cell and those before it, and the cell's representative.
    cells: Vec<(u64, i64)>,
}

impl<'a> Ranked<'a> {
    fn of(table: &'a DurationTable) -> Option<Self> {
        let mut runs = 0;
        let cells: Vec<(u64, i64)> = table
            .cells
            .iter()
            .map(|(&representative, &count)| {
                runs += count;
                (runs, representative)
            })
            .collect();
        (runs > 0).then_some(Self { table, cells })
    }

    fn count(&self) -> u64 {
        self.cells.last().map_or(0, |&(runs, _)| runs)
    }

    /// The representative at `rank`, counted from 0 and held to the last.
    fn at(&self, rank: u64) -> i64 {
        let cell = self.cells.partition_point(|&(runs, _)| runs <= rank).min(self.cells.len() - 1);
        self.cells[cell].1
    }

    fn quantile_ms(&self, percent: u64) -> f64 {
        let (rank, hundredths) = percentile_rank(percent, self.count());
        between(self.at(rank), self.at(rank + 1), hundredths, [self.table.min, self.table.max])
    }

    /// The equal-tailed 95 % order-statistics interval of the median (Hahn and Meeker, *Statistical
    /// Intervals*, 5.2). `None` below 6 values: not even the whole range covers the median with 95 % then.
    fn median_interval_ms(&self) -> Option<[f64; 2]> {
        let (low, high) = order_statistics::ranks(self.count(), Percentile::MEDIAN.probability())?;
        let end = |rank: u64| milliseconds(self.at(rank - 1).clamp(self.table.min, self.table.max));
        Some([end(low), end(high)])
    }
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

    /// Oracle: R, `qbinom(0.025, n, 0.5)`, the lower end of `DescTools::MedianCI(method = "exact")`.
    #[test]
    fn the_median_interval_is_that_of_order_statistics() {
        let many = [(100, 39), (1_000, 468), (10_000, 4_901), (1_000_000, 499_019)];
        let few = [(0, None), (5, None), (6, Some(0)), (8, Some(0)), (9, Some(1)), (10, Some(1))];
        for (n, rank) in few.into_iter().chain(many.map(|(n, rank)| (n, Some(rank)))) {
            let ranks = order_statistics::ranks(n, 0.5);
            assert_eq!(ranks, rank.map(|rank| (rank + 1, n - rank)), "{n} runs");
        }
        let facts = DurationFacts::of(&table(&[1, 2, 3, 4, 5, 6, 7, 8, 9])).unwrap();
        assert_eq!(facts.median_interval, Some([0.002, 0.008]));
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
