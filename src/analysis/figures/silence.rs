//! Stretches of a window in which nothing of a job started, though much should have: at its edges, and inside the
//! window after the change.

use serde::{Deserialize, Serialize};

use crate::clock::{Span, Timestamp};
use crate::observation::{Observations, Pause, WindowObservations};
use crate::window::{PerSide, Period, Side, Window};

/// Fewest runs that would have started in a silence at the pace of the rest of the window.
const LEAST_EXPECTED: f64 = 10.0;
/// A silence is longer than this part of the observed window.
const LEAST_PART: i64 = 10;
/// A silence is this many times as long as any other stretch without a start.
const UNLIKE: i64 = 2;

/// Where in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Before the first run.
    Start,
    /// After the last run.
    End,
    /// Between two runs.
    Inside,
}

/// A stretch of a window in which nothing started, though at the pace of the rest of the window at least ten runs
/// should have; longer than a tenth of the window, and twice as long as any other such stretch. One between two
/// runs is one where other jobs went on, and the longest observed one of its job.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Silence {
    /// Which window.
    pub window: Side,
    /// At which of its edges, or inside.
    pub edge: Edge,
    /// The first start after it; of one at the end, the last before it. Of one inside, to the second.
    pub run_at: Timestamp,
    /// Its observed length, seconds.
    pub seconds: f64,
    /// Runs that would have started in it at the pace of the rest of the window; of the other window where there was
    /// a single run.
    pub expected: f64,
    /// The table holds nothing earlier either.
    pub table_begins: bool,
}

/// The starts of a job, or of all, in a window.
#[derive(Clone, Copy)]
struct Starts {
    first: Timestamp,
    last: Timestamp,
    runs: u64,
}

/// The silences of each of `jobs`, and those of all together. A job is not silent in a window in
/// which it was not to run, or answered every fire.
pub(in crate::analysis) fn find<'a>(
    observations: &Observations,
    jobs: impl Iterator<Item = (&'a str, PerSide<bool>)>,
) -> (Vec<Silence>, Vec<Vec<Silence>>) {
    let of = |(job, answered): (&str, PerSide<bool>)| {
        let starts = PerSide::of(|side| {
            let seen = observations.get(side).job(job)?;
            Some(Starts {
                first: seen.first_started?,
                last: seen.last_started?,
                runs: seen.outcomes.started(),
            })
        });
        let inner = |side| {
            let pause = observations.get(side).job(job)?.pause?;
            Some(pause.length())
        };
        let inner = Side::BOTH.into_iter().filter_map(inner).fold(Span(0), Span::max);
        let mut found = silences(observations, starts, inner);
        found.extend(starts.stagger.and_then(|starts| pause(observations, job, starts)));
        found.retain(|silence| !answered.get(silence.window));
        found
    };
    let starts = PerSide::of(|side| together(observations.get(side)));
    (silences(observations, starts, gaps_of_all(observations)), jobs.map(of).collect())
}

/// The observed seconds of a window without its silences.
pub(in crate::analysis) fn active_seconds(silences: &[Silence], observed: PerSide<f64>) -> PerSide<f64> {
    let silent = |side: Side| -> f64 {
        silences.iter().filter(|silence| silence.window == side).map(|silence| silence.seconds).sum()
    };
    PerSide::of(|side| observed.get(side) - silent(side))
}

fn together(window: &WindowObservations) -> Option<Starts> {
    let jobs = || window.jobs.values();
    Some(Starts {
        first: jobs().filter_map(|seen| seen.first_started).min()?,
        last: jobs().filter_map(|seen| seen.last_started).max()?,
        runs: jobs().map(|seen| seen.outcomes.started()).sum(),
    })
}

