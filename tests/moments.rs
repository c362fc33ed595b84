//! When a change came: with the deployment, before it, after it, or gradually.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::f64::consts::TAU;

use serde_json::Value;
use support::draws::{Draws, LOG, put_log, whole};
use support::{Database, Desk, Engine, databases};

const MINUTE: i64 = 60_000;
/// 2026-11-01 14:00.
const FIRST: i64 = 1_793_541_600_000;
/// Minutes from the first run to the deployment.
const DEPLOYED: i64 = 1_440;

/// What happens to a job: from which minute on, how much slower it is, and how many of its runs fail.
struct Course {
    job: &'static str,
    from: i64,
    factor: f64,
    failing: f64,
    /// Grows from the first run to the last by so much.
    growth: f64,
}

const STEADY: Course = Course { job: "steady", from: DEPLOYED, factor: 1.0, failing: 0.0, growth: 1.0 };

fn courses() -> [Course; 6] {
    [
        STEADY,
        Course { job: "with", factor: 1.4, ..STEADY },
        Course { job: "before", from: DEPLOYED - 30, factor: 1.4, ..STEADY },
        Course { job: "after", from: DEPLOYED + 120, factor: 1.4, ..STEADY },
        Course { job: "gradual", growth: 1.8, ..STEADY },
        Course { job: "failing", from: DEPLOYED - 60, failing: 0.2, ..STEADY },
    ]
}

/// Two days of a run a minute, slower by a fifth at one time of the day and faster by a fifth at another.
fn rows(courses: &[Course]) -> Vec<String> {
    let mut draws = Draws::new(20_261_201);
    let mut rows = Vec::new();
    for course in courses {
        for minute in 0..2 * DEPLOYED {
            let season = 1.0 + 0.2 * (TAU * (minute + 200) as f64 / DEPLOYED as f64).sin();
            let step = if minute >= course.from { course.factor } else { 1.0 };
            let growth = course.growth.powf(minute as f64 / (2 * DEPLOYED) as f64);
            let took = 2_000.0 * season * step * growth * (0.25 * draws.normal()).exp();
            let failed = minute >= course.from && draws.uniform() < course.failing;
            let status = if failed { "failed" } else { "success" };
            let start = FIRST + minute * MINUTE;
            rows.push(format!("('{}', {start}, {}, '{status}')", course.job, whole(took)));
        }
    }
    rows
}

/// Two days of a job that is twice as slow in the second half of each day. On the first day it runs forty times an hour
/// in the first half and ten times in the second, on the next day the other way round, and slower by `factor`.
fn at_other_hours(job: &str, factor: f64) -> Vec<String> {
    let mut draws = Draws::new(20_261_202);
    let mut rows = Vec::new();
    for hour in 0..48 {
        let (second_day, second_half) = (hour >= 24, hour % 24 >= 12);
        let often = second_day == second_half;
        let apart = if often { 90_000 } else { 360_000 };
        for nth in 0..3_600_000 / apart {
            let slow = if second_half { 2.0 } else { 1.0 } * if second_day { factor } else { 1.0 };
            let took = 2_000.0 * slow * (0.1 * draws.normal()).exp();
            let start = FIRST + hour * 60 * MINUTE + nth * apart;
            rows.push(format!("('{job}', {start}, {}, 'success')", whole(took)));
        }
    }
    rows
}

/// Two days of four runs an hour, twice as slow at one time of the day as at another, and slower by `factor` on the second.
fn with_a_season(job: &str, seed: u64, factor: f64) -> Vec<String> {
    let mut draws = Draws::new(seed);
    let run = |nth: i64| {
        let season = 1.0 + 0.35 * (TAU * nth as f64 / 96.0).sin();
        let took = 2_000.0 * season * if nth >= 96 { factor } else { 1.0 } * (0.2 * draws.normal()).exp();
        format!("('{job}', {}, {}, 'success')", FIRST + nth * 15 * MINUTE, whole(took))
    };
    (0..192).map(run).collect()
}

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-11-01T14:00:00Z/2026-11-02T14:00:00Z",
    "--stagger",
    "2026-11-02T14:00:00Z/2026-11-03T14:00:00Z",
    "--as-of",
    "2026-11-03T14:00:00Z",
];

#[track_caller]
fn printed(database: &Database, flags: &[&str]) -> String {
    let desk = Desk::new();
    desk.put("deployment.toml", LOG);
    let url = database.url();
    let mut command = desk.command(["report", "--db", &url]);
    command.args(WINDOWS).args(flags);
    support::Finished::of(command).succeeded()
}

