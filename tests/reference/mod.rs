//! What the two windows show, worked out from rows in memory the long way: straight from the
//! definitions, with none of the program's own arithmetic, so that the two can be held against each
//! other. Quadratic on purpose; every rule is written where it is used.
//!
//! Readings that the definitions leave open:
//! - The old name of a job becomes the new one, then a window's condition picks the rows, then rows from
//!   `as_of` on leave, then `dedupe_within` joins what is left.
//! - A joined run has the latest end among its rows of a final status (of all rows where none is final:
//!   it stays running, with an impossible end), and of everything else what some row recorded: the least
//!   attempt, scheduled moment and message (in bytes, after cutting), the greatest schedule and offset.
//! - Rows out of scope and rows after `as_of` are counted in the whole window, excluded periods included;
//!   the former after joining, the latter as stored and in scope only.
//! - "Up to `longest_run` before the window's start" includes the run that started exactly so long before.
//! - A job that is running twice at the peak is named once.
//! - Times are whole seconds when start and end are; `scheduled_at` nearly always is.
//! - The window as asked for decides on the trend's buckets, so that they keep their length while it
//!   fills. A bucket in which nothing started has no point. Jobs rank by busy time whether or not a run of
//!   theirs started.
//! - A job that nothing but a late first attempt or a row without a start shows is listed. A row that says
//!   that it runs and has no start names no fire. "Whenever it started" ends `longest_run` before and after
//!   the window.
// Every test program includes this module and uses its own part of it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

mod occupancy;
mod pictures;
mod punctual;
mod rows;
mod trend;

use std::collections::{BTreeMap, BTreeSet};

use jobdelta::clock::Timestamp;
use jobdelta::observation::pictures::ObservedPictures;
use jobdelta::observation::{
    Anomalies, Dependence, DurationTable, FailureText, FireCounts, HalfObservations, JobObservations,
    LagSums, OPENINGS, Opening, Openings, Outcomes, Overlap, Pause, RecordedSchedule, StartBurst,
    StartDelays, WindowObservations,
};
use jobdelta::run::Status;
use jobdelta::window::PerSide;

pub use rows::Row;

const SECOND: i64 = 1_000_000;

/// A declared job, as far as observing needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub name: String,
    pub was: Option<String>,
    /// Expression, and the offset in each window in seconds.
    pub schedule: Option<(String, [i64; 2])>,
    pub orphan_after_us: Option<i64>,
}

/// What is asked of the rows. Instants and lengths are in microseconds.
#[derive(Clone, Debug)]
pub struct Question {
    pub as_of: i64,
    /// Start and end of baseline and stagger.
    pub windows: [(i64, i64); 2],
    /// The one worker whose rows a window is limited to.
    pub only_worker: [Option<String>; 2],
    pub exclusions: Vec<(i64, i64)>,
    pub jobs: Vec<Declared>,
    /// Whether rows of undeclared jobs are out of scope.
    pub declared_only: bool,
    pub longest_run_us: i64,
    pub orphan_after_us: i64,
    pub nothing_in_flight: bool,
    pub slow_after_us: i64,
    pub cycle_s: i64,
    pub on_time_within_s: i64,
    pub burst_window_us: i64,
    pub dedupe_within_us: Option<i64>,
}

/// What the rows show.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub baseline: WindowObservations,
    pub stagger: WindowObservations,
    pub pictures: ObservedPictures,
    pub excluded_runs: Vec<u64>,
    pub first_started: Option<i64>,
    pub last_started: Option<i64>,
}

impl Question {
    /// The observed part of a window: stretches in order, which may touch.
    pub fn observed(&self, side: usize) -> Vec<(i64, i64)> {
        let (start, end) = self.windows[side];
        let end = end.min(self.as_of);
        let mut cuts: Vec<i64> = self.exclusions.iter().flat_map(|&(from, to)| [from, to]).collect();
        cuts.extend([start, end]);
        cuts.sort_unstable();
        let outside = |at: i64| !self.exclusions.iter().any(|&(from, to)| from <= at && at < to);
        let stretches = cuts.windows(2).map(|pair| (pair[0], pair[1]));
        stretches.filter(|&(from, to)| from < to && start <= from && to <= end && outside(from)).collect()
    }

