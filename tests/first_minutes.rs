//! What a new user types first.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use jobdelta::run::{Field, Status};
use serde_json::Value;
use support::{Desk, Finished, jobdelta, report_of};

/// Every minute of two hours; the second hour half a second slower.
fn runs() -> String {
    let mut lines = "job_name,started_at,finished_at,status\n".to_owned();
    for minute in 0..120_i64 {
        let started = 1_795_435_200_000 + minute * 60_000; // 2026-11-23T12:00:00Z
        let took = if minute < 60 { 1_000 } else { 1_500 };
        lines.push_str(&format!("Live Stats Sync,{started},{},success\n", started + took));
    }
    lines
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("runs.csv", runs());
    desk
}

fn windows(report: &Value) -> [String; 2] {
    let of = |side: &str| {
        let window = &report["windows"][side];
        format!("{} {}", window["start"].as_str().unwrap(), window["end"].as_str().unwrap())
    };
    ["baseline", "stagger"].map(of)
}

#[test]
fn a_moment_may_be_local_or_so_long_ago() {
    let desk = desk();
    let as_of = ["--as-of", "2026-11-23T14:00:00Z", "--settle", "0s", "--format", "json"];
    let report =
        |more: &[&str]| report_of(desk.command(["report", "runs.csv"].iter().chain(more).chain(&as_of)));
    let exact = windows(&report(&["--at", "2026-11-23T13:00:00Z"]));
    assert_eq!(exact[1], "2026-11-23T13:00:00Z 2026-11-23T14:00:00Z");
    for more in [
        &["--at", "2026-11-23 16:00", "--time-zone", "Europe/Istanbul"][..],
        &["--at", "1h"],
        &["--at", "60m ago"],
        &["--at", "2026-11-23 13:00Z", "--until", "now"],
    ] {
        assert_eq!(windows(&report(more)), exact, "{more:?}");
    }
    desk.put(
        "deployment.toml",
        "[source]\ntime_zone = \"Europe/Istanbul\"\n[windows]\nat = \"2026-11-23 16:00\"\n",
    );
    assert_eq!(windows(&report(&[])), exact, "by [windows] at");
    assert_eq!(windows(&report(&["--at", "30m"]))[1], "2026-11-23T13:30:00Z 2026-11-23T14:00:00Z");
    desk.put(
        "deployment.toml",
        "[windows]\nat = 2026-11-23T13:00:00Z\nsettle = \"10m\"\nuntil = \"2026-11-23T13:50:00Z\"\n",
    );
    let command = desk.command(["report", "runs.csv", "--format", "json"]);
    assert_eq!(windows(&report_of(command))[1], "2026-11-23T13:10:00Z 2026-11-23T13:50:00Z");
    let refused = |toml: &str, more: &[&str]| {
        desk.put("deployment.toml", toml);
        desk.refusal(["report", "runs.csv"].iter().chain(more))
    };
    let message = refused("", &["--at", "2026-11-23 16:00"]);
    assert!(message.contains("'2026-11-23 16:00' has no time zone; write"), "{message}");
    let message = refused("[windows]\nat = \"soon\"\n", &[]);
    assert!(message.contains("deployment.toml:2: 'soon' is not a time such as"), "{message}");
    let message = refused("", &["--at", "1h", "--time-zone", "Europe/Istambul"]);
    assert!(message.contains("--time-zone: unknown time zone 'Europe/Istambul'; did you mean"), "{message}");
}

#[test]
fn a_target_names_a_job() {
    let desk = desk();
    let check = |target: &str| {
        let arguments =
            ["check", "runs.csv", "--at", "1h", "--as-of", "2026-11-23T14:00:00Z", "--target", target];
        desk.run(arguments)
    };
    assert_eq!(check("p95_duration[Live Stats Sync] <= 2s").code, Some(0));
    assert_eq!(check("p95_duration[Live Stats Sync] <= 1s").code, Some(1));
    let refused = check("p95_duration[Live Stat Sync] <= 2s");
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("'Live Stat Sync'"), "{}", refused.stderr);
}

#[test]
fn a_database_may_be_given_by_its_path() {
    let desk = desk();
    std::fs::create_dir(desk.path().join("a folder")).unwrap();
    let path = "a folder/100%?.db";
    desk.run(["migrate", "--db", path]).succeeded();
    desk.run(["import", "--db", path, "runs.csv"]).succeeded();
    let mut command =
        desk.command(["report", "--db", "../a folder/100%?.db", "--at", "1h", "--format", "json"]);
    command.args(["--as-of", "2026-11-23T14:00:00Z"]).current_dir(desk.path().join("a folder"));
    assert_eq!(report_of(command)["totals"]["stagger"]["completed"], 55);
    let secret = desk.refusal(["report", "--db", "postgres:me:hunter2@host/db", "--at", "1h"]);
    assert!(!secret.contains("hunter2"), "{secret}");
}

