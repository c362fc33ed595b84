//! Checkpoints: taken once for each period, the same whenever they are taken, kept across runs, and listed in later
//! reports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{Desk, databases, jobdelta_in, on_a_disk};

/// A run of each of two jobs a minute from midnight on, for ten hours; from 05:00 on B fails every second time.
fn runs() -> String {
    let mut rows = String::from("job_name,started_at,finished_at,status\n");
    for minute in 0..600 {
        let at = format!("2026-03-02T{:02}:{:02}", minute / 60, minute % 60);
        let failed = minute >= 300 && minute % 2 == 0;
        rows += &format!("A,{at}:00Z,{at}:01Z,success\n");
        rows += &format!("B,{at}:30Z,{at}:32Z,{}\n", if failed { "failed" } else { "success" });
    }
    rows
}

const DEPLOYMENT: &str = r#"
name = "Moved | jobs"
environment = "production"

[windows]
baseline = { start = "2026-03-02T00:00:00Z", end = "2026-03-02T02:00:00Z" }
stagger = { start = "2026-03-02T02:00:00Z", end = "now" }

[targets]
completion_rate = ">= 99%"
peak_concurrency = "<= 1"

[rollback]
triggers = { failure_rate = "> +10pp" }

[monitoring]
every = "2h"
until = "8h"

[[kpis]]
name = "pool"
unit = "%"
samples = "pool.csv"
"#;

fn pool() -> String {
    let sample =
        |minute: i32| format!("2026-03-02T{:02}:{:02}:15Z,{}\n", minute / 60, minute % 60, 10 + minute / 60);
    "at,value\n".to_owned() + &(0..600).map(sample).collect::<String>()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("runs.csv", runs());
    desk.put("pool.csv", pool());
    desk.put("deployment.toml", DEPLOYMENT);
    desk
}

fn checkpoint(desk: &Desk, as_of: &str, arguments: &[&str]) -> support::Finished {
    let common = ["checkpoint", "runs.csv", "--store", "store.sqlite", "--as-of", as_of];
    desk.run(common.iter().chain(arguments).copied())
}

fn json(desk: &Desk, as_of: &str) -> Value {
    serde_json::from_str(&checkpoint(desk, as_of, &["--format", "json"]).succeeded()).unwrap()
}

/// Every document of the store by the end of its period.
fn stored(folder: &Path) -> Vec<(String, String)> {
    let sql = "SELECT period_end, document FROM checkpoints ORDER BY period_end";
    let output = Command::new("sqlite3").current_dir(folder).args(["store.sqlite", sql]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.split_once('|').map(|(a, b)| (a.into(), b.into())).unwrap()).collect()
}

#[test]
fn each_period_has_one_checkpoint_and_a_second_run_adds_none() {
    let desk = desk();
    let first = checkpoint(&desk, "2026-03-02T03:59:59Z", &[]);
    assert!(
        first.stderr.contains("no checkpoint is due yet; the next is due at 2026-03-02 04:00 UTC"),
        "{first:?}"
    );
    assert_eq!((first.code, first.stdout.as_str()), (Some(0), ""));
    let first = json(&desk, "2026-03-02T04:00:00Z");
    assert_eq!(
        first["period"],
        serde_json::json!({"start": "2026-03-02T02:00:00Z", "end": "2026-03-02T04:00:00Z"})
    );
    assert_eq!(first["changes"], Value::Null);
    assert_eq!(first["since_start"]["totals"]["stagger"]["started"], 240);
    assert_eq!(first["since_start"]["decision"]["verdict"], "pass");
    assert_eq!(first["since_start"]["kpis"][0]["stagger"]["max"], 13.0);
    // The same period, an hour later and from another process.
    let again = json(&desk, "2026-03-02T05:10:00Z");
    assert_eq!(again, first);
    assert_eq!(stored(desk.path()).len(), 1);
    let second = checkpoint(&desk, "2026-03-02T06:03:00Z", &[]).succeeded();
    for expected in [
        "# Checkpoint 2 of 4: Moved \\| jobs · production",
        "2026-03-02 04:00–06:00 UTC (2 h), since the start at 2026-03-02 02:00 UTC (4 h)",
        "**✗ Fail.**",
        "- decision: pass → fail",
        "- completion\\_rate >= 99%: met → missed",
        "| pool | 10.5 % (10 to 11, n = 120) | 14.5 % (14 to 15, n = 120) | 13.5 % (12 to 15, n = 240) |",
    ] {
        let plain = second.replace('\\', "");
        assert!(plain.contains(&expected.replace('\\', "")), "{expected} is not in\n{second}");
    }
    support::walk(&second, "checkpoint");
    let third = json(&desk, "2026-03-02T09:00:00Z");
    let changes = third["changes"].as_array().unwrap();
    let changed: Vec<&str> = changes.iter().map(|change| change["of"].as_str().unwrap()).collect();
    assert_eq!(changed, ["decision", "trigger"], "{changes:#?}");
    assert_eq!((&changes[0]["before"], &changes[0]["after"]), (&"fail".into(), &"roll back".into()));
    assert_eq!(third["last_period"]["totals"]["stagger"]["started"], 240);
    assert_eq!(stored(desk.path()).len(), 3);
}

