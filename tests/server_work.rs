//! What a report asks of a server grows with the rows, not faster. Counted is what the server counts itself:
//! the rows that MariaDB's handlers read, the rows that pass between the steps of PostgreSQL's plans, the
//! steps of SQLite's machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{Database, Desk, Engine, jobdelta};

/// Runs in the table, a fourfold of the one before.
const SIZES: [u64; 3] = [10_000, 40_000, 160_000];

/// Fourfold rows may cost this much more: sorting, and a step that a planner adds for a larger table, are within
/// it. Quadratic work would be sixteenfold.
const MOST_GROWTH: f64 = 4.0 * 1.5;

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    "--stagger",
    "2026-01-02T00:00:00Z/2026-01-03T00:00:00Z",
    "--as-of",
    "2026-01-03T00:00:00Z",
];

/// Schedules, offsets and an excluded hour, so that no query is left out of a report.
const DEPLOYMENT: &str = r#"
[windows]
exclude = [{ start = "2026-01-01T12:00:00Z", end = "2026-01-01T13:00:00Z", reason = "maintenance" }]

[[jobs]]
name = "big"
schedule = "* * * * *"
offset = "45s"

[[jobs]]
name = "job 7"
schedule = "* * * * *"
"#;

/// Two texts as one.
type Joined = fn(&str, &str) -> String;
/// The instant so many microseconds after the first window begins.
type At = Box<dyn Fn(&str) -> String>;

/// Fills `job_runs` in the server: half of the runs are of one job, the others of a hundred; many meet, some
/// fail, a few never end.
fn fill(database: &Database, rows: u64) {
    let step_us = 172_800_000_000 / rows;
    let (numbers, joined, at): (String, Joined, At) = match database.engine {
        Engine::Postgres => (
            format!("SELECT n FROM generate_series(0, {rows} - 1) AS n"),
            |a, b| format!("{a} || ({b})"),
            Box::new(|us| format!("TIMESTAMPTZ '2026-01-01 00:00:00Z' + ({us}) * INTERVAL '1 microsecond'")),
        ),
        Engine::MariaDb => (
            format!("SELECT CAST(seq AS SIGNED) AS n FROM seq_0_to_{}", rows - 1),
            |a, b| format!("CONCAT({a}, {b})"),
            Box::new(|us| format!("TIMESTAMPADD(MICROSECOND, {us}, '2026-01-01')")),
        ),
        Engine::Sqlite => (
            format!(
                "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {rows} - 1) SELECT n FROM s"
            ),
            |a, b| format!("{a} || ({b})"),
            Box::new(|us| format!("1767225600000000 + {us}")),
        ),
    };
    let started = format!(
        "CAST(n AS {}) * {step_us}",
        if database.engine == Engine::MariaDb { "SIGNED" } else { "BIGINT" }
    );
    database.run(&format!(
        "INSERT INTO job_runs
           (job_name, scheduled_at, started_at, finished_at, status, error_message, attempt, schedule, stagger_offset_s)
         SELECT CASE WHEN n % 2 = 0 THEN 'big' ELSE {name} END, {scheduled}, {start},
           CASE WHEN n % 1009 <> 0 THEN {end} END,
           CASE WHEN n % 1009 = 0 THEN 'running' WHEN n % 17 = 0 THEN 'failed' WHEN n % 31 = 0 THEN 'skipped' ELSE 'success' END,
           CASE WHEN n % 17 = 0 THEN {error} END, 1 + n % 2, '* * * * *', n % 60
         FROM ({numbers}) AS numbers",
        name = joined("'job '", "n % 101"),
        error = joined("'error '", "n % 29"),
        scheduled = at(&format!("{started} - 100000")),
        start = at(&started),
        end = at(&format!("{started} + 100 + n * 7919 % 100003 * 300")),
    ));
    database.run(if database.engine == Engine::MariaDb { "ANALYZE TABLE job_runs" } else { "ANALYZE" });
}

