//! Every wrong input ends with one clear message on standard error and exit code 2; nothing is printed,
//! written or lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Database, Desk, Engine, WINDOWS, measured_file};

/// Arguments of `report` that would put `kept.md` on another content and add `new.json`, if it worked.
fn report<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = ["report", "-o", "kept.md", "-o", "new.json"].map(str::to_owned).into();
    all.extend(arguments.into_iter().map(str::to_owned));
    all
}

/// The same over the windows of the measured runs.
fn measured<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all = report(arguments);
    all.extend(WINDOWS.map(str::to_owned));
    all
}

/// The refusal of a report on `url`, with a deployment file.
#[track_caller]
fn refused_on(url: &str, deployment: &str) -> String {
    let desk = Desk::new();
    desk.put("deployment.toml", deployment);
    desk.refusal(measured(["--db", url]))
}

/// Fails unless every part is in the message.
#[track_caller]
fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is missing in:\n{message}");
    }
}

/// A port that nobody listens on.
fn silent_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

const SECRET: &str = "hush-hush";

#[test]
fn a_database_that_cannot_be_reached() {
    let desk = Desk::new();
    let port = silent_port();
    for scheme in ["postgres", "mysql", "mariadb"] {
        let url = format!("{scheme}://me:{SECRET}@127.0.0.1:{port}/app");
        for command in [measured(["--db", &url]), vec!["migrate".into(), "--db".into(), url.clone()]] {
            let message = desk.refusal(command);
            says(&message, &[&format!("failed to connect to 127.0.0.1:{port}/app"), "that the server runs"]);
            assert!(!message.contains(SECRET), "{message}");
        }
    }
    let folder = desk.path().display().to_string();
    let message = desk.refusal(measured(["--db", &format!("postgres://me@localhost/app?host={folder}")]));
    says(&message, &["failed to connect to", &folder]);
    let message = desk.refusal(measured(["--db", "sqlite://runs.sqlite"]));
    says(&message, &["runs.sqlite", "no such file", "jobdelta migrate"]);
}

#[test]
fn a_wrong_password_is_not_shown() {
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let database = Database::fresh(engine);
        let url = database.url_as("jobdelta", SECRET);
        for arguments in [measured(["--db", &url]), vec!["migrate".into(), "--db".into(), url.clone()]] {
            let message = Desk::new().refusal(arguments);
            says(
                &message,
                &["failed to connect to 127.0.0.1:", &database.name, "check user name and password"],
            );
            assert!(!message.contains(SECRET), "{message}");
        }
        let message = refused_on_file_url(&url);
        says(&message, &["check user name and password"]);
        assert!(!message.contains(SECRET), "{message}");
    }
}

/// The URL from the deployment file, its password from the environment.
#[track_caller]
fn refused_on_file_url(url: &str) -> String {
    let desk = Desk::new();
    let url = url.replace(SECRET, "${APP_PASSWORD}");
    desk.put("deployment.toml", format!("[source]\nurl = \"{url}\"\n"));
    let mut command = desk.command(measured([]));
    command.env("APP_PASSWORD", SECRET);
    desk.refusal_of(command)
}

#[test]
fn a_missing_table_or_column_names_the_nearest() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let url = database.url();
        let message = refused_on(&url, "[source]\ntable = \"job_runz\"\n");
        says(&message, &["there is no table job_runz", "did you mean 'job_runs'?"]);
        let message = refused_on(&url, "[source]\ntable = \"job_runs\"\ncolumns = { status = \"stat\" }\n");
        says(&message, &["table job_runs has no column 'stat' for status", "did you mean 'status'?"]);
        let message = refused_on(&url, "[source]\npreset = \"job_execution_logs\"\n");
        says(&message, &["there is no table job_execution_logs"]);
        let message = refused_on(&url, "[source]\npreset = \"job_run\"\n");
        says(&message, &["unknown source preset 'job_run'", "job_runs"]);
    }
}

#[test]
fn a_table_without_a_needed_column_says_which() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run("CREATE TABLE history (name varchar(40), begun timestamp, state varchar(20))");
        let mapping =
            "[source]\ntable = \"history\"\ncolumns = { job_name = \"name\", started_at = \"begun\" }\n";
        let message = refused_on(&database.url(), mapping);
        says(&message, &["table history has no column 'status' for status"]);
    }
}

