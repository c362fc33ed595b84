//! What a reader finds first: the jobs that got worse, in every format, of 40 jobs and of 400.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{jobdelta_in, parts_of, read_mail};

const WORSE: [&str; 6] = ["User Sync", "Invoice Mailer", "Slower 1", "Slower 2", "Slower 3", "Night Export"];

/// Lines of a terminal without scrolling.
const SCREEN: usize = 24;

/// Reports over the jobs of `jobs.py`, and over so many unchanged ones more, in a folder that is gone afterwards.
fn reported(unchanged: u32, formats: &[&str]) -> tempfile::TempDir {
    reported_for(unchanged, formats, &[])
}

/// The same with more arguments.
fn reported_for(unchanged: u32, formats: &[&str], more: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scoreboard/jobs.py");
    let written = Command::new("python3").arg(script).arg(folder.path()).arg(unchanged.to_string()).status();
    assert!(written.unwrap().success());
    let mut arguments: Vec<&str> = formats.iter().flat_map(|name| ["-o", *name]).collect();
    arguments.extend(more);
    report(&folder, &arguments);
    folder
}

/// What `report` with these arguments prints.
fn report(folder: &tempfile::TempDir, more: &[&str]) -> String {
    // A busy machine may take longer than the usual minute.
    let mut arguments = vec!["report", "runs.csv", "--max-time", "10m"];
    arguments.extend(["--baseline", "2026-03-02T00:00:00Z/2026-03-03T00:00:00Z"]);
    arguments.extend(["--stagger", "2026-03-03T00:00:00Z/2026-03-04T00:00:00Z"]);
    arguments.extend(["--as-of", "2026-03-04T02:00:00Z"]);
    arguments.extend(more);
    jobdelta_in(folder.path(), &arguments).succeeded()
}

