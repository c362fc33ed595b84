//! A table whose partitions are on another server: the report is that of the plain table, and that server counts.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::{Database, Desk, Engine, server};

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    "--stagger",
    "2026-01-02T00:00:00Z/2026-01-03T00:00:00Z",
    "--as-of",
    "2026-01-03T00:00:00Z",
];

const DEPLOYMENT: &str = r#"
[windows]
exclude = [{ start = "2026-01-01T12:00:00Z", end = "2026-01-01T13:00:00Z", reason = "maintenance" }]

[[jobs]]
name = "job 3"
schedule = "* * * * *"
offset = "45s"

[[jobs]]
name = "job 7"
schedule = "* * * * *"
"#;

/// Statements that the partitions' server works out, where the planner has no statistics of it: with them it takes the
/// groups of an expression to be as many as its rows, and fetches those. The others need all runs in one order, or
/// look for rows without a start.
const PUSHED: [&str; 6] =
    ["durations", "jobs_at_peak", "schedules", "start_bursts", "start_delays", "start_seconds"];

/// Runs of forty jobs: some fail, some meet, some never end, some never started.
const ROWS: &str = "INSERT INTO job_runs
    (job_name, scheduled_at, started_at, finished_at, status, error_message, attempt, schedule, stagger_offset_s)
  SELECT 'job ' || n % 40, at - INTERVAL '1 second' * (n % 3), at,
    CASE WHEN n % 409 <> 0 THEN at + INTERVAL '1 millisecond' * (n * 7919 % 100003 * 3) END,
    CASE WHEN n % 409 = 0 THEN 'running' WHEN n % 17 = 0 THEN 'failed' WHEN n % 31 = 0 THEN 'skipped'
      ELSE 'success' END,
    CASE WHEN n % 17 = 0 THEN 'error ' || n % 29 END, 1 + n % 2, '* * * * *', n % 60
  FROM (SELECT n, TIMESTAMPTZ '2026-01-01 00:00:00Z' + n * INTERVAL '8.64 seconds' AS at
        FROM generate_series(0, 19999) AS n) AS numbers";

/// `plain` has `job_runs`, `halves` a table of that name with two partitions, which are tables of `plain`.
fn prepared() -> (Database, Database, Desk) {
    let (plain, halves) = (Database::fresh(Engine::Postgres), Database::fresh(Engine::Postgres));
    support::jobdelta(["migrate", "--db", &plain.url()]).succeeded();
    plain.run(ROWS);
    plain.run(
        "CREATE TABLE part_0 (LIKE job_runs); CREATE TABLE part_1 (LIKE job_runs); \
         CREATE INDEX ON part_0 (started_at); CREATE INDEX ON part_1 (started_at)",
    );
    let url = server("JOBDELTA_TEST_POSTGRES");
    let (credentials, place) = url.split_once("://").unwrap().1.split_once('@').unwrap();
    let (user, password) = credentials.split_once(':').unwrap();
    let (host, port) = place.split_once('/').unwrap().0.split_once(':').unwrap();
    let name = &plain.name;
    let columns = "id bigint, job_name text, started_at timestamptz, finished_at timestamptz, status text, \
        skip_reason text, error_message text, worker text, attempt integer, scheduled_at timestamptz, \
        schedule text, effective_schedule text, stagger_offset_s integer";
    let part = |number: u8| {
        format!(
            "CREATE FOREIGN TABLE half_{number} PARTITION OF job_runs FOR VALUES \
             WITH (MODULUS 2, REMAINDER {number}) SERVER other OPTIONS (table_name 'part_{number}')"
        )
    };
    halves.run(&format!(
        "CREATE EXTENSION postgres_fdw; \
         CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw \
           OPTIONS (host '{host}', port '{port}', dbname '{name}', fdw_tuple_cost '1'); \
         CREATE USER MAPPING FOR CURRENT_USER SERVER other OPTIONS (user '{user}', password '{password}'); \
         CREATE TABLE job_runs ({columns}) PARTITION BY HASH (job_name); {}; {}; \
         CREATE FOREIGN TABLE every_run ({columns}) SERVER other OPTIONS (table_name 'job_runs'); \
         INSERT INTO job_runs SELECT * FROM every_run; DROP FOREIGN TABLE every_run",
        part(0),
        part(1)
    ));
    plain.run("ANALYZE");
    let desk = Desk::new();
    desk.put("deployment.toml", DEPLOYMENT);
    (plain, halves, desk)
}

/// The report without what says how it was made.
fn report(desk: &Desk, database: &Database) -> Value {
    let url = database.url();
    let asked = ["report", "--format", "json", "--execution", "pushdown", "--db", &url];
    let mut report = support::report_of(desk.command(asked.into_iter().chain(WINDOWS)));
    for key in ["provenance", "source", "generated_at"] {
        report.as_object_mut().unwrap().remove(key);
    }
    report
}

#[test]
fn partitions_on_another_server_give_the_report_of_the_plain_table() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let (plain, halves, desk) = prepared();
    let (expected, seen) = (report(&desk, &plain), report(&desk, &halves));
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(value, &seen[key], "{key}");
    }
    // Of an excluded period a planner expects few rows to be left, and then fetches them.
    desk.put("deployment.toml", "");
    let url = halves.url();
    let mut pushed = Vec::new();
    let mut others = Vec::new();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/queries")).unwrap() {
        let query = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        let script = desk.run(["sql", &query, "--db", &url].into_iter().chain(WINDOWS)).succeeded();
        let head = format!("-- {query}\n");
        let plan =
            halves.script(&script.replace(&head, &format!("EXPLAIN (COSTS OFF, VERBOSE)\n{head}"))).unwrap();
        let of = |mark: &str| plan.lines().filter(|line| line.contains(mark)).count();
        let scans = of("Foreign Scan");
        // What is asked of the other server is groups, nowhere rows.
        let is_pushed = scans > 0 && of("Relations: Aggregate on") == scans;
        if is_pushed { &mut pushed } else { &mut others }.push(query);
    }
    pushed.sort();
    let lacking: Vec<&str> =
        PUSHED.into_iter().filter(|query| !pushed.iter().any(|name| name == query)).collect();
    assert!(lacking.is_empty(), "not pushed: {lacking:?} of {others:?}");
}
