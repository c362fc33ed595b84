//! Tables that schedulers themselves wrote: found without a word of configuration, and read exactly.
//!
//! A folder of `tests/schedulers/` holds the product's own tables and rows as a script for a database, and
//! `expected.csv`: its runs, made by SQL that was written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use jobdelta::clock::{SECOND_US, Span, Timestamp};
use serde_json::Value;
use support::{Database, Desk, Engine, Finished, first_difference, report_of};

/// A product's tables on one database.
struct Dump {
    product: String,
    engine: Engine,
    script: String,
    expected: PathBuf,
}

fn dumps() -> Vec<Dump> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schedulers");
    let mut dumps = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let folder = entry.unwrap().path();
        for engine in Engine::tested() {
            let name = match engine {
                Engine::Sqlite => "sqlite",
                Engine::Postgres => "postgres",
                Engine::MariaDb => "mysql",
            };
            let script = folder.join(name).with_extension("sql");
            // A product that writes different rows to different databases says so for each.
            let own = folder.join(format!("expected_{name}.csv"));
            let expected = if own.exists() { own } else { folder.join("expected.csv") };
            if script.exists() {
                dumps.push(Dump {
                    product: folder.file_name().unwrap().to_string_lossy().into_owned(),
                    engine,
                    script: std::fs::read_to_string(script).unwrap(),
                    expected,
                });
            }
        }
    }
    dumps.sort_by(|a, b| a.product.cmp(&b.product));
    dumps
}

/// Two windows that hold all runs between them, and an instant after the last.
fn windows(expected: &Path) -> [String; 6] {
    let mut reader = csv::Reader::from_path(expected).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let columns = [place("scheduled_at"), place("started_at"), place("finished_at")];
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
    let of_source = ["no_time_zone", "source_limit", "bound_by_key"];
    let about_runs = |caveat: &Value| !of_source.contains(&caveat["code"].as_str().unwrap());
    report["caveats"].as_array_mut().unwrap().retain(about_runs);
    report["findings"].as_array_mut().unwrap().retain(|finding| finding["code"] != "source_limit");
    // Rows of what has not started are in the table, and in no file of runs.
    if let Some(rows) = report["population"].get_mut("rows") {
        *rows = Value::Null;
    }
    serde_json::to_string_pretty(&report).unwrap()
}

#[test]
fn the_tables_of_schedulers_are_found_and_read_exactly() {
    let dumps = dumps();
    assert!(!dumps.is_empty(), "no tables of schedulers");
    let mut wrong = Vec::new();
    for Dump { product, engine, script, expected } in dumps {
        let database = Database::fresh(engine);
        database.script(&script).unwrap_or_else(|error| panic!("{product} on {engine:?}: {error}"));
        let desk = Desk::new();
        let windows = windows(&expected);
        let mut of_file = desk.command(["report", "--format", "json"]);
        of_file.arg(&expected).args(&windows);
        let file = report_of(of_file);
        for way in ["pushdown", "scan"] {
            let mut of_table = desk.command(["report", "--format", "json", "--execution", way, "--db"]);
            of_table.arg(database.url()).args(&windows);
            let finished = Finished::of(of_table);
            let case = format!("{product} on {engine:?} by {way}");
            let Ok(table) = serde_json::from_str::<Value>(&finished.stdout) else {
                wrong.push(format!("{case}: {}", finished.stderr));
                continue;
            };
            if table["source"]["recognised"].is_null() {
                wrong.push(format!("{case}: recognised nothing"));
            }
            if let Some(difference) = first_difference(&figures(&file), &figures(&table)) {
                wrong.push(format!("{case}: {difference}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
