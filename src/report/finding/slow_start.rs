//! Jobs that were slow at first after the change, and then no longer.

use crate::analysis::figures::trend::{Series, SeriesPoint};
use crate::analysis::metric;
use crate::figure;
use crate::legible;
use crate::report::finding::compose::{NAMED, finding};
use crate::report::model::{Finding, Report};
use crate::window::Side;

/// Completed runs of a bucket from which a single long one cannot make its 95th percentile.
const LEAST_RUNS: u64 = 22;
/// How many times as long the first buckets are as any other.
const SLOWER: f64 = 2.0;
/// A start is at most this part of the window.
const LONGEST_START: usize = 4;

/// A figure of a bucket, ms.
type Read = fn(&SeriesPoint) -> Option<f64>;

/// A job that was slow at first.
struct SlowStart<'a> {
    job: &'a str,
    seconds: f64,
    /// The lowest 95th percentile of its first buckets, and the highest of all others, ms.
    p95_ms: [f64; 2],
}

/// Jobs whose mean and 95th percentile in the first buckets after the change are twice those of any other bucket.
pub(super) fn slow_start(report: &Report) -> Option<Finding> {
    let after = report.trends.series.iter().filter(|series| series.window == Side::Stagger);
    let mut slow: Vec<SlowStart<'_>> = after.filter_map(|series| of(report, series)).collect();
    slow.sort_by(|a, b| (b.p95_ms[0] / b.p95_ms[1]).total_cmp(&(a.p95_ms[0] / a.p95_ms[1])));
    let jobs = figure::counted(slow.len() as u64, "job was", "jobs were");
    let headline = format!("{jobs} slow at first after the change, and then no longer.");
    let told = slow.iter().map(|found| {
        let [first, rest] = found.p95_ms.map(figure::duration);
        let (name, span) = (legible::name(found.job), figure::span(found.seconds));
        format!("{name} (95th percentile within the first {span} {first}, afterwards at most {rest})")
    });
    let detail = vec![format!("{}.", legible::sentence_list(told.collect(), NAMED))];
    let names = slow.iter().map(|found| found.job).take(NAMED);
    (!slow.is_empty()).then(|| {
        finding("slow_start", headline, detail, &["trends"]).of_jobs(names, &[&metric::P95_DURATION])
    })
}

fn of<'a>(report: &'a Report, after: &'a Series) -> Option<SlowStart<'a>> {
    let job = after.job.as_deref()?;
    let of_job = |series: &&Series| series.window == Side::Baseline && series.job == after.job;
    let before = report.trends.series.iter().find(of_job).map_or(&[][..], |series| &series.points);
    let highest = |points: &[SeriesPoint], read: Read| points.iter().filter_map(read).fold(0.0, f64::max);
    let full =
        |point: &SeriesPoint| point.p95_ms.filter(|_| point.runs.saturating_sub(point.failed) >= LEAST_RUNS);
    let first = after.points.iter().map_while(full).count();
    let longest = after.points.len() / LONGEST_START;
    // Of a figure: the lowest of the first buckets, and the highest of all others.
    let apart = |buckets: usize, read: Read| {
        let lowest = after.points.iter().take(buckets).filter_map(read).fold(f64::INFINITY, f64::min);
        let rest = highest(after.points.get(buckets..)?, read).max(highest(before, read));
        (highest(before, read) > 0.0 && lowest > SLOWER * rest).then_some([lowest, rest])
    };
    // A few long runs move the percentile of one bucket, but not its mean as well.
    let (buckets, p95_ms) = (1..=longest.min(first)).find_map(|buckets| {
        apart(buckets, |point| point.mean_ms)?;
        Some((buckets, apart(buckets, |point| point.p95_ms)?))
    })?;
    let bucket = report.trends.bucket_seconds.stagger as f64;
    let start = report.windows.stagger.start;
    let until = after.points.get(buckets)?.at;
    let seconds = until.since(start).as_seconds().min(bucket * buckets as f64);
    Some(SlowStart { job, seconds, p95_ms })
}
