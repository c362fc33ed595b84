//! How runs, failures and durations developed over time.

use std::collections::BTreeMap;

use super::cells::CellCounts;
use super::run::{Fate, Group, PackedRun};
use crate::clock::Timestamp;
use crate::observation::{Trend, TrendPoint};

/// What falls into one bucket.
#[derive(Debug, Default)]
struct Bucket {
    runs: u64,
    failed: u64,
    durations: CellCounts,
}

/// The trend of one window: a line for each job of `shown`, the others added up.
pub(super) fn trend(names: &[String], groups: &[Group], shown: &[String], bucket_us: i64) -> Trend {
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

/// Adds runs in the order of their starts.
fn add(buckets: &mut BTreeMap<i64, Bucket>, runs: &[PackedRun], bucket_us: i64) {
    let number = |run: &PackedRun| run.started_us / bucket_us;
    for together in runs.chunk_by(|a, b| number(a) == number(b)) {
        let mut started = together.iter().filter(|run| run.is_start()).peekable();
        let Some(first) = started.peek() else { continue };
        let bucket = buckets.entry(number(first) * bucket_us).or_default();
        for run in started {
            bucket.runs += 1;
            bucket.failed += u64::from(matches!(run.fate(), Fate::Failed | Fate::TimedOut));
            if let Some(duration_us) = run.duration_us() {
                bucket.durations.add(duration_us);
            }
        }
    }
}

impl Bucket {
    fn point(mut self, job: Option<&String>, at_us: i64) -> TrendPoint {
        let ends = self.durations.ends;
        let (p95_low_us, p95_high_us) = self.durations.take_around_p95();
        TrendPoint {
            job: job.cloned(),
            at: Timestamp(at_us),
            runs: self.runs,
            failed: self.failed,
            durations: ends.count,
            sum_us: i64::try_from(ends.sum).unwrap_or(i64::MAX),
            min_us: ends.min,
            max_us: ends.max,
            p95_low_us,
            p95_high_us,
        }
    }
}
