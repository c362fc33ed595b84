//! The demo as a user runs it, and the reports in `reports/` that it makes.
#![allow(clippy::unwrap_used)]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{Finished, golden, jobdelta_command};

/// 2026-02-02T05:34:00Z, so that reports made twice are the same.
const MADE_AT: &str = "1770010440";

fn in_folder(folder: &Path, arguments: &[&str]) -> Finished {
    let mut command = jobdelta_command();
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", MADE_AT);
    Finished::of(command)
}

/// A folder with a fresh demo, and what making it printed.
fn demo() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let printed = in_folder(folder.path(), &["demo", "--dir", "."]).succeeded();
    (folder, printed)
}

/// How long a query took is the machine's matter.
fn timeless(json: &str) -> String {
    let untimed = |line: &str| match line.split_once("\"elapsed_ms\": ") {
        Some((before, _)) => format!("{before}\"elapsed_ms\": 0.0"),
        None => line.to_owned(),
    };
    json.lines().map(untimed).collect::<Vec<_>>().join("\n") + "\n"
}

fn report(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("report.json")).unwrap()).unwrap()
}

#[test]
fn the_reports_in_the_repository_are_the_demos() {
    let (folder, _) = demo();
    for name in ["report.md", "final-summary.md", "report.html"] {
        golden(&format!("reports/{name}"), &std::fs::read_to_string(folder.path().join(name)).unwrap());
    }
    let json = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
    golden("reports/report.json", &timeless(&json));
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let ((one, first), (two, second)) = (demo(), demo());
    assert_eq!(first, second);
    for name in ["runs.csv", "report.md", "final-summary.md", "report.html"] {
        let read = |folder: &Path| std::fs::read(folder.join(name)).unwrap();
        assert_eq!(read(one.path()), read(two.path()), "{name}");
    }
}

#[test]
fn the_rows_say_what_the_summary_did_not() {
    let (folder, printed) = demo();
    let report = report(folder.path());
    let figure = |path: &str| report.pointer(path).unwrap_or(&Value::Null).clone();
    for (path, value) in [
        ("/totals/baseline/started", 16),
        ("/totals/stagger/started", 1_986),
        ("/totals/stagger/completed", 1_965),
        ("/totals/stagger/failed", 0),
        ("/totals/stagger/in_flight", 1),
        ("/totals/stagger/orphaned", 20),
        ("/totals/stagger/expected_runs", 2_099),
        ("/totals/stagger/missed_runs", 113),
        ("/totals/baseline/start_burst/runs", 4),
        ("/totals/stagger/start_burst/runs", 1),
        ("/totals/baseline/concurrency/peak", 4),
        ("/totals/stagger/concurrency/peak", 2),
    ] {
        assert_eq!(figure(path), value, "{path}");
    }
    assert_eq!(figure("/decision/verdict"), "fail");
    let verdict = |metric: &str| -> String {
        let targets = report["targets"].as_array().unwrap();
        let target = targets.iter().find(|target| target["metric"] == metric).unwrap();
        target["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict("completion_rate"), "missed");
    assert_eq!(verdict("missed_runs"), "missed");
    assert_eq!(verdict("peak_concurrency"), "met");
    assert_eq!(verdict("median_duration"), "inconclusive");
    assert_eq!(verdict("pool_utilization_max"), "not_measured");
    // No statement about durations from four runs, in any job.
    for job in report["jobs"].as_array().unwrap() {
        for metric in ["median_duration", "mean_duration", "p95_duration"] {
            let verdict = job["comparison"][metric]["verdict"].as_str().unwrap();
            assert!(
                ["inconclusive", "not_measured"].contains(&verdict),
                "{}: {metric}: {verdict}",
                job["name"]
            );
        }
    }
    // The crash loop is in neither window, and is named.
    assert_eq!(figure("/excluded/0/reason"), "crash loop");
    assert_eq!(figure("/totals/stagger/timed_out"), 0);
    assert!(printed.contains("missed by one run"), "{printed}");
    assert!(!printed.contains("8x"), "{printed}");
}

#[test]
fn check_speaks_through_its_exit_code() {
    let (folder, _) = demo();
    let checked = in_folder(folder.path(), &["check", "--as-of", "2026-02-02T05:34:00Z"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(checked.stdout.ends_with("exit 1: a required target was missed\n"), "{}", checked.stdout);
    assert!(checked.stdout.lines().all(|line| line.chars().count() <= 80), "{}", checked.stdout);
    let reported = in_folder(folder.path(), &["report", "--as-of", "2026-02-02T05:34:00Z", "--exit-code"]);
    assert_eq!(reported.code, Some(1));
    let met = ["check", "--as-of", "2026-02-02T05:34:00Z", "--target", "completion_rate >= 98%"];
    assert_eq!(in_folder(folder.path(), &met).code, Some(1), "missed_runs is still missed");
}