fn brief(folder: &tempfile::TempDir, more: &[&str]) -> String {
    report(folder, &[&["--format", "brief"][..], more].concat())
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

fn json(folder: &tempfile::TempDir) -> Value {
    serde_json::from_str(&read(folder, "report.json")).unwrap()
}

/// The verdict of each job, by what was done to it.
fn verdicts(report: &Value) -> Vec<(String, String)> {
    let jobs = report["jobs"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    jobs.map(|job| (text(&job["name"]), text(&job["verdict"]["kind"]))).collect()
}

#[test]
fn each_job_has_the_verdict_of_its_worst_metric() {
    let report = json(&reported(21, &["report.json"]));
    for (job, kind) in verdicts(&report) {
        let expected: &[&str] = match job.as_str() {
            "User Sync" => &["broken"],
            "Invoice Mailer" => &["missing_runs"],
            "Night Export" => &["overlapping"],
            slower if slower.starts_with("Slower") => &["slower"],
            faster if faster.starts_with("Faster") => &["faster"],
            _ => &["unchanged", "unclear"],
        };
        assert!(expected.contains(&kind.as_str()), "{job}: {kind}");
    }
    let board = &report["scoreboard"];
    let counts =
        ["broken", "missing_runs", "slower", "overlapping", "faster"].map(|kind| board[kind].as_u64());
    assert_eq!(counts, [1, 1, 3, 1, 12].map(Some));
    let worst: Vec<&str> =
        board["worst"].as_array().unwrap().iter().filter_map(|row| row["job"].as_str()).collect();
    assert_eq!(worst, ["User Sync", "Invoice Mailer", "Slower 3", "Slower 1", "Slower 2"]);
}

#[test]
fn the_first_screen_names_every_job_that_got_worse() {
    let names = ["report.txt", "report.md", "report.html", "report.xml", "report.json"];
    let folder = reported(21, &names);
    let screen: Vec<String> = read(&folder, "report.txt").lines().take(SCREEN).map(str::to_owned).collect();
    let before_the_findings = |text: String, mark: &str| text.split(mark).next().unwrap().to_owned();
    for (format, text) in [
        ("text", screen.join("\n")),
        ("brief", brief(&folder, &[])),
        ("Markdown", before_the_findings(read(&folder, "report.md"), "| Target |")),
        ("page", before_the_findings(read(&folder, "report.html"), "</header>")),
        ("JUnit", before_the_findings(read(&folder, "report.xml"), "</properties>")),
    ] {
        for job in WORSE {
            assert!(text.contains(job), "{job} is not named first in {format}:\n{text}");
        }
    }
}

#[test]
fn every_job_that_got_worse_has_a_trend_whichever_way_counts() {
    for execution in ["scan", "pushdown"] {
        let report = json(&reported_for(21, &["report.json"], &["--execution", execution]));
        let series = report["trends"]["series"].as_array().unwrap();
        for job in WORSE {
            assert!(series.iter().any(|series| series["job"] == job), "{job}, {execution}");
        }
    }
}

/// What `measure.mjs` finds of the page `name` in each folder.
fn measured(folders: &[&tempfile::TempDir], name: &str) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/measure.mjs");
    let files: Vec<_> = folders.iter().map(|folder| folder.path().join(name)).collect();
    let mut node = Command::new("node");
    let output =
        node.arg(script).arg(support::server("JOBDELTA_TEST_CHROMIUM")).args(&files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    files.iter().map(|file| found[file.to_str().unwrap()].clone()).collect()
}

#[test]
fn a_page_fits_phone_desk_and_paper_however_many_the_jobs() {
    let [few, many] = [21, 381].map(|unchanged| reported(unchanged, &["report.html"]));
    let pages = measured(&[&few, &many], "report.html");
    for page in &pages {
        let screen = page["first_screen"].as_str().unwrap();
        assert!(screen.contains("6 jobs got worse."), "{screen}");
        for job in WORSE {
            assert!(screen.contains(job), "{job} is not on the first screen of a phone: {screen}");
        }
        assert!(page["height"].as_u64().unwrap() < 12_000, "{}", page["height"]);
        assert_eq!(page["wide"], 0, "a table scrolls sideways on a phone");
        assert!(page["pages"].as_u64().unwrap() <= 8, "{} pages on paper", page["pages"]);
    }
    assert!(read(&many, "report.html").len() < 1_000_000);
}

#[test]
fn a_mail_names_every_job_that_got_worse_on_the_first_screen_of_a_phone() {
    let folders = [21, 381].map(|unchanged| reported(unchanged, &["report.eml"]));
    for folder in &folders {
        let mail = read_mail(&std::fs::read(folder.path().join("report.eml")).unwrap());
        let bodies = parts_of(&mail["body"]);
        let (_, html) = bodies.iter().find(|(kind, _)| kind == "text/html").unwrap();
        std::fs::write(folder.path().join("mail.html"), html).unwrap();
    }
    for mail in measured(&[&folders[0], &folders[1]], "mail.html") {
        let screen = mail["first_screen"].as_str().unwrap();
        for job in WORSE {
            assert!(screen.contains(job), "{job} is not on the first screen of a mail: {screen}");
        }
    }
}

#[test]
fn missed_targets_are_named_before_everything_but_the_scoreboard() {
    let formats = ["report.txt", "report.md", "report.html", "report.eml", "report.xml"];
    let target = ["--target", "completion_rate >= 99.9%"];
    let folder = reported_for(21, &formats, &target);
    let mail = read_mail(&std::fs::read(folder.path().join("report.eml")).unwrap());
    let bodies = parts_of(&mail["body"]);
    let body = |kind: &str| bodies.iter().find(|(found, _)| found == kind).unwrap().1.clone();
    let texts = [
        ("text", read(&folder, "report.txt")),
        ("Markdown", read(&folder, "report.md")),
        ("page", read(&folder, "report.html")),
        ("mail as text", body("text/plain")),
        ("mail", body("text/html")),
        ("JUnit", read(&folder, "report.xml")),
    ];
    for (format, text) in texts {
        let missed = text.find("Missed: Completion ≥ 99.9 % (").unwrap_or_else(|| panic!("{format}: {text}"));
        let later = ["WHAT CHANGED", "| Target |", "</header>", "Expected and actual", "<testcase"];
        for mark in later {
            assert!(text.find(mark).is_none_or(|place| missed < place), "{mark} is before it in {format}");
        }
    }
    let brief = brief(&folder, &target);
    assert!(brief.lines().nth(2).unwrap().contains("Completion ≥ 99.9 %"), "{brief}");
}

#[test]
fn a_row_a_job_is_there_for_spreadsheets() {
    let folder = reported(21, &["jobs.csv", "report.json"]);
    let mut reader = csv::Reader::from_path(folder.path().join("jobs.csv")).unwrap();
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let report = json(&folder);
    let jobs = report["jobs"].as_array().unwrap();
    assert_eq!(rows.len(), jobs.len());
    for (row, job) in rows.iter().zip(jobs) {
        assert_eq!(row[column("job")], *job["name"].as_str().unwrap());
        assert_eq!(row[column("verdict")], *job["verdict"]["kind"].as_str().unwrap());
        let median: f64 = row[column("stagger_median_ms")].parse().unwrap();
        assert_eq!(Some(median), job["stagger"]["duration_ms"]["median"].as_f64());
    }
}

#[test]
fn a_pass_does_not_hide_harm() {
    let folder = reported(21, &["report.txt", "report.html", "report.json"]);
    assert_eq!(json(&folder)["decision"]["verdict"], "pass");
    for text in [read(&folder, "report.txt"), read(&folder, "report.html"), brief(&folder, &[])] {
        assert!(text.contains("6 jobs got worse."), "{text}");
    }
}

#[test]
fn of_very_many_jobs_the_worst_are_named_and_the_others_counted() {
    let folder = reported(381, &["report.txt", "report.json"]);
    let board = &json(&folder)["scoreboard"];
    let steady = verdicts(&json(&folder)).into_iter().filter(|(job, _)| job.starts_with("Steady"));
    let alarms: Vec<_> =
        steady.filter(|(_, kind)| !["unchanged", "unclear"].contains(&kind.as_str())).collect();
    assert_eq!(alarms, []);
    assert_eq!(board["worst"].as_array().unwrap().len(), 5);
    let text = read(&folder, "report.txt");
    let screen: Vec<&str> = text.lines().take(SCREEN).collect();
    assert!(screen.iter().any(|line| line.contains("1 more job got worse: Night Export")), "{screen:#?}");
}
