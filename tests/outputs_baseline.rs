//! A baseline from an earlier report, or from another database, gives what one database gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use jobdelta::demo::{AS_OF, runs_csv};
use serde_json::Value;
use support::{Database, databases, jobdelta_in};

const BEFORE: &str = "2026-02-01T21:37:00Z/2026-02-02T01:00:00Z";
const AFTER: &str = "2026-02-02T01:00:00Z/2026-02-02T05:34:00Z";

/// Every offset is the same in both windows, as it is where two branches run in a test database.
const DEPLOYMENT: &str = r#"
name = "Compared with the main branch"

[windows]
exclude = [{ start = "2026-02-01T22:10:00Z", end = "2026-02-01T22:20:00Z", reason = "rows were being copied" }]

[analysis]
scope = "all"
orphan_after = "10m"

[[jobs]]
name = "Live Stats Sync"
schedule = "* * * * *"
offset = "45s"
baseline_offset = "45s"

[[jobs]]
name = "Badge Auto-Unlock (new name)"
was = "Badge Auto-Unlock"
schedule = "*/5 * * * *"
offset = "5s"
baseline_offset = "5s"

[targets]
completion_rate = [">= 95%", "> -1pp"]
missed_runs = "== 0"
median_duration = { target = "<= +5%", job = "each" }
"#;

fn filled(database: &Database) {
    let rows = database.folder().join("runs.csv");
    std::fs::write(&rows, runs_csv()).unwrap();
    let url = database.url();
    jobdelta_in(database.folder(), ["migrate", "--db", &url]).succeeded();
    jobdelta_in(database.folder(), ["import", "--db", &url, "runs.csv"]).succeeded();
}

/// The JSON report that `arguments` ask for.
fn report(folder: &Path, arguments: &[&str]) -> Value {
    std::fs::write(folder.join("deployment.toml"), DEPLOYMENT).unwrap();
    let common = ["report", "--format", "json", "--as-of", AS_OF];
    let printed = jobdelta_in(folder, common.iter().chain(arguments).copied()).succeeded();
    serde_json::from_str(&printed).unwrap()
}

/// All but where the rows came from; the baseline's window without how it was chosen, the caveats without
/// the one that says that it came from elsewhere.
fn comparison(report: &Value) -> Value {
    let mut report = report.clone();
    let map = report.as_object_mut().unwrap();
    for key in ["source", "provenance", "generated_at"] {
        map.remove(key).unwrap();
    }
    report["windows"]["baseline"]["chosen"] = Value::Null;
    let of_the_place = ["baseline_elsewhere", "earlier_days"];
    let caveats = report["caveats"].as_array_mut().unwrap();
    caveats.retain(|caveat| !of_the_place.iter().any(|code| caveat["code"] == *code));
    report
}

#[track_caller]
fn assert_same(actual: &Value, expected: &Value, why: &str) {
    let (actual, expected) = (comparison(actual), comparison(expected));
    for (key, value) in expected.as_object().unwrap() {
        let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
        if let Some(difference) = support::first_difference(&pretty(value), &pretty(&actual[key])) {
            panic!("{why}: {key} differs {difference}");
        }
    }
}

