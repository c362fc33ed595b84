//! The distribution-free interval of a quantile.

use crate::analysis::statistics::TAIL;
use crate::analysis::statistics::binomial;
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::normal::Z_95;
use crate::analysis::statistics::quantile::Percentile;

/// Up to this many runs ranks are exact; beyond, an error of one rank in hundreds of standard deviations
/// would change nothing, and the sums would cost as much as the runs are many.
const EXACT_UP_TO: u64 = 100_000;

/// The equal-tailed order-statistics interval of a quantile, in representatives, µs. `None` below the
/// number of runs that allows it: 6 for a median, 72 for the 95th, 368 for the 99th percentile.
///
/// With an `inflation` above 1 the ranks are those of the effective number of runs, carried over to
/// the same shares of all runs, outwards.
///
/// Source: H. A. David and H. N. Nagaraja, "Order Statistics", 7.1.
pub fn interval(cells: &Cells, percentile: Percentile, inflation: f64) -> Option<Interval> {
    let runs = cells.count();
    let effective = effective_runs(runs, inflation);
    let (low, high) = ranks(effective, percentile.probability())?;
    let carried = |left_out: u64| u128::from(left_out) * u128::from(runs) / u128::from(effective);
    let low = u64::try_from(carried(low - 1)).ok()? + 1;
    let high = runs - u64::try_from(carried(effective - high)).ok()?;
    Some(Interval { low: cells.at_rank(low)? as f64, high: cells.at_rank(high)? as f64 })
}

/// Whole independent runs that `runs` dependent ones are worth.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and `runs`
fn effective_runs(runs: u64, inflation: f64) -> u64 {
    if inflation > 1.0 { (runs as f64 / inflation).floor() as u64 } else { runs }
}

/// The largest lower and the smallest upper rank, from 1, that leave out at most 2.5 % on each side.
pub(in crate::analysis) fn ranks(runs: u64, p: f64) -> Option<(u64, u64)> {
    let low = last_unlikely(runs, p)? + 1;
    // seen from the other end, the upper rank is a lower rank of the mirrored distribution
    let high = runs - last_unlikely(runs, 1.0 - p)?;
    Some((low, high))
}

/// The largest `k` with at most 2.5 % probability of `k` or fewer of `runs` below the quantile at `p`;
/// `None` when there is none.
fn last_unlikely(runs: u64, p: f64) -> Option<u64> {
    let mut k = expanded(runs, p).min(runs);
    if runs > EXACT_UP_TO {
        return Some(k);
    }
    let mut probability = binomial::at_most(k, runs, p);
    while probability > TAIL {
        probability -= binomial::probability(k, runs, p);
        k = k.checked_sub(1)?;
    }
    while k < runs {
        probability += binomial::probability(k + 1, runs, p);
        if probability > TAIL {
            break;
        }
        k += 1;
    }
    Some(k)
}

/// The rank by the Cornish–Fisher expansion of the binomial quantile to its skewness, which is the exact
/// one or its neighbour where runs are many; 0 where it would be negative.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and `runs`
fn expanded(runs: u64, p: f64) -> u64 {
    let n = runs as f64;
    let deviation = (n * p * (1.0 - p)).sqrt();
    let skewness_term = (1.0 - 2.0 * p) * (Z_95 * Z_95 - 1.0) / 6.0;
    (n * p - Z_95 * deviation + skewness_term - 0.5).floor().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::DurationTable;

    const EXACT: [(u64, f64, u64, u64); 7] = [
        (200_000, 0.5, 99_562, 100_439),
        (200_000, 0.95, 189_809, 190_192),
        (10_000_000, 0.5, 4_996_901, 5_003_100),
        (10_000_000, 0.95, 9_498_649, 9_501_351),
        (1_000_000_000, 0.5, 499_969_010, 500_030_991),
        (1_000_000_000, 0.95, 949_986_491, 950_013_509),
        (1_000_000_000, 0.99, 989_993_833, 990_006_167),
    ];

    #[test]
    fn the_fewest_runs_that_allow_an_interval() {
        for (p, least) in [(0.5, 6), (0.95, 72), (0.99, 368)] {
            assert!(ranks(least, p).is_some() && ranks(least - 1, p).is_none(), "{p}");
        }
    }

    /// R: `qbinom(0.025, n, 0.5)`, the lower end of `DescTools::MedianCI(method = "exact")`.
    #[test]
    fn ranks_of_a_median() {
        for n in [0, 5] {
            assert_eq!(ranks(n, 0.5), None, "{n} runs");
        }
        for (n, low) in [(6, 1), (8, 1), (9, 2), (10, 2), (100, 40), (1_000, 469), (10_000, 4_902)] {
            assert_eq!(ranks(n, 0.5), Some((low, n + 1 - low)), "{n} runs");
        }
    }

    /// `scipy.stats.binom.ppf(0.025, n, p)` and `isf(0.025, n, p) + 1` (1.17.1).
    #[test]
    fn ranks_of_many_runs_are_within_one_of_the_exact_ones() {
        for (n, p, low, high) in EXACT {
            let ours = ranks(n, p).unwrap();
            assert!(ours.0.abs_diff(low) <= 1 && ours.1.abs_diff(high) <= 1, "{n} runs, {p}: {ours:?}");
        }
    }

    #[test]
    fn dependent_runs_widen_the_interval() {
        let mut table = DurationTable::default();
        (1..=200).for_each(|duration| table.add(duration));
        let cells = Cells::from(&table);
        let width = |inflation| interval(&cells, Percentile::MEDIAN, inflation).unwrap().half_width();
        assert!(width(4.0) > 1.8 * width(1.0), "{} against {}", width(4.0), width(1.0));
        assert_eq!(interval(&cells, Percentile::MEDIAN, 50.0), None);
    }
}
