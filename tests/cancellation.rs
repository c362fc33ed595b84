//! Who no longer wants a report gets rid of it: the statement ends on the server, whether the future is
//! dropped, its token is cancelled, or a signal comes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jobdelta::cancellation::{Cancellation, Deadline};
use jobdelta::clock::{Clock, Stopwatch};
use jobdelta::database::Session;
use jobdelta::deployment::DeploymentFile;
use jobdelta::pipeline::{self, PipelineError};
use jobdelta::report::model::Report;
use jobdelta::settings::{Overrides, Settings};
use support::{Database, Desk, Engine, OwnServer, WINDOWS, endless_view, jobdelta, measured_file, script};
use tokio::task::JoinHandle;

const DEPLOYMENT: &str = "[source]\ntable = \"job_history\"\ntime_unit = \"us\"\n";

/// A server has this long to be rid of a statement.
const SOON: Duration = Duration::from_secs(2);

fn slow(engine: Engine) -> Database {
    let database = Database::measured(engine);
    database.run(endless_view(engine));
    database
}

/// Of a report that would go on for ever.
fn endless_settings(url: String, max_time: Option<String>) -> Settings {
    let file = DeploymentFile::read(DEPLOYMENT, "d.toml", &BTreeMap::new()).unwrap();
    let [_, baseline, _, stagger, _, as_of] = WINDOWS.map(|text| Some(text.to_owned()));
    let overrides = Overrides { db: Some(url), baseline, stagger, as_of, max_time, ..Overrides::default() };
    Settings::resolve(Some(file), &overrides, &BTreeMap::new()).unwrap()
}

fn begin(url: String, cancellation: &Cancellation) -> JoinHandle<Result<Report, PipelineError>> {
    let settings = endless_settings(url, None);
    let cancellation = cancellation.clone();
    tokio::spawn(async move { pipeline::run(&settings, Clock::System, &cancellation).await })
}

/// Statements that run in the database; of SQLite threads of this process, of which only one test has any.
fn running(database: &Database) -> u64 {
    if database.engine != Engine::Sqlite {
        return database.statements();
    }
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let name = |task: &std::path::Path| std::fs::read_to_string(task.join("comm")).unwrap_or_default();
    tasks.filter(|task| name(&task.as_ref().unwrap().path()).starts_with("sqlx-sqlite")).count() as u64
}

