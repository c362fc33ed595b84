//! Whether the numbers of an observations file fit each other. Everything after it relies on what the queries
//! guarantee; a file may have been edited.

use super::KeptObservations;
use crate::clock::{SECOND_US, Span, Timestamp};
use crate::observation::pictures::{MOST_BUCKETS, MOST_RUNS as MOST_MINUTE_RUNS, WindowPictures};
use crate::observation::{
    HalfObservations, JobObservations, LARGEST_VALUE, Levels, Outcomes, Pause, SampleGap, Samples,
    TrendPoint, WindowObservations,
};
use crate::window::{Chosen, Exclusion, Period, Window};

/// Most runs of one job, and of a count.
const MOST_RUNS: u64 = 1_000_000_000;
const MOST_JOBS: usize = 1_000_000;
/// Seconds of the longest cycle.
const DAY_S: u32 = 86_400;

/// What is wrong, and where.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("{place}: {what}")]
    Numbers { place: String, what: String },
}

type Checked = Result<(), String>;

fn sound(condition: bool, what: &str) -> Checked {
    if condition { Ok(()) } else { Err(what.to_owned()) }
}

/// `kept` with the durations of each job, those of both halves.
pub(in crate::report) fn checked(mut kept: KeptObservations) -> Result<KeptObservations, Damage> {
    let at = |place: &str| {
        let place = place.to_owned();
        |what| Damage::Numbers { place, what }
    };
    for job in kept.stagger.jobs.values_mut() {
        for half in &job.halves {
            job.durations.merge(&half.durations);
        }
    }
    window(&kept).map_err(at("window"))?;
    let period = kept.period();
    sound(kept.stagger.jobs.len() <= MOST_JOBS, "there are more than a million").map_err(at("jobs"))?;
    let busy: i128 = kept.stagger.jobs.values().map(|job| i128::from(job.overlap.busy_us)).sum();
    sound(busy <= i128::from(i64::MAX / 4), "they occupy more time than there is").map_err(at("jobs"))?;
    for (name, seen) in &kept.stagger.jobs {
        job(seen, period).map_err(at(&format!("job '{}'", crate::legible::name(name))))?;
    }
    levels(&kept).map_err(at("levels"))?;
    failures(&kept.stagger, period).map_err(at("failures"))?;
    trend(&kept.stagger, period).map_err(at("trend"))?;
    pictures(&kept.pictures, period).map_err(at("pictures"))?;
    kept.stagger.samples.values().try_for_each(|seen| samples(seen, period)).map_err(at("samples"))?;
    Ok(kept)
}

fn window(kept: &KeptObservations) -> Checked {
    let period = kept.period();
    sound(period.start < period.end, "it ends before it starts")?;
    sound(period.start < kept.as_of, "it starts after as_of")?;
    let inside = |gap: &Period| period.start <= gap.start && gap.start < gap.end && gap.end <= period.end;
    sound(kept.window.excluded.iter().all(inside), "an excluded period is not inside it")?;
    sound(kept.exclusions.iter().all(|e| e.runs <= MOST_RUNS), "too many runs in an exclusion")
}

