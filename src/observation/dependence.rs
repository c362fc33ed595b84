//! How runs resemble their predecessors.

use serde::{Deserialize, Serialize};

use super::compact::{CompactSums, MOST_RUNS};

/// Whole-number sums over a series of runs in the order of start, end and name, from which its
/// lag-one correlation follows exactly.
///
/// What a query returns for one job and window, over the rows of the series numbered from 1 in the order
/// `started_us, finished_us, outcome` (NULL ends last), with `x` the value of a row:
///
/// | field | SQL |
/// |---|---|
/// | `n` | `count(*)` |
/// | `sum` | `sum(x)` |
/// | `sum_of_squares` | `sum(x * x)` |
/// | `sum_of_products` | `sum(x * previous)`, `previous` being `lag(x) OVER (PARTITION BY window_id, job_name ORDER BY started_us, finished_us)`; NULL for a single row is 0 |
/// | `first`, `last` | the `x` of the first and of the last row: `sum(CASE WHEN previous IS NULL THEN x END)`, and the same with `lead` |
///
/// The series:
/// - of durations, one row for each run of the duration table: `x` is [`cell_index`] of its
///   representative, `representative / w + 900 * k` with `w = 10^k` the width of its cell;
/// - of a rate, one row for each run of its denominator: `x` is 1 where the run counts in the
///   numerator, otherwise 0 (then `sum_of_squares = sum`).
///
/// The largest index is 15,322, below one hour 6,659: every sum over 10⁸ runs fits into 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "CompactSums", try_from = "CompactSums")]
pub struct LagSums {
    pub n: u64,
    /// `Σ xᵢ`
    pub sum: i64,
    /// `Σ xᵢ²`
    pub sum_of_squares: i64,
    /// `Σ xᵢ xᵢ₊₁`, over the n − 1 neighbouring pairs.
    pub sum_of_products: i64,
    /// The first value; 0 while the series is empty.
    pub first: i64,
    /// The last value; 0 while the series is empty.
    pub last: i64,
}

impl LagSums {
    pub fn add(&mut self, x: i64) {
        let next = Self { n: 1, sum: x, sum_of_squares: x * x, sum_of_products: 0, first: x, last: x };
        self.append(&next);
    }

    /// Adds a later part of the same series: the sums of both are those of the whole. Parts must come in
    /// the order of time, and each row must be in one part; the series of different jobs, or of parts
    /// that interleave, cannot be added, and whoever merges those loses the sums (`None`).
    pub fn append(&mut self, later: &Self) {
        if later.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *later;
            return;
        }
        self.sum_of_products += later.sum_of_products + self.last * later.first;
        self.n += later.n;
        self.sum += later.sum;
        self.sum_of_squares += later.sum_of_squares;
        self.last = later.last;
    }
}

impl FromIterator<i64> for LagSums {
    fn from_iter<I: IntoIterator<Item = i64>>(series: I) -> Self {
        let mut sums = Self::default();
        series.into_iter().for_each(|x| sums.add(x));
        sums
    }
}

/// How the runs of one job resemble their predecessors, series by series; `None` where that was not
/// measured. Each has the count of what it belongs to: `durations.n` is the count of the duration
/// table, `completed.n` and `failed.n` are the decided runs, `on_time.n` the started ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dependence {
    /// Cell indexes of the durations.
    pub durations: Option<LagSums>,
    /// Decided runs: 1 where completed.
    pub completed: Option<LagSums>,
    /// Decided runs: 1 where failed or timed out.
    pub failed: Option<LagSums>,
    /// Started runs: 1 where on time; `None` without a schedule, and where the seconds that count as on
    /// time are too scattered over the cycle for a query
    /// ([`PunctualSeconds::is_bounded`](punctual::PunctualSeconds::is_bounded)).
    pub on_time: Option<LagSums>,
}

impl Dependence {
    /// Joins what another job showed, for instance one that was renamed. Where both hold runs their order
    /// among each other is not known, and the sums are lost; parts of one series in the order of time are
    /// for [`LagSums::append`].
    pub fn merge(&mut self, other: &Self) {
        let joined = |a: Option<LagSums>, b: Option<LagSums>| match (a?, b?) {
            (a, b) if b.n == 0 => Some(a),
            (a, b) if a.n == 0 => Some(b),
            _ => None,
        };
        self.durations = joined(self.durations, other.durations);
        self.completed = joined(self.completed, other.completed);
        self.failed = joined(self.failed, other.failed);
        self.on_time = joined(self.on_time, other.on_time);
    }
}

impl From<LagSums> for CompactSums {
    fn from(lag: LagSums) -> Self {
        (lag.n, lag.sum, lag.sum_of_squares, lag.sum_of_products, lag.first, lag.last)
    }
}

impl TryFrom<CompactSums> for LagSums {
    type Error = String;

    fn try_from(sums: CompactSums) -> Result<Self, String> {
        let (n, sum, sum_of_squares, sum_of_products, first, last) = sums;
        let square = |value: i64| i128::from(value) * i128::from(value);
        let squares = i128::from(sum_of_squares);
        let fits = n <= MOST_RUNS
            && [sum, sum_of_squares, sum_of_products, first, last].iter().all(|value| *value >= 0)
            && square(sum) <= i128::from(n) * squares
            && squares <= i128::from(n) * square(HIGHEST_CELL)
            && i128::from(sum_of_products) <= squares
            && square(first) <= squares
            && square(last) <= squares;
        if !fits {
            return Err(format!("the sums {sums:?} are of no series"));
        }
        Ok(Self { n, sum, sum_of_squares, sum_of_products, first, last })
    }
}

/// The largest number of a cell.
pub(super) const HIGHEST_CELL: i64 = 15_322;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lag_sums_of_parts_are_those_of_the_whole() {
        let series = [3, 1, 4, 1, 5, 9, 2, 6];
        let whole: LagSums = series.into_iter().collect();
        assert_eq!((whole.sum_of_products, whole.first, whole.last), (3 + 4 + 4 + 5 + 45 + 18 + 12, 3, 6));
        for cut in 0..=series.len() {
            let mut sums: LagSums = series[..cut].iter().copied().collect();
            sums.append(&series[cut..].iter().copied().collect());
            assert_eq!(sums, whole, "cut at {cut}");
        }
    }

    #[test]
    fn dependence_of_two_jobs_is_not_made_up() {
        let some = Dependence { durations: Some([1, 2].into_iter().collect()), ..Dependence::default() };
        let none = Dependence { durations: Some(LagSums::default()), ..Dependence::default() };
        let merged = |mut a: Dependence, b: &Dependence| {
            a.merge(b);
            a.durations
        };
        assert_eq!(merged(some, &none), some.durations);
        assert_eq!(merged(none, &some), some.durations);
        assert_eq!(merged(some, &some), None);
    }
}
