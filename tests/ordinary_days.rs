//! A change is held against what ordinary days do, and against the jobs that nobody touched; and what a change made
//! now could show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::draws::{Draws, LOG, put_log, whole};
use support::{Database, Desk, databases, report_of};

const JOBS: i64 = 8;
const RUNS_A_DAY: i64 = 60;
const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
/// 2026-11-01, midnight.
const FIRST: i64 = 1_793_491_200_000;

struct Run {
    job: i64,
    day: i64,
    start_ms: i64,
    duration_ms: i64,
}

/// `days` days, from 08:00 on a run of each job every ten minutes; each day slower or faster for all by `spread`, and
/// the last one for each job by its factor.
fn history(days: i64, spread: f64, last: impl Fn(i64) -> f64) -> Vec<Run> {
    let mut draws = Draws::new(20_261_130);
    let mut runs = Vec::new();
    for day in 0..days {
        let of_day = spread * draws.normal();
        for job in 0..JOBS {
            let factor = if day + 1 == days { last(job) } else { 1.0 };
            for nth in 0..RUNS_A_DAY {
                let duration = 2_000.0 * factor * (of_day + 0.1 * draws.normal()).exp();
                runs.push(Run {
                    job,
                    day,
                    start_ms: FIRST + day * DAY + (480 + 10 * nth) * MINUTE + 1_000 * job,
                    duration_ms: whole(duration),
                });
            }
        }
    }
    runs
}

fn put(database: &Database, runs: &[Run]) {
    let row = |run: &Run| format!("('job {}', {}, {}, 'success')", run.job, run.start_ms, run.duration_ms);
    put_log(database, &runs.iter().map(row).collect::<Vec<_>>());
}

fn instant(day: i64, hour: i64) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(FIRST + day * DAY + hour * 60 * MINUTE).unwrap();
    moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The report on the last of `days` days.
#[track_caller]
fn report(database: &Database, days: i64, file: &str, flags: &[&str]) -> Value {
    let flags: Vec<&str> = ["--format", "json"].iter().chain(flags).copied().collect();
    serde_json::from_str(&printed(database, days, file, &flags)).unwrap()
}

#[track_caller]
fn printed(database: &Database, days: i64, file: &str, flags: &[&str]) -> String {
    let desk = Desk::new();
    desk.put("deployment.toml", format!("{LOG}{file}"));
    let url = database.url();
    let (before, after) = (instant(days - 1, 8), instant(days - 1, 18));
    let mut command = desk.command(["report", "--db", &url, "--settle", "0s"]);
    command.args(["--at", &before, "--until", &after, "--as-of", &after]).args(flags);
    support::Finished::of(command).succeeded()
}

fn comparison<'a>(report: &'a Value, job: i64, metric: &str) -> &'a Value {
    let name = format!("job {job}");
    let found = report["jobs"].as_array().unwrap().iter().find(|found| found["name"] == name.as_str());
    &found.unwrap()["comparison"][metric]
}

fn codes(report: &Value) -> Vec<&str> {
    report["caveats"].as_array().unwrap().iter().filter_map(|caveat| caveat["code"].as_str()).collect()
}

/// Starts on time are compared as well.
const SCHEDULED: &str =
    "[analysis]\nscope = \"all\"\n[[jobs]]\nname = \"job 0\"\nschedule = \"*/10 8-17 * * *\"\n";

/// What differs between ways of counting and between databases.
fn comparable(mut report: Value) -> Value {
    for key in ["provenance", "source", "generated_at", "tool"] {
        report[key] = Value::Null;
    }
    report
}

/// By hand: the ratio of the mean durations of each day and the day before, without the last day.
fn mean_changes(runs: &[Run], job: i64, days: i64) -> Vec<f64> {
    let mut sums: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.job == job) {
        let (sum, count) = sums.entry(run.day).or_default();
        *sum += run.duration_ms;
        *count += 1;
    }
    let mean = |day: i64| sums[&day].0 as f64 / sums[&day].1 as f64;
    (1..days - 1).rev().map(|day| mean(day) / mean(day - 1)).collect()
}