/// What `script`, with one query, costs, in the unit in which its server counts.
fn work(database: &Database, query: &str, script: &str) -> f64 {
    let head = format!("-- {query}\n");
    assert_eq!(script.matches(&head).count(), 1, "{script}");
    match database.engine {
        Engine::Sqlite => {
            let printed = database.script(&script.replace(&head, &format!(".stats vmstep\n{head}"))).unwrap();
            let steps =
                printed.lines().find_map(|line| line.strip_prefix("VM-steps: ")).expect("a count of steps");
            steps.trim().parse().unwrap()
        }
        Engine::Postgres => {
            let explain = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON)";
            let printed = database.script(&script.replace(&head, &format!("{explain}\n{head}"))).unwrap();
            let json = &printed[printed.find('[').unwrap()..=printed.rfind(']').unwrap()];
            let plan: Value = serde_json::from_str(json).unwrap();
            rows_of(&plan[0]["Plan"])
        }
        Engine::MariaDb => {
            let counts = "SHOW SESSION STATUS LIKE 'Handler_read%'";
            let printed = database.script(&format!("{script};\n{counts}")).unwrap();
            let counts = printed.lines().filter(|line| line.starts_with("Handler_read"));
            counts.map(|line| line.split('\t').nth(1).unwrap().parse::<f64>().unwrap()).sum()
        }
    }
}

/// The rows that a step of a plan and those below it gave or took away.
fn rows_of(step: &Value) -> f64 {
    let number = |key: &str| step[key].as_f64().unwrap_or(0.0);
    let rows = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter"].map(number);
    let below = step["Plans"].as_array().map_or(0.0, |steps| steps.iter().map(rows_of).sum());
    rows.iter().sum::<f64>() * number("Actual Loops") + below
}

fn queries() -> Vec<String> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/queries")).unwrap();
    let names = folder.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// One growing table; each query's costs at its sizes.
fn assert_linear(engine: Engine) {
    if !Engine::tested().contains(&engine) {
        return;
    }
    let desk = Desk::new();
    desk.put("deployment.toml", DEPLOYMENT);
    let queries = queries();
    let mut costs: Vec<Vec<f64>> = vec![Vec::new(); queries.len()];
    for rows in SIZES {
        let database = Database::fresh(engine);
        let url = database.url();
        jobdelta(["migrate", "--db", &url]).succeeded();
        fill(&database, rows);
        for (query, costs) in queries.iter().zip(&mut costs) {
            let script = desk.run(["sql", query, "--db", &url].into_iter().chain(WINDOWS)).succeeded();
            costs.push(work(&database, query, &script));
        }
    }
    let grown = |costs: &[f64]| costs.windows(2).any(|pair| pair[1] > pair[0] * MOST_GROWTH + 1_000.0);
    let table: Vec<String> =
        queries.iter().zip(&costs).map(|(query, costs)| format!("{query}: {costs:?}")).collect();
    let too_much: Vec<&String> =
        table.iter().zip(&costs).filter(|(_, costs)| grown(costs)).map(|(line, _)| line).collect();
    assert!(too_much.is_empty(), "{engine:?} at {SIZES:?} rows: {too_much:#?}");
    // Something was counted: the scan of all rows passes each at least once.
    let scan = queries.iter().position(|query| query == "scan").unwrap();
    assert!(costs[scan][0] >= SIZES[0] as f64, "{table:#?}");
    assert!(costs.iter().flatten().all(|cost| *cost > 0.0), "{table:#?}");
}

#[test]
fn work_on_sqlite_grows_with_the_rows() {
    assert_linear(Engine::Sqlite);
}

#[test]
fn work_on_postgres_grows_with_the_rows() {
    assert_linear(Engine::Postgres);
}

#[test]
fn work_on_mariadb_grows_with_the_rows() {
    assert_linear(Engine::MariaDb);
}