/// The comparison of a job, in words: its verdict and why.
fn said(report: &Value, job: &str, metric: &str) -> (String, String, Value) {
    let job = report["jobs"].as_array().unwrap().iter().find(|found| found["name"] == job).unwrap();
    let found = &job["comparison"][metric];
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("reason"), found["moment"].clone())
}

/// From the deployment, in minutes, whatever the zone.
fn minutes(moment: &Value) -> [f64; 2] {
    ["from", "until"].map(|end| {
        let at = chrono::DateTime::parse_from_rfc3339(moment[end].as_str().unwrap()).unwrap();
        (at.timestamp_millis() - FIRST) as f64 / MINUTE as f64 - DEPLOYED as f64
    })
}

#[track_caller]
fn assert_holds([from, until]: [f64; 2], minute: f64) {
    assert!(from <= minute && minute <= until && until - from < 90.0, "{from} to {until} for {minute}");
}

#[test]
fn a_change_is_placed_alike_in_every_way_and_database() {
    let mut known: Option<Value> = None;
    for database in databases() {
        put_log(&database, &rows(&courses()));
        for way in ["pushdown", "scan"] {
            let report = printed(&database, &["--format", "json", "--execution", way]);
            let mut report: Value = serde_json::from_str(&report).unwrap();
            let asked =
                report["provenance"].as_array().unwrap().iter().any(|query| query["query"] == "slices");
            assert!(asked, "the moments rest on a query");
            for key in ["provenance", "source", "generated_at", "tool"] {
                report[key] = Value::Null;
            }
            match &known {
                None => known = Some(report),
                Some(known) => assert_eq!(known, &report, "{:?} by {way}", database.engine),
            }
        }
    }
    let report = known.unwrap();
    let (verdict, reason, moment) = said(&report, "with", "median_duration");
    assert_eq!((verdict.as_str(), &moment["apart_s"]), ("regressed", &Value::from(0)));
    assert!(reason.contains("it came with the deployment (2026-11-02 1"), "{reason}");
    assert_holds(minutes(&moment), 0.0);
    let (verdict, reason, moment) = said(&report, "before", "median_duration");
    assert_eq!(verdict, "regressed");
    assert!(
        reason.contains("but it came at least ") && reason.contains(" before the deployment ("),
        "{reason}"
    );
    assert_holds(minutes(&moment), -30.0);
    let (_, reason, moment) = said(&report, "after", "median_duration");
    assert!(reason.contains(" after the deployment ("), "{reason}");
    assert_holds(minutes(&moment), 120.0);
    let (verdict, reason, _) = said(&report, "gradual", "median_duration");
    assert_eq!(verdict, "regressed");
    assert!(reason.contains("but it came gradually over both windows"), "{reason}");
    let (_, reason, moment) = said(&report, "failing", "failure_rate");
    assert!(reason.contains(" before the deployment ("), "{reason}");
    assert_holds(minutes(&moment), -60.0);
    assert!(said(&report, "steady", "median_duration").2.is_null());
    // All jobs together fail more since the one does.
    let all = &report["totals"]["comparison"]["failure_rate"];
    assert!(all["reason"].as_str().unwrap().contains(" before the deployment ("), "{all}");
    assert_holds(minutes(&all["moment"]), -60.0);
    let caveats = report["caveats"].as_array().unwrap();
    let named = |code: &str| caveats.iter().find(|caveat| caveat["code"] == code).unwrap()["message"].clone();
    for (code, names) in [("another_moment", "(after, before and failing)"), ("gradual", "(gradual)")] {
        assert!(named(code).as_str().unwrap().contains(names), "{}", named(code));
    }
}

#[test]
fn readers_see_that_a_change_came_before_the_deployment() {
    let database = Database::fresh(Engine::Sqlite);
    put_log(
        &database,
        &rows(&[Course { job: "before", from: DEPLOYED - 30, factor: 1.4, ..STEADY }, STEADY]),
    );
    let markdown = printed(&database, &["--format", "md"]);
    let headline = markdown.lines().find(|line| line.contains("Durations regressed")).unwrap();
    assert!(headline.contains("Changed before the deployment: before."), "{headline}");
    let page = printed(&database, &["--format", "html"]);
    assert!(page.contains("Changed before the deployment: before."));
}

