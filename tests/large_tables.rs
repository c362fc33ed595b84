//! Millions of rows without an index on the start: what is read, what is refused, and that the time limit holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{Database, Desk, Engine, Finished};

/// A run a second, so many, from a day of February or January 2026.
struct Size {
    rows: u64,
    first: &'static str,
}

/// What is refused and what is limited hangs on more than a million.
const LARGE: Size = Size { rows: 1_500_000, first: "2026-02-05 00:00:00+00" };

const LARGER: Size = Size { rows: 5_000_000, first: "2026-01-01 00:00:00+00" };

/// Six hours after a change, and what is held against them.
const WINDOWS: [&str; 6] =
    ["--at", "2026-02-20T00:00:00Z", "--until", "2026-02-20T06:00:00Z", "--as-of", "2026-02-20T07:00:00Z"];

fn report(desk: &Desk, url: &str, more: &[&str]) -> Finished {
    let mut command = desk.command(["report", "--format", "json", "--db", url]);
    command.args(WINDOWS).args(more);
    Finished::of(command)
}

/// The tables of `pg_cron`, with no index but the key, as it makes them.
fn pg_cron(Size { rows, first }: Size) -> Database {
    let database = Database::fresh(Engine::Postgres);
    database.run(&format!(
        "CREATE SCHEMA cron;
         CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text NOT NULL, command text NOT NULL,
           username text NOT NULL DEFAULT CURRENT_USER, jobname text);
         INSERT INTO cron.job (jobid, schedule, command, jobname)
           SELECT n, '* * * * *', 'SELECT 1', 'job ' || n FROM generate_series(1, 5) n;
         CREATE UNLOGGED TABLE cron.job_run_details (jobid bigint, runid bigint NOT NULL, job_pid integer, database text,
           username text, command text, status text, return_message text, start_time timestamptz, end_time timestamptz);
         INSERT INTO cron.job_run_details (jobid, runid, status, return_message, start_time, end_time)
           SELECT 1 + n % 5, n, CASE WHEN n % 997 = 0 THEN 'failed' ELSE 'succeeded' END, '1 row',
             timestamptz '{first}' + n * interval '1 second', timestamptz '{first}' + n * interval '1 second' + interval '250 ms'
           FROM generate_series(1, {rows}) n;
         ALTER TABLE cron.job_run_details ADD PRIMARY KEY (runid);
         ANALYZE cron.job_run_details;"
    ));
    database
}

#[test]
fn runs_of_pg_cron_are_found_by_their_key_and_no_other_row_is_read() {
    found_by_their_key(&pg_cron(LARGE));
}

#[test]
#[ignore = "five million rows take a minute to make, and behave as a million and a half"]
fn the_same_holds_of_five_million() {
    found_by_their_key(&pg_cron(LARGER));
}

fn found_by_their_key(database: &Database) {
    let desk = Desk::new();
    let report_of = |way| {
        let finished = report(&desk, &database.url(), &["--execution", way]);
        serde_json::from_str::<Value>(&finished.stdout)
            .unwrap_or_else(|_| panic!("{way}: {}", finished.stderr))
    };
    for way in ["pushdown", "scan"] {
        let report = report_of(way);
        assert_eq!(report["source"]["preset"], "pg_cron");
        for side in ["baseline", "stagger"] {
            let window = &report["windows"][side];
            let counted = database.rows(&format!(
                "SELECT count(*), count(*) FILTER (WHERE status = 'failed') FROM cron.job_run_details
                 WHERE start_time >= '{}' AND start_time < '{}'",
                window["start"].as_str().unwrap(),
                window["end"].as_str().unwrap()
            ));
            let totals = &report["totals"][side];
            assert_eq!(
                [totals["started"].to_string(), totals["failed"].to_string()],
                counted[0][..],
                "{way} {side}"
            );
            assert!(totals["started"].as_u64().unwrap() > 20_000, "{way} {side}: {totals}");
        }
        assert!(report["caveats"].to_string().contains("bound_by_key"), "{way}");
    }
    // The same table without the key: refused, and within its time when it is read all the same.
    desk.put(
        "deployment.toml",
        "[source]\nquery = \"\"\"SELECT runid AS run_id, CAST(jobid AS text) AS job_name, start_time AS started_at, \
         end_time AS finished_at, status FROM cron.job_run_details\"\"\"\n\
         [source.statuses]\nsucceeded = \"success\"\n",
    );
    let limited = report(&desk, &database.url(), &["--max-time", "100ms"]);
    assert_eq!(limited.code, Some(2), "{}", limited.stdout.len());
    assert!(limited.stderr.contains("--max-time"), "{}", limited.stderr);
    assert_eq!(database.statements(), 0, "nothing goes on running");
    desk.put(
        "deployment.toml",
        "[source]\ntable = \"cron.job_run_details\"\n[source.columns]\njob_name = \"command\"\n\
         started_at = \"start_time\"\nfinished_at = \"end_time\"\n[source.statuses]\nsucceeded = \"success\"\n",
    );
    let refused = report(&desk, &database.url(), &[]);
    assert_eq!(refused.code, Some(2));
    for part in [
        "no index that begins with start_time",
        "CREATE INDEX \"job_run_details_start_time\" ON \"cron\".\"job_run_details\" (\"start_time\")",
        "--allow-full-scan",
    ] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    let limited = report(&desk, &database.url(), &["--allow-full-scan", "--max-time", "100ms"]);
    assert_eq!(limited.code, Some(2));
    assert!(limited.stderr.contains("--max-time"), "{}", limited.stderr);
    assert_eq!(database.statements(), 0, "nothing goes on running");
}

#[test]
fn sqlite_refuses_too_and_keeps_to_its_time() {
    let database = Database::fresh(Engine::Sqlite);
    database.run(&format!(
        "PRAGMA synchronous = OFF;
         CREATE TABLE job_runs (job_name TEXT, started_at INTEGER, finished_at INTEGER, status TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})
         INSERT INTO job_runs SELECT 'job ' || (i % 5), (1770249600 + i) * 1000000, (1770249600 + i) * 1000000 + 250000,
           'success' FROM n;",
        LARGE.rows
    ));
    let desk = Desk::new();
    let refused = report(&desk, &database.url(), &[]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("no index that begins with started_at"), "{}", refused.stderr);
    let limited = report(&desk, &database.url(), &["--allow-full-scan", "--max-time", "100ms"]);
    assert_eq!(limited.code, Some(2));
    assert!(limited.stderr.contains("--max-time"), "{}", limited.stderr);
    // Nothing holds the file any more.
    database.run("CREATE INDEX job_runs_started_at ON job_runs (started_at)");
    let found = report(&desk, &database.url(), &[]);
    let found: Value = serde_json::from_str(&found.stdout).unwrap_or_else(|_| panic!("{}", found.stderr));
    let seconds = (5 * 60 + 55) * 60;
    assert_eq!(found["totals"]["stagger"]["started"], seconds);
    assert_eq!(found["totals"]["baseline"]["started"], seconds);
}
