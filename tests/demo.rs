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
    let mut parts = json.split("\"elapsed_ms\":");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let number = part.find(['}', ',']).unwrap();
        text.push_str(&format!("\"elapsed_ms\":0.0{}", &part[number..]));
    }
    text
}

fn report(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("report.json")).unwrap()).unwrap()
}

/// A file that the demo wrote.
fn written(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Every file of the demo that is kept in the repository but the JSON report, in which a clock ran.
const REPORTS: [&str; 7] =
    ["report.md", "final-summary.md", "report.html", "report.txt", "report.xml", "report.eml", "brief.md"];

#[test]
fn the_reports_in_the_repository_are_the_demos() {
    let (folder, _) = demo();
    for name in REPORTS {
        golden(&format!("reports/{name}"), &written(folder.path(), name));
    }
    golden("reports/report.json", &timeless(&written(folder.path(), "report.json")));
    let kept = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/reports")).unwrap().count();
    assert_eq!(kept, REPORTS.len() + 2, "with the JSON report and the README nothing else is kept");
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let ((one, first), (two, second)) = (demo(), demo());
    assert_eq!(first, second);
    for name in ["runs.csv"].iter().chain(&REPORTS) {
        assert_eq!(written(one.path(), name), written(two.path(), name), "{name}");
    }
}

#[test]
fn every_output_says_that_it_is_a_reconstruction() {
    let (folder, printed) = demo();
    let notice =
        "Reconstructed demo data: rows generated to match the published totals of a real deployment.";
    let plain = |text: &str| text.replace("&#x27;", "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let says =
        |name: &str, text: &str| assert!(plain(text).contains(notice), "{name} lacks the notice:\n{text}");
    says("the screen", &printed);
    for name in REPORTS.into_iter().chain(["report.json"]).filter(|name| *name != "report.eml") {
        says(name, &written(folder.path(), name));
    }
    let mail = support::read_mail(written(folder.path(), "report.eml").as_bytes());
    let parts = support::parts_of(&mail["body"]);
    assert_eq!(parts.len(), 4, "text, HTML and two attachments");
    for (kind, text) in &parts {
        assert!(text.contains("crash loop"), "{kind} does not say what lies in neither window");
    }
    for (kind, text) in &parts {
        says(kind, text);
    }
    for format in ["json", "md", "html", "txt", "brief", "junit"] {
        let made =
            in_folder(folder.path(), &["report", "--as-of", "2026-02-02T05:34:00Z", "--format", format]);
        says(format, &made.succeeded());
    }
    let mut annotated = jobdelta_command();
    annotated.current_dir(folder.path()).args(["check", "--as-of", "2026-02-02T05:34:00Z"]);
    annotated.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"));
    says("the annotations", &Finished::of(annotated).stderr);
    says("the step summary", &written(folder.path(), "summary.md"));
    says("check", &in_folder(folder.path(), &["check", "--as-of", "2026-02-02T05:34:00Z"]).stdout);
    // The file says up to when rows were looked at: the day of the reader changes nothing.
    says("check without --as-of", &in_folder(folder.path(), &["check"]).stdout);
}

#[test]
fn the_jobs_take_as_long_as_was_published() {
    let (folder, _) = demo();
    let report = report(folder.path());
    let mean = |report: &Value, name: &str| {
        let jobs = report["jobs"].as_array().unwrap();
        let job = jobs.iter().find(|job| job["name"] == name).unwrap();
        job["stagger"]["duration_ms"]["mean"].as_f64().unwrap()
    };
    for (name, published) in [
        ("Referral Tier 2 Processor", 34.46),
        ("Referral Tier 3 Processor", 30.83),
        ("Scheduled Notifications", 28.27),
    ] {
        assert!((mean(&report, name) - published).abs() < 0.005, "{name}: {}", mean(&report, name));
    }
    assert!((mean(&report, "Live Stats Sync") / 1_000.0 - 29.72).abs() < 0.005);
    // The first twenty runs of each, which the validation took.
    let first = ["report", "--stagger", "2026-02-01T21:37:00Z/2026-02-01T21:57:00Z", "--format", "json"];
    let validation = in_folder(folder.path(), &[&first[..], &["--as-of", "2026-02-02T05:34:00Z"]].concat());
    let validation: Value = serde_json::from_str(&validation.succeeded()).unwrap();
    for (name, published) in [
        ("Referral Tier 2 Processor", 46.45),
        ("Referral Tier 3 Processor", 41.55),
        ("Scheduled Notifications", 38.60),
    ] {
        assert!((mean(&validation, name) - published).abs() < 0.005, "{name}: {}", mean(&validation, name));
    }
    assert!((mean(&validation, "Live Stats Sync") / 1_000.0 - 19.37).abs() < 0.005);
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

/// What `command` on the demo says, and its code.
fn judged(folder: &Path, command: &str, more: &[&str]) -> Finished {
    in_folder(folder, &[&[command, "--as-of", "2026-02-02T05:34:00Z"], more].concat())
}

#[test]
fn check_speaks_through_its_exit_code() {
    let (folder, _) = demo();
    let checked = judged(folder.path(), "check", &[]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(checked.stdout.ends_with("exit 1: a required target was missed\n"), "{}", checked.stdout);
    assert!(checked.stdout.lines().all(|line| line.chars().count() <= 80), "{}", checked.stdout);
    assert_eq!(judged(folder.path(), "report", &["--exit-code"]).code, Some(1));
    assert_eq!(judged(folder.path(), "report", &[]).code, Some(0), "a report is a report");
    let easier = ["--target", "completion_rate >= 98%"];
    assert_eq!(judged(folder.path(), "check", &easier).code, Some(1), "missed_runs is still missed");
}

#[test]
fn every_decision_is_one_flag_away() {
    let (folder, _) = demo();
    let reachable = ["--target", "completion_rate >= 98%", "--target", "missed_runs <= 113"];
    let without = |cut: &[&str]| {
        let text = written(folder.path(), "deployment.toml")
            .lines()
            .filter(|line| !cut.iter().any(|cut| line.starts_with(cut)))
            .fold(String::new(), |text, line| text + line + "\n");
        std::fs::write(folder.path().join("other.toml"), text).unwrap();
    };
    // The median cannot be judged from four runs, whatever is asked of it: undecided.
    let undecided = judged(folder.path(), "check", &reachable);
    let said = undecided.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("1 of 7 triggers could not be judged: pool_utilization_max > 70%"), "{said}");
    assert_eq!(undecided.code, Some(3), "{undecided:?}");
    assert!(undecided.stdout.ends_with("exit 3: something required could not be judged\n"));
    // Without that target, and the trigger on the pool that nobody sampled, everything required is met.
    without(&["median_duration", "pool_utilization_max"]);
    let of_other = [&["--deployment", "other.toml"], &reachable[..]].concat();
    let passed = judged(folder.path(), "check", &of_other);
    assert_eq!(passed.code, Some(0), "{passed:?}");
    assert!(
        passed
            .stdout
            .ends_with("exit 0: every required target is met and no trigger fired, but jobs got worse\n")
    );
    // A trigger outranks every target, and a report speaks as a check does.
    let text = written(folder.path(), "other.toml")
        .replace("peak_concurrency = \"> 3\"", "peak_concurrency = \"> 1\"");
    std::fs::write(folder.path().join("other.toml"), text).unwrap();
    let rolled_back = judged(folder.path(), "check", &of_other);
    assert_eq!(rolled_back.code, Some(4), "{rolled_back:?}");
    assert!(rolled_back.stdout.ends_with("exit 4: a rollback trigger fired\n"));
    let output = [&of_other[..], &["--exit-code", "-o", "rolled-back.json"]].concat();
    assert_eq!(judged(folder.path(), "report", &output).code, Some(4));
    let whole: Value = serde_json::from_str(&written(folder.path(), "rolled-back.json")).unwrap();
    assert_eq!(whole["decision"]["verdict"], "roll_back", "an output is whole, whatever the code");
}

#[test]
fn the_demo_writes_over_nobody_elses_files() {
    for name in ["deployment.toml", "runs.csv", "runs.sqlite", "report.json", "report.eml"] {
        let desk = support::Desk::new();
        desk.put(name, "somebody's work");
        let message = desk.refusal(["demo", "--dir", "."]);
        assert!(message.contains(name) && message.contains("--dir"), "{message}");
    }
}
