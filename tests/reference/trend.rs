//! The window over time.

use std::collections::{BTreeMap, BTreeSet};

use jobdelta::clock::Timestamp;
use jobdelta::observation::{Trend, TrendPoint, WindowObservations};
use jobdelta::run::Status;

use super::{Question, Row, count, representative};

const MINUTE: i64 = 60_000_000;

/// The lengths that a bucket may have, in minutes: 1 to 30 minutes, 1 to 12 hours, 1 to 28 days.
const LENGTHS: [i64; 12] = [1, 5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 10_080, 40_320];

/// What is worth a closer look comes first: jobs of which a smaller share completes, that were silent for long, that
/// start less often, that became slower, that overlap more, that became faster; each by its extent, then the rest
/// by busy time; ties by name.
pub fn shown_jobs(
    question: &Question,
    baseline: &WindowObservations,
    stagger: &WindowObservations,
) -> BTreeSet<String> {
    let lengths = [0, 1].map(|side| question.observed(side).iter().map(|(from, to)| to - from).sum::<i64>());
    let longer = lengths[1] as f64 / lengths[0].max(1) as f64;
    let names: BTreeSet<&String> = baseline.jobs.keys().chain(stagger.jobs.keys()).collect();
    let busy = |window: &WindowObservations, name: &str| {
        window.jobs.get(name).map_or(0.0, |job| job.overlap.busy_us as f64)
    };
    let place = |name: &str| {
        fails(baseline, stagger, name)
            .map(|fall| (0, fall))
            .or_else(|| silent(baseline, stagger, name).map(|silence| (1, silence)))
            .or_else(|| starts_less(baseline, stagger, name, longer).map(|share| (2, share)))
            .or_else(|| rise(baseline, stagger, name).filter(|rise| *rise > 0.0).map(|rise| (3, rise)))
            .or_else(|| overlaps(baseline, stagger, name, longer).map(|more| (4, more)))
            .or_else(|| rise(baseline, stagger, name).map(|rise| (5, -rise)))
            .unwrap_or((6, busy(baseline, name) + busy(stagger, name)))
    };
    let mut ranked: Vec<(u8, f64, &String)> = names
        .into_iter()
        .map(|name| {
            let (kind, extent) = place(name);
            (kind, -extent, name)
        })
        .collect();
    ranked.sort_by(|one, other| one.partial_cmp(other).unwrap());
    ranked.into_iter().take(12).map(|(.., name)| name.clone()).collect()
}

/// By how much the completed share fell; by more than three standard errors of ten runs or more in each window.
fn fails(baseline: &WindowObservations, stagger: &WindowObservations, name: &str) -> Option<f64> {
    let (before, after) = (baseline.jobs.get(name)?.outcomes, stagger.jobs.get(name)?.outcomes);
    let (n, m) = (before.decided() as f64, after.decided() as f64);
    if n < 10.0 || m < 10.0 {
        return None;
    }
    let pooled = (before.completed + after.completed) as f64 / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    let fall = before.completed as f64 / n - after.completed as f64 / m;
    (error > 0.0 && fall > 3.0 * error).then_some(fall)
}

/// The longest time without a start after, µs: more than twice that before, and more than ten usual distances.
fn silent(baseline: &WindowObservations, stagger: &WindowObservations, name: &str) -> Option<f64> {
    let before = baseline.jobs.get(name).filter(|job| job.outcomes.started() >= 10)?;
    let silence = |window: &WindowObservations, name: &str| -> Option<i64> {
        let firsts = window.jobs.values().filter_map(|job| job.first_started);
        let (first, last) =
            (firsts.min()?.us(), window.jobs.values().filter_map(|j| j.last_started).max()?.us());
        let Some((job, own)) = window.jobs.get(name).and_then(|job| Some((job, job.first_started?))) else {
            return Some(last - first);
        };
        let pause = job.pause.map_or(0, |pause| pause.seconds * 1_000_000);
        Some(pause.max(own.us() - first).max(last - job.last_started?.us()))
    };
    let after = silence(stagger, name)?;
    if stagger.jobs.get(name).is_none_or(|job| job.first_started.is_none()) {
        return Some(after as f64);
    }
    let runs = i64::try_from(before.outcomes.started()).ok()?;
    let distance = (before.last_started?.us() - before.first_started?.us()) / runs;
    (after / 2 > silence(baseline, name)? && after / 10 > distance).then_some(after as f64)
}

/// The share of the starts that the window before lets expect and that are not there; more than one and a half roots of
/// the counts, of ten starts or more before.
fn starts_less(
    baseline: &WindowObservations,
    stagger: &WindowObservations,
    name: &str,
    longer: f64,
) -> Option<f64> {
    let started = |window: &WindowObservations| Some(window.jobs.get(name)?.outcomes.started() as f64);
    let (before, after) = (started(baseline)?, started(stagger)?);
    let expected = before * longer;
    let fall = expected - after;
    (before >= 10.0 && fall > 1.5 * (expected * longer + after).sqrt()).then_some(fall / expected)
}

/// Overlapping starts beyond those that the window before lets expect; more than three roots of the counts.
fn overlaps(
    baseline: &WindowObservations,
    stagger: &WindowObservations,
    name: &str,
    longer: f64,
) -> Option<f64> {
    let starts = |window: &WindowObservations| Some(window.jobs.get(name)?.overlap.overlapping_starts as f64);
    let (before, after) = (starts(baseline)?, starts(stagger)?);
    let expected = before * longer;
    (after - expected > 3.0 * (expected * longer + after).sqrt()).then_some(after - expected)
}

/// By how much the mean number of a run's cell rose; by more than three standard errors of ten runs or more.
fn rise(baseline: &WindowObservations, stagger: &WindowObservations, name: &str) -> Option<f64> {
    let mean = |window: &WindowObservations| -> Option<(f64, f64)> {
        let sums = window.jobs.get(name)?.dependence.durations.filter(|sums| sums.n >= 10)?;
        let (n, mean) = (sums.n as f64, sums.sum as f64 / sums.n as f64);
        let variance = (sums.sum_of_squares as f64 / n - mean * mean).max(0.0) * n / (n - 1.0);
        Some((mean, variance / n))
    };
    let ((before, error), (after, other)) = (mean(baseline)?, mean(stagger)?);
    let rise = after - before;
    (rise.abs() > 3.0 * (error + other).sqrt()).then_some(rise)
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
