//! The reference that the program is held against, held against itself, against hand-made cases and
//! against another program's figures.
#![allow(clippy::unwrap_used)]

mod generator;
mod reference;

use std::collections::BTreeMap;

use generator::{Case, cases, config};
use jobdelta::clock::Timestamp;
use jobdelta::observation::{Overlap, WindowObservations};
use jobdelta::run::Status;
use proptest::prelude::*;
use reference::{Question, Row, Seen, observe};
use serde_json::Value;

const SECOND: i64 = 1_000_000;

fn sides(seen: &Seen) -> [&WindowObservations; 2] {
    [&seen.baseline, &seen.stagger]
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn levels_add_up_to_the_observed_time(Case { rows, question } in cases()) {
        for (side, window) in sides(&observe(&rows, &question)).into_iter().enumerate() {
            let length: i64 = question.observed(side).iter().map(|(from, to)| to - from).sum();
            let times = &window.levels.time_at_level_us;
            prop_assert_eq!(times.iter().sum::<i64>(), length);
            let level_time: i64 = (0..).zip(times).map(|(level, time)| level * time).sum();
            let busy: i64 = window.jobs.values().map(|job| job.overlap.busy_us).sum();
            prop_assert_eq!(level_time, busy, "the level's integral is the busy time");
            prop_assert_eq!(window.levels.peak_at.is_none(), times.len() == 1);
        }
    }

    #[test]
    fn figures_of_one_window_agree_with_each_other(Case { rows, question } in cases()) {
        for window in sides(&observe(&rows, &question)) {
            let started: u64 = window.jobs.values().map(|job| job.outcomes.started()).sum();
            prop_assert_eq!(window.trend.points.iter().map(|point| point.runs).sum::<u64>(), started);
            prop_assert_eq!(window.start_burst.is_none(), started == 0);
            let failed: u64 = window.jobs.values().map(|job| job.outcomes.failed + job.outcomes.timed_out).sum();
            prop_assert_eq!(window.failures.iter().map(|failure| failure.runs).sum::<u64>(), failed);
            for (name, job) in &window.jobs {
                let placed: u64 = job.start_seconds.values().sum();
                prop_assert_eq!(placed, job.outcomes.started(), "{}", name);
                prop_assert!(job.overlap.overlapping_starts <= job.outcomes.started());
                prop_assert!(job.overlap.overlapped_us <= job.overlap.busy_us);
                prop_assert_eq!(job.first_started.is_none(), job.outcomes.started() == 0);
                prop_assert_eq!(job.durations.count() <= job.outcomes.completed, true);
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(Case { mut rows, question } in cases()) {
        let seen = observe(&rows, &question);
        rows.reverse();
        prop_assert_eq!(seen, observe(&rows, &question));
    }
}

/// A question about 0 to 100 s and 200 to 300 s, asked at 1,000 s.
fn question() -> Question {
    Question {
        as_of: 1_000 * SECOND,
        windows: [(0, 100 * SECOND), (200 * SECOND, 300 * SECOND)],
        only_worker: [None, None],
        exclusions: Vec::new(),
        jobs: Vec::new(),
        declared_only: false,
        longest_run_us: 50 * SECOND,
        orphan_after_us: 30 * SECOND,
        nothing_in_flight: false,
        slow_after_us: 2 * SECOND,
        cycle_s: 60,
        on_time_within_s: 1,
        burst_window_us: SECOND,
        dedupe_within_us: None,
    }
}

/// A run of `sync` from second `start` to second `end`.
fn run(start: i64, end: Option<i64>, status: Status) -> Row {
    Row {
        job: "sync".to_owned(),
        scheduled_us: None,
        started_us: start * SECOND,
        has_no_start: false,
        is_unreadable: false,
        finished_us: end.map(|end| end * SECOND),
        status,
        skip_reason: None,
        error: None,
        worker: None,
        attempt: None,
        schedule: None,
        effective_schedule: None,
        stagger_offset_s: None,
    }
}

fn success(start: i64, end: i64) -> Row {
    run(start, Some(end), Status::Success)
}

fn met(rows: &[Row]) -> Overlap {
    observe(rows, &question()).stagger.jobs.get("sync").map(|job| job.overlap).unwrap_or_default()
}

#[test]
fn starts_overlap_as_the_definitions_say() {
    let overlapping = |rows: &[Row]| met(rows).overlapping_starts;
    assert_eq!(overlapping(&[success(210, 220), success(219, 221)]), 1);
    assert_eq!(overlapping(&[success(210, 220), success(220, 221)]), 0, "ends come first");
    assert_eq!(overlapping(&[success(190, 220), success(210, 211)]), 1, "already running");
    assert_eq!(overlapping(&[success(140, 220), success(210, 211)]), 0, "beyond longest_run");
    assert_eq!(overlapping(&[success(210, 210), success(210, 210), success(210, 210)]), 2);
    let lost = || run(210, None, Status::Running);
    assert_eq!(overlapping(&[lost(), lost()]), 0, "neither occupies");
    assert_eq!(overlapping(&[lost(), success(210, 211)]), 1);
    assert_eq!(overlapping(&[success(205, 215), lost(), lost()]), 2, "an earlier run occupies");
    let met = met(&[success(190, 220), success(210, 230), success(215, 216)]);
    assert_eq!((met.overlapped_us, met.busy_us), (10 * SECOND, 41 * SECOND));
}

#[test]
fn runs_in_flight_occupy_to_the_end_of_the_observed_part() {
    let mut asked = question();
    asked.as_of = 250 * SECOND;
    let levels = |rows: &[Row], asked: &Question| observe(rows, asked).stagger.levels;
    let flying = levels(&[run(230, None, Status::Running)], &asked);
    assert_eq!(flying.time_at_level_us, [30 * SECOND, 20 * SECOND]);
    assert_eq!(flying.peak_at, Some(Timestamp(230 * SECOND)));
    let lost = levels(&[run(220, None, Status::Running)], &asked);
    assert_eq!(lost.time_at_level_us, [50 * SECOND], "thirty seconds old is lost");
    asked.nothing_in_flight = true;
    assert_eq!(levels(&[run(230, None, Status::Running)], &asked).time_at_level_us, [50 * SECOND]);
}

#[test]
fn excluded_periods_count_by_occupancy_only() {
    let mut asked = question();
    asked.exclusions = vec![(210 * SECOND, 220 * SECOND), (220 * SECOND, 230 * SECOND)];
    let seen = observe(&[success(215, 235), success(205, 206)], &asked);
    assert_eq!(seen.excluded_runs, [1, 0]);
    assert_eq!(seen.stagger.jobs["sync"].outcomes.started(), 1);
    assert_eq!(seen.stagger.levels.time_at_level_us, [74 * SECOND, 6 * SECOND]);
    assert_eq!(seen.stagger.jobs["sync"].overlap.busy_us, 6 * SECOND);
}

#[test]
fn chains_of_rows_become_one_run() {
    let mut asked = question();
    asked.dedupe_within_us = Some(3 * SECOND);
    let rows = [
        success(210, 212),
        run(212, None, Status::Running),
        run(214, Some(216), Status::Failed),
        success(217, 218),
    ];
    let seen = observe(&rows, &asked);
    let job = &seen.stagger.jobs["sync"];
    assert_eq!((job.outcomes.failed, job.outcomes.completed, job.outcomes.started()), (1, 1, 2));
    assert_eq!(job.overlap.busy_us, 7 * SECOND, "210 to 216 and 217 to 218");
}

/// One line of the measured runs.
fn measured() -> Vec<Row> {
    let mut reader = csv::Reader::from_path("tests/fixtures/node-cron/runs.csv").unwrap();
    let headers = reader.headers().unwrap().clone();
    let records = reader.records().map(|record| {
        let record = record.unwrap();
        let cell = |name: &str| {
            let at = headers.iter().position(|header| header == name).unwrap();
            Some(record[at].to_owned()).filter(|text| !text.is_empty())
        };
        let instant = |name: &str| cell(name).map(|text| text.parse::<Timestamp>().unwrap().us());
        Row {
            job: cell("job_name").unwrap(),
            scheduled_us: None,
            started_us: instant("started_at").unwrap(),
            has_no_start: false,
            is_unreadable: false,
            finished_us: instant("finished_at"),
            status: Status::from_word(&cell("status").unwrap()).unwrap(),
            skip_reason: cell("skip_reason"),
            error: cell("error_message"),
            worker: None,
            attempt: None,
            schedule: cell("schedule"),
            effective_schedule: cell("effective_schedule"),
            stagger_offset_s: cell("stagger_offset_s").map(|text| text.parse().unwrap()),
        }
    });
    records.collect()
}

#[test]
fn another_program_finds_the_same_in_measured_runs() {
    let text = std::fs::read_to_string("tests/fixtures/node-cron/expected.json").unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let us = |value: &Value| value.as_str().unwrap().parse::<Timestamp>().unwrap().us();
    let window = |name: &str| {
        let window = &expected["windows"][name];
        (us(&window["start"]), us(&window["end"]))
    };
    let asked = Question {
        as_of: us(&expected["as_of"]),
        windows: [window("baseline"), window("stagger")],
        longest_run_us: 6 * 3_600 * SECOND,
        orphan_after_us: 3_600 * SECOND,
        ..question()
    };
    let seen = observe(&measured(), &asked);
    for (name, window) in ["baseline", "stagger"].into_iter().zip(sides(&seen)) {
        let totals = &expected["totals"][name];
        let levels = &totals["concurrency"];
        let times: Vec<i64> =
            levels["time_at_level_ms"].as_array().unwrap().iter().map(microseconds).collect();
        assert_eq!(window.levels.time_at_level_us, times, "{name}");
        assert_eq!(window.levels.peak_at, Some(Timestamp(us(&levels["peak_at"]))), "{name}");
        let burst = window.start_burst.unwrap();
        assert_eq!(
            (burst.runs, burst.at.us()),
            (totals["start_burst"]["runs"].as_u64().unwrap(), us(&totals["start_burst"]["at"])),
            "{name}"
        );
        for (job, figures) in expected["jobs"].as_object().unwrap() {
            assert_job(&figures[name], &window.jobs[job], &format!("{name} of {job}"));
        }
    }
}

fn assert_job(expected: &Value, job: &jobdelta::observation::JobObservations, what: &str) {
    let count = |key: &str| expected[key].as_u64().unwrap();
    let skipped = |key: &str| expected["skipped"][key].as_u64().unwrap();
    let outcomes = job.outcomes;
    for (key, actual) in [
        ("started", outcomes.started()),
        ("completed", outcomes.completed),
        ("failed", outcomes.failed),
        ("timed_out", outcomes.timed_out),
        ("cancelled", outcomes.cancelled),
        ("in_flight", outcomes.in_flight),
        ("orphaned", outcomes.orphaned),
        ("decided", outcomes.decided()),
        ("overlapping_starts", job.overlap.overlapping_starts),
        ("suspected_duplicates", job.overlap.suspected_duplicates),
    ] {
        assert_eq!(actual, count(key), "{key} in {what}");
    }
    let reasons = (outcomes.skipped_lock, outcomes.skipped_overlap, outcomes.skipped_other);
    assert_eq!(reasons, (skipped("lock"), skipped("overlap"), skipped("other")), "{what}");
    assert_eq!(job.overlap.busy_us, microseconds(&expected["busy_ms"]), "{what}");
    assert_eq!(job.overlap.overlapped_us, microseconds(&expected["overlapped_ms"]), "{what}");
    let pairs = |key: &str| -> BTreeMap<i64, u64> {
        let pairs = expected[key].as_array().into_iter().flatten();
        pairs.map(|pair| (pair[0].as_i64().unwrap(), pair[1].as_u64().unwrap())).collect()
    };
    assert_eq!(
        job.durations.cells.iter().copied().collect::<BTreeMap<_, _>>(),
        pairs("duration_table"),
        "{what}"
    );
    let seconds: BTreeMap<i64, u64> =
        job.start_seconds.iter().map(|(second, runs)| (i64::from(*second), *runs)).collect();
    assert_eq!(seconds, pairs("start_seconds"), "{what}");
    if !expected["duration_ms"].is_null() {
        let lengths = &expected["duration_ms"];
        let found = (job.durations.min, job.durations.max, i64::try_from(job.durations.sum).unwrap());
        let wanted =
            (microseconds(&lengths["min"]), microseconds(&lengths["max"]), microseconds(&lengths["sum"]));
        assert_eq!(found, wanted, "{what}");
    }
}

/// Milliseconds that are whole microseconds.
#[allow(clippy::cast_possible_truncation)] // a day's worth at most
fn microseconds(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 1_000.0).round() as i64
}