#[test]
fn a_dash_is_standard_output() {
    let desk = desk();
    let arguments = ["report", "runs.csv", "--at", "1h", "--as-of", "2026-11-23T14:00:00Z"];
    let printed =
        desk.run(arguments.into_iter().chain(["-o", "-", "--format", "json", "-o", "report.md"])).succeeded();
    assert!(serde_json::from_str::<Value>(&printed).is_ok(), "{printed:.200}");
    assert!(desk.path().join("report.md").exists() && !desk.path().join("-").exists());
    let printed = desk.run(arguments.into_iter().chain(["-o", "-"])).succeeded();
    assert!(printed.starts_with("# "), "{printed:.200}");
}

#[test]
fn the_deployment_file_is_found_in_the_repository() {
    let desk = desk();
    let folder = desk.path().join("services/billing");
    std::fs::create_dir_all(&folder).unwrap();
    desk.put("deployment.toml", "name = \"Found above\"\n");
    let report = |more: &[&str]| {
        let arguments =
            ["report", "../../runs.csv", "--at", "1h", "--as-of", "2026-11-23T14:00:00Z", "--format", "json"];
        let mut command = desk.command(arguments.iter().chain(more));
        command.current_dir(&folder);
        let Finished { stdout, stderr, code } = Finished::of(command);
        assert_eq!(code, Some(0), "{stderr}");
        (serde_json::from_str::<Value>(&stdout).unwrap()["deployment"]["name"].clone(), stderr)
    };
    assert_eq!(report(&[]).0, Value::Null, "no repository: no folder above is looked at");
    std::fs::create_dir(desk.path().join(".git")).unwrap();
    let (name, said) = report(&[]);
    assert_eq!(name, "Found above");
    assert_eq!(said, "note: the deployment file is ../../deployment.toml\n");
    assert_eq!(report(&["--quiet"]), (Value::from("Found above"), String::new()));
    let (_, said) = report(&["-q", "--deployment", "../../deployment.toml"]);
    assert_eq!(said, "");
    let (_, said) = report(&["-v"]);
    assert!(said.contains("\nquery scan: 120 rows, "), "{said}");
}

#[test]
fn metrics_are_listed() {
    let list = jobdelta(["metrics"]).succeeded();
    assert!(list.contains("completion_rate      %; higher is better; of a job or of all\n  "), "{list}");
    assert!(list.contains("peak_concurrency     level; lower is better; of all jobs together\n"), "{list}");
    let objects: Value =
        serde_json::from_str(&jobdelta(["metrics", "--format", "json"]).succeeded()).unwrap();
    for object in objects.as_array().unwrap() {
        let name = object["name"].as_str().unwrap();
        assert!(list.contains(&format!("{name:20} ")), "{name}");
        assert!(object["meaning"].as_str().is_some_and(|meaning| !meaning.is_empty()), "{name}");
        let documented = std::fs::read_to_string("docs/deployment-file.md").unwrap();
        assert!(documented.contains(&format!("`{name}`")), "{name} is missing in docs/deployment-file.md");
    }
}

#[test]
fn queries_are_listed_without_a_database() {
    let list = jobdelta(["sql"]).succeeded();
    assert!(list.contains("durations          How long did successful runs take?\n"), "{list}");
    let lines: Vec<&str> = list.lines().take_while(|line| !line.is_empty()).collect();
    let files = std::fs::read_dir("queries").unwrap().count();
    assert_eq!(lines.len(), files);
    for line in lines {
        let name = line.split_whitespace().next().unwrap();
        jobdelta(["sql", name, "--dialect", "sqlite"]).succeeded();
    }
}

#[test]
fn completions_offer_values() {
    for shell in ["bash", "zsh", "fish"] {
        let script = jobdelta(["completions", shell]).succeeded();
        for value in ["observations", "pg_cron", "pushdown"] {
            assert!(script.contains(value), "{shell}: {value}");
        }
        // fish completes the values of flags only.
        for value in ["p95_duration", "jobs_at_peak"] {
            assert!(shell == "fish" || script.contains(value), "{shell}: {value}");
        }
    }
}

#[test]
fn every_command_has_a_page() {
    let desk = Desk::new();
    desk.run(["man", "pages/man1"]).succeeded();
    let page = std::fs::read_to_string(desk.path().join("pages/man1/jobdelta-report.1")).unwrap();
    assert!(page.contains("\\-\\-time\\-zone") && page.contains("observations"), "{page:.2000}");
    assert!(desk.path().join("pages/man1/jobdelta.1").exists());
    let kept = desk.path().join("kept.md/man1");
    let refused = desk.run(["man", kept.to_str().unwrap()]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("failed to write the pages to"), "{}", refused.stderr);
}

#[test]
fn a_file_is_checked_without_its_secret() {
    let desk = Desk::new();
    desk.put(
        "deployment.toml",
        "[source]\nurl = \"${DB_URL_THAT_NOBODY_SETS}\"\n[targets]\ncompletion_rate = \">= 99%\"\n",
    );
    desk.run(["lint"]).succeeded();
    let refused = desk.refusal(["check", "--at", "1h"]);
    assert!(refused.contains("deployment.toml:2: 'url' in [source]: the environment variable DB_URL_THAT_NOBODY_SETS is not set"), "{refused}");
}

