//! What `jobdelta sql` prints runs as it stands in the databases' own clients, and gives what the report
//! rests on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Database, Desk, Engine, WINDOWS, jobdelta, report_of};

/// Jobs with schedules and an excluded period, so that no query is left out of a report.
const DEPLOYMENT: &str = r#"
[windows]
exclude = [{ start = "2026-11-23T12:40:00Z", end = "2026-11-23T12:45:00Z", reason = "maintenance" }]

[[jobs]]
name = "Live Stats Sync"
schedule = "* * * * *"
offset = "45s"

[[jobs]]
name = "Referral Tier 2 Processor"
schedule = "* * * * *"

[[jobs]]
name = "Prediction Matcher"
schedule = "*/5 * * * *"
offset = "25s"
"#;

/// The names of the queries, which are those of the files.
fn queries() -> Vec<String> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/queries")).unwrap();
    let names = folder.map(|entry| entry.unwrap().path());
    let names = names.filter(|path| path.extension().is_some_and(|ending| ending == "sql"));
    let mut names: Vec<String> =
        names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 9, "{names:?}");
    names
}

#[test]
fn an_unknown_query_is_named_before_a_source_is_asked_for() {
    let desk = Desk::new();
    for more in [&[][..], &["--dialect", "sqlite"], &["--db", "sqlite:nowhere.db"]] {
        let refused = desk.refusal(["sql", "outcoms"].iter().chain(more));
        assert!(refused.contains("there is no query 'outcoms'; did you mean 'outcomes'?"), "{refused}");
    }
    assert!(desk.refusal(["sql", "outcomes"]).contains("no source of runs"));
}

/// The measured runs, some with what the measurement did not record: moments that were meant, and a run
/// that overlaps the one before it.
fn prepared(engine: Engine) -> (Database, Desk) {
    let database = Database::measured(engine);
    database.run("UPDATE job_runs SET scheduled_at = started_at WHERE job_name = 'Live Stats Sync'");
    let desk = Desk::new();
    desk.put("deployment.toml", DEPLOYMENT);
    let overlapping = "job_name,started_at,finished_at,status\n\
        Live Stats Sync,2026-11-23T13:00:50Z,2026-11-23T13:03:00Z,success\n";
    desk.put("more.csv", overlapping);
    desk.run(["import", "--db", &database.url(), "more.csv"]).succeeded();
    (database, desk)
}

/// The rows that the client returns for a script of the program, without the rows that setting things up
/// may give.
#[track_caller]
fn rows(database: &Database, script: &str) -> Vec<String> {
    let printed = database.script(script).unwrap_or_else(|error| panic!("{error}\nin:\n{script}"));
    printed.lines().map(|line| line.replace("NULL", "")).collect()
}

/// Queries that ask about what is not known before: the moment of the peak, and its minute.
const BOUND_TO_RESULTS: [&str; 2] = ["jobs_at_peak", "busiest_minute"];

#[test]
fn every_query_runs_in_the_databases_own_client() {
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for engine in Engine::tested() {
        let (database, desk) = prepared(engine);
        let url = database.url();
        for query in queries() {
            let dialect = ["sql", &query, "--dialect", engine.dialect()];
            let asked = ["sql", &query, "--db", &url];
            for arguments in [dialect, asked] {
                let script = desk.run(arguments.into_iter().chain(WINDOWS)).succeeded();
                assert!(!script.contains("let-me-in"), "no secret is printed");
                let mut rows = rows(&database, &script);
                rows.sort();
                // The times of a scan are as each database stores them; what is counted from them is compared
                // in tests/observations.rs.
                if query == "scan" {
                    rows = vec![format!("{} rows", rows.len())];
                }
                let silent = BOUND_TO_RESULTS.contains(&query.as_str());
                assert!(silent || !rows.is_empty(), "{engine:?}, {query}: no rows from\n{script}");
                let first = answers.entry(query.clone()).or_insert_with(|| rows.clone());
                assert_eq!(*first, rows, "{engine:?}, {query}: {arguments:?}");
            }
        }
    }
}

#[test]
fn the_whole_script_runs_and_changes_nothing() {
    for engine in Engine::tested() {
        let (database, desk) = prepared(engine);
        for arguments in [["--dialect", engine.dialect()], ["--db", &database.url()]] {
            let script = desk.run(["sql", "--all"].into_iter().chain(arguments).chain(WINDOWS)).succeeded();
            for query in queries() {
                assert!(script.contains(&format!("\n-- {query}\n")), "{query} is missing");
            }
            rows(&database, &script);
        }
        assert_eq!(database.value("SELECT COUNT(*) FROM job_runs"), "201");
    }
}

#[test]
fn the_client_returns_as_many_rows_as_the_report_rests_on() {
    for engine in Engine::tested() {
        let (database, desk) = prepared(engine);
        let url = database.url();
        let report = report_of(
            desk.command(
                ["report", "--format", "json", "--execution", "pushdown", "--db", &url]
                    .into_iter()
                    .chain(WINDOWS),
            ),
        );
        let mut seen = 0;
        for entry in report["provenance"].as_array().unwrap() {
            let query = entry["query"].as_str().unwrap();
            if BOUND_TO_RESULTS.contains(&query) || query == "trends" {
                continue;
            }
            let script = desk.run(["sql", query, "--db", &url].into_iter().chain(WINDOWS)).succeeded();
            let returned = Value::from(rows(&database, &script).len());
            assert_eq!(entry["rows"], returned, "{engine:?}, {query}");
            seen += 1;
        }
        // Those, the trends of the busiest jobs, the scan, which is the other way to count, the slices of what
        // changed, and the starts of an inventory.
        assert_eq!(
            seen + BOUND_TO_RESULTS.len() + 5,
            queries().len(),
            "every query has its place in such a report"
        );
    }
}

#[test]
fn mysql_gets_a_text_of_its_own() {
    let script = jobdelta(["sql", "durations", "--dialect", "mysql"].into_iter().chain(WINDOWS)).succeeded();
    assert!(script.contains("max_execution_time") && script.contains("utf8mb4_0900_bin"), "{script}");
    let script =
        jobdelta(["sql", "durations", "--dialect", "mariadb"].into_iter().chain(WINDOWS)).succeeded();
    assert!(script.contains("max_statement_time") && script.contains("utf8mb4_nopad_bin"), "{script}");
}

/// Without windows the last day is held against the day before, without a database every column is taken
/// to be there.
#[test]
fn nothing_has_to_be_given() {
    for engine in Engine::tested() {
        let (database, _) = prepared(engine);
        for query in queries() {
            let script = jobdelta(["sql", &query, "--dialect", engine.dialect()]).succeeded();
            rows(&database, &script);
        }
    }
}
