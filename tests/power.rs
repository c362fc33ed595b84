//! What `power` promises where runs have a season of the day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::f64::consts::TAU;

use serde_json::{Value, json};
use support::draws::{Draws, LOG, put_log, whole};
use support::{Database, Desk, Engine, Finished, databases, report_of};

const JOBS: i64 = 20;
const RUNS_A_DAY: i64 = 96;
const MINUTE: i64 = 60_000;
const DAYS: i64 = 16;
/// 2026-11-17, midnight.
const END: i64 = 1_794_873_600_000;
const NOW: &str = "2026-11-17T00:00:00Z";

/// The last `days` days of each job, four runs an hour, slower at one time of the day than at another.
fn history(season: f64, days: i64) -> Vec<String> {
    let mut draws = Draws::new(20_261_220);
    let mut rows = Vec::new();
    for job in 0..JOBS {
        // Backwards, but for which the last day would be another where there are more.
        for back in 1..=DAYS * RUNS_A_DAY {
            let by_hour = 1.0 - season * (TAU * back as f64 / RUNS_A_DAY as f64).sin();
            let took = whole(40_000.0 * by_hour * (0.25 * draws.normal()).exp());
            if back <= days * RUNS_A_DAY {
                let start = END - back * 15 * MINUTE;
                rows.push(format!("('job {job:02}', {start}, {took}, 'success')"));
            }
        }
    }
    rows
}

fn asked(database: &Database, flags: &[&str]) -> (Desk, std::process::Command) {
    let desk = Desk::new();
    desk.put("deployment.toml", LOG);
    let mut command = desk.command(["power", "--db", &database.url(), "--as-of", NOW]);
    command.args(flags);
    (desk, command)
}

#[track_caller]
fn jobs(database: &Database) -> Vec<Value> {
    let (_desk, command) = asked(database, &["--format", "json"]);
    report_of(command)["jobs"].as_array().unwrap().clone()
}

#[track_caller]
fn jobs_of(season: f64, days: i64) -> Vec<Value> {
    let database = Database::fresh(Engine::Sqlite);
    put_log(&database, &history(season, days));
    jobs(&database)
}

fn change(job: &Value) -> f64 {
    job["duration"]["change"].as_f64().unwrap_or(f64::INFINITY)
}

fn is_held_against_the_same_hours(job: &Value) -> bool {
    !job["same_hours"].is_null()
}

fn median(jobs: &[Value]) -> f64 {
    let mut changes: Vec<f64> = jobs.iter().map(change).collect();
    changes.sort_by(f64::total_cmp);
    changes[changes.len() / 2]
}

#[test]
fn a_season_of_the_day_does_not_make_the_smallest_change_much_larger() {
    let (none, season) = (jobs_of(0.0, 2), jobs_of(0.2, 2));
    let held = season.iter().filter(|job| is_held_against_the_same_hours(job)).count();
    assert!(held >= season.len() - 2, "{season:?}");
    assert!(median(&season) < 1.3 * median(&none), "{} for {}", median(&season), median(&none));
    // The day before says what the season is: without it, it counts as dependence.
    let alone = jobs_of(0.2, 1);
    assert!(!alone.iter().any(is_held_against_the_same_hours));
    assert!(median(&alone) > 1.3 * median(&season), "{} for {}", median(&alone), median(&season));
    for (job, alone) in season.iter().zip(&alone) {
        assert!(change(job) <= change(alone), "{job} {alone}");
        let wait = |job: &Value| job["wait_s"].as_f64().unwrap_or(f64::INFINITY);
        assert!(wait(job) <= wait(alone), "{job} {alone}");
        assert_eq!(job["failures"], alone["failures"], "a season of durations is none of failures");
    }
}

#[test]
fn without_a_season_the_last_day_says_what_it_said() {
    let (two, alone) = (jobs_of(0.0, 2), jobs_of(0.0, 1));
    for (job, alone) in two.iter().zip(&alone) {
        if is_held_against_the_same_hours(job) {
            // Runs that seem to resemble their predecessors by chance.
            assert!(change(job) < change(alone), "{job} {alone}");
        } else {
            assert_eq!(job, alone);
        }
    }
    let held = two.iter().filter(|job| is_held_against_the_same_hours(job)).count();
    assert!(held <= two.len() / 5, "{held}");
}

#[test]
fn every_database_promises_the_same_and_the_text_says_what_it_rests_on() {
    let mut known: Option<Vec<Value>> = None;
    for database in databases() {
        put_log(&database, &history(0.2, 2));
        let jobs = jobs(&database);
        assert_eq!(known.get_or_insert_with(|| jobs.clone()), &jobs, "{:?}", database.engine);
        assert_eq!(jobs[0]["same_hours"]["pairs"], json!(RUNS_A_DAY));
        let text = Finished::of(asked(&database, &[]).1).succeeded();
        assert!(
            text.contains(" (h)") && text.contains("held against those of the same time of day"),
            "{text}"
        );
    }
}

#[test]
fn days_have_the_season_in_them_and_need_no_longer_baseline_for_it() {
    let (none, season) = (jobs_of(0.0, DAYS), jobs_of(0.2, DAYS));
    for (none, season) in none.iter().zip(&season) {
        assert!(!is_held_against_the_same_hours(season), "days say it: {season}");
        assert!(change(season) < 1.3 * change(none), "{season} {none}");
        assert!(
            season["wait_s"].as_f64().unwrap() < 2.0 * none["wait_s"].as_f64().unwrap(),
            "{season} {none}"
        );
    }
}

#[test]
fn windows_too_short_for_pairs_keep_the_figure_of_their_runs() {
    let database = Database::fresh(Engine::Sqlite);
    put_log(&database, &history(0.2, 2));
    let text = Finished::of(asked(&database, &["--window", "5h"]).1).succeeded();
    assert!(!text.contains("(h)"), "{text}");
}
