//! The window over time.

use std::collections::{BTreeMap, BTreeSet};

use jobdelta::clock::Timestamp;
use jobdelta::observation::{Trend, TrendPoint, WindowObservations};
use jobdelta::run::Status;

use super::{Question, Row, count, representative};

const MINUTE: i64 = 60_000_000;

/// The lengths that a bucket may have, in minutes: 1 to 30 minutes, 1 to 12 hours, 1 to 28 days.
const LENGTHS: [i64; 12] = [1, 5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 10_080, 40_320];

/// The twelve jobs with the largest busy time over both windows, ties by name.
pub fn shown_jobs(baseline: &WindowObservations, stagger: &WindowObservations) -> BTreeSet<String> {
    let mut busy: BTreeMap<String, i64> = BTreeMap::new();
    for (name, job) in baseline.jobs.iter().chain(&stagger.jobs) {
        *busy.entry(name.clone()).or_default() += job.overlap.busy_us;
    }
    let mut ranked: Vec<(String, i64)> = busy.into_iter().collect();
    ranked.sort_by(|(one, more), (other, less)| less.cmp(more).then(one.cmp(other)));
    ranked.into_iter().take(12).map(|(name, _)| name).collect()
}

/// The points of a window from the runs that its condition picks.
pub fn trend(runs: &[Row], question: &Question, side: usize, shown: &BTreeSet<String>) -> Trend {
    let observed = question.observed(side);
    let bucket_us = bucket(question.windows[side]);
    let mut groups: BTreeMap<(Option<String>, i64), Vec<&Row>> = BTreeMap::new();
    for row in runs {
        let belongs = observed.iter().any(|&(from, to)| from <= row.started_us && row.started_us < to);
        if belongs && question.in_scope(&row.job) && row.status != Status::Skipped {
            let job = shown.contains(&row.job).then(|| row.job.clone());
            let at = row.started_us.div_euclid(bucket_us) * bucket_us;
            groups.entry((job, at)).or_default().push(row);
        }
    }
    Trend { bucket_us, points: groups.into_iter().map(|((job, at), rows)| point(job, at, &rows)).collect() }
}

/// The smallest bucket that cuts the window into at most 24.
fn bucket((start, end): (i64, i64)) -> i64 {
    let buckets = |us: i64| (end - 1).div_euclid(us) - start.div_euclid(us) + 1;
    let lengths = LENGTHS.map(|minutes| minutes * MINUTE);
    lengths.into_iter().find(|us| buckets(*us) <= 24).unwrap_or(lengths[11])
}

fn point(job: Option<String>, at: i64, rows: &[&Row]) -> TrendPoint {
    let mut lengths: Vec<i64> =
        rows.iter().filter(|row| row.status == Status::Success).filter_map(|row| row.length()).collect();
    lengths.sort_unstable();
    // The 95th percentile by linear interpolation lies between these two ranks.
    let rank = (95 * lengths.len().saturating_sub(1)) / 100;
    let ranked = |rank: usize| lengths.get(rank).or(lengths.last()).map_or(0, |us| representative(*us));
    TrendPoint {
        job,
        at: Timestamp(at),
        runs: count(rows),
        failed: count(rows.iter().filter(|row| [Status::Failed, Status::Timeout].contains(&row.status))),
        durations: count(&lengths),
        sum_us: lengths.iter().sum(),
        min_us: lengths.first().copied().unwrap_or_default(),
        max_us: lengths.last().copied().unwrap_or_default(),
        p95_low_us: ranked(rank),
        p95_high_us: ranked(rank + 1),
    }
}
