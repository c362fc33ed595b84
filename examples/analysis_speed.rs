//! How long the whole analysis of 5,000 jobs takes: `cargo run --release --example analysis_speed`.
//!
//! From observations to figures, as the pipeline asks for it: figures of jobs and totals, comparisons,
//! halves, drift, load, population, trends, failures, plans. Observations are made with everything that
//! the queries return of a job. One case has ten million runs in each window of each job, to show that
//! the cost follows the cells.

#![allow(clippy::print_stdout)] // a program for the terminal

#[allow(dead_code)] // shared with the calibration, which draws more kinds of jobs
#[path = "calibration/draws.rs"]
mod draws;
#[path = "calibration/observed.rs"]
mod observed;

use chrono_tz::UTC;
use draws::{Job, Random, Shape, draw};
use jobdelta::analysis::analyse;
use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::schedule::Schedule;
use jobdelta::clock::{DAY_US, HOUR_US, Span, Stopwatch, Timestamp};
use jobdelta::observation::{
    DurationTable, FailureText, FireCounts, JobObservations, LagSums, Levels, Observations, RecordedSchedule,
    StartBurst, StartDelays, TrendPoint, WindowObservations, cell_index, representative,
};
use jobdelta::window::Side;

const JOBS: usize = 5_000;
const ROUNDS: usize = 5;

/// What a window of a job looks like.
#[derive(Clone, Copy)]
enum Load {
    /// So many runs, lognormal with σ 0.4: about 250 cells for 2,000.
    Drawn(u64),
    /// So many neighbouring cells with so many runs each.
    Even { cells: i64, runs: u64 },
}

fn main() {
    for (name, load) in [
        ("a usual week", Load::Drawn(2_000)),
        ("few runs", Load::Drawn(100)),
        ("many cells", Load::Even { cells: 600, runs: 2 }),
        ("many cells, many runs", Load::Even { cells: 600, runs: 16_666 }),
    ] {
        measure(name, load);
    }
}

fn measure(name: &str, load: Load) {
    let settings = AnalysisSettings::default();
    let plans: Vec<JobPlan> = (0..JOBS).map(plan).collect();
    let observations = observations(load);
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let watch = Stopwatch::start();
            let analysis = analyse(&observations, &settings, &plans);
            let elapsed = watch.elapsed().as_secs_f64();
            assert_eq!(analysis.jobs.len(), JOBS, "a job is missing");
            elapsed
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let tables = || observations.stagger.jobs.values().map(|job| &job.durations);
    let cells: usize = tables().map(|table| table.cells.len()).sum();
    println!(
        "{name}: {JOBS} jobs, {} cells and {} runs a window: {:.2} s (fastest {:.2}, slowest {:.2} of {ROUNDS})",
        cells / JOBS,
        tables().map(DurationTable::count).sum::<u64>() / JOBS as u64,
        seconds[ROUNDS / 2],
        seconds[0],
        seconds[ROUNDS - 1],
    );
}

/// A tenth of the jobs changed by 20 %, another changes within the window, another fails more.
fn observations(load: Load) -> Observations {
    let jobs = (0..JOBS).map(|number| {
        let mut random = Random::new(20_260_201, number as u64);
        let before = Job {
            shape: Shape::Lognormal { sigma: 0.4 },
            factor: 0.5 + (number % 97) as f64 / 20.0,
            later: 1.0,
            correlation: 0.3 * (number % 3) as f64,
            failing: 0.02,
            runs: 0,
        };
        let after = match number % 10 {
            0 => Job { factor: 1.2 * before.factor, ..before },
            1 => Job { later: 1.5, ..before },
            2 => Job { failing: 0.06, ..before },
            _ => before,
        };
        [before, after].map(|job| {
            let mut seen = match load {
                Load::Drawn(runs) => draw(&Job { runs, ..job }, &mut random),
                Load::Even { cells, runs } => even(&job, cells, runs),
            };
            surround(&mut seen, number);
            seen
        })
    });
    let mut all = observed::observations(jobs.collect());
    for side in Side::BOTH {
        let start = all.windows.get(side).period.start;
        let window = match side {
            Side::Baseline => &mut all.baseline,
            Side::Stagger => &mut all.stagger,
        };
        furnish(window, start);
    }
    all.coverage.first_started = Some(Timestamp(-DAY_US));
    all
}

