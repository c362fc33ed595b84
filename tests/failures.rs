//! What goes wrong outside of the program, in the middle of its work, ends as a wrong input does: one
//! clear message, exit code 2, nothing printed, written or lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jobdelta::clock::Stopwatch;
use support::{
    Database, Desk, Engine, WINDOWS, contents, endless_view, jobdelta, measured_file, on_a_small_disk, relay,
    script, where_nothing_can_be_written,
};

/// A report that would change `kept.md` and add `new.json`, over the windows of the measured runs.
fn report<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let outputs = ["report", "-o", "kept.md", "-o", "new.json"];
    outputs.into_iter().chain(WINDOWS).chain(arguments).map(str::to_owned).collect()
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

/// Fails unless every part is in the message.
#[track_caller]
fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is missing in:\n{message}");
    }
}

fn runs() -> String {
    measured_file("runs.csv").display().to_string()
}

#[test]
fn a_place_that_cannot_be_written_to() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("folder.md")).unwrap();
    let mut shut = std::fs::metadata(desk.put("shut.md", "do not touch\n")).unwrap().permissions();
    shut.set_readonly(true);
    std::fs::set_permissions(desk.path().join("shut.md"), shut).unwrap();
    for (place, parts) in [
        ("folder.md", &["folder.md", "it is a directory"][..]),
        ("no/such/report.md", &["no/such/report.md", "there is no directory no/such"]),
        ("shut.md", &["shut.md", "read-only"]),
        ("kept.md/report.md", &["kept.md/report.md"]),
    ] {
        says(&desk.refusal(report([&runs(), "-o", place])), parts);
    }
    says(&desk.refusal(["demo", "--dir", "kept.md"]), &["kept.md"]);
    says(&desk.refusal(["migrate", "--db", "sqlite://folder.md"]), &["folder.md", "it is a directory"]);
}

/// Not even root may make files there.
#[test]
fn a_folder_that_nobody_may_write_to() {
    for (command, parts) in [
        ("report runs.csv -o report.md", &["report.md", "because: "][..]),
        ("demo --dir demo", &["failed to make the directory demo: "]),
        ("migrate --db sqlite://runs.sqlite", &["runs.sqlite"]),
    ] {
        let desk = Desk::new();
        desk.put("runs.csv", std::fs::read(measured_file("runs.csv")).unwrap());
        let before = contents(desk.path());
        let windows = if command.starts_with("report") { WINDOWS.join(" ") } else { String::new() };
        let finished = where_nothing_can_be_written(desk.path(), &format!("\"$2\" {command} {windows}"));
        says(&finished.refused(), parts);
        assert_eq!(contents(desk.path()), before, "{command}");
    }
}

