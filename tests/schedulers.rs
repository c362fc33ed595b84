//! Tables that schedulers themselves wrote: found without a word of configuration, and read exactly.
//!
//! A folder of `tests/schedulers/` holds the product's own tables and rows as a script for a database, and
//! `expected.csv`: its runs, made by SQL that was written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use jobdelta::clock::{SECOND_US, Span, Timestamp};
use serde_json::Value;
use support::{Database, Desk, Engine, Finished, first_difference};

/// What else of a product is read, by the files of its runs, and the mappings for it.
const VARIANTS: [(&str, &str); 2] = [("tasks", "airflow_tasks"), ("tries", "prefect_tries")];

/// A product's tables on one database.
struct Dump {
    product: String,
    engine: Engine,
    script: String,
    folder: PathBuf,
}

const fn script_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
        Engine::MariaDb => "mysql",
    }
}

fn dumps() -> Vec<Dump> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schedulers");
    let mut dumps = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let folder = entry.unwrap().path();
        for engine in Engine::tested() {
            let name = script_name(engine);
            let script = folder.join(name).with_extension("sql");
            if script.exists() {
                dumps.push(Dump {
                    product: folder.file_name().unwrap().to_string_lossy().into_owned(),
                    engine,
                    script: std::fs::read_to_string(script).unwrap(),
                    folder: folder.clone(),
                });
            }
        }
    }
    dumps.sort_by(|a, b| a.product.cmp(&b.product));
    dumps
}

/// The runs as a table of their own: a run may have no start, which a file of runs does not allow.
fn table_of(expected: &Path) -> Database {
    let database = Database::fresh(Engine::Sqlite);
    let mut reader = csv::Reader::from_path(expected).unwrap();
    let columns = reader.headers().unwrap().iter().collect::<Vec<_>>().join(", ");
    let value = |text: &str| match text.parse::<Timestamp>() {
        _ if text.is_empty() => "NULL".to_owned(),
        Ok(at) => at.us().to_string(),
        Err(_) => format!("'{}'", text.replace('\'', "''")),
    };
    let row =
        |record: csv::StringRecord| format!("({})", record.iter().map(value).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = reader.records().map(|record| row(record.unwrap())).collect();
    let types = columns.replace("_at", "_at INTEGER").replace("attempt", "attempt INTEGER");
    database.run(&format!(
        "CREATE TABLE job_runs ({types}); INSERT INTO job_runs ({columns}) VALUES {};",
        rows.join(", ")
    ));
    database
}

/// Two windows that hold all runs between them, and an instant after the last.
fn windows(expected: &Path) -> [String; 6] {
    let mut reader = csv::Reader::from_path(expected).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let columns = [place("started_at"), place("finished_at")];
    let mut times: Vec<Timestamp> = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        times.extend(columns.iter().filter_map(|column| record[*column].parse::<Timestamp>().ok()));
    }
    let whole = |at: Timestamp| Timestamp(at.us() - at.us().rem_euclid(SECOND_US));
    let (first, last) = (whole(*times.iter().min().unwrap()), whole(*times.iter().max().unwrap()));
    let end = last.plus(Span::seconds(3_600));
    let middle = whole(first.plus(Span(last.since(first).us() / 2)));
    [
        "--baseline".to_owned(),
        format!("{first}/{middle}"),
        "--stagger".to_owned(),
        format!("{middle}/{end}"),
        "--as-of".to_owned(),
        end.plus(Span::seconds(60)).to_string(),
    ]
}

/// What a report says of the runs, without what it says of its source.
fn figures(report: &Value) -> String {
    let mut report = report.clone();
    for key in ["source", "provenance", "generated_at"] {
        report.as_object_mut().unwrap().remove(key).unwrap();
    }
    let of_source = ["no_time_zone", "clock_change", "rows_open", "source_limit", "bound_by_key"];
    let about_runs = |caveat: &Value| !of_source.contains(&caveat["code"].as_str().unwrap());
    report["caveats"].as_array_mut().unwrap().retain(about_runs);
    report["findings"].as_array_mut().unwrap().retain(|finding| finding["code"] != "source_limit");
    // Rows of what has not started are in the table, and in no file of runs.
    if let Some(rows) = report["population"].get_mut("rows") {
        *rows = Value::Null;
    }
    serde_json::to_string_pretty(&report).unwrap()
}