fn silences(observations: &Observations, starts: PerSide<Option<Starts>>, inner: Span) -> Vec<Silence> {
    let table_begins = |side: Side, edge, starts: &Starts| {
        side == Side::Baseline
            && edge == Edge::Start
            && observations.coverage.first_started.is_some_and(|first| first >= starts.first)
    };
    let mut all = Vec::new();
    for side in Side::BOTH {
        let Some(starts) = starts.get(side) else { continue };
        let window = observations.windows.get(side);
        all.extend(edges(window, starts).map(|(edge, gap)| (side, edge, *starts, gap)));
    }
    // Runs of the other window, for a microsecond.
    let usual_runs = |side: Side| {
        let other = if side == Side::Baseline { Side::Stagger } else { Side::Baseline };
        let observed = observations.windows.get(other).observed_length().us().max(1);
        starts.get(other).map_or(0.0, |starts| starts.runs as f64 / observed as f64)
    };
    let long_enough = |&(side, edge, starts, gap): &(Side, Edge, Starts, Span)| {
        let window = observations.windows.get(side);
        let observed = window.observed_length();
        let silent: i64 = all.iter().filter(|other| other.0 == side).map(|other| other.3.us()).sum();
        let active = observed.us() - silent;
        // A single run has no pace of its own.
        let expected = if starts.first < starts.last {
            starts.runs as f64 * gap.us() as f64 / active.max(1) as f64
        } else {
            usual_runs(side) * gap.us() as f64
        };
        // what the table no longer holds says nothing about how the job runs
        let others = all.iter().filter(|other| other.0 != side && !table_begins(other.0, other.1, &other.2));
        let usual = others.map(|other| other.3).fold(inner, Span::max);
        let is_silence = gap.us() > observed.us() / LEAST_PART
            && gap.us() > usual.us().saturating_mul(UNLIKE)
            && expected >= LEAST_EXPECTED;
        is_silence.then(|| Silence {
            window: side,
            edge,
            run_at: if edge == Edge::Start { starts.first } else { starts.last },
            seconds: gap.as_seconds(),
            expected: expected.round(),
            table_begins: table_begins(side, edge, &starts),
        })
    };
    all.iter().filter_map(long_enough).collect()
}

/// The longest stretch of the window after the change in which a job started nothing between two runs, and others
/// did.
fn pause(observations: &Observations, job: &str, starts: Starts) -> Option<Silence> {
    let before = observations.baseline.job(job).filter(|seen| seen.outcomes.started() > 0)?;
    let pause = observations.stagger.job(job)?.pause?;
    let window = observations.windows.get(Side::Stagger);
    let (gap, observed) = (pause.length(), window.observed_length());
    let usual = before.pause.map_or(0, |pause| pause.length().us());
    let active = observed.us() - gap.us();
    let expected = starts.runs as f64 * gap.us() as f64 / active.max(1) as f64;
    let is_silence = gap.us() > observed.us() / LEAST_PART
        && gap.us() > usual.saturating_mul(UNLIKE)
        && expected >= LEAST_EXPECTED
        && others_ran(observations, job, &pause);
    is_silence.then(|| Silence {
        window: Side::Stagger,
        edge: Edge::Inside,
        run_at: pause.until,
        seconds: gap.as_seconds(),
        expected: expected.round(),
        table_begins: false,
    })
}

/// Whether another job started a run in a bucket of the trend that lies within the pause.
fn others_ran(observations: &Observations, job: &str, pause: &Pause) -> bool {
    let trend = &observations.stagger.trend;
    let from = pause.from(&observations.windows.stagger.excluded);
    let within = |at: Timestamp| from <= at && at.plus(Span(trend.bucket_us)) <= pause.until;
    let other = |name: Option<&str>| name != Some(job);
    trend.points.iter().any(|point| point.runs > 0 && within(point.at) && other(point.job.as_deref()))
}

/// The observed time before the first start, and after the last.
fn edges(window: &Window, starts: &Starts) -> [(Edge, Span); 2] {
    let Period { start, end } = window.period;
    [
        (Edge::Start, observed_between(window, start, starts.first)),
        (Edge::End, observed_between(window, starts.last, end)),
    ]
}

fn observed_between(window: &Window, from: Timestamp, until: Timestamp) -> Span {
    let part = |part: &Period| until.min(part.end).since(from.max(part.start)).us().max(0);
    Span(window.observed.iter().map(part).sum())
}

/// The longest stretch of empty buckets of all jobs together, between their runs.
fn gaps_of_all(observations: &Observations) -> Span {
    let of = |side: Side| {
        let trend = &observations.get(side).trend;
        let mut at: Vec<Timestamp> =
            trend.points.iter().filter(|point| point.runs > 0).map(|point| point.at).collect();
        at.sort();
        let empty = at.windows(2).map(|pair| match pair {
            [before, after] => after.since(*before).us() - trend.bucket_us,
            _ => 0,
        });
        Span(empty.max().unwrap_or(0))
    };
    Side::BOTH.into_iter().map(of).fold(Span(0), Span::max)
}