fn job(seen: &JobObservations, period: Period) -> Checked {
    let started = outcomes(&seen.outcomes)?;
    let mut halves = Outcomes::default();
    for half in &seen.halves {
        let HalfObservations { outcomes: of_half, durations, on_time } = half;
        outcomes(of_half)?;
        sound(durations.count() <= of_half.completed, "more durations than completed runs in a half")?;
        sound(
            on_time.is_none_or(|runs| runs <= of_half.first_starts()),
            "more starts on time than starts in a half",
        )?;
        halves.merge(of_half);
    }
    sound(halves == seen.outcomes, "the halves do not add up to the outcomes")?;
    let starts: u64 = seen.start_seconds.values().sum();
    sound(starts <= started, "more starts in start_seconds than runs")?;
    let kept = |(second, retries)| seen.start_seconds.get(second).is_some_and(|runs| retries <= runs);
    sound(seen.retry_seconds.iter().all(kept), "more retries than starts in a second")?;
    sound(seen.start_seconds.keys().all(|second| *second < DAY_S), "a start after the end of the cycle")?;
    let delays = &seen.start_delays;
    sound(delays.early <= started && delays.table.count() <= started, "more start_delays than runs")?;
    sound(seen.slow_runs <= started, "more slow_runs than runs")?;
    let anomalies = &seen.anomalies;
    let counts = [
        anomalies.running_with_end,
        anomalies.end_before_start,
        anomalies.final_without_end,
        anomalies.whole_seconds,
        anomalies.longer_than_longest_run,
        seen.overlap.overlapping_starts,
        seen.overlap.suspected_duplicates,
    ];
    sound(counts.iter().all(|count| *count <= MOST_RUNS), "a count beyond a thousand million")?;
    let overlap = &seen.overlap;
    let occupied = 0 <= overlap.overlapped_us && overlap.overlapped_us <= overlap.busy_us;
    sound(occupied, "a negative time of occupation, or more of it overlapped than there is")?;
    let fires = seen.fires.unwrap_or_default();
    sound(
        fires.first_attempts <= MOST_RUNS
            && fires.started_first_attempts <= fires.first_attempts
            && fires.distinct_minutes <= fires.first_attempts
            && fires.started_distinct_minutes <= fires.started_first_attempts,
        "more minutes with fires than first attempts",
    )?;
    sound(seen.schedules.iter().all(|schedule| schedule.runs <= MOST_RUNS), "too many runs of a schedule")?;
    let series = [
        (seen.dependence.durations, seen.durations.count()),
        (seen.dependence.completed, seen.outcomes.decided()),
        (seen.dependence.failed, seen.outcomes.decided()),
        (seen.dependence.on_time, started),
    ];
    let counted = series.iter().all(|(sums, runs)| sums.is_none_or(|sums| sums.n <= *runs));
    sound(counted, "a series of more runs than there are")?;
    let moments = [seen.first_started, seen.last_started].into_iter().flatten();
    sound(moments.into_iter().all(|at| period.contains(at)), "a first or last start outside the window")?;
    let pause_fits = |pause: Pause| {
        pause.seconds >= 0
            && pause.seconds <= period.length().us() / SECOND_US
            && pause.until < period.end
            && pause.from(&[]) > period.start.plus(Span::seconds(-2))
    };
    sound(seen.pause.is_none_or(pause_fits), "a pause outside the window")?;
    sound(seen.first_started <= seen.last_started, "a last start before the first")
}

/// The started runs.
fn outcomes(outcomes: &Outcomes) -> Result<u64, String> {
    let counts = [
        outcomes.completed,
        outcomes.failed,
        outcomes.timed_out,
        outcomes.cancelled,
        outcomes.in_flight,
        outcomes.orphaned,
        outcomes.skipped_lock,
        outcomes.skipped_overlap,
        outcomes.skipped_other,
    ];
    sound(counts.iter().all(|count| *count <= MOST_RUNS), "more runs than one job can have")?;
    let ended = outcomes.completed + outcomes.failed + outcomes.timed_out + outcomes.cancelled;
    sound(
        outcomes.retries <= outcomes.decided()
            && outcomes.completed_retries <= outcomes.completed.min(outcomes.retries)
            && outcomes.completed_second <= outcomes.completed_retries
            && outcomes.started_retries <= outcomes.started(),
        "more retries than runs",
    )?;
    sound(outcomes.failed_to_start <= ended, "more runs that failed to start than ended")?;
    Ok(outcomes.started())
}

fn levels(kept: &KeptObservations) -> Checked {
    let Levels { time_at_level_us, peak_at, .. } = &kept.stagger.levels;
    let gap = |period: &Period| Exclusion { period: *period, reason: String::new() };
    let gaps: Vec<Exclusion> = kept.window.excluded.iter().map(gap).collect();
    let observed = Window::observe(kept.period(), kept.as_of, &gaps, Chosen::Given, None).observed_length();
    let time: i128 = time_at_level_us.iter().map(|us| i128::from(*us)).sum();
    sound(time_at_level_us.iter().all(|us| *us >= 0), "a negative time")?;
    sound(
        time_at_level_us.is_empty() || time == i128::from(observed.us()),
        "the times do not add up to the observed length",
    )?;
    sound(
        peak_at.is_some() == (time_at_level_us.len() > 1),
        "a peak without a moment, or the other way round",
    )?;
    let burst = kept.stagger.start_burst.map_or(0, |burst| burst.runs);
    let WindowObservations { rows_out_of_scope, rows_after_as_of, rows_open, rows_unplaced, .. } =
        kept.stagger;
    let WindowObservations {
        rows_unplaced_aside,
        rows_excluded,
        rows_read,
        rows_zoneless,
        rows_in_clock_change,
        ..
    } = kept.stagger;
    let rows = [
        burst,
        rows_out_of_scope,
        rows_after_as_of,
        rows_open,
        rows_unplaced,
        rows_unplaced_aside,
        rows_excluded,
        rows_read.unwrap_or(0),
        rows_zoneless,
        rows_in_clock_change,
    ];
    sound(rows.iter().all(|rows| *rows <= MOST_RUNS * MOST_RUNS), "a count that no table has")
}

