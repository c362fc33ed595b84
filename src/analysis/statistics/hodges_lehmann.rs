//! By how much the runs of one sample are longer than those of another.
//!
//! Source: J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34 (1963) 598–611; the
//! interval by inverting the rank test (M. Hollander and D. A. Wolfe, "Nonparametric Statistical
//! Methods", 4.2–4.3). The differences are never listed: a rank among them is found by narrowing a
//! range of values and counting, in one pass over both tables, the pairs below a value.

use std::iter::Sum;
use std::ops::Mul;

use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::mann_whitney::Ordering;
use crate::analysis::statistics::normal::Z_95;
use crate::observation::cell_width;

/// The shift of stagger against baseline, µs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The median of all differences stagger − baseline of representatives.
    pub estimate: f64,
    /// Its interval, the ends moved outward by half a cell of each side.
    pub interval: Interval,
}

/// The shift with its interval; `ordering` is that of the same samples, and `inflation` multiplies its
/// variance.
pub fn shift(baseline: &Cells, stagger: &Cells, ordering: &Ordering, inflation: f64) -> Option<Shift> {
    let differences = Differences::of(baseline, stagger)?;
    let pairs = ordering.pairs;
    let middle = differences.at_rank(pairs.div_ceil(2), None);
    let upper_middle =
        if pairs.is_multiple_of(2) { differences.at_rank(pairs / 2 + 1, Some(middle)) } else { middle };
    let rank = outer_rank(pairs, ordering.deviation * inflation.sqrt());
    let low = differences.at_rank(rank, Some(middle));
    let high = differences.at_rank(pairs + 1 - rank, Some(upper_middle));
    Some(Shift {
        estimate: f64::midpoint(middle as f64, upper_middle as f64),
        interval: Interval {
            low: low as f64 - differences.half_cells(low),
            high: high as f64 + differences.half_cells(high),
        },
    })
}

/// The rank of the lower end among `pairs` differences: `max(1, ceil(pairs / 2 − 1 / 2 − 1.96 σ))`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 1…pairs
fn outer_rank(pairs: u128, deviation: f64) -> u128 {
    let rank = (pairs as f64 / 2.0 - 0.5 - Z_95 * deviation).ceil();
    if rank < 1.0 { 1 } else { (rank as u128).min(pairs.div_ceil(2)) }
}

/// The differences of all pairs, in units of the greatest common divisor of the representatives.
struct Differences<'a> {
    from: Vec<i64>,
    to: Vec<i64>,
    baseline: &'a Cells,
    stagger: &'a Cells,
    unit: i64,
    /// Whether 64 bits hold the number of all pairs: half the work for all but a few tables.
    fits: bool,
}

/// A difference with the number of pairs at or below it.
#[derive(Clone, Copy)]
struct Mark {
    at: i64,
    pairs: u128,
}

impl<'a> Differences<'a> {
    fn of(baseline: &'a Cells, stagger: &'a Cells) -> Option<Self> {
        if baseline.count() == 0 || stagger.count() == 0 {
            return None;
        }
        let unit = baseline
            .values()
            .iter()
            .chain(stagger.values())
            .fold(0, |unit, &value| divisor(unit, value))
            .max(1);
        let scaled = |cells: &Cells| cells.values().iter().map(|value| value / unit).collect();
        let fits = baseline.count().checked_mul(stagger.count()).is_some();
        Some(Self { from: scaled(baseline), to: scaled(stagger), baseline, stagger, unit, fits })
    }

    /// How many pairs differ by at most `difference` units.
    fn at_most(&self, difference: i64) -> Mark {
        let pairs = if self.fits {
            u128::from(self.count::<u64>(difference))
        } else {
            self.count::<u128>(difference)
        };
        Mark { at: difference, pairs }
    }

    /// The same in whole numbers of a width that holds all pairs.
    fn count<N: From<u64> + Mul<Output = N> + Sum>(&self, difference: i64) -> N {
        let mut reached = 0;
        let pairs = self.from.iter().zip(self.baseline.counts()).map(|(&value, &count)| {
            while reached < self.to.len() && self.to[reached] - value <= difference {
                reached += 1;
            }
            N::from(count) * N::from(self.stagger.below(reached))
        });
        pairs.sum()
    }