async fn wait_for(database: &Database, statements: u64, limit: Duration) {
    let watch = Stopwatch::start();
    while running(database) != statements {
        assert!(watch.elapsed() < limit, "{:?}: {} statements", database.engine, running(database));
        // Whoever ends the statement runs only while this waits.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    if database.engine == Engine::Sqlite && statements > 0 {
        // The thread is there before the file is open.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

fn urls(database: &Database) -> Vec<String> {
    let pooler = (database.engine == Engine::Postgres).then(|| database.pooler_url());
    [database.url()].into_iter().chain(pooler).collect()
}

#[tokio::test]
async fn a_future_that_is_dropped_ends_its_statement_and_so_does_a_token() {
    for engine in Engine::tested() {
        let database = slow(engine);
        for url in urls(&database) {
            let report = begin(url.clone(), &Cancellation::default());
            wait_for(&database, 1, Duration::from_secs(10)).await;
            report.abort();
            assert!(report.await.unwrap_err().is_cancelled());
            wait_for(&database, 0, SOON).await;

            let cancellation = Cancellation::default();
            let report = begin(url, &cancellation);
            wait_for(&database, 1, Duration::from_secs(10)).await;
            cancellation.cancel();
            let watch = Stopwatch::start();
            let error = report.await.unwrap().unwrap_err().to_string();
            assert!(watch.elapsed() < SOON, "{engine:?}: {:?}", watch.elapsed());
            assert!(error.contains("cancelled at query coverage"), "{engine:?}: {error}");
            wait_for(&database, 0, Duration::from_millis(500)).await;
        }
    }
}

#[tokio::test]
async fn what_was_cancelled_before_sends_nothing() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let database = slow(Engine::Postgres);
    let cancellation = Cancellation::default();
    cancellation.cancel();
    let error = begin(database.url(), &cancellation).await.unwrap().unwrap_err().to_string();
    assert!(error.contains("cancelled at query connect"), "{error}");
    assert_eq!(database.statements(), 0);
}

/// Waits until the process has used a tenth of a second of the processor, most of it in its statement.
fn wait_until_busy(child: &Child) {
    let ticks = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        fields[11].parse::<u64>().unwrap()
    };
    while ticks() < 10 {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until a statement was there at ten looks in a row: those that look at columns are sooner over.
fn wait_until_long(database: &Database) {
    let mut looks = 0;
    while looks < 10 {
        looks = if database.statements() == 0 { 0 } else { looks + 1 };
    }
}

#[test]
fn a_signal_ends_the_statement_and_then_the_program() {
    for (engine, signal, code) in [
        (Engine::Postgres, "INT", 130),
        (Engine::Postgres, "TERM", 143),
        (Engine::MariaDb, "INT", 130),
        (Engine::Sqlite, "HUP", 129),
    ] {
        if !Engine::tested().contains(&engine) {
            continue;
        }
        let database = slow(engine);
        let desk = Desk::new();
        desk.put("deployment.toml", DEPLOYMENT);
        let url = database.url();
        let mut command = desk.command(["report", "-o", "new.json", "-o", "new.md", "--db", &url]);
        let child = command.args(WINDOWS).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        match engine {
            Engine::Sqlite => wait_until_busy(&child),
            _ => wait_until_long(&database),
        }
        let watch = Stopwatch::start();
        let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        assert!(watch.elapsed() < Duration::from_secs(3), "{engine:?}: {:?}", watch.elapsed());
        if engine != Engine::Sqlite {
            assert_eq!(database.statements(), 0, "{engine:?}: it has ended before the program");
        }
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{engine:?}: {message}");
        assert_eq!(message, "error: cancelled at query coverage; nothing was decided\n");
        assert!(output.stdout.is_empty());
        let mut left: Vec<_> =
            std::fs::read_dir(desk.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.retain(|name| {
            name.to_string_lossy().starts_with("new") || name.to_string_lossy().starts_with('.')
        });
        assert!(left.is_empty(), "{left:?}");
    }
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn engines_with_servers() -> impl Iterator<Item = Engine> {
    Engine::tested().into_iter().filter(|engine| *engine != Engine::Sqlite)
}

/// A report over the endless view that has begun its statement, with `program` in front.
fn begun(database: &Database, desk: &Desk, program: &[&str]) -> Child {
    desk.put("deployment.toml", DEPLOYMENT);
    let url = database.url();
    let report = desk.command(["report", "--db", &url].into_iter().chain(WINDOWS));
    let mut command = match program {
        [] => report,
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.current_dir(desk.path()).args(rest).arg(report.get_program()).args(report.get_args());
            command
        }
    };
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while database.statements() == 0 {}
    child
}

fn assert_idle_soon(database: &Database, others: u64) {
    let watch = Stopwatch::start();
    while database.statements() > others {
        assert!(watch.elapsed() < SOON, "{:?}: a statement goes on", database.engine);
    }
}

#[test]
fn a_pipe_that_nobody_reads_ends_the_statement() {
    for engine in engines_with_servers() {
        let (database, desk) = (slow(engine), Desk::new());
        let mut child = begun(&database, &desk, &[]);
        drop(child.stdout.take());
        assert_idle_soon(&database, 0);
        let output = child.wait_with_output().unwrap();
        // No error, as for a reader that stops reading what is printed.
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{engine:?}");
    }
}

#[test]
fn a_report_outlives_its_terminal_under_nohup() {
    for engine in engines_with_servers() {
        let (database, desk) = (slow(engine), Desk::new());
        let child = begun(&database, &desk, &["nohup"]);
        send("HUP", &child);
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(database.statements(), 1, "{engine:?}: it goes on");
        send("TERM", &child);
        assert_idle_soon(&database, 0);
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(143), "{engine:?}");
    }
}

#[test]
fn an_import_that_waits_for_a_lock_leaves_no_statement() {
    let runs = measured_file("runs.csv").display().to_string();
    leaves_no_statement("job_runs", &["import", &runs]);
}

#[test]
fn a_migration_that_waits_for_a_lock_leaves_no_statement() {
    leaves_no_statement("jobdelta_migrations", &["migrate"]);
}

/// A command that waits for `table` ends its statement when it is told to end.
fn leaves_no_statement(table: &str, arguments: &[&str]) {
    for engine in engines_with_servers() {
        let (database, desk) = (Database::measured(engine), Desk::new());
        let lock = match engine {
            Engine::Postgres => format!("BEGIN; LOCK TABLE {table}; SELECT pg_sleep(20);"),
            _ => format!("LOCK TABLES {table} WRITE; SELECT SLEEP(20);"),
        };
        let name = database.name.clone();
        let holder = std::thread::spawn(move || script(engine, &name, &lock));
        while database.statements() == 0 {}
        let url = database.url();
        let mut command = desk.command(arguments.iter().copied().chain(["--db", &url]));
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        while database.statements() < 2 {}
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(database.statements(), 2, "{engine:?}: it waits for the lock");
        send("TERM", &child);
        assert_idle_soon(&database, 1);
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(143), "{engine:?}");
        match engine {
            Engine::Postgres => database.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
                 AND pid <> pg_backend_pid()",
            ),
            _ => database.run(
                "SET @holder = (SELECT id FROM information_schema.processlist WHERE db = DATABASE() \
                 AND info LIKE 'SELECT SLEEP%'); KILL @holder",
            ),
        }
        assert!(holder.join().unwrap().is_err());
    }
}

