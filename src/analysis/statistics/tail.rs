//! Whether the slowest runs changed.

use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::fisher;
use crate::analysis::statistics::newcombe::ObservedShare;
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::analysis::statistics::z_test;

/// The two-sided p value of the test that as many runs of each side lie above the 95th percentile of
/// both together: Fisher's exact test on the counts, and with an `inflation` above 1 the larger of it
/// and the z test on effective counts. `None` when a window has no runs.
///
/// Source: the median test of Mood (1950) at another quantile.
pub fn p_value(baseline: &Cells, stagger: &Cells, inflation: f64) -> Option<f64> {
    let limit = quantile::pooled(baseline, stagger, Percentile::P95)?;
    let hits = (baseline.above(limit), stagger.above(limit));
    Some(two_shares((hits.0, baseline.count()), (hits.1, stagger.count()), inflation))
}

/// Where every cell of the table is expected to hold this many runs, the z test and Fisher's agree.
const MANY: f64 = 10_000.0;

/// The p value of two shares, each given as hits of runs. Fisher's exact test; with an inflation above 1
/// the z test on effective counts, but never below Fisher's, because the z test alone is too bold where
/// few runs are hit. Where all counts are in the ten thousands the z test stands for both.
pub fn two_shares(baseline: (u64, u64), stagger: (u64, u64), inflation: f64) -> f64 {
    let inflation = inflation.max(1.0);
    let share =
        |(hits, of): (u64, u64)| ObservedShare { value: hits as f64 / of as f64, of: of as f64 / inflation };
    let by_size = || z_test::p_value(share(baseline), share(stagger));
    if least_expected(baseline, stagger) > MANY {
        return by_size();
    }
    let exact = fisher::p_value(baseline, stagger);
    if inflation > 1.0 { exact.max(by_size()) } else { exact }
}

/// The smallest expected count of hits or misses in a window if the shares are equal.
fn least_expected((a, n1): (u64, u64), (b, n2): (u64, u64)) -> f64 {
    let hits = (a + b) as f64 / (n1 + n2) as f64;
    hits.min(1.0 - hits) * n1.min(n2) as f64
}