#[test]
fn an_earlier_report_is_as_good_as_its_rows() {
    for database in databases() {
        filled(&database);
        let (folder, url) = (database.folder(), database.url());
        let together = report(folder, &["--db", &url, "--baseline", BEFORE, "--stagger", AFTER]);
        let started = &together["totals"]["baseline"]["started"];
        assert!(started.as_u64().unwrap() > 500, "there is something to compare: {started}");

        // The report of the main branch knows the job by its old name.
        let earlier = DEPLOYMENT.replace(" (new name)", "").replace("was = \"Badge Auto-Unlock\"\n", "");
        std::fs::write(folder.join("main.toml"), earlier).unwrap();
        let long_ago = "2026-02-01T20:56:00Z/2026-02-01T21:00:00Z";
        let arguments = ["report", "--deployment", "main.toml", "--db", &url, "--as-of", AS_OF];
        let windows = ["--baseline", long_ago, "--stagger", BEFORE, "-o", "main.observations.json"];
        jobdelta_in(folder, arguments.into_iter().chain(windows)).succeeded();

        let apart = report(
            folder,
            &["--db", &url, "--baseline-report", "main.observations.json", "--stagger", AFTER],
        );
        assert_same(&apart, &together, database.engine.dialect());
        assert_eq!(apart["windows"]["baseline"]["chosen"], "from report main.observations.json");
        let codes: Vec<&str> =
            apart["caveats"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
        assert!(codes.contains(&"baseline_elsewhere"), "{codes:?}");

        // The moment of the change is enough too.
        let at = ["--at", "2026-02-02T01:00:00Z", "--settle", "0s", "--until", AS_OF];
        let arguments = ["--db", &url, "--baseline-report", "main.observations.json"];
        let at = report(folder, &arguments.iter().chain(&at).copied().collect::<Vec<_>>());
        assert_same(&at, &together, "--at");
    }
}

#[test]
fn two_databases_are_as_good_as_one() {
    let databases: Vec<Database> = databases();
    for database in &databases {
        filled(database);
    }
    for (place, database) in databases.iter().enumerate() {
        let other = &databases[(place + 1) % databases.len()];
        let (folder, url) = (database.folder(), database.url());
        let windows = ["--baseline", BEFORE, "--stagger", AFTER];
        let asked = |more: &[&str]| {
            let arguments = ["--db", &url].into_iter().chain(windows).chain(more.iter().copied());
            report(folder, &arguments.collect::<Vec<_>>())
        };
        let together = asked(&[]);
        let apart = asked(&["--baseline-db", &other.url()]);
        assert_same(&apart, &together, database.engine.dialect());
        let chosen = apart["windows"]["baseline"]["chosen"].as_str().unwrap();
        assert!(chosen.starts_with("given, from ") && !chosen.contains("let-me-in"), "{chosen}");
        // When a change came is asked of one table that holds both windows.
        let of_windows = |query: &&Value| !query["query"].as_str().unwrap().starts_with("slices");
        let queries =
            |report: &Value| report["provenance"].as_array().unwrap().iter().filter(of_windows).count();
        assert!(queries(&apart) > queries(&together), "the queries of both are told");
    }
}

#[test]
fn what_is_no_baseline_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    jobdelta_in(folder, ["demo", "--dir", "."]).succeeded();
    let refused = |arguments: &[&str]| {
        let all = ["report", "--as-of", AS_OF].into_iter().chain(arguments.iter().copied());
        jobdelta_in(folder, all).refused()
    };
    assert!(refused(&["--baseline-report", "no.json"]).contains("failed to read no.json: No such file"));
    // Before a database is asked anything.
    let nowhere = ["--db", "postgres://nobody@127.0.0.1:1/nowhere", "--baseline-report", "no.json"];
    assert!(refused(&nowhere).contains("failed to read no.json: No such file"));
    let made = ["report", "--as-of", AS_OF, "-o", "main.observations.json"];
    jobdelta_in(folder, made).succeeded();
    let text = std::fs::read_to_string(folder.join("main.observations.json")).unwrap();
    let edited = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} is not in\n{text}");
        std::fs::write(folder.join("edited.observations.json"), text.replacen(from, to, 1)).unwrap();
        refused(&["--baseline-report", "edited.observations.json"])
    };
    let error = refused(&["--baseline-report", "runs.csv"]);
    assert!(error.contains("runs.csv is not an observations file of jobdelta"), "{error}");
    let error = refused(&["--baseline-report", "report.json"]);
    assert!(error.contains("not an observations file but a JSON report"), "{error}");
    assert!(error.contains("-o NAME.observations.json"), "{error}");
    let error = edited("\"version\": 1", "\"version\": 2");
    assert!(error.contains("has version 2 of an observations file, by jobdelta 0.1.0"), "{error}");
    for (from, to, place) in [
        ("\"completed\":", "\"completed\":9", "the halves do not add up"),
        (
            "\"completed\":",
            "\"failed_to_start\":18446744073709551615,\"completed\":",
            "failed to start than ended",
        ),
        (
            "\"rows_out_of_scope\":",
            "\"rows_unplaced\":18446744073709551615,\"rows_out_of_scope\":",
            "a count",
        ),
        ("\"sum\":", "\"sum\":9", "the sum of 9"),
        ("\"min\":", "\"min\":-", "are not those of the table's cells"),
        ("\"busy_us\":", "\"busy_us\":-", "job 'Badge Auto-Unlock': a negative time"),
        ("\"min_us\":", "\"min_us\":9", "trend: a point whose numbers do not fit"),
        ("\"time_at_level_us\":[", "\"time_at_level_us\":[1,", "levels: the times do not add up"),
        ("\"durations\":{", "\"durations\":{\"x\":1,", "unknown field `x`"),
    ] {
        let error = edited(from, to);
        assert!(error.contains("edited.observations.json is damaged or was edited: "), "{error}");
        assert!(error.contains(place), "{place}: {error}");
    }
    let error = edited("\"longest_run\":\"6h\",", "");
    assert!(error.contains("was made with longest_run = ?, and this report with 6h"), "{error}");
    let redacted = ["report", "--as-of", AS_OF, "--redact", "host", "-o", "redacted.observations.json"];
    let error = jobdelta_in(folder, redacted).refused();
    assert!(error.contains("a redacted report has no observations"), "{error}");
    let deployment = std::fs::read_to_string(folder.join("deployment.toml")).unwrap();
    std::fs::write(folder.join("hour.toml"), deployment.replace("cycle = \"1m\"", "cycle = \"1h\"")).unwrap();
    let arguments = ["--baseline-report", "main.observations.json", "--deployment", "hour.toml"];
    let error = refused(&arguments);
    assert!(error.contains("was made with cycle = 1m, and this report with 1h"), "{error}");
    let both = ["--baseline-report", "main.observations.json", "--baseline-db", "sqlite://runs.sqlite"];
    assert!(refused(&both).contains("cannot be used with"));
    assert!(refused(&["--baseline-db", "http://x"]).contains("--baseline-db: 'http' is not the scheme"));
}