/// As a server that is stopped (SIGSTOP): every connection is taken, by the system, and what is sent is
/// answered until `stop` is among it, nothing after that. Gives the address.
fn stalled(server: &str, stop: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = server.to_owned();
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(server).unwrap();
        let (mut answers, mut answered) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut answers, &mut answered));
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = client.read(&mut buffer) {
            if buffer[..length].windows(stop.len()).any(|part| part == stop) {
                break;
            }
            server.write_all(&buffer[..length]).unwrap();
        }
        // Nobody accepts another connection while the program has this one.
        while let Ok(1..) = client.read(&mut buffer) {}
        drop(server.shutdown(std::net::Shutdown::Both));
    });
    address
}

/// A URL of `database` through [`stalled`]. Without TLS what is sent can be read.
fn stalled_url(database: &Database, stop: &'static [u8], tls: bool) -> String {
    let url = database.url();
    let (place, _) = url.rsplit_once('@').unwrap().1.split_once('/').unwrap();
    let parameters = match (database.engine, tls) {
        (Engine::Postgres, false) => "sslmode=disable",
        (Engine::Postgres, true) => "sslmode=require",
        (_, false) => "ssl-mode=disabled",
        (_, true) => "ssl-mode=required",
    };
    format!("{}?{parameters}", url.replace(place, &stalled(place, stop)))
}

