//! The JSON report stays small enough to be read, however many jobs and runs there are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)] // shared with the calibration, which draws more kinds of jobs
#[path = "../examples/calibration/draws.rs"]
mod draws;
#[path = "../examples/calibration/observed.rs"]
mod observed;

use chrono_tz::UTC;
use draws::{Job, Random, Shape, draw};
use jobdelta::analysis::analyse;
use jobdelta::analysis::figures::pictures::Pictures;
use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::schedule::Schedule;
use jobdelta::clock::{DAY_US, HOUR_US, Span, Timestamp};
use jobdelta::observation::pictures::{BusiestMinute, LevelsOverTime, OccupyingRun};
use jobdelta::observation::{
    DurationTable, FailureText, FireCounts, JobObservations, Levels, Observations, RecordedSchedule,
    StartBurst, StartDelays, TrendPoint, WindowObservations,
};
use jobdelta::render::json::{self, Tables};
use jobdelta::report::model::Report;
use jobdelta::report::provenance::Provenance;
use jobdelta::window::Side;

const JOBS: usize = 200;

/// Jobs with runs at every other second, of which every metric is measured and each has a class of failures;
/// half of them are recorded with the moment and the schedule that were meant.
fn observations() -> Observations {
    let jobs = (0..JOBS).map(|number| {
        let mut random = Random::new(20_260_201, number as u64);
        let before = Job {
            shape: Shape::Lognormal { sigma: 0.4 },
            factor: 0.5 + (number % 97) as f64 / 20.0,
            later: 1.0,
            correlation: 0.3 * (number % 3) as f64,
            failing: 0.02,
            runs: 500,
        };
        let after = Job {
            factor: if number % 10 == 0 { 1.2 } else { 1.0 } * before.factor,
            failing: if number % 10 == 2 { 0.06 } else { 0.02 },
            ..before
        };
        [before, after].map(|job| surrounded(draw(&job, &mut random), number))
    });
    let mut all = observed::observations(jobs.collect());
    for side in Side::BOTH {
        let window = all.windows.get(side).clone();
        let seen = match side {
            Side::Baseline => &mut all.baseline,
            Side::Stagger => &mut all.stagger,
        };
        furnish(seen, window.period.start);
        let buckets = (0..240).map(|nth| (window.period.start.plus(Span(nth * DAY_US / 240)), 400, DAY_US));
        *all.pictures.levels.get_mut(side) = LevelsOverTime::of(&window, buckets);
        *all.pictures.busiest_minute.get_mut(side) = Some(busiest_minute(window.period.start));
    }
    all
}

/// What else the queries return of a job.
fn surrounded(mut seen: JobObservations, number: usize) -> JobObservations {
    let runs = seen.outcomes.started();
    seen.start_seconds = (0..60).map(|second| (second, runs / 60)).collect();
    seen.dependence.on_time = seen.dependence.completed;
    seen.fires = Some(FireCounts {
        first_attempts: runs,
        distinct_minutes: runs,
        started_first_attempts: runs,
        started_distinct_minutes: runs,
    });
    if number.is_multiple_of(2) {
        return seen;
    }
    let mut delays = DurationTable::default();
    (0..100).for_each(|nth| delays.add(1_000 + 10 * nth));
    seen.start_delays = StartDelays { early: 0, table: delays };
    seen.schedules = vec![RecordedSchedule {
        schedule: Some("* * * * *".to_owned()),
        effective_schedule: Some(format!("{} * * * * *", number % 60)),
        stagger_offset_s: i64::try_from(number % 60).ok(),
        runs,
    }];
    seen
}

/// What the queries return of a window: levels, failures, the trends of twenty jobs and of the others.
fn furnish(window: &mut WindowObservations, start: Timestamp) {
    window.levels = Levels {
        time_at_level_us: vec![DAY_US / 400; 400],
        peak_at: Some(start),
        jobs_at_peak: (0..JOBS).map(observed::name).collect(),
    };
    window.start_burst = Some(StartBurst { runs: 400, at: start });
    window.failures = (0..JOBS)
        .map(|job| FailureText {
            job: observed::name(job),
            text: format!("timeout after {} ms while waiting for a connection of the pool", 100 + job % 7),
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

fn busiest_minute(start: Timestamp) -> BusiestMinute {
    let run = |job| OccupyingRun { start, job: observed::name(job), end: start.plus(Span(HOUR_US)) };
    BusiestMinute { start, peak_at: start, runs: (0..200).map(run).collect(), runs_left_out: 200 }
}

fn plan(number: usize) -> JobPlan {
    let expression = ["* * * * *", "*/5 * * * *", "7 * * * *", "30 4 * * *"][number % 4];
    let schedule = |offset: i64| Schedule::parse(expression, Span::seconds(offset), UTC).ok();
    JobPlan {
        name: observed::name(number),
        was: None,
        schedule: schedule(i64::try_from(number % 60).unwrap()),
        baseline_schedule: schedule(0),
        enabled: true,
        control: false,
        orphan_after: None,
        min_runs: ByMetric::default(),
        margin: ByMetric::default(),
        note: None,
    }
}

/// A report of 200 jobs in which nothing is absent.
fn full() -> Report {
    let observations = observations();
    let plans: Vec<JobPlan> = (0..JOBS).map(plan).collect();
    let analysis = analyse(&observations, &AnalysisSettings::default(), &plans);
    let empty = include_str!("fixtures/reports/empty.json");
    Report {
        totals: analysis.totals,
        jobs: analysis.jobs,
        failures: analysis.failures,
        trends: analysis.trends,
        pictures: Pictures::of(&observations, Span::seconds(60)),
        provenance: (0..16).map(query).collect(),
        ..serde_json::from_str(empty).unwrap()
    }
}

/// A query in which the names of all jobs are bound, as they are where only declared jobs are looked at.
fn query(number: usize) -> Provenance {
    let names = (0..JOBS).map(|job| (format!("job_{job}"), observed::name(job).into()));
    let (parameters, texts_left_out) = (names.collect(), 0);
    Provenance { query: format!("query {number}"), parameters, texts_left_out, rows: 1, elapsed_ms: 1.0 }
}

/// The same with every job 25 times.
fn multiplied(mut report: Report) -> Report {
    let times = |name: &str, nth: usize| format!("{name} of group {nth:02}");
    let jobs = std::mem::take(&mut report.jobs);
    let failures = std::mem::take(&mut report.failures);
    for nth in 0..25 {
        report.jobs.extend(jobs.iter().cloned().map(|mut job| {
            job.name = times(&job.name, nth);
            job
        }));
        report.failures.extend(failures.iter().cloned().map(|mut class| {
            class.job = times(&class.job, nth);
            class
        }));
    }
    report.population.new = report.jobs.iter().map(|job| job.name.clone()).collect();
    report
}

#[test]
fn a_report_of_many_jobs_is_small() {
    let report = full();
    let kb = |bytes: &[u8]| bytes.len() / 1_000;
    let bytes = json::render(&report, Tables::Few).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.lines().count() < 60 * JOBS, "{} lines", text.lines().count());
    let comparisons = text.lines().filter(|line| line.trim_start().starts_with("\"median_duration\": {"));
    assert_eq!(comparisons.filter(|line| line.ends_with(['}', ','])).count(), JOBS + 1, "one a line");
    let many = json::render(&multiplied(report), Tables::Few).unwrap();
    assert!(bytes.len() < 1_000_000, "200 jobs: {} kB", kb(&bytes));
    assert!(many.len() < 20_000_000, "5,000 jobs: {} kB", kb(&many));
}