    /// Whether at least half of the observed length, less half a microsecond where it is odd, lies before
    /// `at`.
    fn is_in_second_half(&self, side: usize, at: i64) -> bool {
        let observed = self.observed(side);
        let length: i64 = observed.iter().map(|(from, to)| to - from).sum();
        let passed: i64 = observed.iter().map(|&(from, to)| (at.min(to) - from).max(0)).sum();
        2 * passed + 1 >= length
    }

    /// The rows that a window's condition picks, under their present names.
    pub fn selected(&self, rows: &[Row], side: usize) -> Vec<Row> {
        rows::selected(rows, self, side)
    }

    pub fn in_scope(&self, job: &str) -> bool {
        !self.declared_only || self.jobs.is_empty() || self.jobs.iter().any(|declared| declared.name == job)
    }

    fn declared(&self, job: &str) -> Option<&Declared> {
        self.jobs.iter().find(|declared| declared.name == job)
    }

    /// Whether a row of status `running` may still be running.
    fn still_runs(&self, row: &Row) -> bool {
        let own = self.declared(&row.job).and_then(|declared| declared.orphan_after_us);
        !self.nothing_in_flight && self.as_of - row.started_us < own.unwrap_or(self.orphan_after_us)
    }
}

/// The whole answer.
pub fn observe(everything: &[Row], question: &Question) -> Seen {
    let (rows, startless) = (rows::with_start(everything, true), rows::with_start(everything, false));
    let rows = &rows[..];
    let [mut baseline, mut stagger] = [0, 1].map(|side| window(rows, &startless, question, side));
    let shown = trend::shown_jobs(question, &baseline, &stagger);
    baseline.trend = trend::trend(&rows::of_window(rows, question, 0), question, 0, &shown);
    stagger.trend = trend::trend(&rows::of_window(rows, question, 1), question, 1, &shown);
    let mut all = rows::runs(rows, question);
    all.extend(rows::before_as_of(&startless, question));
    let excluded_runs = question.exclusions.iter().map(|&(from, to)| {
        let inside = |row: &&Row| row.placed_us().is_some_and(|at| from <= at && at < to);
        let runs = all.iter().filter(|row| row.status != Status::Skipped && question.in_scope(&row.job));
        count(runs.filter(inside))
    });
    let starts = || rows.iter().map(|row| row.started_us).filter(|at| *at < question.as_of);
    Seen {
        pictures: pictures(rows, question, [&baseline, &stagger]),
        baseline,
        stagger,
        excluded_runs: excluded_runs.collect(),
        first_started: starts().min(),
        last_started: starts().max(),
    }
}

fn pictures(rows: &[Row], question: &Question, windows: [&WindowObservations; 2]) -> ObservedPictures {
    let [before, after] = [0, 1].map(|side| {
        let everything = rows::of_window(rows, question, side);
        let runs: Vec<Row> = everything.into_iter().filter(|row| question.in_scope(&row.job)).collect();
        let occupancies = occupancy::occupancies(&runs, question, side);
        (
            pictures::levels_over_time(&occupancies, question, side),
            pictures::busiest_minute(&occupancies, &windows[side].levels),
        )
    });
    ObservedPictures {
        levels: PerSide { baseline: before.0, stagger: after.0 },
        busiest_minute: PerSide { baseline: before.1, stagger: after.1 },
    }
}