#[tokio::test]
async fn the_time_limit_holds_whatever_the_server_does() {
    const LIMIT: Duration = Duration::from_secs(1);
    for engine in engines_with_servers() {
        let database = Database::measured(engine);
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = database.url();
        let (place, _) = url.rsplit_once('@').unwrap().1.split_once('/').unwrap();
        let greeting = url.replace(place, &silent.local_addr().unwrap().to_string());
        // The first bytes of a TLS handshake that are not those of the protocol before it.
        let handshake = stalled_url(&database, b"\x16\x03\x01", true);
        let statement = stalled_url(&database, b"TRANSACTION", false);
        let statement = if engine == Engine::Postgres {
            drop(statement);
            stalled_url(&database, b"REPEATABLE READ", false)
        } else {
            statement
        };
        for (what, url) in [("greeting", greeting), ("handshake", handshake), ("transaction", statement)] {
            let watch = Stopwatch::start();
            let deadline = Deadline::after(LIMIT);
            let opened = Session::open_until(&Cancellation::default(), deadline, &url, LIMIT).await;
            let elapsed = watch.elapsed();
            let message = opened.unwrap_err().to_string();
            assert!(message.contains("time limit of 1s"), "{engine:?}, {what}: {message}");
            assert!(elapsed < LIMIT + Duration::from_millis(900), "{engine:?}, {what}: {elapsed:?}");
        }
        // In the middle of a report.
        let url = stalled_url(&database, b"second_of_cycle", false);
        let watch = Stopwatch::start();
        let desk = Desk::new();
        let limited = ["report", "--db", &url, "--execution", "pushdown", "--max-time", "4s"];
        let message = desk.refusal(limited.into_iter().chain(WINDOWS));
        assert!(
            message.contains("query start_seconds went over the time limit of 4s"),
            "{engine:?}: {message}"
        );
        assert!(watch.elapsed() < Duration::from_secs(6), "{engine:?}: {:?}", watch.elapsed());
    }
}

/// A statement that runs for a while already.
fn long_statements(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => {
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
             AND pid <> pg_backend_pid() AND clock_timestamp() - query_start > interval '0.3 s'"
        }
        _ => {
            "SELECT COUNT(*) FROM information_schema.processlist WHERE db = 'jobs' AND command IN ('Query', 'Execute') \
             AND id <> CONNECTION_ID() AND time_ms > 300"
        }
    }
}

/// How long a report with a time limit took, and why it ended.
fn limited(url: String, limit: &'static str) -> std::thread::JoinHandle<(Duration, String)> {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let settings = endless_settings(url, Some(limit.to_owned()));
        let (cancellation, watch) = (Cancellation::default(), Stopwatch::start());
        let report = pipeline::run(&settings, Clock::System, &cancellation);
        let error = runtime.block_on(report).unwrap_err().to_string();
        (watch.elapsed(), error)
    })
}

#[test]
fn the_time_limit_holds_while_the_server_s_process_is_stopped() {
    for engine in engines_with_servers() {
        let server = OwnServer::start(engine);
        let (url, runs) = (server.url(), measured_file("runs.csv").display().to_string());
        jobdelta(["migrate", "--db", &url]).succeeded();
        jobdelta(["import", "--db", &url, &runs]).succeeded();
        server.run(endless_view(engine));
        let report = limited(url.clone(), "6s");
        while server.run(long_statements(engine)) == "0" {
            assert!(!report.is_finished(), "{engine:?}: {}", report.join().unwrap().1);
        }
        server.stop();
        let (elapsed, message) = report.join().unwrap();
        assert!(message.contains("query coverage went over the time limit of 6s"), "{engine:?}: {message}");
        assert!(elapsed < Duration::from_secs(7), "{engine:?}, in a statement: {elapsed:?}");
        // It is still stopped.
        let (elapsed, message) = limited(url, "1s").join().unwrap();
        assert!(message.contains("query connect went over the time limit of 1s"), "{engine:?}: {message}");
        assert!(elapsed < Duration::from_secs(2), "{engine:?}, connecting: {elapsed:?}");
    }
}

#[tokio::test]
async fn the_time_limit_holds_for_what_is_computed() {
    let watch = Stopwatch::start();
    let (deadline, cancellation) = (Deadline::after(Duration::from_millis(50)), Cancellation::default());
    let endless = || std::thread::sleep(Duration::from_secs(2));
    let error = pipeline::computed("the analysis", &cancellation, deadline, endless).await.unwrap_err();
    assert!(watch.elapsed() < Duration::from_secs(1), "{:?}", watch.elapsed());
    assert!(error.to_string().starts_with("the analysis went over the time limit of 50ms"), "{error}");
}