#[test]
fn a_role_without_select() {
    let database = Database::measured(Engine::Postgres);
    let reader = format!("{}_reader", database.name);
    database.run(&format!("CREATE ROLE {reader} LOGIN PASSWORD '{SECRET}'"));
    let message = refused_on(&database.url_as(&reader, SECRET), "");
    says(&message, &["permission denied for table job_runs", "grant SELECT on the table to this role"]);
    assert!(!message.contains(SECRET), "{message}");

    let database = Database::measured(Engine::MariaDb);
    let (name, reader) = (&database.name, format!("{}_reader", database.name));
    database.run(&format!("CREATE USER {reader} IDENTIFIED BY '{SECRET}'"));
    let url = database.url_as(&reader, SECRET);
    says(
        &refused_on(&url, ""),
        &["failed to connect to", name, "grant this user the right to use the database"],
    );
    database.run(&format!("CREATE TABLE other (v int); GRANT SELECT ON {name}.other TO {reader}"));
    says(&refused_on(&url, ""), &["there is no table job_runs that this user may read"]);
    database.run(&format!("GRANT INSERT ON {name}.job_runs TO {reader}"));
    let message = refused_on(&url, "");
    says(&message, &["SELECT command denied", "job_runs", "grant SELECT on the table to this role"]);
    assert!(!message.contains(SECRET), "{message}");
}

/// A table of somebody else's with a status that nobody mapped.
const FOREIGN: &str = "
CREATE TABLE history (job_name varchar(40), started_at timestamp, finished_at timestamp NULL, status varchar(20));
INSERT INTO history VALUES
  ('Sync', '2026-11-23 12:40:00', '2026-11-23 12:40:01', 'success'),
  ('Sync', '2026-11-23 12:41:00', '2026-11-23 12:41:01', 'exploded'),
  ('Sync', '2026-11-23 13:00:00', '2026-11-23 13:00:01', 'exploded'),
  ('Sync', '2026-11-23 13:01:00', '2026-11-23 13:01:01', 'exploded'),
  ('Sync', '2026-11-23 13:02:00', '2026-11-23 13:02:01', 'fizzled');
";

#[test]
fn a_status_that_is_not_mapped() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run(FOREIGN);
        database.run("INSERT INTO history VALUES ('Sync', '2026-11-23 13:01:30', NULL, NULL)");
        // Every word with its rows; nobody suggests what they mean.
        says(
            &refused_on(&database.url(), "[source]\ntable = \"history\"\n"),
            &[
                "2 statuses are not mapped (rows in brackets): 'exploded' (3), 'fizzled' (1)",
                "1 row has NULL for a status",
                "[source] statuses = { \"exploded\" = \"?\", \"fizzled\" = \"?\" } and null_status = \"?\"",
            ],
        );
        let message = refused_on(&database.url(), "[source]\ntable = \"history\"\n");
        assert!(!message.contains("= \"success\""), "{message}");
        // The advice as it stands is refused; filled in, it leads to a report.
        let advice = |word: &str| {
            format!(
                "[source]\ntable = \"history\"\nstatuses = {{ exploded = \"{word}\", fizzled = \"{word}\" }}\n\
                 null_status = \"running\"\n"
            )
        };
        says(
            &refused_on(&database.url(), &advice("?")),
            &["\"?\" is still to be decided: write one of running"],
        );
        let desk = Desk::new();
        desk.put("deployment.toml", advice("failed"));
        let arguments = ["report", "--final", "--format", "json", "--db", &database.url()].map(str::to_owned);
        // Wide, since a `timestamp` is written in the zone of the session.
        let windows = [
            "--baseline",
            "2026-11-19T00:00:00Z/2026-11-22T00:00:00Z",
            "--stagger",
            "2026-11-22T00:00:00Z/2026-11-25T00:00:00Z",
            "--as-of",
            "2026-11-25T00:00:00Z",
        ];
        let report = desk.run(arguments.into_iter().chain(windows.map(str::to_owned))).succeeded();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report["totals"]["stagger"]["orphaned"], 1, "a NULL that means running is not left out");
    }
}

