//! What a report says of too many jobs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Database, Desk, Engine, jobdelta};

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    "--stagger",
    "2026-01-02T00:00:00Z/2026-01-03T00:00:00Z",
    "--as-of",
    "2026-01-03T00:00:00Z",
];

/// Two runs of each job in each window.
fn jobs(number: u64) -> Database {
    let database = Database::fresh(Engine::Sqlite);
    jobdelta(["migrate", "--db", &database.url()]).succeeded();
    let runs = 4 * number;
    let step_us = 172_800_000_000 / runs;
    database.run(&format!(
        "INSERT INTO job_runs (job_name, started_at, finished_at, status)
         SELECT 'job ' || (n % {number}), 1767225600000000 + n * {step_us},
           1767225600000000 + n * {step_us} + 1000000, CASE WHEN n % 7 = 0 THEN 'failed' ELSE 'success' END
         FROM (WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {runs} - 1)
               SELECT n FROM s)"
    ));
    database
}

#[test]
fn too_many_jobs_are_an_error_that_says_what_to_do() {
    let (database, desk) = (jobs(20_001), Desk::new());
    for execution in ["scan", "pushdown"] {
        let arguments = ["report", "--db", &database.url(), "--execution", execution];
        let message = desk.refusal(arguments.into_iter().chain(WINDOWS));
        assert!(message.contains("runs of more than 20000 jobs"), "{message}");
        assert!(message.contains("--scope declared") && message.contains("`where`"), "{message}");
    }
}
