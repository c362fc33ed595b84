//! One deployment in several environments: `--environment` chooses one, and `report --phases` holds what the earlier ones
//! predicted against what the last one did.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use jobdelta::clock::{Span, Timestamp};
use serde_json::Value;
use support::{Database, Engine, databases, golden, jobdelta_in};

/// Minutes of each window.
const LENGTH: i64 = 300;

const DEPLOYMENT: &str = r#"
name = "Faster exports"

[source]
url = "production.sqlite"

[windows]
labels = ["Old", "New"]

[environments.staging]
source = { url = "staging.sqlite" }
windows = { baseline = { start = "2026-02-01T00:00:00Z", end = "2026-02-01T05:00:00Z" }, stagger = { start = "2026-02-01T05:00:00Z", end = "2026-02-01T10:00:00Z" } }

[environments.production.windows]
baseline = { start = "2026-02-05T00:00:00Z", end = "2026-02-05T05:00:00Z" }
stagger = { start = "2026-02-05T05:00:00Z", end = "2026-02-05T10:00:00Z" }

[analysis]
scope = "all"

[targets]
completion_rate = ">= 99%"
median_duration = { target = "<= +50%", job = "Import" }
"#;

/// A job with its duration before and after, ms, and how many of a hundred runs after fail.
type Job = (&'static str, f64, f64, i64);

/// A run a minute of each job, from the start of the baseline on.
fn rows(start: &str, jobs: &[Job]) -> String {
    let start: Timestamp = start.parse().unwrap();
    let mut rows = "job_name,started_at,finished_at,status\n".to_owned();
    for (place, (name, before, after, failing)) in (0..).zip(jobs) {
        for minute in 0..2 * LENGTH {
            let ms = if minute < LENGTH { before } else { after };
            // A spread of a tenth, in no order of time.
            let spread = 1.0 + 0.1 * ((minute * 7_919 % 101) as f64 / 50.0 - 1.0);
            let at = start.plus(Span(minute * 60_000_000 + place * 1_000_000));
            #[allow(clippy::cast_possible_truncation)]
            let end = at.plus(Span((ms * spread * 1_000.0) as i64));
            let status = if minute >= LENGTH && minute % 100 < *failing { "failed" } else { "success" };
            rows += &format!("{name},{at},{end},{status}\n");
        }
    }
    rows
}

fn filled(folder: &Path, url: &str, start: &str, jobs: &[Job]) {
    std::fs::write(folder.join("rows.csv"), rows(start, jobs)).unwrap();
    jobdelta_in(folder, ["migrate", "--db", url]).succeeded();
    jobdelta_in(folder, ["import", "--db", url, "rows.csv"]).succeeded();
}

/// Staging beside a production that is slower: one change comes, one does not, and two were not to be known.
fn scene(production: &Database) {
    let folder = production.folder();
    let staging: [Job; 4] = [
        ("Export", 100.0, 70.0, 0),
        ("Import", 50.0, 50.0, 0),
        ("Index", 40.0, 30.0, 0),
        ("Old", 10.0, 10.0, 0),
    ];
    let real: [Job; 4] = [
        ("Export", 300.0, 210.0, 0),
        ("Import", 150.0, 250.0, 10),
        ("Index", 120.0, 120.0, 0),
        ("New", 9.0, 18.0, 0),
    ];
    filled(folder, "staging.sqlite", "2026-02-01T00:00:00Z", &staging);
    filled(folder, &production.url(), "2026-02-05T00:00:00Z", &real);
    let text = DEPLOYMENT.replace("production.sqlite", &production.url());
    std::fs::write(folder.join("deployment.toml"), text).unwrap();
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let common = ["report", "--format", "json", "--as-of", "2026-02-06T00:00:00Z"];
    serde_json::from_str(&jobdelta_in(folder, common.iter().chain(arguments).copied()).succeeded()).unwrap()
}

#[test]
fn what_staging_predicted_is_held_against_what_production_did() {
    for production in databases() {
        scene(&production);
        let folder = production.folder();
        let report = json(folder, &["--phases"]);
        let found = &report["environments"];
        let named: Vec<_> = found["environments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["name"].as_str(), e["decision"].as_str()))
            .collect();
        assert_eq!(named, [(Some("staging"), Some("pass")), (Some("production"), Some("fail"))]);
        let outcomes: Vec<_> = found["changes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|change| change["metric"] == "median_duration" || change["metric"] == "completion_rate")
            .map(|change| (change["job"].as_str().unwrap_or("all"), change["outcome"].as_str().unwrap()))
            .collect();
        for expected in [
            ("Import", "contradicted"),
            ("Index", "absent"),
            ("Export", "as_predicted"),
            ("New", "not_predicted"),
        ] {
            assert!(outcomes.contains(&expected), "{expected:?} {outcomes:?}");
        }
        let counted: u64 = found["outcomes"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(counted, found["changes"].as_array().unwrap().len() as u64);
        assert_eq!((&found["jobs_only_here"], &found["jobs_only_before"]), (&1.into(), &1.into()));
        // Each is what a report of that environment alone says.
        for (place, name) in ["staging", "production"].into_iter().enumerate() {
            let alone = json(folder, &["--environment", name]);
            let facts = &found["environments"][place];
            assert_eq!(alone["deployment"]["environment"], name);
            assert_eq!(facts["decision"], alone["decision"]["verdict"]);
            assert_eq!(facts["started"]["stagger"], alone["totals"]["stagger"]["started"]);
            assert_eq!(alone["environments"], Value::Null);
        }
        // The last one is meant where none is named, and is the body of the report.
        let [mut whole, mut alone] = [report.clone(), json(folder, &[])];
        whole["environments"] = Value::Null;
        // Not when it was made, nor how long each query took.
        for report in [&mut whole, &mut alone] {
            (report["generated_at"], report["provenance"]) = (Value::Null, Value::Null);
        }
        assert!(whole == alone, "the report of the last environment differs");
    }
}

#[test]
fn readers_see_it_in_every_format() {
    let production = Database::fresh(Engine::Sqlite);
    scene(&production);
    let folder = production.folder();
    let files = ["report.md", "report.html", "report.txt"];
    let arguments = files.iter().flat_map(|file| ["-o", file]);
    let common = ["report", "--phases", "--as-of", "2026-02-06T00:00:00Z"];
    jobdelta_in(folder, common.into_iter().chain(arguments)).succeeded();
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let markdown = read("report.md");
    let section = markdown
        .split("## Environments")
        .nth(1)
        .unwrap()
        .split("Before and after have no control")
        .next()
        .unwrap();
    golden("tests/fixtures/environments.md", section.trim());
    let (html, text) = (read("report.html"), read("report.txt"));
    assert!(html.contains("<section id=\"environments\"") && html.contains("no change was predicted"));
    assert!(text.contains("ENVIRONMENTS") && text.contains("(no change was predicted)"), "{text}");
    let summary = ["report", "--phases", "--template", "final-summary", "--as-of", "2026-02-06T00:00:00Z"];
    assert!(jobdelta_in(folder, summary).succeeded().contains("## Environments"));
    let redacted = ["report", "--phases", "--redact", "jobs", "--as-of", "2026-02-06T00:00:00Z"];
    let redacted = jobdelta_in(folder, redacted).succeeded();
    assert!(!redacted.contains("Import") && redacted.contains("job 2"), "{redacted}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let production = Database::fresh(Engine::Sqlite);
    scene(&production);
    let folder = production.folder();
    let said = |arguments: &[&str]| {
        let end = jobdelta_in(folder, arguments.iter().copied());
        assert_eq!(end.code, Some(2), "{end:?}");
        end.stderr
    };
    assert!(said(&["report", "--phases", "--environment", "staging"]).contains("cannot be used with"));
    assert!(
        said(&["check", "--environment", "stage"])
            .contains("'stage' is none of staging, production; did you mean"),
    );
    std::fs::remove_file(folder.join("staging.sqlite")).unwrap();
    let away = said(&["report", "--phases"]);
    assert!(away.contains("staging: ") && away.contains("staging.sqlite"), "{away}");
    std::fs::write(folder.join("deployment.toml"), "name = \"x\"\n").unwrap();
    let few = said(&["report", "--phases"]);
    assert!(few.contains("--phases needs two environments or more"), "{few}");
}