/// One table has every field, another every status word.
#[test]
fn the_documents_name_every_field_and_status() {
    let text = std::fs::read_to_string("docs/deployment-file.md").unwrap();
    let table = |head: &str| {
        let rows = text.split(head).nth(1).unwrap().split("\n\n").next().unwrap();
        let rows = rows.lines().filter(|line| line.starts_with("| `"));
        rows.map(|row| row.split('`').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut fields = table("| field | needed |");
    fields.sort();
    let mut known: Vec<String> = Field::mapped().map(|field| field.name().to_owned()).collect();
    known.sort();
    assert_eq!(fields, known);
    let words = table("| word | means |");
    let known = Status::ALL.map(Status::word).into_iter().chain(["open"]);
    assert_eq!(words, known.collect::<Vec<_>>());
    for word in words {
        let desk = Desk::new();
        desk.put("deployment.toml", format!("[source]\nstatuses = {{ x = \"{word}\" }}\n"));
        desk.run(["lint"]).succeeded();
    }
}

/// The first lines say what has to be there, and what the demo writes is not taken into the repository.
#[test]
fn the_readme_names_what_is_needed() {
    let read =
        |path: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let readme = read("README.md");
    let (before, _) = readme.split_once("cargo run --release -- demo").unwrap();
    let needed = format!("Rust {} or later", env!("CARGO_PKG_RUST_VERSION").trim_end_matches(".0"));
    for part in [needed.as_str(), "apt-get install gcc libc6-dev"] {
        assert!(before.contains(part), "{part} is not named before the first command");
    }
    let folder = jobdelta(["demo", "--help"]).succeeded();
    assert!(folder.contains("[default: jobdelta-demo]"), "{folder}");
    assert!(read(".gitignore").lines().any(|line| line == "/jobdelta-demo"));
}

/// The last line of the demo is a command that works where it is printed, however the program was started.
#[test]
fn the_demos_next_command_works() {
    let desk = Desk::new();
    let printed = desk.run(["demo", "--dir", "it's here"]).succeeded();
    let next = printed.lines().last().unwrap().trim_start().strip_prefix("Next: ").unwrap();
    assert!(Path::new(desk.path()).join("it's here/deployment.toml").exists());
    let shell =
        std::process::Command::new("sh").args(["-c", next]).current_dir(desk.path()).output().unwrap();
    let said = String::from_utf8_lossy(&shell.stdout).into_owned();
    assert_eq!(shell.status.code(), Some(1), "{next}: {said}{}", String::from_utf8_lossy(&shell.stderr));
    assert!(said.contains("FAIL"), "{said}");
}

/// What `init` could not decide about a table is no matter of a log.
#[test]
fn a_log_is_imported_beside_a_draft_that_is_still_to_be_decided() {
    let desk = Desk::new();
    let rows: String = (0..6)
        .map(|day| (day, if day == 5 { "schief" } else { "ok" }))
        .map(|(day, how)| format!("nightly;2026-11-2{day} 03:00:00;2026-11-2{day} 03:00:05;{how}\n"))
        .collect();
    desk.put("runs.csv", format!("was;von;bis;wie\n{rows}"));
    let told = desk.run(["init", "runs.csv"]).stderr;
    let draft = std::fs::read_to_string(desk.path().join("deployment.toml")).unwrap();
    assert!(draft.contains("\"schief\" = \"?\"") && draft.contains("time_zone = \"?\""), "{draft}");
    assert!(draft.contains("columns.job_name = \"was\"  # 1 text, repeated\n"), "{draft}");
    assert!(!draft.contains("1 different"), "{draft}");
    assert!(
        told.contains("'schief' in [source.statuses]: \"?\" is still to be decided: write one of running, "),
        "{told}"
    );
    assert!(
        desk.refusal(["report", "runs.csv"])
            .contains("'time_zone' in [source]: \"?\" is still to be decided")
    );
    let line = |zone: &str, text: &str| format!("2026-11-23 13:00:0{zone} INFO {text}\n");
    let log = |zone: &str| {
        format!(
            "{}{}",
            line(&format!("1{zone}"), "started Sync"),
            line(&format!("2{zone}"), "completed Sync")
        )
    };
    desk.put(
        "deployment.toml",
        format!(
            "{draft}\n[log]\nstarted = 'INFO started (?<job>.+)'\ncompleted = 'INFO completed (?<job>.+)'\n"
        ),
    );
    desk.run(["migrate", "--db", "sqlite:jobs.db"]).succeeded();
    desk.put("zoned.log", log("Z"));
    let done = desk.run(["import", "--db", "sqlite:jobs.db", "zoned.log"]).succeeded();
    assert_eq!(done, "zoned.log: 1 added, 0 updated, 0 unchanged\n");
    desk.put("zoneless.log", log(""));
    let refused = desk.refusal(["import", "--db", "sqlite:jobs.db", "zoneless.log"]);
    assert!(refused.contains("has no zone; say which by time_zone in [log]"), "{refused}");
    desk.put("deployment.toml", "[log]\ntime_zone = \"?\"\n");
    assert!(desk.refusal(["import", "--db", "sqlite:jobs.db", "zoned.log"]).contains("deployment.toml:2"));
}
