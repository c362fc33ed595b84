//! The measured runs of `tests/fixtures/node-cron`, and how to ask for a report over them.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use jobdelta::clock::Timestamp;
use serde_json::Value;

use super::{Database, Engine, Finished, jobdelta, jobdelta_command};

/// What tells `report`, `check` and `sql` the windows of the measurement.
pub const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-11-23T12:35:04Z/2026-11-23T12:57:04Z",
    "--stagger",
    "2026-11-23T12:57:04Z/2026-11-23T13:19:04Z",
    "--as-of",
    "2026-11-23T15:00:00Z",
];

/// A file of the fixture.
pub fn measured_file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/fixtures/node-cron", name].iter().collect()
}

/// The JSON report over the measured runs that the program makes with `arguments`.
#[track_caller]
pub fn measured_report<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Value {
    let mut command = jobdelta_command();
    command.args(["report", "--format", "json", "--tables"]).args(WINDOWS).args(arguments);
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    command.current_dir(folder.path());
    report_of(command)
}

/// The JSON report that a prepared command prints.
#[track_caller]
pub fn report_of(command: Command) -> Value {
    serde_json::from_str(&Finished::of(command).succeeded()).expect("a report is JSON")
}

impl Database {
    /// A database whose `job_runs` holds the measured runs, put there by the program.
    pub fn measured(engine: Engine) -> Self {
        let database = Self::fresh(engine);
        jobdelta(["migrate", "--db", &database.url()]).succeeded();
        let runs = measured_file("runs.csv").display().to_string();
        jobdelta(["import", "--db", &database.url(), &runs]).succeeded();
        database
    }
}

/// A view that takes for ever, so that only the database's own limit can end it in time.
pub fn endless_view(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => "CREATE VIEW job_history AS SELECT r.* FROM job_runs r, pg_sleep(60)",
        Engine::MariaDb => {
            "CREATE VIEW job_history AS SELECT r.* FROM job_runs r WHERE EXISTS (
               SELECT 1 FROM job_runs a, job_runs b, job_runs c, job_runs d, job_runs e
               WHERE a.id + b.id + c.id + d.id + e.id + r.id < 0)"
        }
        Engine::Sqlite => {
            "CREATE VIEW job_history AS SELECT r.* FROM job_runs r WHERE EXISTS (
               WITH RECURSIVE n(i) AS (SELECT r.id UNION ALL SELECT i + 1 FROM n) SELECT 1 FROM n WHERE i < 0)"
        }
    }
}

/// The figures that another program computed from the measured runs, and that the report gives otherwise.
#[track_caller]
pub fn wrong_figures(report: &Value) -> Vec<String> {
    let expected = std::fs::read_to_string(measured_file("expected.json")).expect("the expected figures");
    let expected: Value = serde_json::from_str(&expected).expect("the expected figures are JSON");
    let (mut agreed, mut wrong) = (0, Vec::new());
    for key in ["as_of", "totals", "windows"] {
        compare(key, &expected[key], &report[key], &mut agreed, &mut wrong);
    }
    let jobs = report["jobs"].as_array().unwrap();
    for (name, figures) in expected["jobs"].as_object().unwrap() {
        let job = jobs.iter().find(|job| job["name"] == **name).unwrap_or(&Value::Null);
        compare(name, figures, job, &mut agreed, &mut wrong);
    }
    assert_eq!(jobs.len(), expected["jobs"].as_object().unwrap().len());
    assert!(agreed > 600, "only {agreed} figures were compared");
    wrong
}

/// Every figure of `expected` that is another one in `actual`, by its place; counts those that agree.
fn compare(place: &str, expected: &Value, actual: &Value, agreed: &mut u32, wrong: &mut Vec<String>) {
    let same = match (expected, actual) {
        (Value::Object(figures), _) => {
            for (key, figure) in figures {
                compare(&format!("{place}.{key}"), figure, &actual[key], agreed, wrong);
            }
            return;
        }
        (Value::Array(figures), Value::Array(found)) if figures.len() == found.len() => {
            for (number, figure) in figures.iter().enumerate() {
                compare(&format!("{place}[{number}]"), figure, &found[number], agreed, wrong);
            }
            return;
        }
        (Value::Number(one), Value::Number(two)) => {
            let (one, two) = (one.as_f64().unwrap(), two.as_f64().unwrap());
            (one - two).abs() <= 1e-9 * one.abs().max(1.0)
        }
        (Value::String(one), Value::String(two)) => {
            let instants = (one.parse::<Timestamp>(), two.parse::<Timestamp>());
            one == two || matches!(instants, (Ok(one), Ok(two)) if one == two)
        }
        _ => expected == actual,
    };
    if same {
        *agreed += 1;
    } else {
        wrong.push(format!("{place}: expected {expected}, is {actual}"));
    }
}