    /// The difference at `rank`, from 1, in ascending order, µs; `near` is a value to start from.
    fn at_rank(&self, rank: u128, near: Option<i64>) -> i64 {
        let (mut below, mut reached) = self.bracket(rank, near);
        let mut interpolate = true;
        while reached.at - below.at > 1 {
            let width = reached.at - below.at;
            let step = if interpolate { proportional(width, rank, below, reached) } else { width / 2 };
            let mark = self.at_most(below.at + step);
            if mark.pairs >= rank {
                reached = mark;
            } else {
                below = mark;
            }
            interpolate = !interpolate;
        }
        reached.at * self.unit
    }

    /// Two differences, the first with fewer than `rank` pairs at or below it and the second with at
    /// least as many: found by steps that grow, away from `near` or from the difference of the medians.
    fn bracket(&self, rank: u128, near: Option<i64>) -> (Mark, Mark) {
        let (Some(first_from), Some(last_from)) = (self.from.first(), self.from.last()) else {
            return (Mark { at: 0, pairs: 0 }, Mark { at: 0, pairs: 0 });
        };
        let (lowest, highest) = (self.to[0] - last_from, self.to[self.to.len() - 1] - first_from);
        let start =
            near.map_or_else(|| self.between_medians(), |near| near / self.unit).clamp(lowest, highest);
        let mut step = ((highest - lowest) / 256).max(1);
        let mut mark = self.at_most(start);
        if mark.pairs >= rank {
            loop {
                let at = mark.at.saturating_sub(step);
                if at < lowest {
                    return (Mark { at: lowest - 1, pairs: 0 }, mark);
                }
                let next = self.at_most(at);
                if next.pairs < rank {
                    return (next, mark);
                }
                (mark, step) = (next, step.saturating_mul(4));
            }
        }
        loop {
            let next = self.at_most(mark.at.saturating_add(step).min(highest));
            if next.pairs >= rank || next.at == highest {
                return (mark, next);
            }
            (mark, step) = (next, step.saturating_mul(4));
        }
    }

    fn between_medians(&self) -> i64 {
        let median = |cells: &Cells| cells.at_rank(cells.count().div_ceil(2)).unwrap_or(0) / self.unit;
        median(self.stagger) - median(self.baseline)
    }

    /// Half the widths of the two cells whose representatives differ by `difference` µs; where several
    /// pairs of cells do, of the pair that holds the most runs, the wider one if they hold as many.
    fn half_cells(&self, difference: i64) -> f64 {
        let (mut j, mut heaviest) = (0, (0, 0));
        let to = self.stagger.values();
        for (&from, &count) in self.baseline.values().iter().zip(self.baseline.counts()) {
            while j < to.len() && to[j] - from < difference {
                j += 1;
            }
            if j < to.len() && to[j] - from == difference {
                let pairs = u128::from(count) * u128::from(self.stagger.counts()[j]);
                heaviest = heaviest.max((pairs, cell_width(from) + cell_width(to[j])));
            }
        }
        heaviest.1 as f64 / 2.0
    }
}

/// Where in a bracket of `width` units the rank should lie if the pairs were spread evenly; at least one
/// unit from either end.
#[allow(clippy::cast_possible_truncation)] // a step between 1 and width − 1
fn proportional(width: i64, rank: u128, below: Mark, reached: Mark) -> i64 {
    let share = (rank - below.pairs) as f64 / (reached.pairs - below.pairs) as f64;
    ((width as f64 * share) as i64).clamp(1, width - 1)
}

fn divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::DurationTable;

    #[test]
    fn many_billion_runs_a_side_cost_and_overflow_nothing() {
        let table = |cells: &[(i64, u64)]| {
            let mut table = DurationTable::default();
            for &(value, runs) in cells {
                table.add_cell(value, runs, i128::from(value) * i128::from(runs), value, value);
            }
            Cells::from(&table)
        };
        let before = table(&[(10_000, 4_000_000_000), (20_000, 6_000_000_000)]);
        let after = table(&[(10_000, 3_000_000_000), (30_000, 7_000_000_000)]);
        let ordering = Ordering::of(&before, &after).unwrap();
        let shift = shift(&before, &after, &ordering, 1.0).unwrap();
        // pairs: -10,000 18 %, 0 12 %, 10,000 42 %, 20,000 28 %
        assert_eq!((shift.estimate, shift.interval), (10_000.0, Interval { low: 9_900.0, high: 10_100.0 }));
        let faster = ordering.probability_faster();
        assert!((faster - 0.24).abs() < 1e-12, "{faster}");
        assert!(ordering.p_value(1.0) < 1e-300);
    }
}
