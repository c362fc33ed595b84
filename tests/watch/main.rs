//! A watch looks again and again at rows that arrive meanwhile: it passes at its end, fails as soon as a failure is
//! clear, outlives the database and its own end, and keeps its checkpoints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod looks;
mod scene;
#[path = "../support/mod.rs"]
mod support;
mod webhooks;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use jobdelta::clock::{Span, Stopwatch, Timestamp};
use scene::{Scene, Watching, row, sqlite};
use support::{Database, Engine, FREED, databases, jobdelta_command, jobdelta_in, on_a_disk};

const TARGETS: &str = "[targets]\ncompletion_rate = \">= 90%\"\nstart_burst = \"<= 1\"\n\
                       [rollback]\ntriggers = { failure_rate = \"> +30pp\", peak_concurrency = \"> 3\" }\n";

#[test]
fn a_healthy_deployment_passes_at_the_end_with_the_rows_that_arrived_meanwhile() {
    for database in databases() {
        let scene = Scene::new(database, TARGETS);
        let mut watch = scene.watch(&["--for", "4s", "--every", "1s", "-o", "report.json"]);
        let first = watch.wait_for("look 1: ");
        assert!(first.ends_with("20 runs started\n"), "{first}");
        scene.add_runs("A", 60..90, "success");
        let end = watch.end();
        assert_eq!(end.code, Some(0), "{end:?}");
        for expected in [
            "; 50 runs started",
            "passed: target completion_rate >= 90%: 50 of 50 completed",
            "it has no gap",
            "exit 0",
        ] {
            assert!(end.stdout.contains(expected), "{expected} is not in\n{}", end.stdout);
        }
        assert!(end.stderr.contains("without --store"), "{}", end.stderr);
        let report = std::fs::read_to_string(scene.folder().join("report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report["totals"]["stagger"]["started"], 50);
    }
}

#[test]
fn a_job_that_fails_ends_the_watch_long_before_its_time() {
    let targets = "[targets]\ncompletion_rate = { target = \">= 95%\", job = \"each\" }\n";
    let scene = Scene::new(sqlite(), targets);
    let mut watch = scene.watch(&["--for", "1h", "--every", "1s"]);
    watch.wait_for("look 1: ");
    scene.add_runs("B", 60..100, "failed");
    let end = watch.end();
    assert_eq!(end.code, Some(1), "{end:?}");
    for expected in [
        "failed: target completion_rate >= 95% (B): missed by 38 runs: 40 failed, 2 allowed",
        "the watch ends early: target completion_rate >= 95% (B) failed",
        "exit 1",
    ] {
        assert!(end.stdout.contains(expected), "{expected} is not in\n{}", end.stdout);
    }
}

#[test]
fn a_job_that_has_not_run_yet_is_waited_for_and_is_no_failure() {
    let scene = Scene::new(sqlite(), "[targets]\ncompletion_rate = { target = \">= 90%\", job = \"B\" }\n");
    let arguments = ["--for", "3s", "--every", "1s"];
    let mut watch = scene.watch(&arguments);
    let first = watch.wait_for("look 1: ");
    assert!(first.contains("1 waiting for evidence"), "{first}");
    let end = watch.end();
    assert_eq!(end.code, Some(3), "{end:?}");
    assert!(end.stdout.contains("no job of this name has run in the windows"), "{}", end.stdout);
    let mut watch = scene.watch(&arguments);
    watch.wait_for("look 1: ");
    scene.add_runs("B", 30..60, "success");
    let end = watch.end();
    assert_eq!(end.code, Some(0), "{end:?}");
    assert!(end.stdout.contains("passed: target completion_rate >= 90% (B): 30 of 30"), "{}", end.stdout);
    // Elsewhere it is a mistake.
    let checked = jobdelta_in(
        scene.folder(),
        ["check", "--db", &scene.database.url(), "--target", "completion_rate[C] >= 90%"],
    );
    assert!(checked.code == Some(2) && checked.stderr.contains("neither declared"), "{checked:?}");
}

#[test]
fn a_store_that_is_gone_is_a_fault_of_the_store() {
    let scene = Scene::new(sqlite(), TARGETS);
    // A run of the baseline is under way: each look reads it again, from table and store.
    let start = scene.now.plus(Span::seconds(-400));
    scene.add(std::iter::once(format!("Slow,{start},,running\n")));
    let mut watch = scene.watch(&["--for", "5s", "--every", "1s", "--store", "store.sqlite"]);
    watch.wait_for("look 1: ");
    std::fs::rename(scene.folder().join("store.sqlite"), scene.folder().join("elsewhere")).unwrap();
    let away = watch.wait_for("the store cannot be read");
    assert!(away.contains("and the watch goes on: there is no store store.sqlite"), "{away}");
    std::fs::rename(scene.folder().join("elsewhere"), scene.folder().join("store.sqlite")).unwrap();
    let back = watch.wait_for("seen again");
    assert!(back.contains("the store could not be read"), "{back}");
    assert_eq!(watch.end().code, Some(0));
}

#[test]
fn a_look_needs_no_store_once_the_baseline_is_known() {
    let scene = Scene::new(sqlite(), TARGETS);
    let mut watch = scene.watch(&["--for", "5s", "--every", "1s", "--store", "store.sqlite"]);
    watch.wait_for("look 1: ");
    std::fs::rename(scene.folder().join("store.sqlite"), scene.folder().join("elsewhere")).unwrap();
    watch.wait_for("the store cannot be used, and the watch goes on");
    watch.wait_for("look 2: ");
    std::fs::rename(scene.folder().join("elsewhere"), scene.folder().join("store.sqlite")).unwrap();
    let end = watch.end();
    assert!(end.code == Some(0) && end.stdout.contains("it has no gap"), "{end:?}");
}

#[test]
fn a_failure_that_only_an_old_baseline_shows_ends_nothing() {
    let scene = Scene::new(sqlite(), "[targets]\nfailure_rate = \"<= +5pp\"\n");
    let mut watch = scene.watch(&["--for", "8s", "--every", "1s"]);
    watch.wait_for("look 2: ");
    // Most runs of the baseline failed, which is written when it has been read already.
    scene.add((303..600).step_by(5).map(|second| row(scene.now, "B", second, "failed")));
    scene.add_runs("C", 20..60, "failed");
    let end = watch.end();
    assert!(end.code == Some(0) && !end.stdout.contains("ends early"), "{end:?}");
}

/// What a watch says of the checks for which nothing is known.
#[test]
fn a_check_without_its_evidence_is_not_passed() {
    let scene = Scene::new(sqlite(), "");
    scene.add_runs("B", 2..3, "success");
    let arguments = ["--for", "3s", "--every", "1s", "--checks", "first_30_minutes"];
    let end = scene.watch(&arguments).end();
    assert_eq!(end.code, Some(3), "{end:?}");
    for expected in [
        "not decidable: target pool_utilization_max < 50%: ",
        "not decidable: target on_time_rate >= 95%: no schedule is declared",
        "not decidable: target collisions == 0: no enabled job has a schedule",
        "passed: target start_places >= 5: ",
        "passed: target failure_rate <= 0%: ",
        "passed: target peak_concurrency <= 2: ",
        "passed: target start_burst <= 1: ",
    ] {
        assert!(end.stdout.contains(expected), "{expected} is not in\n{}", end.stdout);
    }
    assert!(end.stderr.contains("without --store nothing is sampled"), "{}", end.stderr);
}

#[test]
fn few_failures_are_no_reason_to_end_although_the_target_is_missed_for_now() {
    let scene = Scene::new(sqlite(), TARGETS);
    scene.add_runs("A", 91..95, "failed");
    let mut watch = scene.watch(&["--for", "4s", "--every", "1s"]);
    let first = watch.wait_for("look 1: ");
    assert!(first.contains("4 waiting for evidence"), "20 of 24 are fewer than 90 %: {first}");
    scene.add_runs("A", 30..90, "success");
    let end = watch.end();
    assert_eq!(end.code, Some(0), "{end:?}");
    assert!(!end.stdout.contains("early") && end.stdout.contains("80 of 84 completed"), "{}", end.stdout);
}

#[test]
fn two_starts_at_once_are_a_fact_and_so_is_a_trigger_on_a_level() {
    let scene = Scene::new(sqlite(), TARGETS);
    let mut watch = scene.watch(&["--for", "1h", "--every", "1s"]);
    watch.wait_for("look 1: ");
    scene.add(["B", "C"].into_iter().map(|job| row(scene.now, job, 50, "success")));
    let end = watch.end();
    assert_eq!(end.code, Some(1), "{end:?}");
    assert!(end.stdout.contains("ends early: target start_burst <= 1 failed"), "{}", end.stdout);

    let scene = Scene::new(sqlite(), TARGETS);
    let mut watch = scene.watch(&["--for", "1h", "--every", "1s"]);
    watch.wait_for("look 1: ");
    scene.add(["B", "C", "D", "E"].into_iter().map(|job| row(scene.now, job, 50, "success")));
    let end = watch.end();
    assert_eq!(end.code, Some(4), "{end:?}");
    assert!(end.stdout.contains("failed: trigger peak_concurrency > 3: 4 running at once"), "{}", end.stdout);
}

#[test]
fn a_database_that_is_away_is_a_gap_and_the_watch_goes_on() {
    let scene = Scene::new(sqlite(), TARGETS);
    let (here, away) = (&scene.database.name, format!("{}.away", scene.database.name));
    let mut watch = scene.watch(&["--for", "8s", "--every", "1s", "-o", "report.md"]);
    watch.wait_for("look 1: ");
    std::fs::rename(here, &away).unwrap();
    let problem = watch.wait_for("nothing can be seen, and the watch goes on: ");
    assert!(problem.contains("runs.sqlite"), "{problem}");
    std::fs::rename(&away, here).unwrap();
    watch.wait_for("seen again; not watched ");
    let end = watch.end();
    assert_eq!(end.code, Some(0), "{end:?}");
    assert!(
        end.stdout.contains("the watch ends; not watched ") && end.stdout.contains("could not be read"),
        "{end:?}"
    );
    let report = std::fs::read_to_string(scene.folder().join("report.md")).unwrap();
    assert!(
        report.contains("Nothing was watched ") && report.contains("since the rows could not be read"),
        "{report}"
    );
}

#[test]
fn an_end_that_was_not_seen_decides_nothing() {
    let scene = Scene::new(sqlite(), TARGETS);
    let mut watch = scene.watch(&["--for", "3s", "--every", "1s", "-o", "report.md"]);
    watch.wait_for("look 1: ");
    std::fs::remove_file(&scene.database.name).unwrap();
    let end = watch.end();
    assert_eq!(end.code, Some(3), "{end:?}");
    for expected in ["the watch ends; not watched ", "exit 3: the end was not seen"] {
        assert!(end.stdout.contains(expected), "{expected} is not in\n{}", end.stdout);
    }
    assert!(scene.folder().join("report.md").exists());
}

#[test]
fn a_store_that_is_locked_is_said_and_the_watch_goes_on() {
    let scene = Scene::new(sqlite(), TARGETS);
    let mut watch = scene.watch(&["--for", "10s", "--every", "1s", "--store", "store.sqlite"]);
    watch.wait_for("look 1: ");
    let mut other = Command::new("sqlite3");
    other.current_dir(scene.folder()).arg("store.sqlite").stdin(Stdio::piped()).stdout(Stdio::null());
    let mut other = other.spawn().unwrap();
    writeln!(other.stdin.as_ref().unwrap(), "PRAGMA busy_timeout = 5000; BEGIN EXCLUSIVE;").unwrap();
    watch.wait_for("the store cannot be used, and the watch goes on: ");
    drop(other.stdin.take());
    other.wait().unwrap();
    assert_eq!(watch.end().code, Some(0));
}

#[test]
fn a_server_that_does_not_answer_is_a_gap_and_a_watch_that_saw_nothing_an_error() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let server = support::OwnServer::start(Engine::Postgres);
    let scene = Scene::new(sqlite(), TARGETS);
    jobdelta_in(scene.folder(), ["migrate", "--db", &server.url()]).succeeded();
    let rows = (100..120).map(|second| row(scene.now, "A", second, "success"));
    std::fs::write(
        scene.folder().join("rows.csv"),
        format!("job_name,started_at,finished_at,status\n{}", rows.collect::<String>()),
    )
    .unwrap();
    jobdelta_in(scene.folder(), ["import", "--db", &server.url(), "rows.csv"]).succeeded();
    let arguments =
        ["--for", "12s", "--every", "1s", "--max-time", "2s", "--target", "completion_rate >= 50%"];
    let mut watch = scene.watch_at(&server.url(), &arguments);
    watch.wait_for("look 1: ");
    server.stop();
    watch.wait_for("nothing can be seen");
    server.go_on();
    watch.wait_for("seen again");
    assert!(watch.end().stdout.contains("could not be read"));
    server.stop();
    let arguments = ["--for", "2s", "--every", "1s", "--max-time", "1s"];
    let end = scene.watch_at(&server.url(), &arguments).end();
    server.go_on();
    assert_eq!(end.code, Some(2), "{end:?}");
    assert!(end.stderr.contains("could not be read at any look"), "{}", end.stderr);
}

#[test]
fn a_watch_that_was_killed_goes_on_where_it_was() {
    let scene = Scene::new(sqlite(), TARGETS);
    let arguments = ["--for", "9s", "--every", "1s", "--store", "store.sqlite"];
    let mut watch = scene.watch(&arguments);
    let begun = watch.wait_for("the watch begins; it ends at ");
    watch.wait_for("look 2: ");
    watch.signal("KILL");
    assert_eq!(watch.end().code, None);
    let mut watch = scene.watch(&arguments);
    let resumed = watch.wait_for("the watch goes on; it ends at ");
    let end_of = |line: &str| line.split_once("ends at ").unwrap().1.to_owned();
    assert_eq!(end_of(&begun), end_of(&resumed));
    // It counts on.
    watch.wait_for("look 4: ");
    assert_eq!(watch.end().code, Some(0));
    // One that came to its end is not gone on with.
    let mut watch = scene.watch(&["--for", "2s", "--every", "1s", "--store", "store.sqlite"]);
    watch.wait_for("the watch begins");
    assert_eq!(watch.end().code, Some(0));
    let again = scene.watch(&["--for", "2s", "--every", "1s", "--store", "store.sqlite"]).end();
    assert!(again.stdout.contains("the watch begins"), "{}", again.stdout);
}

#[test]
fn checkpoints_are_neither_lost_nor_doubled_by_kills() {
    let plan = format!("{TARGETS}[monitoring]\nevery = \"6s\"\nuntil = \"132s\"\n");
    let scene = Scene::new(sqlite(), &plan);
    scene.add_runs("A", 30..90, "success");
    let arguments = ["--store", "watched.sqlite", "--until", "132s", "--every", "6s"];
    // From the first look, which takes those that are due already, to the end.
    let mut kills = 0;
    let end = loop {
        let mut watch = scene.watch(&arguments);
        watch.wait_for("ends at");
        if kills == 6 {
            break watch.end();
        }
        std::thread::sleep(std::time::Duration::from_millis(150 + 250 * kills));
        watch.signal("KILL");
        watch.end();
        kills += 1;
    };
    assert_eq!(end.code, Some(0), "{end:?}");
    let arguments = ["checkpoint", "--db", &scene.database.url(), "--store", "undisturbed.sqlite"];
    jobdelta_in(scene.folder(), arguments).succeeded();
    assert_eq!(stored(scene.folder(), "watched.sqlite").lines().count(), 22);
    assert_eq!(stored(scene.folder(), "watched.sqlite"), stored(scene.folder(), "undisturbed.sqlite"));
}

/// A day before a change and a day after it, a run a minute; a checkpoint every half hour.
fn a_day(folder: &Path) {
    let run = |minute: i64| {
        let at = Timestamp((1_772_323_200 + 60 * minute) * 1_000_000); // 2026-03-01
        let status = if minute % 97 == 0 { "failed" } else { "success" };
        format!("A,{at},{},{status}\n", at.plus(Span::seconds(1)))
    };
    let runs: String = (0..2_880).map(run).collect();
    std::fs::write(folder.join("runs.csv"), format!("job_name,started_at,finished_at,status\n{runs}"))
        .unwrap();
    let deployment = "name = \"A day\"\n[windows]\n\
        baseline = { start = \"2026-03-01T00:00:00Z\", end = \"2026-03-02T00:00:00Z\" }\n\
        stagger = { start = \"2026-03-02T00:00:00Z\", end = \"now\" }\n\
        [targets]\ncompletion_rate = \">= 90%\"\n[monitoring]\nevery = \"30m\"\nuntil = \"24h\"\n";
    std::fs::write(folder.join("deployment.toml"), deployment).unwrap();
}

#[test]
fn fifty_kills_leave_the_checkpoints_of_a_day_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    a_day(folder.path());
    let mut seed: u64 = 20_261_201;
    for kill in 0..50 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut command = jobdelta_command();
        command.current_dir(folder.path()).args(["watch", "runs.csv", "--store", "killed.sqlite"]);
        let watch = Watching::start(command);
        std::thread::sleep(std::time::Duration::from_millis((seed >> 33) % 500));
        watch.signal("KILL");
        let end = watch.end();
        assert_eq!(end.code, None, "it ended by itself before kill {kill}: {end:?}");
    }
    jobdelta_in(folder.path(), ["watch", "runs.csv", "--store", "killed.sqlite"]);
    jobdelta_in(folder.path(), ["checkpoint", "runs.csv", "--store", "undisturbed.sqlite"]).succeeded();
    assert_eq!(stored(folder.path(), "undisturbed.sqlite").lines().count(), 48);
    assert_eq!(stored(folder.path(), "killed.sqlite"), stored(folder.path(), "undisturbed.sqlite"));
}

