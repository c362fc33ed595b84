//! One computation for all who ask, ended when nobody waits any more.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use crate::client::{Service, request};
use crate::support::{Database, Engine, WINDOWS, endless_view};

const ASKED: &str =
    "?baseline=2026-11-23T12:35:04Z/22m&stagger=2026-11-23T12:57:04Z/22m&as_of=2026-11-23T15:00:00Z";

fn deployment(folder: &Path, name: &str, source: &str) {
    fs::write(folder.join(format!("{name}.toml")), format!("[source]\n{source}\n")).unwrap();
}

fn statements(database: &Database, wanted: impl Fn(u64) -> bool, limit: Duration) {
    #[allow(clippy::disallowed_methods)] // a limit for a test that fails
    let begin = Instant::now();
    while !wanted(database.statements()) {
        assert!(begin.elapsed() < limit, "{} statements", database.statements());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_hundred_clients_with_one_question_cause_one_computation() {
    let database = Database::measured(Engine::Postgres);
    // Slow enough that all of them come while it is being made.
    database.run("CREATE VIEW job_history AS SELECT r.* FROM job_runs r, pg_sleep(0.3)");
    let folder = tempfile::tempdir().unwrap();
    let source = format!("url = \"{}\"\ntable = \"job_history\"\ntime_unit = \"us\"", database.url());
    deployment(folder.path(), "shared", &source);
    let service = Arc::new(Service::of(folder.path()));
    let together = Arc::new(Barrier::new(100));
    let clients: Vec<_> = (0..100)
        .map(|nth| {
            let (service, together) = (Arc::clone(&service), Arc::clone(&together));
            std::thread::spawn(move || {
                together.wait();
                let format = ["json", "md", "csv", "json"][nth % 4];
                let redact = ["", "&redact=jobs"][nth % 2];
                let path = format!("/deployments/shared/report.{format}{ASKED}{redact}");
                service.get(&path).with(200);
            })
        })
        .collect();
    for client in clients {
        client.join().unwrap();
    }
    assert!((service.counted("jobdelta_reports_computed_total") - 1.0).abs() < 0.1);
    service.get(&format!("/deployments/shared/report.json{ASKED}")).with(200);
    assert!(service.counted("jobdelta_report_cache_hits_total") >= 1.0);
    assert!(service.counted("jobdelta_rows_read_total") > 0.0);
}

#[test]
fn the_statement_ends_when_the_last_client_has_left() {
    let database = Database::measured(Engine::Postgres);
    database.run(endless_view(Engine::Postgres));
    let folder = tempfile::tempdir().unwrap();
    let source = format!("url = \"{}\"\ntable = \"job_history\"\ntime_unit = \"us\"", database.url());
    deployment(folder.path(), "endless", &source);
    let service = Service::of(folder.path());
    let ask = || {
        let mut stream = service.connect();
        let path = format!("/deployments/endless/report.json{ASKED}");
        stream.write_all(request(&service.address, "GET", &path, &[]).as_bytes()).unwrap();
        stream
    };
    let (first, second) = (ask(), ask());
    statements(&database, |running| running == 1, Duration::from_secs(30));
    drop(first);
    service.get("/healthz").with(200);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(database.statements(), 1, "one client still waits");
    drop(second);
    statements(&database, |running| running == 0, Duration::from_secs(10));
    assert!(service.counted("jobdelta_reports_computed_total").abs() < 0.1);
    // A page is told how far it is, and its report goes on until it asks again.
    let page = service.page(&format!("/deployments/endless{ASKED}")).with(200).text();
    assert!(page.contains("being made") && page.contains("http-equiv=\"refresh\""), "{page}");
    assert_eq!(database.statements(), 1);
    statements(&database, |running| running == 0, Duration::from_secs(30));
}

#[test]
fn a_full_queue_is_said_and_other_databases_are_served() {
    let database = Database::measured(Engine::Postgres);
    database.run(endless_view(Engine::Postgres));
    let small = Database::measured(Engine::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let source = format!("url = \"{}\"\ntable = \"job_history\"\ntime_unit = \"us\"", database.url());
    deployment(folder.path(), "endless", &source);
    deployment(folder.path(), "small", &format!("url = \"{}\"", small.url()));
    let service = Service::of(folder.path());
    let waiting: Vec<_> = (0..18)
        .map(|minute| {
            let mut stream = service.connect();
            let path = format!(
                "/deployments/endless/report.json?baseline=2026-11-23T12:35:04Z/22m&\
                 stagger=2026-11-23T12:57:04Z/22m&as_of=2026-11-23T15:{minute:02}:00Z"
            );
            stream.write_all(request(&service.address, "GET", &path, &[]).as_bytes()).unwrap();
            stream
        })
        .collect();
    statements(&database, |running| running == 2, Duration::from_secs(30));
    #[allow(clippy::disallowed_methods)] // a limit for a test that fails
    let begin = Instant::now();
    while service.counted("jobdelta_reports_queued") < 16.0 {
        assert!(begin.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(100));
    }
    let refused = service
        .get(&format!("/deployments/endless/report.json{}", ASKED.replace("15:00:00", "16:00:00")))
        .with(503);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
    service.get(&format!("/deployments/small/report.json{ASKED}")).with(200);
    assert_eq!(database.statements(), 2, "no more than two at once");
    drop(waiting);
    statements(&database, |running| running == 0, Duration::from_secs(30));
}

#[test]
fn a_database_that_went_away_is_served_again_when_it_is_back() {
    let database = Database::measured(Engine::Postgres);
    let folder = tempfile::tempdir().unwrap();
    let [_, baseline, ..] = WINDOWS;
    assert!(ASKED.contains(baseline.split('/').next().unwrap()));
    deployment(folder.path(), "away", &format!("url = \"{}\"", database.url()));
    let service = Service::of(folder.path());
    let path =
        |minute| format!("/deployments/away/report.json{}", ASKED.replace("15:00", &format!("15:{minute}")));
    service.get(&path("01")).with(200);
    let away = |sql: &str| {
        crate::support::script(Engine::Postgres, "postgres", sql).unwrap();
    };
    away(&format!("ALTER DATABASE {0} RENAME TO {0}_away", database.name));
    let refused = service.get(&path("02")).with(502);
    assert!(refused.json()["detail"].as_str().unwrap().contains("could not be read"), "{}", refused.text());
    service.get("/healthz").with(200);
    let ready = service.get("/readyz").with(503);
    assert_eq!(ready.json()["unreachable"][0], "away");
    service.get(&path("01")).with(200); // kept
    away(&format!("ALTER DATABASE {0}_away RENAME TO {0}", database.name));
    service.get(&path("02")).with(200);
    service.get("/readyz").with(200);
}

#[cfg(unix)]
#[test]
fn a_service_that_is_stopped_answers_what_it_has_begun_and_ends_its_statements() {
    let database = Database::measured(Engine::Postgres);
    database.run(
        "CREATE VIEW slow AS SELECT r.* FROM job_runs r, pg_sleep(0.1); \
         CREATE VIEW job_history AS SELECT r.* FROM job_runs r, pg_sleep(60)",
    );
    let folder = tempfile::tempdir().unwrap();
    let of = |table: &str| format!("url = \"{}\"\ntable = \"{table}\"\ntime_unit = \"us\"", database.url());
    deployment(folder.path(), "slow", &of("slow"));
    deployment(folder.path(), "endless", &of("job_history"));
    let service = Service::of(folder.path());
    let mut streams: Vec<_> = ["slow", "endless"]
        .iter()
        .map(|name| {
            let mut stream = service.connect();
            let path = format!("/deployments/{name}/report.json{ASKED}");
            stream.write_all(request(&service.address, "GET", &path, &[]).as_bytes()).unwrap();
            stream
        })
        .collect();
    statements(&database, |running| running == 2, Duration::from_secs(30));
    let (code, log) = service.terminate();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("\"stopping\"") && log.contains("\"stopped\""), "{log}");
    let mut read = |nth: usize| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut streams[nth], &mut text).unwrap();
        text
    };
    let (slow, endless) = (read(0), read(1));
    assert!(endless.starts_with("HTTP/1.1 503"), "{endless}");
    // How much of the machine it had is not known: its report, or a word that it was cancelled.
    assert!(slow.starts_with("HTTP/1.1 200") || slow.starts_with("HTTP/1.1 503"), "{slow:.200}");
    statements(&database, |running| running == 0, Duration::from_secs(10));
}