#[test]
fn a_full_disk_keeps_the_older_report() {
    let (runs, windows) = (runs(), WINDOWS.join(" "));
    let finished = on_a_small_disk(&format!(
        "echo 'the report of another day' > kept.md
         {{ \"$2\" report {runs} {windows} -o kept.md -o new.html; }} || code=$?
         ls -A; cat kept.md; exit $code"
    ));
    says(&finished.stderr, &["error: cannot write new.html", "because: "]);
    assert_eq!((finished.stdout.as_str(), finished.code), ("kept.md\nthe report of another day\n", Some(2)));
}

#[test]
fn a_full_disk_keeps_the_rows_of_before() {
    let (runs, desk) = (runs(), Desk::new());
    let lines: String = (0..3_000).map(|at| format!("Sync,{at},success\n")).collect();
    let many = desk.put("many.csv", format!("job_name,started_at,status\n{lines}"));
    let many = many.display();
    let finished = on_a_small_disk(&format!(
        "\"$2\" migrate --db sqlite://runs.sqlite > /dev/null
         head -n 20 {runs} > first.csv
         \"$2\" import --db sqlite://runs.sqlite first.csv > /dev/null
         {{ \"$2\" import --db sqlite://runs.sqlite {many}; }} || code=$?
         rm first.csv
         sqlite3 runs.sqlite 'PRAGMA integrity_check; SELECT COUNT(*) FROM job_runs'; exit $code"
    ));
    says(
        &finished.stderr,
        &["error: failed to add runs to job_runs on runs.sqlite", "nothing of this file was kept"],
    );
    assert_eq!((finished.stdout.as_str(), finished.code), ("ok\n19\n", Some(2)));
}

#[test]
fn a_migration_that_fails_leaves_no_empty_file() {
    let finished = on_a_small_disk(
        "head -c 1000000 /dev/zero > filling 2> /dev/null || true
         { \"$2\" migrate --db sqlite://new.sqlite; } || code=$?
         rm -f filling; ls -A; exit ${code:-0}",
    );
    if finished.code == Some(0) {
        // Where no file system can be mounted nothing is full.
        return;
    }
    assert_eq!((finished.stdout.as_str(), finished.code), ("", Some(2)), "{}", finished.stderr);
}

#[test]
fn a_migration_that_is_killed_leaves_a_whole_file_or_none() {
    let mut killed = 0;
    for delay_us in (0..20).map(|step| step * 500) {
        let desk = Desk::new();
        let mut child = desk.command(["migrate", "--db", "sqlite://new.sqlite"]).spawn().unwrap();
        let names = || -> Vec<String> {
            let entries = std::fs::read_dir(desk.path()).unwrap();
            let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
            names.filter(|name| name != "kept.md").collect()
        };
        // From the moment at which it has made any file.
        while names().is_empty() && child.try_wait().unwrap().is_none() {}
        std::thread::sleep(Duration::from_micros(delay_us));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        if desk.path().join("new.sqlite").exists() {
            let run = desk.put("run.csv", "job_name,started_at,status\nSync,1,success\n");
            desk.run(["import", "--db", "sqlite://new.sqlite", "run.csv"]).succeeded();
            std::fs::remove_file(run).unwrap();
        }
        desk.run(["migrate", "--db", "sqlite://new.sqlite"]).succeeded();
        assert_eq!(names(), ["new.sqlite"], "after {delay_us} µs");
    }
    assert!(killed > 0, "every migration had ended");
}

/// A page says how many rows it holds. One fewer, and a report would be of 1,985 runs for 1,986.
#[test]
fn a_damaged_sqlite_file_is_not_read_as_sound() {
    let desk = Desk::new();
    desk.run(["demo", "--dir", "."]).succeeded();
    let file = desk.path().join("runs.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let mut pages = bytes.chunks_exact_mut(4_096).skip(1);
    let page = pages.find(|page| page[0] == 0x0d && page[4] > 10).unwrap();
    page[4] -= 1;
    std::fs::write(&file, bytes).unwrap();
    says(&desk.refusal(["check"]), &["runs.sqlite is damaged: ", "nothing was decided", "restore a copy"]);
    let doctor = desk.run(["doctor"]);
    assert_eq!(doctor.code, Some(2));
    says(&doctor.stdout, &["broken  file", "runs.sqlite is damaged: "]);
}

#[test]
fn a_role_that_may_do_more_than_read_is_a_warning() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let desk = Desk::new();
        let doctor = |url: &str| desk.run(["doctor", "--db", url]).succeeded();
        if engine == Engine::Sqlite {
            assert!(!doctor(&database.url()).contains("role"));
            continue;
        }
        let warned = doctor(&database.url());
        says(&warned, &["warning role", "this role may do more than read: it ", "dblink_exec"]);
        let reader = doctor(&database.reader_url());
        assert!(!reader.contains("role"), "{engine:?}: {reader}");
    }
}

#[test]
fn standard_output_on_a_full_disk() {
    let desk = Desk::new();
    let (runs, full) = (runs(), || std::fs::File::options().write(true).open("/dev/full").unwrap());
    let mut command = desk.command(["report", &runs, "--format", "json"].into_iter().chain(WINDOWS));
    command.stdout(full());
    let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    says(&message, &["error: cannot write to standard output", "because: "]);
}

/// `report | head -1` and its like.
#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let desk = Desk::new();
    desk.put("deployment.toml", "[targets]\nfailure_rate = \"< 50%\"\n");
    let runs = runs();
    let commands = [
        [&["report", &runs, "--format", "json"][..], &WINDOWS].concat(),
        [&["report", &runs][..], &WINDOWS].concat(),
        [&["check", &runs][..], &WINDOWS].concat(),
        vec!["sql", "--all", "--dialect", "postgres"],
        vec!["templates", "show", "report"],
        vec!["completions", "bash"],
        vec!["schema"],
        vec!["demo"],
        vec!["--help"],
    ];
    for arguments in commands {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = desk.command(&arguments);
        let output =
            command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), message.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_broken_line_in_a_file_of_runs() {
    let desk = Desk::new();
    let text = std::fs::read_to_string(measured_file("runs.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (line, parts) in [
        ("Sync,2026-11-23T12:40:00Z", &["the line has 2 cells"][..]),
        ("Sync,yesterday,,success,,,,,", &["started_at 'yesterday' is not a time"]),
        ("Sync,2026-11-23T12:40:00Z,,sucess,,,,,", &["status 'sucess'"]),
        ("Sync,2026-11-23T12:40:00Z,\"", &["never closed"]),
    ] {
        let broken = [&lines[..100], &[line], &lines[100..]].concat().join("\n");
        desk.put("broken.csv", broken);
        for arguments in [report(["broken.csv"]), report([&runs(), "broken.csv"])] {
            says(&desk.refusal(arguments), &[&["broken.csv, line 101: "], parts].concat());
        }
    }
    desk.put("runs.txt", &text);
    says(&desk.refusal(report(["runs.txt"])), &["runs.txt", ".csv"]);
    says(&desk.refusal(report(["none.csv"])), &["none.csv"]);
}

#[test]
fn a_broken_line_leaves_the_imported_rows() {
    let text = std::fs::read_to_string(measured_file("runs.csv")).unwrap();
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let desk = Desk::new();
        desk.put(
            "grown.csv",
            format!("{text}New,2026-11-23T13:00:00Z,,success,,,,,\nNew,never,,success,,,,,\n"),
        );
        let message = desk.refusal(["import", "--db", &database.url(), "grown.csv"]);
        says(&message, &["grown.csv, line 203: ", "nothing of this file was kept", "--skip-bad"]);
        assert_eq!(database.value("SELECT COUNT(*) FROM job_runs"), "200");
    }
}

#[test]
fn a_file_that_is_no_sqlite_database() {
    let desk = Desk::new();
    desk.put("notes.sqlite", "these are notes, and not a database\n".repeat(100));
    desk.put("empty.sqlite", "");
    std::fs::create_dir(desk.path().join("folder.sqlite")).unwrap();
    says(&desk.refusal(report(["--db", "sqlite://notes.sqlite"])), &["notes.sqlite", "not a database"]);
    says(&desk.refusal(["migrate", "--db", "sqlite://notes.sqlite"]), &["notes.sqlite", "not a database"]);
    says(&desk.refusal(report(["--db", "sqlite://empty.sqlite"])), &["there is no table job_runs"]);
    says(&desk.refusal(report(["--db", "sqlite://folder.sqlite"])), &["it is a directory"]);
    says(&desk.refusal(report(["--db", "notes.sqlite"])), &["notes.sqlite", "not a database"]);
}

/// `sqlite3` in the middle of a transaction that shuts everybody else out.
struct Holder(Child);

impl Holder {
    fn of(database: &Database) -> Self {
        let mut child = Command::new("sqlite3")
            .args(["-batch", &database.name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.as_mut().unwrap();
        stdin.write_all(b"BEGIN EXCLUSIVE; SELECT 'held';\n").unwrap();
        stdin.flush().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "held\n");
        Self(child)
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        // It ends by itself when its input does; what is left of it is of no use.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn an_sqlite_file_that_another_program_has_locked() {
    let database = Database::measured(Engine::Sqlite);
    let url = database.url();
    let holder = Holder::of(&database);
    let watch = Stopwatch::start();
    let message = Desk::new().refusal(report(["--db", &url, "--max-time", "500ms"]));
    says(&message, &["runs.sqlite", "another program holds a lock on the file"]);
    assert!(watch.elapsed() < Duration::from_secs(3), "a lock is waited for no longer than --max-time");
    drop(holder);
    jobdelta(["report", "--db", &url].into_iter().chain(WINDOWS)).succeeded();
}

#[test]
fn a_table_that_another_session_has_locked() {
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let database = Database::measured(engine);
        let lock = match engine {
            Engine::Postgres => "BEGIN; LOCK TABLE job_runs; SELECT pg_sleep(30);",
            _ => "LOCK TABLES job_runs WRITE; SELECT SLEEP(30);",
        };
        let asleep = match engine {
            Engine::Postgres => {
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid() AND wait_event = 'PgSleep'"
            }
            _ => {
                "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'SELECT SLEEP(30)%'"
            }
        };
        std::thread::scope(|scope| {
            let holder = scope.spawn(|| database.script(lock));
            let session = loop {
                if let Some(row) = database.rows(asleep).first() {
                    break row[0].clone();
                }
            };
            let watch = Stopwatch::start();
            let message = Desk::new().refusal(report(["--db", &database.url(), "--max-time", "1s"]));
            says(&message, &["over the time limit of 1s"]);
            assert!(watch.elapsed() < Duration::from_secs(4), "{:?}", watch.elapsed());
            end_session(&database, &session);
            assert!(holder.join().unwrap().is_err(), "the holder held until it was ended");
        });
    }
}

fn end_session(database: &Database, session: &str) {
    match database.engine {
        Engine::Postgres => database.run(&format!("SELECT pg_terminate_backend({session})")),
        _ => database.run(&format!("KILL {session}")),
    }
}

#[test]
fn no_time_at_all() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        let message = Desk::new().refusal(report(["--db", &database.url(), "--max-time", "1us"]));
        says(&message, &["went over the time limit", "--max-time"]);
    }
}

#[test]
fn a_statement_that_takes_too_long_is_stopped_by_the_database() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        database.run(endless_view(engine));
        let desk = Desk::new();
        desk.put("deployment.toml", "[source]\ntable = \"job_history\"\ntime_unit = \"us\"\n");
        let watch = Stopwatch::start();
        let message = desk.refusal(report(["--db", &database.url(), "--max-time", "700ms"]));
        // Under a second beyond the limit, and what a loaded machine takes to start a program.
        assert!(watch.elapsed() < Duration::from_secs(4), "{engine:?}: {:?}", watch.elapsed());
        says(&message, &["query coverage went over the time limit of 700ms", "--max-time"]);
        if engine != Engine::Sqlite {
            assert_eq!(database.statements(), 0, "nothing of it goes on");
        }
    }
}

#[test]
fn a_server_that_stops_between_two_queries() {
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let database = Database::measured(engine);
        let url = database.reader_url();
        let (place, _) = url.rsplit_once('@').unwrap().1.split_once('/').unwrap();
        let end = match engine {
            Engine::Postgres => {
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            }
            _ => {
                "SET @victim = (SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()); KILL @victim"
            }
        };
        // The third query of a report; two have been answered when it is sent.
        let (done, ended) = std::sync::mpsc::channel();
        let name = database.name.clone();
        let relay = relay("127.0.0.1", place, move |sent| {
            if contains(sent, b"second_of_cycle") {
                done.send(script(engine, &name, end)).unwrap();
            }
        });
        let through = url.replace(place, &relay);
        let through = match engine {
            Engine::Postgres => format!("{through}?sslmode=disable"),
            _ => format!("{through}?ssl-mode=disabled"),
        };
        let message = Desk::new().refusal(report(["--db", &through, "--execution", "pushdown"]));
        ended
            .recv_timeout(Duration::from_secs(10))
            .unwrap_or_else(|_| panic!("the session was not ended:\n{message}"))
            .unwrap();
        says(
            &message,
            &["query start_seconds failed on 127.0.0.1:", "the connection was lost", "nothing was decided"],
        );
    }
}