/// One window without its trend.
fn window(rows: &[Row], startless: &[Row], question: &Question, side: usize) -> WindowObservations {
    let observed = question.observed(side);
    let is_observed = |at: i64| observed.iter().any(|&(from, to)| from <= at && at < to);
    let belongs = |row: &Row| row.placed_us().is_some_and(is_observed);
    let everything = rows::of_window(rows, question, side);
    let runs: Vec<Row> = everything.iter().filter(|row| question.in_scope(&row.job)).cloned().collect();
    let startless = rows::selected(startless, question, side);
    let (startless_in_scope, startless_out): (Vec<Row>, Vec<Row>) =
        startless.iter().cloned().partition(|row| question.in_scope(&row.job));
    let failed_to_start = rows::before_as_of(&startless_in_scope, question);
    // First attempts by the fire that they name, of those that are looked at.
    let (window_start, window_end) = question.windows[side];
    let (from, until) = (window_start - question.longest_run_us, window_end + question.longest_run_us);
    let attempts: Vec<&Row> = runs
        .iter()
        .chain(&failed_to_start)
        .filter(|row| row.is_first_attempt() && row.fire_us().is_some_and(is_observed))
        .filter(|row| row.placed_us().is_some_and(|at| from <= at && at < until))
        .filter(|row| question.declared(&row.job).is_some_and(|declared| declared.schedule.is_some()))
        .collect();
    let occupancies = occupancy::occupancies(&runs, question, side);

    let mut names: Vec<&String> = runs.iter().filter(|row| belongs(row)).map(|row| &row.job).collect();
    names.extend(failed_to_start.iter().filter(|row| belongs(row)).map(|row| &row.job));
    names.extend(attempts.iter().map(|row| &row.job));
    names.extend(occupancies.iter().filter(|o| o.observed_us(&observed) > 0).map(|o| &o.job));
    let jobs: BTreeMap<String, JobObservations> = names
        .into_iter()
        .map(|name| {
            let own: Vec<&Row> = runs.iter().filter(|row| &row.job == name && belongs(row)).collect();
            let met = occupancy::overlap(name, &own, &occupancies, &observed);
            let mut seen = job(name, &own, question, side, met);
            let without: Vec<&Row> =
                failed_to_start.iter().filter(|row| &row.job == name && belongs(row)).collect();
            add_startless(&mut seen, &without, question, side);
            let own: Vec<&Row> = attempts.iter().copied().filter(|row| &row.job == name).collect();
            seen.fires = fires(name, &own, question, side);
            (name.clone(), seen)
        })
        .collect();

    let started: Vec<&Row> =
        runs.iter().filter(|row| belongs(row) && row.status != Status::Skipped).collect();
    let in_window = |row: &Row| row.placed_us().is_some_and(|at| window_start <= at && at < window_end);
    let is_late = |row: &Row| row.placed_us().is_some_and(|at| question.as_of <= at);
    let late = rows::selected(rows, question, side).into_iter().filter(|row| is_late(row));
    let all: Vec<Row> = everything.iter().cloned().chain(late).chain(startless.iter().cloned()).collect();
    let in_scope = || all.iter().filter(|row| question.in_scope(&row.job));
    let out_of_scope = everything.iter().filter(|row| in_window(row) && !question.in_scope(&row.job));
    let startless_there = startless_out.iter().filter(|row| in_window(row) && !is_late(row));
    let mut jobs_out_of_scope: BTreeMap<String, u64> = BTreeMap::new();
    for row in out_of_scope.chain(startless_there) {
        *jobs_out_of_scope.entry(row.job.clone()).or_default() += 1;
    }
    let rows_out_of_scope = jobs_out_of_scope.values().sum();
    let unplaced_out = count(startless_out.iter().filter(|row| row.placed_us().is_none()));
    let may_belong = in_scope().filter(|row| in_window(row) || row.placed_us().is_none());
    let excluded = in_scope().filter(|row| {
        in_window(row)
            && !is_late(row)
            && question
                .exclusions
                .iter()
                .any(|&(from, to)| row.placed_us().is_some_and(|at| from <= at && at < to))
    });
    let failed = started.iter().copied().chain(failed_to_start.iter().filter(|row| belongs(row)));
    WindowObservations {
        jobs: jobs.into_iter().map(|(name, job)| (name, Box::new(job))).collect(),
        levels: occupancy::levels(&occupancies, &observed),
        start_burst: start_burst(&started, question.burst_window_us),
        failures: failures(&failed.collect::<Vec<_>>()),
        trend: jobdelta::observation::Trend::default(),
        rows_out_of_scope,
        jobs_out_of_scope,
        rows_after_as_of: count(
            rows::selected(rows, question, side)
                .iter()
                .chain(&startless_in_scope)
                .filter(|row| in_window(row) && is_late(row) && question.in_scope(&row.job)),
        ),
        rows_open: 0,
        rows_unplaced: count(startless_in_scope.iter().filter(|row| row.placed_us().is_none())),
        rows_unplaced_aside: unplaced_out,
        rows_excluded: excluded.count() as u64,
        rows_read: Some(may_belong.count() as u64 + rows_out_of_scope + unplaced_out),
        // The times of `job_runs` are instants, or in UTC.
        rows_zoneless: 0,
        rows_in_clock_change: 0,
        samples: BTreeMap::new(),
    }
}

