//! Memory that a report takes for each job, and what it says of too many jobs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Stdio;
use std::time::Duration;

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
         SELECT 'job ' || n % {number}, 1767225600000000 + n * {step_us},
           1767225600000000 + n * {step_us} + 1000000, CASE WHEN n % 7 = 0 THEN 'failed' ELSE 'success' END
         FROM (WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {runs} - 1)
               SELECT n FROM s)"
    ));
    database
}

/// The most memory, in kilobytes, that a report over `number` jobs has at any moment; all formats are made.
fn memory_kb(number: u64) -> u64 {
    let (database, desk) = (jobs(number), Desk::new());
    let url = database.url();
    let outputs = ["-o", "r.md", "-o", "r.html", "-o", "r.json", "--max-time", "10m"];
    let mut command = desk.command(["report", "--db", &url].into_iter().chain(outputs).chain(WINDOWS));
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(most);
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    most
}

#[test]
fn a_job_takes_a_bounded_amount_of_memory() {
    let (few, many) = (500, 2_500);
    let (least, most) = (memory_kb(few), memory_kb(many));
    let kb_a_job = (most - least) as f64 / (many - few) as f64;
    println!("{few} jobs: {least} kB, {many} jobs: {most} kB, {kb_a_job:.1} kB a job");
    assert!(
        kb_a_job < MOST_KB_A_JOB,
        "{few} jobs: {least} kB, {many} jobs: {most} kB, {kb_a_job:.1} kB a job"
    );
}

/// What is measured (see benches/README.md), and a fifth.
const MOST_KB_A_JOB: f64 = 50.0;

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
