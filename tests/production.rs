//! `docs/production.md`: what it says of rights, settings, queries, limits and mappings is what the program does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use jobdelta::clock::Span;
use jobdelta::database::session::Limits;
use jobdelta::deployment::builtin;
use jobdelta::figure::count;
use jobdelta::observe::{MOST_JOBS, MOST_ROWS, MOST_SCANNED};
use jobdelta::pipeline::MOST_ROWS_WITHOUT_INDEX;
use jobdelta::settings::Policy;
use support::{Database, Desk, Engine, Finished, golden, jobdelta, with_part};

const PAGE: &str = "docs/production.md";

/// Jobs that are scheduled, and an excluded period, so that every query is asked.
const DEPLOYMENT: &str = r#"
[windows]
baseline = { start = "2026-02-05T10:00:00Z", end = "2026-02-05T11:00:00Z" }
stagger = { start = "2026-02-10T10:00:00Z", end = "2026-02-10T11:00:00Z" }
exclude = [{ start = "2026-02-10T10:20:00Z", end = "2026-02-10T10:25:00Z", reason = "restart" }]
as_of = "2026-02-20T00:00:00Z"

[analysis]
scope = "all"

[[jobs]]
name = "job-1"
schedule = "* * * * *"
"#;

#[test]
fn the_page_for_whoever_has_to_allow_it() {
    assert_eq!(Engine::tested().len(), 3, "the page names all three: run this test without --engine");
    let made = [
        ("rights", rights()),
        ("settings", settings()),
        ("queries", queries()),
        ("limits", limits()),
        ("mappings", mappings()),
    ];
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap();
    let page = made
        .iter()
        .fold(page, |page, (name, text)| with_part(&page, &format!("tests/production.rs: {name}"), text));
    golden(PAGE, &page);
}

fn rights() -> String {
    let mut text = "| mapping | of | rights |\n|---|---|---|\n".to_owned();
    for known in builtin::all().unwrap() {
        let tables = known.all_tables().join(", ");
        text.push_str(&format!(
            "| `{}` | {} | `GRANT SELECT ON {tables}` |\n",
            known.mapping.name, known.product
        ));
    }
    text
}

/// Read off the mappings' files.
#[test]
fn every_table_that_a_mapping_joins_is_named() {
    let tables = |name: &str| {
        let all = builtin::all().unwrap();
        let known = all.iter().find(|known| known.mapping.name == name).unwrap();
        known.all_tables().iter().map(|table| (*table).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        tables("prefect"),
        ["flow_run", "flow", "flow_run_state", "deployment_schedule", "deployment"],
        "with those of the list of jobs"
    );
    assert_eq!(tables("airflow"), ["dag_run", "dag"]);
    assert_eq!(tables("job_runs"), ["job_runs"]);
    let listed = jobdelta(["sources"]).succeeded();
    assert!(
        listed.contains("reads flow_run, flow, flow_run_state, deployment_schedule, deployment\n"),
        "{listed}"
    );
}

fn settings() -> String {
    let mut text = String::new();
    for (name, dialect) in
        [("PostgreSQL", "postgres"), ("MariaDB", "mariadb"), ("MySQL", "mysql"), ("SQLite", "sqlite")]
    {
        let script = jobdelta(["sql", "coverage", "--dialect", dialect]).succeeded();
        let (settings, _) = script.split_once("\n\n").unwrap();
        text.push_str(&format!("{name}:\n\n```sql\n{settings}\n```\n\n"));
    }
    text
}

fn limits() -> String {
    let Limits { lock_time, .. } = Limits::default();
    let Policy { max_time, .. } = Policy::default();
    let length = |length: std::time::Duration| Span(i64::try_from(length.as_micros()).unwrap());
    let rows: [(&str, String, &str); 6] = [
        (
            "the whole reading, connecting included",
            length(max_time).to_string(),
            "the server, and the program after it; `--max-time`",
        ),
        ("waiting for a lock", length(lock_time).to_string(), "the server"),
        (
            "rows of a table without an index that begins with the start",
            count(MOST_ROWS_WITHOUT_INDEX),
            "the program, before the first query; `--allow-full-scan`",
        ),
        ("runs that `scan` reads", count(MOST_SCANNED), "the program, which ends the statement"),
        ("jobs in both windows", count(MOST_JOBS as u64), "the program"),
        ("rows that one query returns", count(MOST_ROWS as u64), "the program, which ends the statement"),
    ];
    let mut text = "| what | most | held by |\n|---|---|---|\n".to_owned();
    for (what, most, held_by) in rows {
        text.push_str(&format!("| {what} | {most} | {held_by} |\n"));
    }
    text
}

fn mappings() -> String {
    let mut text = String::new();
    for known in builtin::all().unwrap() {
        let mapping = &known.mapping;
        let limits: Vec<&String> = mapping.headline_limit.iter().chain(&mapping.known_limits).collect();
        if !limits.is_empty() {
            let limits: Vec<String> = limits.iter().map(|limit| format!("  - {limit}\n")).collect();
            text.push_str(&format!("- `{}`\n{}", mapping.name, limits.concat()));
        }
    }
    text
}

/// The names of the queries with what they ask; below, how each database reads a million rows for them.
fn queries() -> String {
    let script = jobdelta(["sql", "--all", "--dialect", "sqlite"]).succeeded();
    let lines: Vec<&str> = script.lines().collect();
    let mut text = "| query | what it asks |\n|---|---|\n".to_owned();
    for pair in lines.windows(3).filter(|lines| lines[0].is_empty() && lines[1].starts_with("-- ")) {
        let (name, question) = (&pair[1][3..], pair[2].trim_start_matches("-- "));
        text.push_str(&format!("| `{name}` | {question} |\n"));
    }
    for engine in Engine::tested() {
        let name = match engine {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
            Engine::MariaDb => "MariaDB",
        };
        text.push_str(&format!("\n{name}:\n\n{}", access_paths(engine)));
    }
    text
}

/// A line for each way to read the table, with the queries that read it so.
fn access_paths(engine: Engine) -> String {
    let database = million(engine);
    let desk = Desk::new();
    desk.put("deployment.toml", DEPLOYMENT);
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for execution in ["pushdown", "scan"] {
        let arguments = ["report", "--explain-cost", "--db", &database.url(), "--execution", execution];
        let told = Finished::of(desk.command(arguments)).succeeded();
        let (_, entries) = told.split_once("\n\n").unwrap();
        let mut name = String::new();
        for line in entries.lines() {
            match line.strip_prefix("  ") {
                None => name = String::from(line.split(' ').next().unwrap()),
                Some(read) => {
                    let (path, read) = (paths.entry(name.clone()).or_default(), lasting(engine, read));
                    if !path.split("; ").any(|known| known == read) {
                        path.push_str(if path.is_empty() { "" } else { "; " });
                        path.push_str(&read);
                    }
                }
            }
        }
    }
    let mut by_path: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, path) in &paths {
        by_path.entry(path).or_default().push(format!("`{name}`"));
    }
    by_path.iter().map(|(path, names)| format!("- {path}: {}\n", names.join(", "))).collect()
}