#[test]
fn windows_that_are_none() {
    let desk = Desk::new();
    let runs = measured_file("runs.csv").display().to_string();
    let refusal = |baseline: &str, stagger: &str| {
        let windows = ["--baseline", baseline, "--stagger", stagger, "--as-of", "2026-11-23T15:00:00Z"];
        desk.refusal(report(std::iter::once(runs.as_str()).chain(windows)))
    };
    let (before, after) =
        ("2026-11-23T12:35:04Z/2026-11-23T12:57:04Z", "2026-11-23T12:57:04Z/2026-11-23T13:19:04Z");
    let turned = refusal("2026-11-23T12:57:04Z/2026-11-23T12:35:04Z", after);
    says(&turned, &["--baseline", "2026-11-23T12:35:04Z", "not after its start 2026-11-23T12:57:04Z"]);
    let empty = refusal("2026-11-23T12:57:04Z/2026-11-23T12:57:04Z", after);
    says(&empty, &["--baseline", "not after its start"]);
    let overlapping = refusal(before, "2026-11-23T12:57:03Z/2026-11-23T13:19:04Z");
    says(&overlapping, &["the windows overlap", "give each its own `where`"]);
    let future = refusal(before, "2026-11-23T15:00:00Z/2026-11-23T16:00:00Z");
    says(&future, &["nothing of the stagger window is observed", "2026-11-23T15:00:00Z"]);
    let one = report([runs.as_str(), "--baseline", before]);
    says(&desk.refusal(one), &["only the baseline window is given"]);
    says(&desk.refusal(report([runs.as_str()])), &["no windows", "--at"]);
    let early = report([runs.as_str(), "--at", "2026-11-23T14:58:00Z", "--as-of", "2026-11-23T15:00:00Z"]);
    says(&desk.refusal(early), &["there is nothing after the change yet", "5m to settle"]);
    desk.put(
        "deployment.toml",
        "[windows]\nexclude = [{ start = \"2026-11-23T12:00:00Z\", end = \"2026-11-23T12:57:04Z\" }]\n",
    );
    says(&refusal(before, after), &["nothing of the baseline window is observed", "excluded periods"]);
}

#[test]
fn a_job_that_nobody_knows() {
    let desk = Desk::new();
    let runs = measured_file("runs.csv").display().to_string();
    // The rows are asked where no job is declared.
    let target = "[targets]\nfailure_rate = { target = \"< 5%\", job = \"Live Stat Sync\" }\n";
    desk.put("deployment.toml", target);
    says(&desk.refusal(measured([runs.as_str()])), &["'Live Stat Sync'", "did you mean 'Live Stats Sync'?"]);
    desk.put("deployment.toml", format!("[[jobs]]\nname = \"Live Stats Sync\"\n{target}"));
    let declared = desk.refusal(measured([runs.as_str()]));
    says(
        &declared,
        &["deployment.toml:4", "'Live Stat Sync'", "not declared", "did you mean 'Live Stats Sync'?"],
    );
    // `lint` needs no rows to say so.
    assert_eq!(desk.run(["lint"]).refused(), declared.replace("error: ", ""));
    desk.put(
        "deployment.toml",
        "[rollback]\ntriggers = { failure_rate = { target = \"> +5pp\", job = \"Nobody\" } }\n",
    );
    says(&desk.refusal(measured([runs.as_str()])), &["'Nobody'"]);
}

#[test]
fn a_word_that_the_deployment_file_does_not_know() {
    let runs = measured_file("runs.csv").display().to_string();
    for (text, parts) in [
        ("[analysis]\nmin_run = 3\n", &["deployment.toml:2", "'min_run'", "did you mean 'min_runs'?"][..]),
        ("[analisys]\nmin_runs = 3\n", &["deployment.toml:1", "'analisys'", "did you mean 'analysis'?"]),
        (
            "\n[targets]\ncompletion_rat = \">= 99%\"\n",
            &["deployment.toml:3", "did you mean 'completion_rate'?"],
        ),
        ("[targets]\np95_duration = \"< 3 parsecs\"\n", &["deployment.toml:2", "parsecs"]),
        ("[targets]\ncompletion_rate = \"99%\"\n", &["deployment.toml:2", "99%"]),
        ("[targets]\ncompletion_rate = \">= 500ms\"\n", &["deployment.toml:2", "500ms"]),
        (
            "display_time_zone = \"Europe/Instanbul\"\n",
            &["deployment.toml:1", "'Europe/Instanbul'", "did you mean 'Europe/Istanbul'?"],
        ),
        ("[source]\ntime_zone = \"CET+1\"\n", &["deployment.toml:2", "'CET+1'"]),
        ("[source]\ntime_unit = \"minutes\"\n", &["deployment.toml:2", "minutes"]),
        ("[[jobs]]\nname = \"Sync\"\nschedule = \"61 * * * *\"\n", &["deployment.toml:3", "61 * * * *"]),
        ("[[jobs]]\nname = \"Sync\"\nschedule = \"every hour\"\n", &["deployment.toml:3", "every hour"]),
        (
            "[[jobs]]\nname = \"Sync\"\nschedule = \"* * * * *\"\noffset = \"1h\"\n",
            &["deployment.toml:4", "1h"],
        ),
        ("[windows]\ncycle = \"a while\"\n", &["deployment.toml:2", "a while"]),
        ("name = \"unclosed\n", &["deployment.toml:1"]),
        ("summary = \"${NOT_SET_ANYWHERE}\"\n", &["deployment.toml:1", "NOT_SET_ANYWHERE"]),
    ] {
        let desk = Desk::new();
        desk.put("deployment.toml", text);
        let message = desk.refusal(measured([runs.as_str()]));
        says(&message, parts);
        assert_eq!(
            desk.run(["lint"]).refused(),
            message.replace("error: ", ""),
            "lint says what a report says about\n{text}"
        );
    }
}

