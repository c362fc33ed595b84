//! The distribution-free interval of a quantile.

use super::TAIL;
use super::binomial;
use super::cells::Cells;
use super::interval::Interval;
use super::normal::Z_95;
use super::quantile::Percentile;

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
pub(super) fn ranks(runs: u64, p: f64) -> Option<(u64, u64)> {
    let low = last_unlikely(runs, p)? + 1;
    // seen from the other end, the upper rank is a lower rank of the mirrored distribution
    let high = runs - last_unlikely(runs, 1.0 - p)?;
    Some((low, high))
}

/// The largest `k` with at most 2.5 % probability of `k` or fewer of `runs` below the quantile at `p`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a guess clamped to 0…runs
fn last_unlikely(runs: u64, p: f64) -> Option<u64> {
    let n = runs as f64;
    let guess = (n * p - Z_95 * (n * p * (1.0 - p)).sqrt()).floor().max(0.0) as u64;
    let mut k = guess.min(runs);
    while binomial::at_most(k, runs, p) > TAIL {
        k = k.checked_sub(1)?;
    }
    while k < runs && binomial::at_most(k + 1, runs, p) <= TAIL {
        k += 1;
    }
    Some(k)
}