#[test]
fn a_table_that_is_filled_by_sqlite_alone_needs_no_server() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("runs.csv"), runs_csv()).unwrap();
    let windows = ["--baseline", BEFORE, "--stagger", AFTER];
    let files = report(folder.path(), &[&["runs.csv"][..], &windows].concat());
    jobdelta_in(folder.path(), ["migrate", "--db", "sqlite://before.sqlite"]).succeeded();
    jobdelta_in(folder.path(), ["import", "--db", "sqlite://before.sqlite", "runs.csv"]).succeeded();
    let other = ["--baseline-db", "sqlite://before.sqlite"];
    let apart = report(folder.path(), &[&["runs.csv"][..], &windows, &other].concat());
    assert_same(&apart, &files, "files beside a database");
}

/// Nothing that a file may hold makes the program panic.
#[test]
fn a_damaged_file_is_refused_or_read() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    jobdelta_in(folder, ["demo", "--dir", "."]).succeeded();
    jobdelta_in(folder, ["report", "--as-of", AS_OF, "-o", "main.observations.json"]).succeeded();
    let text = std::fs::read_to_string(folder.join("main.observations.json")).unwrap();
    let digits: Vec<usize> =
        text.match_indices(|c: char| c.is_ascii_digit()).map(|(place, _)| place).collect();
    for (nth, place) in digits.iter().step_by(digits.len() / 40).enumerate() {
        let other = ["9999999999", "-1", "0", "1e300"][nth % 4];
        let damaged = format!("{}{other}{}", &text[..*place], &text[place + 1..]);
        std::fs::write(folder.join("damaged.observations.json"), damaged).unwrap();
        let arguments = ["check", "--as-of", AS_OF, "--baseline-report", "damaged.observations.json"];
        let finished = jobdelta_in(folder, arguments);
        assert!(!finished.stderr.contains("panicked"), "{other} at byte {place}: {}", finished.stderr);
    }
}