fn failures(seen: &WindowObservations, period: Period) -> Checked {
    sound(seen.failures.iter().all(|failure| failure.runs <= MOST_RUNS), "too many runs of a message")?;
    let inside = seen.failures.iter().all(|failure| period.contains(failure.first_seen));
    sound(inside, "one that was first seen outside the window")
}

fn trend(seen: &WindowObservations, period: Period) -> Checked {
    let bucket_us = seen.trend.bucket_us;
    sound(bucket_us >= 0 && (bucket_us > 0 || seen.trend.points.is_empty()), "a bucket without a length")?;
    let fits = |point: &TrendPoint| {
        let durations = i128::from(point.durations);
        let sum = i128::from(point.sum_us);
        let range = i128::from(point.min_us)..=i128::from(point.max_us);
        point.runs <= MOST_RUNS * MOST_RUNS
            && point.failed <= point.runs
            && point.durations <= point.runs
            && point.min_us >= 0
            && point.min_us <= point.max_us
            && (durations * range.start()..=durations * range.end()).contains(&sum)
            && (0..=point.p95_high_us).contains(&point.p95_low_us)
            && near(point.at.us(), bucket_us, period)
    };
    sound(seen.trend.points.iter().all(fits), "a point whose numbers do not fit each other")
}

fn samples(seen: &Samples, period: Period) -> Checked {
    sound(
        seen.n.max(seen.unusable) <= MOST_RUNS && seen.instants <= seen.n,
        "more than one window can have",
    )?;
    sound(
        seen.range.is_some() == (seen.n > 0) && seen.between.is_some() == (seen.n > 0),
        "a range without samples, or the other way round",
    )?;
    let usual = |value: f64| value.abs() <= LARGEST_VALUE;
    let [low, high] = seen.range.unwrap_or_default();
    sound(usual(low) && usual(high) && low <= high, "a smallest value above the largest")?;
    sound(seen.sum.is_finite(), "a sum beyond all numbers")?;
    let mean = if seen.n > 0 { seen.sum.value() / seen.n as f64 } else { 0.0 };
    let slack = 1e-12 * low.abs().max(high.abs());
    sound((low - slack..=high + slack).contains(&mean), "a mean that no such values have")?;
    let inside =
        |[first, last]: [Timestamp; 2]| period.contains(first) && period.contains(last) && first <= last;
    sound(seen.between.is_none_or(inside), "a sample outside the window")?;
    let fits = |gap: SampleGap| {
        (0..=gap.until.since(gap.from).us()).contains(&gap.length_us) && inside([gap.from, gap.until])
    };
    sound(seen.gap.is_none_or(fits), "a gap outside the window")
}

fn pictures(pictures: &WindowPictures, period: Period) -> Checked {
    let levels = &pictures.levels;
    sound(
        levels.bucket_us >= 0 && (levels.bucket_us > 0 || levels.points.is_empty()),
        "a bucket without a length",
    )?;
    sound(i64::try_from(levels.points.len()).is_ok_and(|n| n <= MOST_BUCKETS), "too many levels over time")?;
    let fits = levels.points.iter().all(|point| {
        point.observed_us > 0
            && point.observed_us <= levels.bucket_us
            && point.occupied_us >= 0
            && point.peak <= MOST_RUNS
            && near(point.at.us(), levels.bucket_us, period)
    });
    sound(fits, "a level over time whose numbers do not fit each other")?;
    let Some(minute) = &pictures.busiest_minute else { return Ok(()) };
    let fits = i64::try_from(minute.runs.len()).is_ok_and(|n| n <= MOST_MINUTE_RUNS)
        && minute.runs_left_out <= MOST_RUNS
        && minute.runs.iter().all(|run| run.start <= run.end);
    sound(fits, "a busiest minute whose numbers do not fit each other")
}

/// Whether a bucket that begins `at` touches the window.
fn near(at: i64, bucket_us: i64, period: Period) -> bool {
    at < period.end.us() && at.saturating_add(bucket_us) > period.start.us()
}