/// One job from its rows that started in the observed part.
fn job(name: &str, rows: &[&Row], question: &Question, side: usize, overlap: Overlap) -> JobObservations {
    let started: Vec<&Row> = rows.iter().copied().filter(|row| row.status != Status::Skipped).collect();
    let mut seen = JobObservations { overlap, ..JobObservations::default() };
    seen.outcomes = outcomes(rows, question);
    let punctual = punctual::seconds(question, name, side);
    seen.halves = [false, true].map(|second| {
        let own: Vec<&Row> = rows
            .iter()
            .copied()
            .filter(|row| question.is_in_second_half(side, row.started_us) == second)
            .collect();
        let completed = own.iter().filter(|row| row.status == Status::Success);
        HalfObservations {
            outcomes: outcomes(&own, question),
            durations: table(completed.filter_map(|row| row.length())),
            on_time: punctual.as_ref().map(|seconds| {
                let started = own.iter().filter(|row| row.status != Status::Skipped);
                count(started.filter(|row| row.attempt <= Some(1)).filter(|row| is_on_time(seconds, row)))
            }),
        }
    });
    seen.anomalies = anomalies(&started, question, side);
    seen.first_started = started.iter().map(|row| Timestamp(row.started_us)).min();
    seen.last_started = started.iter().map(|row| Timestamp(row.started_us)).max();
    let mut starts: Vec<i64> = started.iter().map(|row| row.started_us).collect();
    starts.sort_unstable();
    seen.pause = starts.windows(2).map(|pair| pause(pair[0], pair[1], question, side)).max();
    seen.durations =
        table(started.iter().filter(|row| row.status == Status::Success).filter_map(|row| row.length()));
    seen.slow_runs =
        count(started.iter().filter(|row| row.length().is_some_and(|us| us >= question.slow_after_us)));
    for row in &started {
        let second = row.started_us.div_euclid(SECOND).rem_euclid(question.cycle_s);
        let second = u32::try_from(second).unwrap();
        *seen.start_seconds.entry(second).or_default() += 1;
        if row.attempt > Some(1) {
            *seen.retry_seconds.entry(second).or_default() += 1;
        }
    }
    let delays: Vec<i64> = started
        .iter()
        .filter(|row| row.attempt <= Some(1))
        .filter_map(|row| Some(row.started_us - row.scheduled_us?))
        .collect();
    seen.start_delays = StartDelays {
        early: count(delays.iter().filter(|delay| **delay < 0)),
        table: table(delays.into_iter().filter(|delay| *delay >= 0)),
    };
    seen.schedules = schedules(&started);
    seen.openings = openings(&started, question);
    seen.dependence = dependence(&started, question, punctual.as_deref());
    seen
}

/// Longest first, of equal ones the last, without what is excluded; the moment without its part of a second.
fn pause(last: i64, next: i64, question: &Question, side: usize) -> Pause {
    let observed: i64 =
        question.observed(side).into_iter().map(|(from, to)| (next.min(to) - last.max(from)).max(0)).sum();
    Pause { seconds: observed / SECOND, until: Timestamp(next / SECOND * SECOND) }
}

