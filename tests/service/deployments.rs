//! The folder of deployment files: changes, breaks, secrets.

use std::fs;
use std::time::{Duration, Instant};

use crate::client::{Answer, Service};
use crate::support::{Database, Engine, WINDOWS};

fn file(database: &Database) -> String {
    format!("name = \"Nightly\"\n[source]\nurl = \"{}\"\n", database.url())
}

fn with_windows(database: &Database) -> String {
    let [_, baseline, _, stagger, _, as_of] = WINDOWS;
    let period = |text: &str| {
        let (start, end) = text.split_once('/').unwrap();
        format!("{{ start = \"{start}\", end = \"{end}\" }}")
    };
    format!(
        "{}[windows]\nas_of = \"{as_of}\"\nbaseline = {}\nstagger = {}\n",
        file(database),
        period(baseline),
        period(stagger)
    )
}

/// Asks until the answer is as wanted.
#[track_caller]
fn until(service: &Service, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
    #[allow(clippy::disallowed_methods)] // a limit for a test that fails
    let begin = Instant::now();
    loop {
        let answer = service.get(path);
        if wanted(&answer) {
            return answer;
        }
        assert!(begin.elapsed() < Duration::from_secs(30), "{path}: {answer:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn files_come_go_break_and_are_mended_while_others_are_served() {
    let database = Database::measured(Engine::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("good.toml"), with_windows(&database)).unwrap();
    fs::write(path("notes.txt"), "not a deployment").unwrap();
    fs::write(path(".hidden.toml"), "x").unwrap();
    let service = Service::of(folder.path());
    assert_eq!(service.get("/deployments").json().as_array().unwrap().len(), 1);
    let before = service.get("/deployments/good/report.json").with(200).json();

    fs::write(path("other.toml"), with_windows(&database).replace("[windows]", "[window]")).unwrap();
    let broken = until(&service, "/deployments/other", |answer| answer.status == 409);
    assert!(broken.json()["lines"][0].as_str().unwrap().starts_with("other.toml:4: "), "{}", broken.text());
    assert!(broken.text().contains("did you mean 'windows'?"), "{}", broken.text());
    let page = service.page("/").with(200).unescaped();
    assert!(page.contains("Broken") && page.contains("other.toml:4"), "{page}");
    assert_eq!(service.page("/deployments/other").status, 409);
    let list = service.get("/deployments").json();
    assert_eq!((&list[0]["state"], &list[1]["state"]), (&"ready".into(), &"broken".into()), "{list}");
    service.get("/readyz").with(200);
    service.get("/deployments/good/report.json").with(200);

    fs::write(path("other.toml"), with_windows(&database)).unwrap();
    until(&service, "/deployments/other/report.json", |answer| answer.status == 200);
    fs::write(path("good.toml"), with_windows(&database).replace("Nightly", "Renamed")).unwrap();
    let renamed = until(&service, "/deployments/good/report.json", |answer| {
        answer.json()["deployment"]["name"] == "Renamed"
    });
    assert_eq!(renamed.json()["totals"], before["totals"]);
    fs::remove_file(path("good.toml")).unwrap();
    let gone = until(&service, "/deployments/good", |answer| answer.status == 404);
    assert!(gone.text().contains("there is no deployment 'good'"), "{}", gone.text());
}

#[test]
fn a_file_with_only_a_source_asks_for_the_windows() {
    let database = Database::measured(Engine::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("any.toml"), file(&database)).unwrap();
    let service = Service::of(folder.path());
    let page = service.page("/deployments/any").with(200).text();
    assert!(page.contains("<form") && page.contains("name=\"at\""), "{page}");
    assert_eq!(service.get("/deployments").json()[0]["state"], "needs_windows");
    let answer = service.get("/deployments/any/report.json").with(409);
    assert!(answer.json()["lines"][0].as_str().unwrap().contains("no windows"), "{}", answer.text());
    let asked = "?at=2026-11-23T12:57:04Z&until=2026-11-23T13:19:04Z&as_of=2026-11-23T15:00:00Z";
    let report = service.get(&format!("/deployments/any/report.json{asked}")).with(200).json();
    assert_eq!(report["windows"]["stagger"]["end"], "2026-11-23T13:19:04Z");
    assert!(service.page(&format!("/deployments/any{asked}")).with(200).text().contains("id=\"report\""));
    let listed = service.get("/deployments").json();
    assert_eq!(listed[0]["state"], "needs_windows", "one window's report is not the deployment's");
}

#[test]
fn no_secret_is_in_a_page_an_answer_or_the_log() {
    let database = Database::fresh(Engine::Postgres);
    let secret = "open-sesame-7261";
    let folder = tempfile::tempdir().unwrap();
    let text = with_windows(&database).replace(&database.url(), &database.url_as("nobody", secret));
    fs::write(folder.path().join("prod.toml"), format!("# {secret}\n{text}")).unwrap();
    let service = Service::of(folder.path());
    let answers = [
        service.get("/deployments/prod/deployment.toml").with(200),
        service.get("/deployments/prod/report.json").with(502),
        service.page("/deployments/prod").with(502),
        service.page("/"),
        service.get("/deployments"),
        service.get("/readyz").with(503),
        service.get("/metrics"),
    ];
    for answer in answers {
        assert!(!answer.text().contains(secret), "{}", answer.text());
    }
    let shown = service.get("/deployments/prod/deployment.toml").text();
    assert!(shown.contains("url = \"…\"") && shown.contains("baseline"), "{shown}");
    service.get("/healthz").with(200);
    let log = service.log();
    assert!(log.contains("\"cause\"") && !log.contains(secret), "{log}");
}