#[test]
fn ordinary_days_are_read_in_every_way_and_say_what_they_do_by_hand() {
    let days = 31;
    let runs = history(days, 0.05, |job| if job == 0 { 2.0 } else { 1.0 });
    let mut known: Option<Value> = None;
    for database in databases() {
        put(&database, &runs);
        for way in ["pushdown", "scan"] {
            let report = report(&database, days, SCHEDULED, &["--execution", way]);
            assert!(!codes(&report).contains(&"earlier_days"), "{:?}", codes(&report));
            let report = comparable(report);
            match &known {
                None => known = Some(report),
                Some(known) => assert_eq!(known, &report, "{:?} by {way}", database.engine),
            }
        }
    }
    let report = known.unwrap();
    let changed = comparison(&report, 0, "mean_duration");
    assert_eq!(changed["verdict"], "regressed");
    let found = &changed["ordinary_days"];
    assert_eq!((&found["days"], &found["as_large"]), (&json!(28), &json!(0)));
    assert_eq!(comparison(&report, 0, "on_time_rate")["ordinary_days"]["days"], json!(28));
    let by_hand = &mean_changes(&runs, 0, days)[..28];
    let before = changed["baseline"].as_f64().unwrap();
    for (change, ratio) in found["changes"].as_array().unwrap().iter().zip(by_hand) {
        let change = change.as_f64().unwrap();
        assert!((change - before * (ratio - 1.0)).abs() < 1e-6 * before, "{change} for {ratio}");
    }
    let square = by_hand.iter().map(|ratio| ratio.ln().powi(2)).sum::<f64>() / 28.0;
    let told = (found["deviation"].as_f64().unwrap() / before).ln_1p();
    // Drawn towards the other jobs, which have the same days.
    assert!((told / square.sqrt() - 1.0).abs() < 0.25, "{told} for {}", square.sqrt());
    let reason = changed["reason"].as_str().unwrap();
    assert!(reason.contains("larger than on all 28 earlier days"), "{reason}");
}

#[test]
fn the_page_draws_a_change_beside_those_of_earlier_days() {
    let days = 31;
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &history(days, 0.05, |job| if job == 0 { 2.0 } else { 1.0 }));
    let page = printed(&database, days, "", &["--format", "html"]);
    let section = page.split("<section id=\"ordinary-days\"").nth(1).unwrap();
    let drawing = section.split("</section>").next().unwrap();
    assert!(drawing.contains("as large on 0 of 28 earlier days"), "{drawing}");
    let marks = drawing.matches("<circle class=\"before\"").count();
    assert!(marks > 28 && marks % 28 == 1, "{marks}: a mark a day and job, and the key");
    let page = printed(&database, days, "", &["--format", "html", "--placebo-days", "0"]);
    assert!(!page.contains("Changes beside those of ordinary days"));
}

#[test]
fn explain_shows_the_rows_of_the_windows_and_the_test_against_days() {
    let days = 31;
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &history(days, 0.05, |job| if job == 0 { 2.0 } else { 1.0 }));
    let desk = Desk::new();
    desk.put("deployment.toml", LOG);
    let (before, after) = (instant(days - 1, 8), instant(days - 1, 18));
    let url = database.url();
    let mut command = desk.command(["explain", "job 0", "median_duration", "--db", &url, "--settle", "0s"]);
    command.args(["--at", &before, "--until", &after, "--as-of", &after]);
    let said = support::Finished::of(command).succeeded();
    assert!(said.contains("Student's t of the change against the spread of 28 earlier days"), "{said}");
    let durations = said.split("Query durations").nth(1).unwrap();
    assert!(!durations.contains("earlier_times"), "{durations}");
}