#[test]
fn a_disk_that_fills_up_and_is_freed_loses_no_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    a_day(folder.path());
    jobdelta_in(folder.path(), ["checkpoint", "runs.csv", "--store", "undisturbed.sqlite"]).succeeded();
    let script = format!(
        r#"
        cp {folder}/runs.csv {folder}/deployment.toml .
        count() {{ sqlite3 store.sqlite 'SELECT COUNT(*) FROM checkpoints'; }}
        "$2" watch runs.csv --store store.sqlite >said || true
        grep -q 'the store cannot be used, and the watch goes on: .*full' said
        taken=$(count); [ "$taken" -gt 0 ] && [ "$taken" -lt 48 ]
        {FREED}
        "$2" watch runs.csv --store store.sqlite >said || true
        [ "$(count)" = 48 ]
        cp store.sqlite {folder}/filled.sqlite
        "#,
        folder = folder.path().display()
    );
    on_a_disk(640, &script).succeeded();
    assert_eq!(stored(folder.path(), "filled.sqlite"), stored(folder.path(), "undisturbed.sqlite"));
}

/// Every checkpoint of a store.
fn stored(folder: &Path, store: &str) -> String {
    let sql = "SELECT period_end, document FROM checkpoints ORDER BY period_end";
    let output = Command::new("sqlite3").current_dir(folder).args([store, sql]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_signal_ends_it_at_once_with_what_is_known() {
    let scene = Scene::new(sqlite(), TARGETS);
    let mut watch = scene.watch(&["--for", "1h", "--every", "1h"]);
    watch.wait_for("look 1: ");
    watch.signal("TERM");
    let stopwatch = Stopwatch::start();
    let end = watch.end();
    assert!(stopwatch.elapsed().as_secs() < 2, "{:?}", stopwatch.elapsed());
    assert_eq!(end.code, Some(143), "{end:?}");
    let known = "stopped after 1 look; nothing is decided: 1 passed, 3 waiting for evidence\n";
    assert!(end.stdout.ends_with(known), "{}", end.stdout);
}

#[test]
fn what_cannot_be_watched_is_said_at_once() {
    let scene = Scene::new(sqlite(), TARGETS);
    let refused = |arguments: &[&str]| {
        let end = scene.watch(arguments).end();
        assert_eq!(end.code, Some(2), "{end:?}");
        end.stderr
    };
    for (arguments, expected) in [
        (&[][..], "--for 30m"),
        (&["--for", "0s"], "no time at all"),
        (&["--for", "soon"], "'soon' is not a length of time"),
        (&["--until", "24h", "--every", "6h"], "--until needs --store"),
        (&["--until", "24h", "--store", "s.sqlite"], "--every"),
        (&["--for", "1s", "--as-of", "2026-03-02T00:00:00Z"], "leave out --as-of"),
        (&["--for", "1s", "--redact", "jobs"], "--redact"),
        (&["--for", "1s", "-o", "-"], "to a file"),
        (&["--for", "1s", "--checks", "first"], "first_30_minutes"),
    ] {
        let said = refused(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    std::fs::write(
        scene.folder().join("deployment.toml"),
        "[windows]\nbaseline = { start = \"2026-01-01T00:00:00Z\", end = \"2026-01-02T00:00:00Z\" }\n\
         stagger = { start = \"2026-01-03T00:00:00Z\", end = \"now\" }\n",
    )
    .unwrap();
    assert!(refused(&["--for", "1s"]).contains("nothing to check"));
}

#[test]
fn a_file_that_cannot_be_written_is_refused_before_the_watch() {
    let scene = Scene::new(Database::fresh(Engine::Sqlite), "[targets]\ncompletion_rate = \">= 90%\"\n");
    let arguments = ["watch", "--db", &scene.database.url(), "--for", "1h", "-o", "nowhere/report.md"];
    let said = jobdelta_in(scene.folder(), arguments).refused();
    assert!(said.contains("there is no directory"), "{said}");
}

#[test]
fn what_is_wrong_is_said_before_the_window_begins() {
    let scene = Scene::new(sqlite(), "");
    let file = |source: &str| {
        let text = format!("{source}[targets]\ncompletion_rate = \">= 90%\"\n");
        std::fs::write(scene.folder().join("deployment.toml"), text).unwrap();
    };
    file("");
    let begins_in_five_minutes = ["--at", "now", "--for", "1h"];
    let mut watch = scene.watch_at("nowhere.sqlite", &begins_in_five_minutes);
    watch.wait_for("the window after the change starts at ");
    let said = watch.wait_for("nothing can be seen");
    assert!(said.contains("nowhere.sqlite"), "{said}");
    watch.signal("TERM");
    watch.end();
    file("[source]\ntable = \"nothing\"\n");
    let refused = scene.watch(&begins_in_five_minutes).end();
    assert!(refused.code == Some(2) && refused.stderr.contains("nothing"), "{refused:?}");
}
