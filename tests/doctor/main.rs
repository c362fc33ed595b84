//! What `doctor` finds at the other end of a connection, and what it says to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod standby;
#[path = "../support/mod.rs"]
mod support;

use std::process::Stdio;

use standby::Pair;
use support::{Database, Desk, Engine, WINDOWS, jobdelta, measured_file};

#[track_caller]
fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is missing in:\n{message}");
    }
}

fn doctor(url: &str) -> String {
    jobdelta(["doctor", "--db", url].into_iter().chain(WINDOWS)).succeeded()
}

/// A finding that is not good says what to do, in the line below it.
#[track_caller]
fn assert_advised(report: &str) {
    let lines: Vec<&str> = report.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("warning") || line.starts_with("broken") {
            assert!(lines.get(at + 1).is_some_and(|next| next.trim_start().starts_with("fix: ")), "{report}");
        }
    }
}

#[test]
fn a_sound_source_needs_nothing() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let told = doctor(&database.reader_url());
        for name in [
            "connection",
            "clock",
            "mapping",
            "index",
            "rights",
            "retention",
            "statuses",
            "time zone",
            "starts",
        ] {
            says(&told, &[&format!("ok      {name:11} ")]);
        }
        if engine == Engine::Postgres {
            says(
                &told,
                &["ok      pooler      none is seen", "ok      replica     the server follows no other"],
            );
        }
        assert_advised(&told);
    }
}

#[test]
fn a_pooler_is_named() {
    let database = Database::measured(Engine::Postgres);
    let told = doctor(&database.pooler_url());
    says(&told, &["ok      pooler      the server", "a pooler", "transaction pooling serve"]);
}

/// MariaDB tells of its replication only whoever may know it.
#[test]
fn a_server_that_follows_another_is_named() {
    let database = Database::measured(Engine::MariaDb);
    says(
        &doctor(&database.reader_url()),
        &[
            "warning replica     whether the server follows another is not told",
            "fix: ask who runs it, or grant SLAVE MONITOR",
        ],
    );
    let name = &database.name;
    database.run(&format!(
        "CHANGE MASTER '{name}' TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'nobody'"
    ));
    let told = doctor(&database.url());
    database.run(&format!("RESET SLAVE '{name}' ALL"));
    says(&told, &["warning replica     a replica whose replication does not run", "fix: start replication"]);
    assert_advised(&told);
}

/// A standby cancels a read of rows whose removal it has to replay: vacuum on the primary is enough.
#[test]
fn a_standby_is_named_and_a_read_that_it_cancels_is_explained() {
    let pair = Pair::start();
    jobdelta(["migrate", "--db", &pair.primary.url()]).succeeded();
    let runs = measured_file("runs.csv").display().to_string();
    jobdelta(["import", "--db", &pair.primary.url(), &runs]).succeeded();
    pair.primary.value(support::endless_view(Engine::Postgres));
    pair.catch_up();
    let told = doctor(&pair.standby.url());
    says(
        &told,
        &[
            "ok      replica     a replica, 0s behind",
            "warning replay      ",
            "for 0 s",
            "fix: set hot_standby_feedback",
        ],
    );
    assert_advised(&told);

    let desk = Desk::new();
    desk.put("deployment.toml", "[source]\ntable = \"job_history\"\ntime_unit = \"us\"\n");
    let mut command = desk.command(["report", "-o", "kept.md", "--db", &pair.standby.url()]);
    command.args(WINDOWS).stdout(Stdio::piped()).stderr(Stdio::piped());
    let report = command.spawn().unwrap();
    let reading = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'jobdelta' AND wait_event = 'PgSleep'";
    pair.standby.wait_for(reading, "1");
    pair.primary.value("DELETE FROM job_runs");
    pair.primary.value("VACUUM job_runs");
    let output = report.wait_with_output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    says(
        &message,
        &[
            "query coverage failed",
            "the replica had to replay changes",
            "hot_standby_feedback",
            "nothing was decided",
        ],
    );
    assert!(std::fs::read_to_string(desk.path().join("kept.md")).unwrap().contains("another day"));
}