#[test]
fn nothing_is_asked_where_nothing_changed() {
    let database = Database::fresh(Engine::Sqlite);
    put_log(&database, &rows(&[STEADY]));
    let report: Value = serde_json::from_str(&printed(&database, &["--format", "json"])).unwrap();
    assert!(!report["provenance"].to_string().contains("slices"));
}

#[test]
fn a_season_of_the_day_hides_no_change() {
    let mut known: Option<Value> = None;
    for database in databases() {
        let unchanged =
            (0..8).flat_map(|nth| with_a_season(&format!("unchanged {nth}"), 20_261_210 + nth, 1.0));
        put_log(
            &database,
            &with_a_season("slower", 20_261_203, 1.25).into_iter().chain(unchanged).collect::<Vec<_>>(),
        );
        for way in ["pushdown", "scan"] {
            let report = printed(&database, &["--format", "json", "--execution", way]);
            let report: Value = serde_json::from_str(&report).unwrap();
            let jobs = &report["jobs"];
            match &known {
                None => known = Some(jobs.clone()),
                Some(known) => assert_eq!(known, jobs, "{:?} by {way}", database.engine),
            }
            let (verdict, reason, _) = said(&report, "slower", "median_duration");
            assert_eq!(verdict, "regressed", "{reason}");
            let clause = "runs are held against those of the same time of day (96 pairs), so that a daily season does not count";
            assert!(reason.contains(clause), "{reason}");
            assert!(!reason.contains("half"), "the season is in no half against its like: {reason}");
            let found = report["findings"].to_string();
            assert!(
                found.contains("Durations regressed for 1 of 9 jobs") && !found.contains("falling"),
                "{found}"
            );
            for nth in 0..8 {
                let (verdict, reason, _) = said(&report, &format!("unchanged {nth}"), "median_duration");
                assert!(!["improved", "regressed"].contains(&verdict.as_str()), "{reason}");
            }
        }
    }
    let slower =
        known.unwrap().as_array().unwrap().iter().find(|job| job["name"] == "slower").unwrap().clone();
    let pairs = &slower["comparison"]["median_duration"]["same_hours"];
    assert_eq!(pairs["pairs"], 96);
    assert!(pairs["variance"].as_f64().unwrap() < 1.0, "most of what differs is the season: {pairs}");
}

#[test]
fn a_season_is_left_alone_where_the_windows_are_at_other_hours() {
    let database = Database::fresh(Engine::Sqlite);
    put_log(&database, &with_a_season("slower", 20_261_203, 1.25));
    let shifted = [
        "--baseline",
        "2026-11-01T14:00:00Z/2026-11-02T12:00:00Z",
        "--stagger",
        "2026-11-02T15:00:00Z/2026-11-03T13:00:00Z",
        "--as-of",
        "2026-11-03T14:00:00Z",
        "--format",
        "json",
    ];
    let desk = Desk::new();
    desk.put("deployment.toml", LOG);
    let mut command = desk.command(["report", "--db", &database.url()]);
    command.args(shifted);
    let report: Value = serde_json::from_str(&support::Finished::of(command).succeeded()).unwrap();
    let (verdict, reason, _) = said(&report, "slower", "median_duration");
    assert_eq!(verdict, "inconclusive", "{reason}");
    assert!(!reason.contains("time of day"), "{reason}");
}

#[test]
fn a_job_that_ran_at_other_hours_did_not_change() {
    let database = Database::fresh(Engine::Sqlite);
    put_log(&database, &[at_other_hours("moved", 1.0), at_other_hours("moved and slower", 1.5)].concat());
    let report: Value = serde_json::from_str(&printed(&database, &["--format", "json"])).unwrap();
    for metric in ["median_duration", "mean_duration"] {
        let (verdict, reason, moment) = said(&report, "moved", metric);
        assert_eq!(verdict, "inconclusive", "{reason}");
        assert!(reason.contains("but it ran at other hours of the day: within the same hours "), "{reason}");
        assert!(moment.is_null());
    }
    let (verdict, reason, _) = said(&report, "moved and slower", "median_duration");
    assert_eq!(verdict, "regressed", "{reason}");
    let caveats = report["caveats"].as_array().unwrap();
    let caveat = caveats.iter().find(|caveat| caveat["code"] == "hours_mixture").unwrap();
    assert!(caveat["message"].as_str().unwrap().starts_with("1 job (moved) ran at other hours"), "{caveat}");
    let moved = report["jobs"].as_array().unwrap().iter().find(|job| job["name"] == "moved").unwrap();
    assert_eq!(moved["verdict"]["kind"], "unclear");
}
