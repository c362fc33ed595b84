//! What is served: the same reports as the command line makes, as files and as pages.

use serde_json::Value;

use crate::client::Service;
use crate::support::{Finished, jobdelta, jobdelta_command};

/// Instants at which both make their reports.
const NOW: &str = "1770010440";

const FORMATS: [(&str, &str, &str); 8] = [
    ("report.json", "json", "application/json"),
    ("report.html", "html", "text/html; charset=utf-8"),
    ("report.md", "md", "text/markdown; charset=utf-8"),
    ("report.brief.md", "brief", "text/markdown; charset=utf-8"),
    ("report.txt", "txt", "text/plain; charset=utf-8"),
    ("report.xml", "junit", "application/xml"),
    ("report.csv", "csv", "text/csv; charset=utf-8"),
    ("report.eml", "eml", "message/rfc822"),
];

fn demo() -> (Service, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = jobdelta_command();
    Finished::of({
        command.args(["demo", "--dir"]).arg(folder.path().join("demo"));
        command
    })
    .succeeded();
    let service = Service::start(|command| command.arg("--demo").env("SOURCE_DATE_EPOCH", NOW));
    (service, folder)
}

/// Lines without the times that queries took.
fn lasting(text: &str) -> Vec<String> {
    let quick = text.lines().filter(|line| !line.contains(" ms") && !line.contains("elapsed_ms"));
    quick.map(str::to_owned).collect()
}

#[test]
fn every_format_is_that_of_the_command_line() {
    let (service, folder) = demo();
    for (file, format, media_type) in FORMATS {
        let mut command = jobdelta_command();
        command.current_dir(folder.path().join("demo")).env("SOURCE_DATE_EPOCH", NOW);
        command.args(["report", "--format", format]);
        let printed = Finished::of(command).succeeded();
        let served = service.get(&format!("/deployments/demo/{file}")).with(200);
        assert_eq!(served.header("content-type"), media_type);
        assert!(printed.len() > 100, "{file}");
        assert_eq!(lasting(&served.text()), lasting(&printed), "{file}");
    }
}

#[test]
fn what_a_client_reads_chooses_the_format() {
    let service = Service::demo();
    for (accept, media_type) in [
        ("*/*", "application/json"),
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("text/html;q=0.4, text/csv;q=0.5", "text/csv; charset=utf-8"),
        ("message/rfc822", "message/rfc822"),
    ] {
        let answer = service.get_with("/deployments/demo/report", &[("Accept", accept)]).with(200);
        assert_eq!(answer.header("content-type"), media_type, "{accept}");
        assert!(answer.header("vary").contains("Accept"));
    }
    let refused = service.get_with("/deployments/demo/report", &[("Accept", "image/png")]).with(406);
    assert!(refused.json()["detail"].as_str().unwrap().contains("text/markdown"));
}

#[test]
fn checkpoints_of_the_store_are_on_the_page_and_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    jobdelta(["demo", "--dir", &path("demo")]).succeeded();
    let (file, store) = (path("demo/deployment.toml"), path("store.sqlite"));
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("runs.sqlite", &path("demo/runs.sqlite"))).unwrap();
    // The demo looks at 05:34: its first six hours ended at 03:37.
    jobdelta(["checkpoint", "--deployment", &file, "--store", &store]).succeeded();
    let service = Service::start(|command| command.args(["--deployments", &path("demo"), "--store", &store]));
    let report = service.get("/deployments/deployment/report.json").with(200).json();
    let written =
        jobdelta(["report", "--deployment", &file, "--store", &store, "--format", "json"]).succeeded();
    let written: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(report["checkpoints"].as_array().unwrap().len(), 1);
    assert_eq!(report["checkpoints"], written["checkpoints"]);
    let page = service.page("/deployments/deployment").with(200).unescaped();
    assert!(page.contains("Checkpoints that were taken") && page.contains("02-02 03:37 UTC"), "{page}");
    let without = Service::start(|command| command.args(["--deployments", &path("demo")]));
    let report = without.get("/deployments/deployment/report.json").with(200).json();
    assert_eq!(report["checkpoints"], serde_json::json!([]));
}

#[test]
fn the_last_environment_is_meant_unless_another_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    jobdelta(["demo", "--dir", &path("demo")]).succeeded();
    let file = path("demo/deployment.toml");
    let text = std::fs::read_to_string(&file).unwrap().replace("runs.sqlite", &path("demo/runs.sqlite"));
    let environments = "[environments.staging.windows]\nbaseline = { start = \"2026-02-01T20:56:00Z\", \
                        end = \"2026-02-01T21:00:00Z\" }\nstagger = { start = \"2026-02-01T22:00:00Z\", \
                        end = \"2026-02-01T23:00:00Z\" }\n[environments.production]\n";
    std::fs::write(&file, format!("{text}\n{environments}")).unwrap();
    let service = Service::start(|command| command.args(["--deployments", &path("demo")]));
    let of = |query: &str| {
        let report = service.get(&format!("/deployments/deployment/report.json{query}")).with(200).json();
        (report["deployment"]["environment"].clone(), report["windows"]["stagger"]["start"].clone())
    };
    assert_eq!(of(""), ("production".into(), "2026-02-01T21:37:00Z".into()));
    assert_eq!(of("?environment=staging"), ("staging".into(), "2026-02-01T22:00:00Z".into()));
    let wrong = service.get("/deployments/deployment/report.json?environment=stagng").with(400).json();
    assert!(wrong.to_string().contains("environment: 'stagng' is none of staging, production"), "{wrong}");
}

