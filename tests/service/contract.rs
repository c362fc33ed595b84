//! The description at `/openapi.json` held against the service by a program that makes requests of it: good ones, bad
//! ones, and those at the edges of what is described.

use std::process::Command;

use crate::client::Service;
use crate::support::{Finished, server};

/// What no description can say: which of two parameters go together, and which instants a deployment has.
const BEYOND_A_SCHEMA: &str = "positive_data_acceptance";

#[track_caller]
fn assert_kept(service: &Service, known: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let parameters: Vec<String> =
        known.iter().map(|(key, value)| format!("\"path.{key}\" = \"{value}\"")).collect();
    let configuration = folder.path().join("schemathesis.toml");
    std::fs::write(&configuration, format!("[parameters]\n{}\n", parameters.join("\n"))).unwrap();
    let mut command = Command::new(server("JOBDELTA_TEST_SCHEMATHESIS"));
    command
        .current_dir(folder.path())
        .arg("--config-file")
        .arg(configuration)
        .args(["run", &format!("http://{}/openapi.json", service.address), "--no-color", "--seed", "1"])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "12"])
        .args(["--exclude-checks", BEYOND_A_SCHEMA]);
    let said = Finished::of(command).succeeded();
    let passed = said.lines().find(|line| line.contains(" generated, ")).unwrap_or_default();
    let number = |word: &str| {
        passed.split(',').find(|part| part.contains(word))?.trim().split(' ').next()?.parse::<u32>().ok()
    };
    assert!(
        number("generated").is_some_and(|tried| tried > 200) && number("generated") == number("passed"),
        "{said}"
    );
}

#[test]
fn no_request_gets_a_server_error_or_an_answer_that_is_not_described() {
    let service = Service::demo();
    let report = service.get("/deployments/demo/report.json").with(200);
    let id = report.header("content-location").split('/').nth(2).unwrap().to_owned();
    assert_kept(&service, &[]);
    assert_kept(&service, &[("name", "demo"), ("id", &id)]);
    let log = service.log();
    assert!(!log.contains("\"status\":5"), "{log}");
}