/// The report over a database with nothing configured, or by a mapping that is named.
fn report(
    database: &Database,
    folder: Option<&Path>,
    windows: &[String],
    more: &[&str],
) -> Result<Value, String> {
    let desk = Desk::new();
    // The zone of local times is all that has to be said of a product.
    let deployment = folder.map(|folder| folder.join("deployment.toml")).filter(|file| file.exists());
    if let Some(deployment) = deployment {
        desk.put("deployment.toml", std::fs::read_to_string(deployment).unwrap());
    }
    let mut command = desk.command(["report", "--format", "json", "--db"]);
    command.arg(database.url()).args(windows).args(more);
    let finished = Finished::of(command);
    serde_json::from_str(&finished.stdout).map_err(|_| finished.stderr)
}

/// Holds what both ways of counting say of `database` against the runs that are expected.
fn differences(
    case: &str,
    database: &Database,
    folder: &Path,
    expected: &Path,
    source: Option<&str>,
) -> Result<(), String> {
    let windows = windows(expected);
    let of_expected = report(&table_of(expected), None, &windows, &[])?;
    for way in ["pushdown", "scan"] {
        let named = source.map(|name| ["--source", name]);
        let more: Vec<&str> = ["--execution", way].into_iter().chain(named.into_iter().flatten()).collect();
        let of_table = report(database, Some(folder), &windows, &more)?;
        if source.is_none() && of_table["source"]["recognised"].is_null() {
            return Err(format!("{case} by {way}: nothing was recognised"));
        }
        if let Some(difference) = first_difference(&figures(&of_expected), &figures(&of_table)) {
            return Err(format!("{case} by {way}: {difference}"));
        }
    }
    Ok(())
}