#[test]
fn what_days_do_by_themselves_is_no_change() {
    let days = 31;
    let database = Database::fresh(support::Engine::Sqlite);
    // The last day is slower for all, by less than two ordinary days differ.
    put(&database, &history(days, 0.08, |_| 1.1));
    let alone = report(&database, days, "", &["--placebo-days", "0"]);
    let held = report(&database, days, "", &[]);
    assert!(codes(&alone).contains(&"earlier_days"), "{:?}", codes(&alone));
    let called = |report: &Value| {
        (0..JOBS).filter(|job| comparison(report, *job, "median_duration")["verdict"] == "regressed").count()
    };
    assert!(called(&alone) > 0, "the runs alone show a change");
    assert_eq!(called(&held), 0);
    let reason = comparison(&held, 0, "median_duration")["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("ordinary days do as much: the same comparison on 28 earlier days"), "{reason}");
    let days = reason
        .split_once("windows of about ")
        .and_then(|(_, rest)| rest.split_once(" days would show a change of this size"));
    let Some((days, _)) = days else { panic!("{reason}") };
    let days: u32 = days.parse().unwrap();
    // From the level of one comparison to that of one of a hundred.
    let found = comparison(&held, 0, "median_duration");
    let ratio = found["ordinary_days"]["deviation"].as_f64().unwrap() / found["shift"].as_f64().unwrap();
    let [least, most] = [2.24, 3.7].map(|quantile: f64| (quantile * ratio).powi(2).ceil().max(2.0));
    assert!((least..=most).contains(&f64::from(days)), "{days} for {least} to {most}");
}

#[test]
fn a_change_of_the_jobs_that_nobody_touched_is_not_the_deployments() {
    let days = 2;
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &history(days, 0.0, |job| if job == 0 { 2.0 } else { 1.3 }));
    let jobs = |controls: std::ops::Range<i64>| {
        (0..JOBS).fold(String::new(), |file, job| {
            format!("{file}[[jobs]]\nname = \"job {job}\"\ncontrol = {}\n", controls.contains(&job))
        })
    };
    let without = report(&database, days, &jobs(0..0), &[]);
    assert_eq!(comparison(&without, 1, "median_duration")["verdict"], "regressed");
    assert_eq!(comparison(&without, 1, "median_duration")["controls"], Value::Null);
    let held = report(&database, days, &jobs(3..8), &[]);
    for job in 1..JOBS {
        let found = comparison(&held, job, "median_duration");
        assert_eq!(found["verdict"], "inconclusive", "job {job}: {found}");
        let reason = found["reason"].as_str().unwrap();
        assert!(reason.contains("control jobs changed by"), "{reason}");
    }
    let touched = comparison(&held, 0, "median_duration");
    assert_eq!(touched["verdict"], "regressed");
    assert_eq!(touched["controls"]["jobs"], json!(5));
    let beyond = touched["controls"]["beyond"].as_f64().unwrap();
    assert!((beyond - (2.0 / 1.3 - 1.0)).abs() < 0.1, "{beyond}");
    assert!(codes(&held).contains(&"controls_too"), "{:?}", codes(&held));
}

#[test]
fn undeclared_jobs_are_controls_on_request() {
    let days = 2;
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &history(days, 0.0, |_| 1.3));
    let file = "[analysis]\nscope = \"all\"\ncontrols = \"undeclared\"\n[[jobs]]\nname = \"job 0\"\n";
    let held = report(&database, days, file, &[]);
    assert_eq!(comparison(&held, 0, "median_duration")["verdict"], "inconclusive");
}

#[test]
fn a_wrong_number_of_days_is_refused() {
    let desk = Desk::new();
    desk.put("deployment.toml", format!("{LOG}[analysis]\nplacebo_days = 400\ncontrols = \"some\"\n"));
    let refusal = desk.run(["lint", "deployment.toml"]).refused();
    assert!(refusal.contains("at most 366") && refusal.contains("controls"), "{refusal}");
}

/// What a change made after `days` days could show.
#[track_caller]
fn power(database: &Database, days: i64, flags: &[&str]) -> Value {
    let desk = Desk::new();
    desk.put("deployment.toml", LOG);
    let now = chrono::DateTime::from_timestamp_millis(FIRST + days * DAY).unwrap();
    let now = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let url = database.url();
    let mut command = desk.command(["power", "--db", &url, "--as-of", &now, "--format", "json"]);
    command.args(flags);
    report_of(command)
}