/// What does not depend on the sample that the database took of its rows: not their number, and of PostgreSQL
/// not which of several ways through an index.
fn lasting(engine: Engine, read: &str) -> String {
    if engine == Engine::Postgres {
        return if read.contains("Seq Scan") { "the whole table" } else { "through an index" }.to_owned();
    }
    let read = match read.strip_suffix(" times").and_then(|read| read.rsplit_once(", ")) {
        Some((read, _)) => read,
        None => read,
    };
    let path = match read.rsplit_once(": ") {
        Some((path, rows)) if rows.ends_with(" rows") || rows.ends_with(" row") => path,
        _ => read,
    };
    format!("`{path}`")
}

/// A million runs of 200 jobs over 14 days from 2026-02-01, in the order of their starts.
fn million(engine: Engine) -> Database {
    let database = Database::fresh(engine);
    jobdelta(["migrate", "--db", &database.url()]).succeeded();
    let columns = "job_name, scheduled_at, started_at, finished_at, status, attempt, schedule";
    let (at, numbers, analyse) = match engine {
        Engine::Sqlite => (
            "1769904000000000 + i * 1209600 + ",
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 1000000)",
            "ANALYZE;",
        ),
        Engine::Postgres => {
            ("timestamptz '2026-02-01Z' + interval '1 us' * (i * 1209600 + ", "", "VACUUM ANALYZE job_runs;")
        }
        Engine::MariaDb => {
            ("TIMESTAMP'2026-02-01 00:00:00' + INTERVAL (i * 1209600 + ", "", "ANALYZE TABLE job_runs;")
        }
    };
    let end = match engine {
        Engine::Sqlite => "",
        Engine::Postgres => ")",
        Engine::MariaDb => ") MICROSECOND",
    };
    let (job, from) = match engine {
        Engine::Sqlite => ("'job-' || (i % 200)", "n"),
        Engine::Postgres => ("'job-' || (i % 200)", "generate_series(0::bigint, 999999) AS g(i)"),
        Engine::MariaDb => ("CONCAT('job-', i % 200)", "(SELECT seq AS i FROM seq_0_to_999999) AS n"),
    };
    let status = "CASE WHEN i % 200 = 7 THEN 'failed' ELSE 'success' END";
    let (due, start, stop) = (format!("{at}0{end}"), format!("{at}5000{end}"), format!("{at}900000{end}"));
    database.run(&format!(
        "INSERT INTO job_runs ({columns})
         {numbers} SELECT {job}, {due}, {start}, {stop}, {status}, 1, '* * * * *' FROM {from}; {analyse}"
    ));
    database
}
