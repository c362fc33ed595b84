//! The measured runs of `tests/fixtures/node-cron`, and how to ask for a report over them.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

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
