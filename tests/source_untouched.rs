//! A report reads and does nothing else to its source.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Command;

use support::{
    Database, Desk, Engine, WINDOWS, contents, jobdelta, measured_report, where_nothing_can_be_written,
};

/// Every command that looks at a source, on `url`.
fn looks_at(url: &str) {
    measured_report(["--db", url]);
    for command in [&["sql", "--all"][..], &["doctor"]] {
        jobdelta(command.iter().copied().chain(["--db", url]).chain(WINDOWS)).succeeded();
    }
    let target = ["--target", "failure_rate < 50%"];
    jobdelta(["check", "--db", url].into_iter().chain(target).chain(WINDOWS)).succeeded();
}

#[test]
fn the_right_to_select_is_enough() {
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let database = Database::measured(engine);
        let url = database.reader_url();
        looks_at(&url);
        // And that role can do nothing more.
        let desk = Desk::new();
        desk.put("new.csv", "job_name,started_at,status\nNew,0,success\n");
        let message = desk.refusal(["import", "--db", &url, "new.csv"]);
        assert!(message.contains("grant SELECT, INSERT and UPDATE"), "{message}");
        assert_eq!(database.value("SELECT COUNT(*) FROM job_runs"), "200");
    }
}

/// A view that tries to write when it is read, as one that logs its readers would.
#[test]
fn a_role_that_may_write_reads_in_a_transaction_that_may_not() {
    for (engine, make, refused) in [
        (
            Engine::Postgres,
            "CREATE TABLE readers (at timestamptz);
             CREATE FUNCTION note() RETURNS boolean LANGUAGE plpgsql AS
               $$ BEGIN INSERT INTO readers VALUES (now()); RETURN true; END $$;
             CREATE VIEW noted AS SELECT * FROM job_runs WHERE note();",
            "cannot execute INSERT in a read-only transaction",
        ),
        (
            Engine::MariaDb,
            "CREATE TABLE readers (at datetime);
             DELIMITER //
             CREATE FUNCTION note() RETURNS int BEGIN INSERT INTO readers VALUES (NOW()); RETURN 1; END //
             DELIMITER ;
             CREATE VIEW noted AS SELECT * FROM job_runs WHERE note() = 1;",
            // Not even the columns of such a view can be had then.
            "table noted is there on",
        ),
    ] {
        let database = Database::measured(engine);
        database.run(make);
        database.run("SELECT COUNT(*) FROM noted");
        assert_ne!(database.value("SELECT COUNT(*) FROM readers"), "0", "the view writes where it may");
        database.run("DELETE FROM readers");
        let desk = Desk::new();
        desk.put("deployment.toml", "[source]\ntable = \"noted\"\n");
        let message = desk.refusal(["report", "--db", &database.url()].into_iter().chain(WINDOWS));
        assert!(message.contains(refused), "{message}");
        assert_eq!(database.value("SELECT COUNT(*) FROM readers"), "0");
    }
}

/// An SQLite file of the measured runs in the given journal mode, closed by all.
fn file_in(mode: &str) -> Database {
    let database = Database::measured(Engine::Sqlite);
    database.run(&format!("PRAGMA journal_mode = {mode}"));
    assert_eq!(database.value("PRAGMA journal_mode"), mode);
    database
}

#[test]
fn an_sqlite_file_keeps_its_bytes() {
    for mode in ["delete", "wal"] {
        let database = file_in(mode);
        let before = contents(database.folder());
        let time = || std::fs::metadata(&database.name).unwrap().modified().unwrap();
        let modified = time();
        looks_at(&database.url());
        let after = contents(database.folder());
        for (path, bytes) in &before {
            assert!(after[path] == *bytes, "{}: {mode}", path.display());
        }
        assert_eq!(time(), modified, "{mode}");
        if mode != "wal" {
            // In WAL mode SQLite itself makes empty files beside it, by which readers and writers meet.
            assert_eq!(after.len(), before.len(), "{mode}");
        }
    }
}

#[test]
fn rows_that_are_only_in_the_log_are_read() {
    let database = file_in("wal");
    // A writer that stays, so that its rows stay in the log.
    let mut writer = Command::new("sqlite3")
        .args(["-batch", &database.name])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let statement = b"INSERT INTO job_runs (job_name, started_at, finished_at, status)
        VALUES ('Late', 1795439500000000, 1795439500000001, 'success'); SELECT 'there';\n";
    std::io::Write::write_all(writer.stdin.as_mut().unwrap(), statement).unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(writer.stdout.as_mut().unwrap()), &mut line)
        .unwrap();
    let before = contents(database.folder());
    let report = measured_report(["--db", &database.url()]);
    let after = contents(database.folder());
    drop(writer.stdin.take());
    writer.wait().unwrap();
    assert!(report["jobs"].as_array().unwrap().iter().any(|job| job["name"] == "Late"));
    for (path, bytes) in before.iter().filter(|(path, _)| !path.to_string_lossy().ends_with("-shm")) {
        assert!(after[path] == *bytes, "{}", path.display());
    }
}

#[test]
fn a_file_where_nothing_can_be_written() {
    for mode in ["delete", "wal"] {
        let database = file_in(mode);
        let before = contents(database.folder());
        let script = format!(
            "if touch tried 2>/dev/null; then echo 'something can be written'; exit 9; fi
             \"$2\" report --db sqlite://runs.sqlite --format json {}",
            WINDOWS.join(" ")
        );
        let printed = where_nothing_can_be_written(database.folder(), &script).succeeded();
        let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(report["totals"]["stagger"]["started"], 100, "{mode}");
        assert_eq!(contents(database.folder()), before, "{mode}");
    }
}
