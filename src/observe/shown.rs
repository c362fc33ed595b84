//! Which jobs get a trend of their own: those that changed, the worst first, then the busiest.
//!
//! Verdicts come later, from the analysis. Here sums that are at hand choose what deserves a closer look.

use std::cmp::Ordering;

use super::read::CountedJobs;
use crate::clock::{Span, Timestamp};
use crate::observation::{JobObservations, LagSums, Pause};
use crate::window::PerSide;

/// Fewest runs in each window of a change.
const LEAST_RUNS: u64 = 10;
/// Standard errors from which a difference is a change.
const APART: f64 = 3.0;
/// A silence is this many times as long as that of the other window.
const LONGER: i64 = 2;
/// Runs that usually start in the time of a silence.
const MISSED: i64 = 10;

/// What changed, from what comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Notable {
    Fails,
    Silent,
    StartsLess,
    Slower,
    Overlaps,
    Faster,
    None,
}

/// A job with its change and the extent of it: a share, a logarithm of durations, a time, a number of runs.
type Ranked<'a> = (Notable, f64, &'a str);

/// The first and the last start of all jobs.
type Range = Option<(Timestamp, Timestamp)>;

/// What jobs are held against.
#[derive(Clone, Copy)]
struct Windows {
    ranges: PerSide<Range>,
    /// How many times as long as the window before the window after was observed.
    longer: f64,
}

/// The `most` jobs with a trend of their own, ties by name. `observed` are the lengths of the windows.
pub(super) fn jobs(jobs: &CountedJobs, observed: PerSide<Span>, most: usize) -> Vec<String> {
    let longer = observed.stagger.us() as f64 / observed.baseline.us().max(1) as f64;
    let windows = Windows { ranges: jobs.ranges(), longer };
    let mut order: Vec<Ranked<'_>> = jobs.pairs().map(|(name, seen)| ranked(name, seen, windows)).collect();
    order.sort_by(in_order);
    order.into_iter().take(most).map(|(.., name)| name.to_owned()).collect()
}

fn in_order(a: &Ranked<'_>, b: &Ranked<'_>) -> Ordering {
    a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)).then_with(|| a.2.cmp(b.2))
}

fn ranked<'a>(name: &'a str, seen: PerSide<Option<&JobObservations>>, windows: Windows) -> Ranked<'a> {
    let busy = || seen.iter().flatten().map(|job| job.overlap.busy_us as f64).sum();
    let (change, extent) = fails(seen)
        .or_else(|| silent(seen, windows.ranges))
        .or_else(|| starts_less(seen, windows.longer))
        .or_else(|| durations(seen).filter(|(change, _)| *change == Notable::Slower))
        .or_else(|| overlaps(seen, windows.longer))
        .or_else(|| durations(seen))
        .unwrap_or_else(|| (Notable::None, busy()));
    (change, extent, name)
}

/// A smaller share completes.
fn fails(seen: PerSide<Option<&JobObservations>>) -> Option<(Notable, f64)> {
    let PerSide { baseline: before, stagger: after } = seen.both()?.map(|job| &job.outcomes);
    let decided = PerSide { baseline: before.decided(), stagger: after.decided() };
    if decided.iter().any(|runs| *runs < LEAST_RUNS) {
        return None;
    }
    let PerSide { baseline: all_before, stagger: all_after } = decided.map(|runs| runs as f64);
    let pooled = (before.completed + after.completed) as f64 / (all_before + all_after);
    let error = (pooled * (1.0 - pooled) * (1.0 / all_before + 1.0 / all_after)).sqrt();
    let fall = before.completed as f64 / all_before - after.completed as f64 / all_after;
    (error > 0.0 && fall > APART * error).then_some((Notable::Fails, fall))
}

/// Nothing started for much longer than in the window before.
fn silent(seen: PerSide<Option<&JobObservations>>, ranges: PerSide<Range>) -> Option<(Notable, f64)> {
    let before = seen.baseline.filter(|job| job.outcomes.started() >= LEAST_RUNS)?;
    let (first, last) = ranges.stagger?;
    let Some(after) = seen.stagger.filter(|job| job.first_started.is_some()) else {
        return Some((Notable::Silent, last.since(first).us() as f64));
    };
    let usual = silence_us(before, ranges.baseline)?;
    let silence = silence_us(after, ranges.stagger)?;
    let (from, until) = before.first_started.zip(before.last_started)?;
    let distance = until.since(from).us() / i64::try_from(before.outcomes.started()).ok()?;
    let changed = silence / LONGER > usual && silence / MISSED > distance;
    changed.then_some((Notable::Silent, silence as f64))
}

/// The longest time without a start between the first and the last start of all jobs.
fn silence_us(job: &JobObservations, range: Range) -> Option<i64> {
    let (first, last) = range?;
    let edges = [job.first_started?.since(first), last.since(job.last_started?)];
    edges.into_iter().chain(job.pause.as_ref().map(Pause::length)).map(Span::us).max()
}

/// Fewer runs started for the time.
fn starts_less(seen: PerSide<Option<&JobObservations>>, longer: f64) -> Option<(Notable, f64)> {
    let PerSide { baseline: before, stagger: after } = seen.both()?.map(|job| job.outcomes.started() as f64);
    let expected = before * longer;
    let fall = expected - after;
    // Starts of a schedule scatter less than those of chance.
    let error = (expected * longer + after).sqrt() / 2.0;
    (before >= LEAST_RUNS as f64 && fall > APART * error).then_some((Notable::StartsLess, fall / expected))
}

/// More runs started while an earlier one ran, for the time.
fn overlaps(seen: PerSide<Option<&JobObservations>>, longer: f64) -> Option<(Notable, f64)> {
    let PerSide { baseline: before, stagger: after } =
        seen.both()?.map(|job| job.overlap.overlapping_starts as f64);
    let expected = before * longer;
    let error = (expected * longer + after).sqrt();
    (after - expected > APART * error).then_some((Notable::Overlaps, after - expected))
}

/// Runs take longer, or less long, by the mean number of their cells: a logarithm.
fn durations(seen: PerSide<Option<&JobObservations>>) -> Option<(Notable, f64)> {
    let sums = seen.both()?.map(|job| job.dependence.durations).both()?;
    let PerSide { baseline: before, stagger: after } = sums.map(mean).both()?;
    let rise = after.0 - before.0;
    let error = (before.1 + after.1).sqrt();
    let change = if rise > 0.0 { Notable::Slower } else { Notable::Faster };
    (rise.abs() > APART * error).then_some((change, rise.abs()))
}

/// The mean and the square of its standard error.
fn mean(sums: LagSums) -> Option<(f64, f64)> {
    let (n, sum, squares) = (sums.n as f64, sums.sum as f64, sums.sum_of_squares as f64);
    let mean = sum / n;
    let variance = (squares / n - mean * mean).max(0.0) * n / (n - 1.0);
    (sums.n >= LEAST_RUNS).then_some((mean, variance / n))
}