/// Rows without a start count in their outcome and in nothing else of the job.
fn add_startless(seen: &mut JobObservations, rows: &[&Row], question: &Question, side: usize) {
    for row in rows {
        let mut one = outcomes(&[*row], question);
        one.failed_to_start = u64::from(row.status != Status::Skipped);
        seen.outcomes.merge(&one);
        let half = question.is_in_second_half(side, row.placed_us().unwrap());
        seen.halves[usize::from(half)].outcomes.merge(&one);
    }
}

/// First attempts and the minutes of the fires that they name.
fn fires(name: &str, attempts: &[&Row], question: &Question, side: usize) -> Option<FireCounts> {
    let (_, offsets) = question.declared(name)?.schedule.as_ref()?;
    let minute = |row: &&Row| (row.fire_us().unwrap() - offsets[side] * SECOND).div_euclid(60 * SECOND);
    let started = || attempts.iter().filter(|row| row.status != Status::Skipped && !row.has_no_start);
    Some(FireCounts {
        first_attempts: count(attempts),
        distinct_minutes: count(attempts.iter().map(minute).collect::<BTreeSet<i64>>()),
        started_first_attempts: count(started()),
        started_distinct_minutes: count(started().map(minute).collect::<BTreeSet<i64>>()),
    })
}

/// Whether a run started at one of the seconds of the cycle at which a start is on time.
fn is_on_time(seconds: &[bool], row: &Row) -> bool {
    let cycle = i64::try_from(seconds.len()).unwrap();
    seconds[usize::try_from(row.started_us.div_euclid(SECOND).rem_euclid(cycle)).unwrap()]
}

/// The runs in the order of start, end and outcome; a run that did not end has no end, and none comes last.
fn in_order<'a>(started: &[&'a Row], question: &Question) -> Vec<(i64, i64, &'static str, &'a Row)> {
    let outcome = |row: &Row| match row.status {
        Status::Success => "completed",
        Status::Failed => "failed",
        Status::Timeout => "timed_out",
        Status::Cancelled => "cancelled",
        _ if question.still_runs(row) => "in_flight",
        _ => "orphaned",
    };
    let mut known: Vec<(i64, i64, &str, &Row)> = started
        .iter()
        .map(|row| {
            let end = row.finished_us.filter(|_| row.status != Status::Running).unwrap_or(i64::MAX);
            (row.started_us, end, outcome(row), *row)
        })
        .collect();
    known.sort_by_key(|(start, end, outcome, _)| (*start, *end, *outcome));
    known
}

/// The number of the cell of a duration.
fn cell(us: i64) -> i64 {
    let (mut leading, mut cell) = (representative(us), 0);
    while leading >= 1_000 {
        (leading, cell) = (leading / 10, cell + 900);
    }
    leading + cell
}

/// The first runs.
fn openings(started: &[&Row], question: &Question) -> Openings {
    let known = in_order(started, question);
    let opening = |most: u64| {
        let first = &known[..known.len().min(usize::try_from(most).unwrap())];
        let completed = first.iter().filter(|(_, _, outcome, _)| *outcome == "completed");
        let cells: Vec<i64> = completed.filter_map(|(.., row)| row.length()).map(cell).collect();
        Opening {
            durations: cells.len() as u64,
            cell_sum: cells.iter().sum(),
            least_cell: cells.iter().min().copied().unwrap_or(0),
            until: Timestamp(first.last().unwrap().0),
        }
    };
    (!known.is_empty()).then(|| Box::new(OPENINGS.map(opening)))
}