#[test]
fn a_client_that_has_the_report_is_told_so_and_compression_is_asked_for() {
    let service = Service::demo();
    let path = "/deployments/demo/report.json";
    let first = service.get(path).with(200);
    let tag = first.header("etag").to_owned();
    let again = service.get_with(path, &[("If-None-Match", &tag)]).with(304);
    assert!(again.body.is_empty() && again.header("etag") == tag);
    // It would take the place of the one that the kept page came with.
    assert_eq!(again.header("content-security-policy"), "");
    service.get_with(path, &[("If-None-Match", "\"other\"")]).with(200);
    let small = service.get_with(path, &[("Accept-Encoding", "gzip")]).with(200);
    assert_eq!(small.header("content-encoding"), "gzip");
    assert!(small.body.len() * 2 < first.body.len() && small.header("etag") != tag);
    service.get_with(path, &[("Accept-Encoding", "gzip"), ("If-None-Match", small.header("etag"))]).with(304);
    let lasting = first.header("content-location").to_owned();
    let kept = service.get(&lasting).with(200);
    assert_eq!(kept.body, first.body);
    assert!(kept.header("cache-control").contains("immutable"));
    service.get(&format!("{lasting}?redact=jobs")).with(400);
    service.get("/reports/0123456789abcdef0123456789abcdef/report.json").with(404);
}

#[test]
fn a_page_shows_the_report_other_windows_and_downloads_that_work() {
    let service = Service::demo();
    // On a busy machine the page would first say that its report is being made.
    service.get("/deployments/demo/report.json").with(200);
    let page = service.page("/deployments/demo").with(200);
    let text = page.unescaped();
    assert!(text.contains("2 required targets missed; 1 undecided"), "{text:.3000}");
    assert!(text.contains("jobdelta report --deployment demo.toml --baseline 2026-02-01T20:56:00Z/"));
    let links: Vec<String> = text
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .filter(|link| link.starts_with('/'))
        .collect();
    assert!(links.iter().filter(|link| link.contains("/report.")).count() >= 8, "{links:?}");
    for link in links {
        service.page(&link).with(200);
    }
    let csp = page.header("content-security-policy");
    assert!(csp.contains("default-src 'none'") && csp.contains("frame-ancestors 'none'"), "{csp}");
    assert!(!csp.contains("unsafe"), "{csp}");
}

#[test]
fn other_windows_are_compared_and_wrong_ones_are_explained() {
    let service = Service::demo();
    let asked = "?baseline=2026-02-01T21:37:00Z/2h&stagger=2026-02-02T00:00:00Z/2h";
    let report = service.get(&format!("/deployments/demo/report.json{asked}")).with(200).json();
    assert_eq!(report["windows"]["stagger"]["start"], "2026-02-02T00:00:00Z");
    assert_eq!(report["windows"]["stagger"]["end"], "2026-02-02T02:00:00Z");
    for (query, said) in [
        ("?baselin=x", "unknown parameter 'baselin'; did you mean 'baseline'?"),
        ("?as_of=2026-02-02T05:34:00Z&as_of=2026-02-02T05:34:00Z", "there twice"),
        ("?db=sqlite://other.sqlite", "unknown parameter 'db'"),
        ("?template=x", "unknown parameter 'template'"),
    ] {
        let answer = service.get(&format!("/deployments/demo/report.json{query}")).with(400);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.json()["detail"].as_str().unwrap().contains(said), "{}", answer.text());
    }
    let answer = service.get("/deployments/demo/report.json?as_of=tomorrow&redact=names").with(400).json();
    let lines = answer["lines"].to_string();
    assert!(lines.contains("as_of: 'tomorrow' is not a time such as"), "{lines}");
    assert!(lines.contains("redact: 'names' is nothing that can be redacted"), "{lines}");
    let empty = "/deployments/demo/report.json?stagger=2026-02-02T00:00:00Z/2026-02-01T00:00:00Z";
    service.get(empty).with(400);
    let page = service.page(empty).with(400);
    assert!(page.header("content-type").starts_with("text/html") && page.text().contains("Bad Request"));
}

#[test]
fn what_is_redacted_for_one_reader_is_not_for_another() {
    let service = Service::demo();
    let whole = service.get("/deployments/demo/report.md").with(200).text();
    let redacted = service.get("/deployments/demo/report.md?redact=jobs,host,errors").with(200);
    assert!(whole.contains("Live Stats Sync") && !redacted.text().contains("Live Stats Sync"));
    assert_eq!(redacted.header("content-location"), "", "an address of the whole report");
    let page = service.page("/deployments/demo?redact=jobs").with(200).text();
    assert!(!page.contains("Live Stats Sync"));
    assert!(service.get("/deployments/demo/report.md").with(200).text().contains("Live Stats Sync"));
    assert!(
        (service.counted("jobdelta_reports_computed_total") - 1.0).abs() < 0.1,
        "one computation for all"
    );
}

#[test]
fn the_list_names_each_deployment_with_its_decision() {
    let service = Service::demo();
    service.get("/deployments/demo/report.json").with(200);
    let list = service.get("/deployments").with(200).json();
    assert_eq!((&list[0]["name"], &list[0]["decision"]), (&"demo".into(), &"fail".into()), "{list}");
    assert_eq!(list[0]["scoreboard"]["missing_runs"], 1);
    let page = service.page("/").with(200).unescaped();
    assert!(
        page.contains("2 required targets missed") && page.contains("href=\"/deployments/demo\""),
        "{page}"
    );
    let metrics = service.get("/metrics").with(200).text();
    assert!(metrics.contains("jobdelta_decision{deployment=\"demo\",decision=\"fail\"} 1"), "{metrics}");
    assert!(metrics.contains("jobdelta_decision{deployment=\"demo\",decision=\"pass\"} 0"), "{metrics}");
}