#[test]
fn power_says_which_change_the_report_finds() {
    let days = 31;
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &history(days, 0.05, |_| 1.0));
    let table = power(&database, days - 1, &[]);
    // The first day of the table begins after midnight.
    assert_eq!((&table["days"], &table["jobs"][0]["runs"]), (&json!(27), &json!(RUNS_A_DAY)));
    assert_eq!(table["jobs"][0]["duration"]["limited_by"], "days");
    let smallest = table["jobs"][0]["duration"]["change"].as_f64().unwrap();
    assert!((0.1..1.0).contains(&smallest), "{smallest}");
    for (factor, verdict) in [(1.0 + 1.4 * smallest, "regressed"), (1.0 + 0.3 * smallest, "inconclusive")] {
        let database = Database::fresh(support::Engine::Sqlite);
        put(&database, &history(days, 0.05, |job| if job == 0 { factor } else { 1.0 }));
        let report = report(&database, days, "", &[]);
        assert_eq!(comparison(&report, 0, "median_duration")["verdict"], verdict, "{factor}");
    }
}

#[test]
fn power_tells_runs_from_days_and_how_long_to_wait() {
    let days = 31;
    let alike = Database::fresh(support::Engine::Sqlite);
    put(&alike, &history(days, 0.0, |_| 1.0));
    let apart = Database::fresh(support::Engine::Sqlite);
    put(&apart, &history(days, 0.1, |_| 1.0));
    let (alike, apart) = (power(&alike, days, &[]), power(&apart, days, &[]));
    let (few, many) = (&alike["jobs"][0], &apart["jobs"][0]);
    assert!(few["wait_s"].as_f64().unwrap() < 86_400.0, "{few}");
    assert_eq!(many["wait_s"], Value::Null, "{many}");
    let change = |job: &Value| job["duration"]["change"].as_f64().unwrap();
    assert!(change(few) * 3.0 < change(many), "{few} {many}");
    assert_ne!(few["duration"]["limited_by"], "days");
}

#[test]
fn power_without_runs_and_with_wrong_numbers_says_so() {
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &[]);
    assert_eq!(power(&database, 31, &[])["jobs"], json!([]));
    let desk = Desk::new();
    for (flag, value, expected) in [
        ("--change", "fast", "no rise such as +20%"),
        ("--change", "-5%", "no rise such as +20%"),
        ("--power", "100%", "no probability from 50% to 99.9%"),
        ("--window", "soon", "--window: "),
        ("--window", "0s", "--window: '0s' is no length of time"),
    ] {
        let asked = format!("{flag}={value}");
        let refusal = desk.refusal(["power", &asked, "--db", "sqlite::memory:"]);
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn a_control_that_meets_changed_jobs_since_the_change_is_named() {
    let days = 2;
    let database = Database::fresh(support::Engine::Sqlite);
    put(&database, &history(days, 0.0, |_| 1.0));
    // Before the change both begin at second 0; job 1 is the control that job 0 was moved onto or away from.
    let file = |offsets: &str, control: u32| {
        format!(
            "[[jobs]]\nname = \"job 0\"\nschedule = \"*/10 * * * *\"\n{offsets}\n[[jobs]]\nname = \"job 1\"\n\
             schedule = \"*/10 * * * *\"\noffset = \"{control}s\"\nbaseline_offset = \"{control}s\"\ncontrol = true\n"
        )
    };
    let moved = report(&database, days, &file("offset = \"5s\"\nbaseline_offset = \"0s\"", 0), &[]);
    let onto = report(&database, days, &file("offset = \"5s\"\nbaseline_offset = \"0s\"", 5), &[]);
    let aside = report(&database, days, &file("offset = \"5s\"\nbaseline_offset = \"0s\"", 9), &[]);
    for report in [&moved, &onto] {
        let caveats = report["caveats"].as_array().unwrap();
        let found = caveats.iter().find(|caveat| caveat["code"] == "controls_affected").unwrap();
        assert!(
            found["message"].as_str().unwrap().starts_with("job 1 is declared as a control, but "),
            "{found}"
        );
    }
    assert!(!codes(&aside).contains(&"controls_affected"));
}