/// The series of measured durations, of known outcomes and of starts on time, in the order of start, end and
/// outcome; a run that did not end has no end, and none comes last. A series without runs is not measured,
/// and durations are where an outcome is known.
fn dependence(started: &[&Row], question: &Question, punctual: Option<&[bool]>) -> Dependence {
    let mut known = in_order(started, question);
    let firsts: Vec<&Row> = known.iter().map(|(.., row)| *row).filter(|row| row.attempt <= Some(1)).collect();
    let on_time = punctual.filter(|_| !firsts.is_empty()).map(|seconds| {
        lag_sums(&firsts.iter().map(|row| i64::from(is_on_time(seconds, row))).collect::<Vec<_>>())
    });
    known.retain(|(_, _, outcome, _)| !["cancelled", "in_flight"].contains(outcome));
    if known.is_empty() {
        return Dependence { on_time, ..Dependence::default() };
    }
    let outcomes: Vec<&str> = known.iter().map(|(_, _, outcome, _)| *outcome).collect();
    let cells: Vec<i64> = known
        .iter()
        .filter(|(_, _, outcome, _)| *outcome == "completed")
        .filter_map(|(.., row)| row.length())
        .map(cell)
        .collect();
    let of =
        |words: &[&str]| lag_sums(&outcomes.iter().map(|o| i64::from(words.contains(o))).collect::<Vec<_>>());
    Dependence {
        durations: Some(lag_sums(&cells)),
        completed: Some(of(&["completed"])),
        failed: Some(of(&["failed", "timed_out"])),
        on_time,
    }
}

fn lag_sums(series: &[i64]) -> LagSums {
    LagSums {
        n: count(series.iter()),
        sum: series.iter().sum(),
        sum_of_squares: series.iter().map(|x| x * x).sum(),
        sum_of_products: series.windows(2).map(|pair| pair[0] * pair[1]).sum(),
        first: series.first().copied().unwrap_or(0),
        last: series.last().copied().unwrap_or(0),
    }
}

fn outcomes(rows: &[&Row], question: &Question) -> Outcomes {
    let of = |status: Status| rows.iter().filter(move |row| row.status == status);
    let skipped = |reasons: &dyn Fn(Option<&str>) -> bool| {
        count(of(Status::Skipped).filter(|row| reasons(row.skip_reason.as_deref())))
    };
    let is_decided = |row: &Row| match row.status {
        Status::Success | Status::Failed | Status::Timeout => true,
        Status::Running => !question.still_runs(row),
        Status::Skipped | Status::Cancelled => false,
    };
    Outcomes {
        completed: count(of(Status::Success)),
        failed: count(of(Status::Failed)),
        timed_out: count(of(Status::Timeout)),
        cancelled: count(of(Status::Cancelled)),
        in_flight: count(of(Status::Running).filter(|row| question.still_runs(row))),
        orphaned: count(of(Status::Running).filter(|row| !question.still_runs(row))),
        skipped_lock: skipped(&|reason| reason == Some("lock")),
        skipped_overlap: skipped(&|reason| reason == Some("overlap")),
        skipped_other: skipped(&|reason| reason != Some("lock") && reason != Some("overlap")),
        failed_to_start: 0,
        retries: count(rows.iter().filter(|row| is_decided(row) && row.attempt > Some(1))),
        completed_retries: count(of(Status::Success).filter(|row| row.attempt > Some(1))),
        completed_second: count(of(Status::Success).filter(|row| row.attempt == Some(2))),
        started_retries: count(
            rows.iter()
                .filter(|row| row.status != Status::Skipped && !row.has_no_start && row.attempt > Some(1)),
        ),
    }
}

fn anomalies(started: &[&Row], question: &Question, side: usize) -> Anomalies {
    let is_final = |row: &&&Row| row.status != Status::Running;
    let whole = |at: i64| at % SECOND == 0;
    Anomalies {
        running_with_end: count(started.iter().filter(|row| !is_final(row) && row.finished_us.is_some())),
        end_before_start: count(
            started
                .iter()
                .filter(is_final)
                .filter(|row| row.finished_us.is_some_and(|at| at < row.started_us)),
        ),
        final_without_end: count(started.iter().filter(is_final).filter(|row| row.finished_us.is_none())),
        whole_seconds: count(started.iter().filter(|row| {
            let times = [Some(row.started_us), row.finished_us];
            times.into_iter().flatten().all(whole)
        })),
        longer_than_longest_run: count(started.iter().filter(|row| {
            occupancy::of_row(row, question, side)
                .is_some_and(|(from, to)| to - from >= question.longest_run_us)
        })),
    }
}

