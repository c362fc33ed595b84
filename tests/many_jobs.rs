//! What a report says of too many jobs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Command;

use support::{Database, Desk, Engine, PYTHON, jobdelta};

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    "--stagger",
    "2026-01-02T00:00:00Z/2026-01-03T00:00:00Z",
    "--as-of",
    "2026-01-03T00:00:00Z",
];

/// What a job with two runs in each window takes at most, from the rows to every format.
const KIB_OF_A_JOB: f64 = 20.0;

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

/// Peak of resident memory of a report in every format, in KiB, by what the system counted.
fn peak_of(number: u64) -> u64 {
    let (database, desk) = (jobs(number), Desk::new());
    let url = database.url();
    let formats = ["-o", "report.json", "-o", "report.html", "-o", "report.md", "-o", "report.txt"];
    let report = desk.command(["report", "--db", &url].into_iter().chain(WINDOWS).chain(formats));
    let counting = "import resource, subprocess, sys\n\
                    subprocess.run(sys.argv[1:], check=True)\n\
                    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let mut command = Command::new(PYTHON);
    command.current_dir(desk.path()).args(["-c", counting]).arg(report.get_program()).args(report.get_args());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().unwrap()
}

#[test]
fn a_job_takes_no_more_memory_than_the_limit_of_jobs_allows() {
    const FEWER: u64 = 1_000;
    const MORE: u64 = 3_000;
    let a_job = peak_of(MORE).saturating_sub(peak_of(FEWER)) as f64 / (MORE - FEWER) as f64;
    assert!(a_job < KIB_OF_A_JOB, "a job takes {a_job:.1} KiB");
}