#[test]
fn the_tables_of_schedulers_are_found_and_read_exactly() {
    let dumps = dumps();
    assert!(!dumps.is_empty(), "no tables of schedulers");
    let mut wrong = Vec::new();
    for Dump { product, engine, script, folder } in dumps {
        let case = format!("{product} on {engine:?}");
        let database = Database::fresh(engine);
        if let Err(error) = database.script(&script) {
            wrong.push(format!("{case}: {error}"));
            continue;
        }
        let expected = |variant: &str| {
            // A product that writes other rows to another database has a file for each.
            let own = folder.join(format!("expected{variant}.{}.csv", script_name(engine)));
            if own.exists() { own } else { folder.join(format!("expected{variant}.csv")) }
        };
        wrong.extend(differences(&case, &database, &folder, &expected(""), None).err());
        for (variant, source) in VARIANTS {
            let expected = expected(&format!("_{variant}"));
            if expected.exists() {
                let case = format!("{case}, {variant}");
                wrong.extend(differences(&case, &database, &folder, &expected, Some(source)).err());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The table with the runs, as the file of a mapping names it.
fn main_table(preset: &str) -> String {
    let file = Finished::of(Desk::new().command(["sources", preset])).succeeded();
    let table = file.split("table = \"").nth(1).unwrap();
    table.split('"').next().unwrap().to_owned()
}

#[test]
fn an_empty_table_of_a_scheduler_has_no_runs_and_is_no_error() {
    let times = ["2026-03-01T09:00:00Z/2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z/2026-03-01T11:00:00Z"];
    let windows = ["--baseline", times[0], "--stagger", times[1], "--as-of", "2026-03-01T12:00:00Z"];
    let windows = windows.map(str::to_owned);
    for Dump { product, engine, script, folder } in dumps() {
        let database = Database::fresh(engine);
        database.script(&script).unwrap();
        let found =
            report(&database, Some(&folder), &windows, &[]).unwrap_or_else(|e| panic!("{product}: {e}"));
        let table = main_table(found["source"]["preset"].as_str().unwrap());
        match engine {
            Engine::Postgres => database.run(&format!("TRUNCATE {table} CASCADE")),
            Engine::Sqlite => database.run(&format!("PRAGMA foreign_keys = OFF; DELETE FROM {table}")),
            Engine::MariaDb => database.run(&format!("SET foreign_key_checks = 0; DELETE FROM {table}")),
        }
        for way in ["pushdown", "scan"] {
            let empty = report(&database, Some(&folder), &windows, &["--execution", way]);
            let empty = empty.unwrap_or_else(|error| panic!("{product} on {engine:?}: {error}"));
            assert_eq!(empty["totals"]["stagger"]["started"], 0, "{product} on {engine:?}");
            assert_eq!(
                empty["findings"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|f| f["code"] == "nothing_started")
                    .count(),
                1
            );
        }
    }
}

/// The start column of the table with the runs, as the file of a mapping names it.
fn start_column(preset: &str) -> String {
    let file = Finished::of(Desk::new().command(["sources", preset])).succeeded();
    let named = file.split("started_at = \"").nth(1).unwrap();
    named.split('"').next().unwrap().to_owned()
}

#[test]
fn a_pruned_history_is_said_and_nothing_of_it_is_guessed() {
    let mut pruned = 0;
    for Dump { product, engine, script, folder } in dumps() {
        // Times of another kind cannot be compared with a text here, and those in a zone lie elsewhere.
        if engine == Engine::Sqlite || folder.join("deployment.toml").exists() {
            continue;
        }
        let database = Database::fresh(engine);
        database.script(&script).unwrap();
        let windows = windows(&folder.join("expected.csv"));
        let before = report(&database, Some(&folder), &windows, &[]).unwrap();
        let preset = before["source"]["preset"].as_str().unwrap();
        let (table, column) = (main_table(preset), start_column(preset));
        let middle = windows[3].split('/').next().unwrap().trim_end_matches('Z').replace('T', " ");
        let delete = match engine {
            Engine::Postgres => {
                format!(
                    "SET session_replication_role = replica; DELETE FROM {table} WHERE \"{column}\" < '{middle}+00'"
                )
            }
            _ => format!(
                "SET time_zone = '+00:00', foreign_key_checks = 0; DELETE FROM {table} WHERE {column} < '{middle}'"
            ),
        };
        database.run(&delete);
        let after = report(&database, Some(&folder), &windows, &[]);
        let after = after.unwrap_or_else(|error| panic!("{product}: {error}"));
        assert_eq!(after["totals"]["baseline"]["started"], 0, "{product} on {engine:?}");
        let said = after["findings"].to_string();
        assert!(said.contains("nothing_started"), "{product} on {engine:?}: {said}");
        pruned += 1;
    }
    assert!(pruned > 10, "only {pruned} histories were pruned");
}

/// Words of a product that its dump does not hold: how a row gets one, and how many runs of a status there are
/// then more.
const OTHER_WORDS: [(&str, &str, &str, i64); 7] = [
    (
        "pg_cron",
        "UPDATE cron.job_run_details SET status = 'sending' WHERE status = 'running'",
        "in_flight",
        0,
    ),
    (
        "pg_cron",
        "UPDATE cron.job_run_details SET status = 'starting' WHERE status = 'running'",
        "in_flight",
        0,
    ),
    ("dagster", "UPDATE runs SET status = 'CANCELING' WHERE status = 'STARTED'", "in_flight", 0),
    ("dagster", "UPDATE runs SET status = 'MANAGED' WHERE status = 'QUEUED'", "started", 0),
    (
        "django_celery_results",
        "UPDATE django_celery_results_taskresult SET status = 'IGNORED' WHERE id =
           (SELECT min(id) FROM django_celery_results_taskresult WHERE status = 'SUCCESS')",
        "completed",
        -1,
    ),
    (
        "django_celery_results",
        "UPDATE django_celery_results_taskresult SET status = 'RECEIVED' WHERE id =
           (SELECT min(id) FROM django_celery_results_taskresult WHERE status = 'STARTED')",
        "started",
        -1,
    ),
    (
        "django_celery_results",
        "UPDATE django_celery_results_taskresult SET status = 'PENDING' WHERE id =
           (SELECT min(id) FROM django_celery_results_taskresult WHERE status = 'STARTED')",
        "started",
        -1,
    ),
];

#[test]
fn words_that_no_dump_holds_are_read() {
    for (product, sql, figure, more) in OTHER_WORDS {
        let mut tried = 0;
        for Dump { engine, script, folder, .. } in dumps().into_iter().filter(|dump| dump.product == product)
        {
            let database = Database::fresh(engine);
            database.script(&script).unwrap();
            let own = folder.join(format!("expected.{}.csv", script_name(engine)));
            let windows = windows(&if own.exists() { own } else { folder.join("expected.csv") });
            let count = || {
                let report = report(&database, Some(&folder), &windows, &[]).unwrap();
                ["baseline", "stagger"]
                    .map(|side| report["totals"][side][figure].as_i64().unwrap())
                    .iter()
                    .sum::<i64>()
            };
            let before = count();
            database.run(sql);
            assert_eq!(count(), before + more, "{product} on {engine:?}: {sql}");
            tried += 1;
        }
        assert!(tried > 0, "{product}");
    }
}

#[test]
fn a_role_that_sees_its_own_rows_only_has_a_report_of_those() {
    let dump = dumps().into_iter().find(|dump| dump.product == "pg_cron").unwrap();
    let windows = windows(&dump.folder.join("expected.csv"));
    let protected = Database::fresh(Engine::Postgres);
    protected.script(&dump.script).unwrap();
    let url = protected.reader_url();
    let reader = format!("{}_reader", protected.name);
    // As pg_cron protects its tables.
    protected.run(&format!(
        "GRANT USAGE ON SCHEMA cron TO {reader}; GRANT SELECT ON cron.job, cron.job_run_details TO {reader};
         ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY; ALTER TABLE cron.job_run_details ENABLE ROW LEVEL SECURITY;
         CREATE POLICY own_jobs ON cron.job USING (username = CURRENT_USER);
         CREATE POLICY own_runs ON cron.job_run_details USING (username = CURRENT_USER);
         UPDATE cron.job SET username = '{reader}' WHERE username = 'alice';
         UPDATE cron.job_run_details SET username = '{reader}' WHERE username = 'alice';"
    ));
    let cut = Database::fresh(Engine::Postgres);
    cut.script(&dump.script).unwrap();
    cut.run("DELETE FROM cron.job WHERE username <> 'alice'; DELETE FROM cron.job_run_details WHERE username <> 'alice'");
    let desk = Desk::new();
    for way in ["pushdown", "scan"] {
        let mut command = desk.command(["report", "--format", "json", "--execution", way, "--db", &url]);
        command.args(&windows);
        let seen = Finished::of(command);
        let seen: Value = serde_json::from_str(&seen.stdout).unwrap_or_else(|_| panic!("{}", seen.stderr));
        let of_rows = report(&cut, None, &windows, &["--execution", way]).unwrap();
        let difference = first_difference(&figures(&of_rows), &figures(&seen));
        assert!(difference.is_none(), "{way}: {}", difference.unwrap_or_default());
        let started = ["baseline", "stagger"].map(|side| seen["totals"][side]["started"].as_u64().unwrap());
        assert!(started.iter().sum::<u64>() > 0, "{way}");
        assert!(seen["caveats"].to_string().contains("sees only his own runs"), "{way}");
    }
}

#[test]
fn an_error_without_text_is_no_error_of_a_kind_of_its_own() {
    let windows = [
        "--baseline",
        "2026-03-01T09:00:00Z/2026-03-01T10:00:00Z",
        "--stagger",
        "2026-03-01T10:00:00Z/2026-03-01T11:00:00Z",
        "--as-of",
        "2026-03-01T12:00:00Z",
    ];
    let windows = windows.map(str::to_owned);
    for engine in Engine::tested() {
        let with = |error: &str| {
            let database = Database::fresh(engine);
            database.run(&format!(
                "CREATE TABLE job_runs (job_name varchar(40), started_at timestamp NULL, finished_at timestamp NULL,
                   status varchar(20), error_message varchar(100));
                 INSERT INTO job_runs VALUES ('a', '2026-03-01 09:30:00', '2026-03-01 09:31:00', 'failed', {error}),
                   ('a', '2026-03-01 10:30:00', '2026-03-01 10:31:00', 'failed', {error}),
                   ('a', '2026-03-01 10:40:00', '2026-03-01 10:41:00', 'failed', 'disk full');"
            ));
            ["pushdown", "scan"].map(|way| {
                let report = report(&database, None, &windows, &["--execution", way]);
                figures(&report.unwrap_or_else(|error| panic!("{engine:?}: {error}")))
            })
        };
        let (none, empty) = (with("NULL"), with("''"));
        assert_eq!(none, empty, "{engine:?}");
        assert_eq!(empty[0], empty[1], "{engine:?}");
        assert!(empty[0].contains("disk full") && empty[0].contains("(none)"), "{engine:?}");
    }
}