/// Most frequent first, then by what was recorded. A row that records nothing is not counted.
fn schedules(started: &[&Row]) -> Vec<RecordedSchedule> {
    let mut recorded: BTreeMap<_, u64> = BTreeMap::new();
    for row in started {
        let facts = (row.schedule.clone(), row.effective_schedule.clone(), row.stagger_offset_s);
        if facts != (None, None, None) {
            *recorded.entry(facts).or_default() += 1;
        }
    }
    let mut found: Vec<RecordedSchedule> = recorded
        .into_iter()
        .map(|((schedule, effective_schedule, stagger_offset_s), runs)| RecordedSchedule {
            schedule,
            effective_schedule,
            stagger_offset_s,
            runs,
        })
        .collect();
    found.sort_by_key(|schedule| std::cmp::Reverse(schedule.runs));
    found
}

/// The fullest of the clock-aligned burst windows, the earliest of these.
fn start_burst(started: &[&Row], length_us: i64) -> Option<StartBurst> {
    let mut bursts: BTreeMap<i64, u64> = BTreeMap::new();
    for row in started {
        *bursts.entry(row.started_us.div_euclid(length_us) * length_us).or_default() += 1;
    }
    let most = bursts.values().copied().max()?;
    let (at, runs) = bursts.into_iter().find(|(_, runs)| *runs == most)?;
    Some(StartBurst { runs, at: Timestamp(at) })
}

/// Failed and timed-out runs by job and message, by name and text.
fn failures(started: &[&Row]) -> Vec<FailureText> {
    let mut found: BTreeMap<(String, String), (u64, i64)> = BTreeMap::new();
    let failed = started.iter().filter(|row| [Status::Failed, Status::Timeout].contains(&row.status));
    for row in failed {
        let text = row.error.as_deref().map(first_line).filter(|line| !line.is_empty());
        let text = text.unwrap_or_else(|| "(none)".to_owned());
        let at = row.placed_us().unwrap();
        let (runs, first) = found.entry((row.job.clone(), text)).or_insert((0, at));
        (*runs, *first) = (*runs + 1, at.min(*first));
    }
    let mut ranked: Vec<_> = found.into_iter().collect();
    ranked.sort_by(|(one, (more, _)), (other, (fewer, _))| fewer.cmp(more).then(one.cmp(other)));
    let mut kept: BTreeMap<(String, String), (u64, i64)> = BTreeMap::new();
    for (rank, ((job, text), (runs, first))) in ranked.into_iter().enumerate() {
        let text = if rank < 10_000 { text } else { "(other)".to_owned() };
        let (sum, earliest) = kept.entry((job, text)).or_insert((0, first));
        (*sum, *earliest) = (*sum + runs, first.min(*earliest));
    }
    let listed = kept.into_iter().map(|((job, text), (runs, first))| FailureText {
        job,
        text,
        runs,
        first_seen: Timestamp(first),
    });
    listed.collect()
}

/// A message up to its first line's end, 1,000 characters at most.
fn first_line(message: &str) -> String {
    message.split(['\r', '\n']).next().unwrap_or_default().chars().take(1_000).collect()
}

/// Three significant decimal digits, rounded half up.
fn representative(us: i64) -> i64 {
    let width = 10_i64.pow(u32::try_from(us.to_string().len()).unwrap().saturating_sub(3));
    (us + width / 2) / width * width
}

fn table(lengths: impl Iterator<Item = i64>) -> DurationTable {
    let lengths: Vec<i64> = lengths.collect();
    let mut cells = BTreeMap::new();
    for us in &lengths {
        *cells.entry(representative(*us)).or_default() += 1;
    }
    DurationTable {
        cells: cells.into_iter().collect(),
        sum: lengths.iter().map(|us| i128::from(*us)).sum(),
        min: lengths.iter().copied().min().unwrap_or_default(),
        max: lengths.iter().copied().max().unwrap_or_default(),
    }
}

fn count<T>(items: impl IntoIterator<Item = T>) -> u64 {
    items.into_iter().count() as u64
}