/// A table of neighbouring cells, the second half of its runs later, of runs without dependence.
fn even(job: &Job, cells: i64, runs: u64) -> JobObservations {
    let mut seen = JobObservations::default();
    #[allow(clippy::cast_possible_truncation)] // whole microseconds below a minute
    let first = (10_000.0 * job.factor) as i64;
    for (nth, half) in seen.halves.iter_mut().enumerate() {
        let mut duration = if nth == 0 || job.later <= 1.0 { first } else { first * 3 / 2 };
        for _ in 0..cells {
            let cell = representative(duration);
            let share = runs / 2 + if nth == 0 { runs % 2 } else { 0 };
            half.durations.add_cell(cell, share, i128::from(cell) * i128::from(share), cell, cell);
            duration = cell + (cell / 100).max(1);
        }
        half.outcomes.completed = half.durations.count();
    }
    for half in &seen.halves {
        seen.outcomes.merge(&half.outcomes);
        seen.durations.merge(&half.durations);
    }
    let of = |x: &dyn Fn(i64) -> i64| -> i128 {
        seen.durations.cells.iter().map(|&(cell, n)| i128::from(x(cell_index(cell))) * i128::from(n)).sum()
    };
    let whole = |sum: i128| i64::try_from(sum).unwrap_or(i64::MAX);
    let (n, sum) = (seen.durations.count(), of(&|x| x));
    let products = whole(sum * sum / i128::from(n.max(1)));
    let squares = whole(of(&|x| x * x));
    let series =
        LagSums { n, sum: whole(sum), sum_of_squares: squares, sum_of_products: products, first: 0, last: 0 };
    let all = whole(i128::from(n));
    let always = LagSums { n, sum: all, sum_of_squares: all, sum_of_products: all - 1, first: 1, last: 1 };
    seen.dependence.durations = Some(series);
    seen.dependence.completed = Some(always);
    seen.dependence.failed = Some(LagSums { n, ..LagSums::default() });
    seen
}

/// What else the queries return of a job.
fn surround(seen: &mut JobObservations, number: usize) {
    let runs = seen.outcomes.started();
    let mut delays = DurationTable::default();
    for cell in (0..100).map(|nth| 1_000 + 10 * nth) {
        delays.add_cell(cell, runs / 100, i128::from(cell) * i128::from(runs / 100), cell, cell);
    }
    seen.start_delays = StartDelays { early: 0, table: delays };
    seen.start_seconds = (0..60).map(|second| (second, runs / 60)).collect();
    seen.dependence.on_time = seen.dependence.completed;
    seen.fires = Some(FireCounts {
        first_attempts: runs,
        distinct_minutes: runs.min(1_440),
        started_first_attempts: runs,
        started_distinct_minutes: runs.min(1_440),
    });
    seen.schedules = vec![RecordedSchedule {
        schedule: Some("* * * * *".to_owned()),
        effective_schedule: Some(format!("{} * * * * *", number % 60)),
        stagger_offset_s: i64::try_from(number % 60).ok(),
        runs,
    }];
}

/// What the queries return of a window: levels, failures, and the trends of twenty jobs and of the others.
fn furnish(window: &mut WindowObservations, start: Timestamp) {
    window.levels = Levels {
        time_at_level_us: vec![DAY_US / 400; 400],
        peak_at: Some(start),
        jobs_at_peak: (0..400).map(observed::name).collect(),
    };
    window.start_burst = Some(StartBurst { runs: 400, at: start });
    window.failures = (0..JOBS)
        .map(|job| FailureText {
            job: observed::name(job),
            text: format!("timeout after {} ms", 100 + job % 7),
            runs: 3,
            first_seen: start,
        })
        .collect();
    let point = |job: Option<usize>, hour: i64| TrendPoint {
        job: job.map(observed::name),
        at: start.plus(Span(hour * HOUR_US)),
        runs: 100,
        failed: 1,
        durations: 99,
        sum_us: 4_000_000,
        min_us: 20_000,
        max_us: 90_000,
        p95_low_us: 70_000,
        p95_high_us: 70_100,
    };
    window.trend.bucket_us = HOUR_US;
    window.trend.points =
        (0..24).flat_map(|hour| (0..20).map(Some).chain([None]).map(move |job| point(job, hour))).collect();
    window.trend.points.sort();
}

fn plan(number: usize) -> JobPlan {
    let expression = ["* * * * *", "*/5 * * * *", "7 * * * *", "30 4 * * *"][number % 4];
    let schedule = |offset: i64| Schedule::parse(expression, Span::seconds(offset), UTC).ok();
    JobPlan {
        name: observed::name(number),
        was: None,
        schedule: schedule(i64::try_from(number % 60).unwrap_or(0)),
        baseline_schedule: schedule(0),
        enabled: true,
        control: false,
        orphan_after: None,
        min_runs: ByMetric::default(),
        margin: ByMetric::default(),
        note: None,
    }
}
