//! The measured runs give every figure that an independent program computed from them, whichever way they
//! come in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{Database, Engine, jobdelta, measured_file, measured_report, wrong_figures};

/// Fails unless the report gives every expected figure.
#[track_caller]
fn agrees(way: &str, report: &Value) {
    let wrong = wrong_figures(report);
    assert!(wrong.is_empty(), "{way}:\n{}", wrong.join("\n"));
}

/// A report without what may differ between databases.
fn findings(mut report: Value) -> String {
    for key in ["source", "provenance", "generated_at"] {
        report.as_object_mut().unwrap().remove(key).unwrap();
    }
    serde_json::to_string_pretty(&report).unwrap()
}

#[track_caller]
fn same(way: &str, one: &Value, two: &Value) {
    let difference = support::first_difference(&findings(one.clone()), &findings(two.clone()));
    assert!(difference.is_none(), "{way} differs from the file {}", difference.unwrap_or_default());
}

#[test]
fn the_databases_and_the_file_give_every_figure() {
    let file = measured_report([measured_file("runs.csv")]);
    agrees("the file", &file);
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let report = measured_report(["--db", &database.url()]);
        agrees(engine.dialect(), &report);
        same(engine.dialect(), &file, &report);
        assert_eq!(report["source"]["preset"], "job_runs");
    }
}

#[test]
fn the_table_of_the_scheduler_gives_the_same() {
    let database = Database::fresh(Engine::Postgres);
    let dump = std::fs::read_to_string(measured_file("job_execution_logs.sql")).unwrap();
    // Lines for a newer psql than may be there.
    let dump: String = dump.lines().filter(|line| !line.starts_with('\\')).flat_map(|l| [l, "\n"]).collect();
    database.run(&dump);
    let report = measured_report(["--db", &database.reader_url(), "--source", "job_execution_logs"]);
    agrees("job_execution_logs", &report);
    assert_eq!(report["source"]["preset"], "job_execution_logs");
    same("job_execution_logs", &measured_report([measured_file("runs.csv")]), &report);
}

#[test]
fn the_same_runs_as_ndjson_and_from_several_files_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = csv::Reader::from_path(measured_file("runs.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let mut parts = [String::new(), String::new()];
    for (number, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let cells = header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        let object: serde_json::Map<String, Value> =
            cells.map(|(column, cell)| (column.to_owned(), cell.into())).collect();
        parts[usize::from(number >= 90)].push_str(&format!("{}\n", Value::Object(object)));
    }
    let paths = ["one.ndjson", "two.jsonl"].map(|name| folder.path().join(name));
    for (path, part) in paths.iter().zip(&parts) {
        std::fs::write(path, part).unwrap();
    }
    let report = measured_report(&paths);
    agrees("ndjson", &report);
    same("ndjson", &measured_report([measured_file("runs.csv")]), &report);
}

#[test]
fn importing_again_changes_nothing() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let runs = measured_file("runs.csv").display().to_string();
        let said = jobdelta(["import", "--db", &database.url(), &runs]).succeeded();
        assert!(said.ends_with("0 added, 0 updated, 200 unchanged\n"), "{said}");
        agrees(engine.dialect(), &measured_report(["--db", &database.url()]));
    }
    let sqlite = Database::fresh(Engine::Sqlite);
    assert!(!std::path::Path::new(&sqlite.name).exists(), "nothing makes a file but migrate");
}
