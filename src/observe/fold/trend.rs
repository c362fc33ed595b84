//! How runs, failures and durations developed over time.

use std::collections::BTreeMap;

use super::run::{Fate, Group, PackedRun};
use crate::clock::Timestamp;
use crate::observation::{Trend, TrendPoint, representative};

/// What falls into one bucket.
#[derive(Debug, Default)]
struct Bucket {
    runs: u64,
    failed: u64,
    durations_us: Vec<i64>,
}

/// The trend of one window: a line for each job of `shown`, the others added up.
pub(super) fn trend(names: &[String], groups: &[Group<'_>], shown: &[String], bucket_us: i64) -> Trend {
    let mut points = Vec::new();
    let mut others = BTreeMap::new();
    for (name, group) in names.iter().zip(groups) {
        if shown.contains(name) {
            let mut own = BTreeMap::new();
            add(&mut own, &group.runs, bucket_us);
            points.extend(own.into_iter().map(|(at, bucket)| bucket.point(Some(name), at)));
        } else {
            add(&mut others, &group.runs, bucket_us);
        }
    }
    points.extend(others.into_iter().map(|(at, bucket)| bucket.point(None, at)));
    points.sort();
    Trend { bucket_us, points }
}

fn add(buckets: &mut BTreeMap<i64, Bucket>, runs: &[PackedRun], bucket_us: i64) {
    for run in runs.iter().filter(|run| run.observed && !run.fate.is_skipped()) {
        let bucket = buckets.entry(run.started_us / bucket_us * bucket_us).or_default();
        bucket.runs += 1;
        bucket.failed += u64::from(matches!(run.fate, Fate::Failed | Fate::TimedOut));
        bucket.durations_us.extend(run.duration_us());
    }
}

impl Bucket {
    fn point(mut self, job: Option<&String>, at_us: i64) -> TrendPoint {
        let (p95_low_us, p95_high_us) = around_p95(&mut self.durations_us);
        TrendPoint {
            job: job.cloned(),
            at: Timestamp(at_us),
            runs: self.runs,
            failed: self.failed,
            durations: self.durations_us.len() as u64,
            sum_us: self.durations_us.iter().sum(),
            min_us: self.durations_us.iter().copied().min().unwrap_or(0),
            max_us: self.durations_us.iter().copied().max().unwrap_or(0),
            p95_low_us,
            p95_high_us,
        }
    }
}

/// The representatives at rank `floor(0.95 (n - 1))` and the one after it; 0 without durations. Cells do
/// not change the order, so that ranks can be taken from the durations themselves.
fn around_p95(durations_us: &mut [i64]) -> (i64, i64) {
    let Some(last) = durations_us.len().checked_sub(1) else { return (0, 0) };
    let (_, low, above) = durations_us.select_nth_unstable(last * 95 / 100);
    let low = *low;
    // The last rank has none after it.
    let high = above.iter().copied().min().unwrap_or(low);
    (representative(low), representative(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_of_the_95th_percentile() {
        let ranks = |count: i64| around_p95(&mut (1..=count).rev().collect::<Vec<_>>());
        assert_eq!(ranks(0), (0, 0));
        assert_eq!(ranks(1), (1, 1));
        assert_eq!(ranks(2), (1, 2));
        assert_eq!(ranks(21), (20, 21));
        assert_eq!(ranks(100), (95, 96));
        assert_eq!(around_p95(&mut [34_460]), (34_500, 34_500));
    }
}
