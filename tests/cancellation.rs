//! Who no longer wants a report gets rid of it: the statement ends on the server, whether the future is
//! dropped, its token is cancelled, or a signal comes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jobdelta::cancellation::Cancellation;
use jobdelta::clock::{Clock, Stopwatch};
use jobdelta::deployment::DeploymentFile;
use jobdelta::pipeline::{self, PipelineError};
use jobdelta::report::model::Report;
use jobdelta::settings::{Overrides, Settings};
use support::{Database, Desk, Engine, WINDOWS, endless_view};
use tokio::task::JoinHandle;

const DEPLOYMENT: &str = "[source]\ntable = \"job_history\"\ntime_unit = \"us\"\n";

/// A server has this long to be rid of a statement.
const SOON: Duration = Duration::from_secs(2);

fn slow(engine: Engine) -> Database {
    let database = Database::measured(engine);
    database.run(endless_view(engine));
    database
}

/// A report that would go on for ever.
fn begin(url: String, cancellation: &Cancellation) -> JoinHandle<Result<Report, PipelineError>> {
    let file = DeploymentFile::read(DEPLOYMENT, "d.toml", &BTreeMap::new()).unwrap();
    let [_, baseline, _, stagger, _, as_of] = WINDOWS.map(|text| Some(text.to_owned()));
    let overrides = Overrides { db: Some(url), baseline, stagger, as_of, ..Overrides::default() };
    let settings = Settings::resolve(Some(file), &overrides, &BTreeMap::new()).unwrap();
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
        tokio::time::sleep(Duration::from_millis(20)).await;
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
            _ => while database.statements() == 0 {},
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