#[test]
fn those_that_were_due_meanwhile_are_taken_together_and_are_the_same() {
    let (one_by_one, together) = (desk(), desk());
    for hour in 2..=10 {
        checkpoint(&one_by_one, &format!("2026-03-02T{hour:02}:00:30Z"), &[]).succeeded();
    }
    let late = checkpoint(&together, "2026-03-03T00:00:00Z", &[]);
    assert!(late.stderr.contains("4 checkpoints were taken"), "{late:?}");
    assert_eq!(stored(one_by_one.path()), stored(together.path()));
    assert_eq!(stored(together.path()).len(), 4);
}

#[test]
fn the_exit_code_is_that_of_the_decision_where_it_is_asked_for() {
    let desk = desk();
    for (as_of, code) in
        [("2026-03-02T04:00:00Z", 0), ("2026-03-02T06:00:00Z", 1), ("2026-03-02T08:00:00Z", 4)]
    {
        assert_eq!(checkpoint(&desk, as_of, &["--exit-code"]).code, Some(code), "{as_of}");
        assert_eq!(checkpoint(&desk, as_of, &[]).code, Some(0), "{as_of}");
    }
}

#[test]
fn a_later_report_lists_them_and_says_which_are_due() {
    let desk = desk();
    checkpoint(&desk, "2026-03-02T04:00:00Z", &[]).succeeded();
    checkpoint(&desk, "2026-03-02T06:00:00Z", &[]).succeeded();
    let report = |format: &str, as_of: &str| {
        let arguments =
            ["report", "runs.csv", "--store", "store.sqlite", "--as-of", as_of, "--format", format];
        desk.run(arguments).succeeded()
    };
    let read: Value = serde_json::from_str(&report("json", "2026-03-02T08:30:00Z")).unwrap();
    let listed = read["checkpoints"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!((&listed[0]["decision"], &listed[1]["decision"]), (&"pass".into(), &"fail".into()));
    assert_eq!(
        listed[1]["targets"],
        serde_json::json!({"met": 1, "missed": 1, "inconclusive": 0, "not_measured": 0})
    );
    assert_eq!(listed[1]["changes"][0]["of"], "decision");
    assert_eq!(listed[1]["kpis"][0]["stagger"]["n"], 120);
    assert_eq!(listed[1]["completion_rate"], 0.875);
    let summary =
        ["--store", "store.sqlite", "--as-of", "2026-03-02T08:30:00Z", "--template", "final-summary"];
    let summary = desk.run(["report", "runs.csv"].iter().chain(&summary).copied()).succeeded();
    for text in [summary, report("md", "2026-03-02T08:30:00Z")] {
        support::walk(&text, "a report with checkpoints");
        assert!(text.contains("\n\n| Period | Since the start |"), "{text}");
    }
    for format in ["html", "md"] {
        let text = report(format, "2026-03-02T08:30:00Z");
        let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in ["Taken: 2", "Missing: 2026-03-02 08:00 UTC", "To come: 2026-03-02 10:00 UTC", "87.5"]
        {
            assert!(plain.contains(expected), "{format}: {expected} is not in\n{text}");
        }
    }
    // A report of an earlier instant does not know the future.
    let earlier: Value = serde_json::from_str(&report("json", "2026-03-02T05:00:00Z")).unwrap();
    assert_eq!(earlier["checkpoints"].as_array().unwrap().len(), 1);
    // Another deployment has its own.
    desk.put("deployment.toml", DEPLOYMENT.replace("Moved | jobs", "Other"));
    let other: Value = serde_json::from_str(&report("json", "2026-03-02T08:30:00Z")).unwrap();
    assert_eq!(other["checkpoints"], serde_json::json!([]));
    let missing = ["report", "runs.csv", "--store", "none.sqlite", "--as-of", "2026-03-02T05:00:00Z"];
    assert!(desk.refusal(missing).contains("none.sqlite"));
}

#[test]
fn names_of_jobs_are_replaced_in_the_changes_too() {
    let desk = desk();
    for hour in [4, 6, 8] {
        checkpoint(&desk, &format!("2026-03-02T{hour:02}:00:00Z"), &[]).succeeded();
    }
    let arguments = ["--as-of", "2026-03-02T08:30:00Z", "--format", "json", "--redact", "jobs"];
    let common = ["report", "runs.csv", "--store", "store.sqlite"];
    let printed = desk.run(common.iter().chain(&arguments).copied()).succeeded();
    let report: Value = serde_json::from_str(&printed).unwrap();
    let changes =
        report["checkpoints"].as_array().unwrap().iter().flat_map(|c| c["changes"].as_array().unwrap());
    let jobs: Vec<&str> = changes.filter_map(|change| change["job"].as_str()).collect();
    assert!(!jobs.is_empty() && jobs.iter().all(|job| *job != "B"), "{jobs:?}");
    let refused = desk.refusal([
        "checkpoint",
        "runs.csv",
        "--store",
        "x.sqlite",
        "--redact",
        "jobs",
        "--as-of",
        "2026-03-02T08:30:00Z",
    ]);
    assert!(refused.contains("not redacted"), "{refused}");
}

#[test]
fn without_a_plan_a_checkpoint_reaches_back_to_the_one_before() {
    let desk = desk();
    desk.put("deployment.toml", DEPLOYMENT.replace("[monitoring]\nevery = \"2h\"\nuntil = \"8h\"\n", ""));
    let period = |as_of| json(&desk, as_of)["period"].clone();
    let between = |start: &str, end: &str| serde_json::json!({"start": start, "end": end});
    assert_eq!(period("2026-03-02T03:00:00Z"), between("2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z"));
    assert_eq!(period("2026-03-02T03:00:00Z"), between("2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z"));
    assert_eq!(period("2026-03-02T04:30:00Z"), between("2026-03-02T03:00:00Z", "2026-03-02T04:30:00Z"));
    assert_eq!(stored(desk.path()).len(), 2);
}

#[test]
fn an_excluded_period_is_no_reason_to_stop() {
    let desk = desk();
    let exclude =
        "exclude = [{ start = \"2026-03-02T04:00:00Z\", end = \"2026-03-02T06:00:00Z\", reason = \"x\" }]\n";
    desk.put("deployment.toml", DEPLOYMENT.replace("[targets]", &format!("{exclude}[targets]")));
    let checkpoint = json(&desk, "2026-03-02T06:00:00Z");
    assert_eq!(checkpoint["last_period"], Value::Null);
    assert_eq!(json(&desk, "2026-03-02T08:00:00Z")["last_period"]["totals"]["stagger"]["started"], 240);
    assert_eq!(stored(desk.path()).len(), 3);
}

#[test]
fn every_database_and_every_way_of_counting_gives_the_same_documents() {
    let mut all: Vec<Vec<String>> = Vec::new();
    for database in databases() {
        let (folder, url) = (database.folder(), database.url());
        for (name, text) in
            [("runs.csv", runs()), ("pool.csv", pool()), ("deployment.toml", DEPLOYMENT.to_owned())]
        {
            std::fs::write(folder.join(name), text).unwrap();
        }
        jobdelta_in(folder, ["migrate", "--db", &url]).succeeded();
        jobdelta_in(folder, ["import", "--db", &url, "runs.csv"]).succeeded();
        for execution in ["pushdown", "scan"] {
            drop(std::fs::remove_file(folder.join("store.sqlite")));
            let arguments =
                ["checkpoint", "--db", &url, "--store", "store.sqlite", "--as-of", "2026-03-02T10:00:00Z"];
            jobdelta_in(folder, arguments.iter().chain(&["--execution", execution]).copied()).succeeded();
            all.push(stored(folder).into_iter().map(|(_, document)| figures_of(&document)).collect());
        }
    }
    assert!(all.iter().all(|documents| *documents == all[0]));
}

/// A document without what says where and how rows were read.
fn figures_of(document: &str) -> String {
    let mut document: Value = serde_json::from_str(document).unwrap();
    for part in ["since_start", "last_period"] {
        document[part].as_object_mut().unwrap().remove("source").unwrap();
    }
    document.to_string()
}

#[test]
fn a_full_disk_keeps_what_was_taken_and_the_next_run_goes_on() {
    let desk = desk();
    let place = desk.path().display();
    let take = |hour: u32| {
        format!(
            "\"$2\" checkpoint '{place}/runs.csv' --deployment '{place}/deployment.toml' --store store.sqlite \
             --as-of 2026-03-02T{hour:02}:00:00Z -o - --format json >/dev/null"
        )
    };
    let count = "sqlite3 store.sqlite 'SELECT COUNT(*) FROM checkpoints'";
    let script = format!(
        "{}; head -c 300000 /dev/zero >filler 2>/dev/null || true; if {}; then exit 9; fi; {count}; rm filler; {}; {count}",
        take(4),
        take(6),
        take(6)
    );
    let finished = on_a_disk(192, &script);
    assert_eq!((finished.code, finished.stdout.as_str()), (Some(0), "1\n2\n"), "{}", finished.stderr);
    assert!(finished.stderr.contains("store"), "{}", finished.stderr);
}

#[test]
fn a_start_that_moves_is_refused_and_so_is_one_to_come() {
    let desk = desk();
    let refused = |arguments: &[&str]| {
        let common = ["checkpoint", "runs.csv", "--store", "store.sqlite"];
        let said = desk.run(common.iter().chain(arguments).copied()).refused();
        std::fs::remove_file(desk.path().join("store.sqlite")).unwrap();
        said
    };
    assert!(refused(&["--as-of", "2026-03-02T01:00:00Z"]).contains("has not come yet"));
    desk.put("deployment.toml", "name = 'x'\n[monitoring]\nevery = '2h'\n");
    assert!(refused(&["--at", "2h"]).contains("no fixed start"));
}

#[test]
fn a_killed_run_leaves_a_store_that_the_next_one_goes_on_with() {
    let undisturbed = desk();
    checkpoint(&undisturbed, "2026-03-02T10:00:00Z", &[]).succeeded();
    let desk = desk();
    let mut killed = 0;
    // Each is killed a little later than the one before, until one gets through.
    for wait in 0..200 {
        let mut command = desk.command([
            "checkpoint",
            "runs.csv",
            "--store",
            "store.sqlite",
            "--as-of",
            "2026-03-02T10:00:00Z",
        ]);
        let mut child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait * 40));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
    }
    assert!(killed > 0);
    checkpoint(&desk, "2026-03-02T10:00:00Z", &[]).succeeded();
    assert_eq!(stored(desk.path()), stored(undisturbed.path()));
}