#[test]
fn every_problem_of_a_deployment_file_is_named_at_once() {
    let desk = Desk::new();
    desk.put("deployment.toml", "nmae = \"x\"\n[analysis]\nmin_runs = 0\n[targets]\nspeed = \"> 9000\"\n");
    let message = desk.run(["lint", "deployment.toml"]).refused();
    says(&message, &["deployment.toml:1: ", "deployment.toml:3: ", "deployment.toml:5: "]);
    says(&desk.refusal(["lint", "other.toml"]), &["failed to read other.toml"]);
}

#[test]
fn a_word_that_the_command_line_does_not_know() {
    let desk = Desk::new();
    let runs = measured_file("runs.csv").display().to_string();
    for (arguments, parts) in [
        (&["--target", "speed > 9000"][..], &["--target", "speed"][..]),
        (&["--target", "completion_rat >= 99%"], &["--target", "did you mean 'completion_rate'?"]),
        (&["--target", "p95_duration < 3 parsecs"], &["--target", "parsecs"]),
        (&["--max-time", "soon"], &["--max-time", "soon"]),
        (&["--min-runs", "0"], &["--min-runs", "at least 1"]),
        (&["--scope", "some"], &["--scope", "declared"]),
        (&["--scope", "declared"], &["--scope", "no jobs are declared"]),
        (&["--targt", "x"], &["--targt", "--target"]),
        (&["--format", "pdf"], &["pdf", "json"]),
        (&["-o", "report.pdf"], &["report.pdf", ".md"]),
        (&["--template", "nosuch"], &["nosuch"]),
        (&["--template", "report.html"], &["'report.html' makes none of the outputs", ".html"]),
        (&["--deployment", "nosuch.toml"], &["nosuch.toml"]),
    ] {
        let arguments = std::iter::once(runs.as_str()).chain(arguments.iter().copied());
        says(&desk.refusal(measured(arguments)), parts);
    }
    let zone = report([&runs, "--at", "2026-11-23T12:57:04"]);
    says(&desk.refusal(zone), &["--at", "2026-11-23T12:57:04"]);
    for (arguments, parts) in [
        (&["chekc"][..], &["chekc", "check"][..]),
        (&["sql", "concurency", "--dialect", "sqlite"], &["'concurency'", "did you mean 'concurrency'?"]),
        (&["templates", "show", "reprot"], &["reprot", "report"]),
    ] {
        says(&desk.refusal(arguments), parts);
    }
}

#[test]
fn a_check_of_nothing() {
    let desk = Desk::new();
    let runs = measured_file("runs.csv").display().to_string();
    let check = || ["check", &runs].into_iter().chain(WINDOWS);
    says(&desk.refusal(check()), &["there is nothing to check", "[targets]", "--target"]);
    // Advice is not a gate.
    desk.put("deployment.toml", "[targets]\nfailure_rate = { target = \"< 5%\", severity = \"advisory\" }\n");
    says(&desk.refusal(check()), &["no required target and no rollback trigger"]);
}

#[test]
fn a_doctor_whose_windows_hold_no_run_knows_nothing_of_the_status_words() {
    let desk = Desk::new();
    let row = "job_name,started_at,finished_at,status\nA,2026-02-01T12:00:00Z,2026-02-01T12:00:01Z,success\n";
    desk.put("runs.csv", row);
    let windows = |day: &str| [format!("{day}T11:00:00Z/90m"), format!("{day}T12:30:00Z/90m")];
    let looked = |[baseline, stagger]: &[String; 2]| {
        desk.run(["doctor", "runs.csv", "--baseline", baseline, "--stagger", stagger]).succeeded()
    };
    let told = looked(&windows("2026-01-15"));
    says(
        &told,
        &["warning statuses", "no run started in the windows (2026-01-15T11:00:00Z", "fix: give the windows"],
    );
    says(&looked(&windows("2026-02-01")), &["ok      statuses    every status word is mapped"]);
}

#[test]
fn a_doctor_takes_no_flag_that_has_no_effect_on_it() {
    let desk = Desk::new();
    desk.put("runs.csv", "job_name,started_at,finished_at,status\n");
    for flag in ["--target=completion_rate >= 99%", "--final", "--redact=jobs", "--min-runs=5"] {
        let refused = desk.run(["doctor", "runs.csv", flag]);
        assert_eq!(refused.code, Some(2), "{flag}");
        says(&refused.stderr, &["unexpected argument"]);
    }
}
