//! What `--redact` takes out is in no format any more.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use support::jobdelta_in;

/// Names that are words of reports and of the program, or begin others; errors that name people.
const ROWS: [(&str, &str, &str); 8] = [
    ("missed", "success", ""),
    ("run", "failed", "connection to db.secret.example refused for alice"),
    ("run", "success", ""),
    ("median", "failed", "connection to db.secret.example refused for bob"),
    ("Customer Acme Export", "success", ""),
    ("Customer Acme", "failed", "Customer Acme: disk full on /srv/acme"),
    ("Customer Acme", "failed", ""),
    ("café 汉字 | <b>", "success", ""),
];

const NAMES: [&str; 5] = ["Customer Acme Export", "Customer Acme", "Acme", "café", "汉字"];

const DEPLOYMENT: &str = r#"
name = "Move the Customer Acme Export"
environment = "warehouse.secret.example"

[windows]
baseline = { start = "2026-02-01T00:00:00Z", end = "2026-02-01T01:00:00Z" }
stagger = { start = "2026-02-01T01:00:00Z", end = "2026-02-01T02:00:00Z" }
exclude = [{ start = "2026-02-01T02:00:00Z", end = "2026-02-01T03:00:00Z", reason = "Customer Acme was moved" }]

[source]
known_limits = ["Customer Acme overwrites its row on warehouse.sqlite"]

[analysis]
scope = "all"

[[jobs]]
name = "Customer Acme Export"
was = "Customer Acme Import"
schedule = "*/5 * * * *"
note = "for Customer Acme"

[[jobs]]
name = "Customer Acme"

[targets]
completion_rate = { target = ">= 99%", job = "each" }
median_duration = { target = "<= -20%", job = "Customer Acme" }

[[accepted]]
target = "median_duration: Customer Acme"
reason = "Customer Acme knows"

[[timeline]]
name = "Customer Acme Export moved"
start = "2026-02-01T00:00:00Z"

[email]
from = "jobs@example.org"
to = "ops@example.org"
subject = "Customer Acme Export was moved"
"#;

const OUTPUTS: [&str; 7] = ["r.md", "r.json", "r.html", "r.txt", "r.xml", "r.eml", "s.md"];

/// A folder with the outputs, made with `--redact WHAT` where that is not empty.
fn outputs(what: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = "job_name,started_at,finished_at,status,error_message\n".to_owned();
    for (number, (job, status, error)) in ROWS.iter().cycle().take(16).enumerate() {
        let (hour, minute) = (number / 8, number % 8 * 5);
        rows.push_str(&format!(
            "\"{job}\",2026-02-01T{hour:02}:{minute:02}:00Z,2026-02-01T{hour:02}:{minute:02}:07Z,{status},{error}\n"
        ));
    }
    std::fs::write(folder.path().join("warehouse.csv"), rows).unwrap();
    std::fs::write(folder.path().join("deployment.toml"), DEPLOYMENT).unwrap();
    jobdelta_in(folder.path(), ["migrate", "--db", "sqlite://warehouse.sqlite"]).succeeded();
    jobdelta_in(folder.path(), ["import", "--db", "sqlite://warehouse.sqlite", "warehouse.csv"]).succeeded();
    let mut arguments = vec![
        "report",
        "--db",
        "sqlite://warehouse.sqlite",
        "--as-of",
        "2026-02-01T02:00:00Z",
        "--format",
        "brief",
    ];
    if !what.is_empty() {
        arguments.extend(["--redact", what]);
    }
    let (final_summary, others): (Vec<&str>, Vec<&str>) = OUTPUTS.iter().partition(|name| **name == "s.md");
    let printed = jobdelta_in(
        folder.path(),
        arguments.iter().copied().chain(others.iter().flat_map(|name| ["-o", name])),
    )
    .succeeded();
    let template = ["--template", "final-summary", "-o", final_summary[0]];
    jobdelta_in(
        folder.path(),
        arguments.iter().filter(|a| !["--format", "brief"].contains(a)).copied().chain(template),
    )
    .succeeded();
    (folder, printed)
}

/// Every output by name, mails decoded.
fn texts(folder: &Path, printed: &str) -> Vec<(String, String)> {
    let mut texts = vec![("brief".to_owned(), printed.to_owned())];
    for name in OUTPUTS {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        // Quoted-printable and base64 would hide a name.
        let text = if name == "r.eml" { decoded(&folder.join(name)) } else { text };
        texts.push((name.to_owned(), text));
    }
    texts
}

fn decoded(path: &Path) -> String {
    let script = format!("{}/tests/support/read_mail.py", env!("CARGO_MANIFEST_DIR"));
    let output = std::process::Command::new("/usr/bin/python3")
        .arg(script)
        .stdin(std::fs::File::open(path).unwrap())
        .output()
        .unwrap();
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    fn collect(value: &serde_json::Value, text: &mut String) {
        match value {
            serde_json::Value::String(found) => text.push_str(&format!("{found}\n")),
            serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, text)),
            serde_json::Value::Object(map) => map.values().for_each(|value| collect(value, text)),
            _ => {}
        }
    }
    let mut text = String::new();
    collect(&value, &mut text);
    text
}

#[test]
fn nothing_that_was_redacted_is_in_any_output() {
    let (folder, printed) = outputs("errors,jobs,host");
    for (name, text) in texts(folder.path(), &printed) {
        for secret in NAMES.into_iter().chain(["alice", "disk full", "/srv", "warehouse.sqlite", "Import"]) {
            assert!(!text.contains(secret), "{name} holds {secret}:\n{text}");
        }
        assert!(text.contains("job ") || name == "brief", "{name} holds pseudonyms");
    }
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("r.json")).unwrap()).unwrap();
    let names: Vec<&str> =
        json["jobs"].as_array().unwrap().iter().map(|j| j["name"].as_str().unwrap()).collect();
    // The former name of a job has a pseudonym of its own.
    assert_eq!(names, ["job 1", "job 2", "job 4", "job 5", "job 6", "job 7"]);
    let minute = &json["pictures"]["busiest_minute"]["stagger"]["runs"];
    let drawn: Vec<&str> =
        minute.as_array().unwrap().iter().map(|run| run["job"].as_str().unwrap()).collect();
    assert!(!drawn.is_empty() && drawn.iter().all(|job| job.starts_with("job ")), "{drawn:?}");
    assert_eq!(json["source"]["identity"], "(redacted)");
    assert_eq!(json["observations"], serde_json::Value::Null);
    assert_eq!(json["deployment"]["name"], "Move the job 2");
    assert_eq!(json["deployment"]["timeline"][0]["start"], "2026-02-01T00:00:00Z");
    assert_eq!(json["deployment"]["accepted"][0]["target"], "median_duration: job 1");
    let mut classes: Vec<&str> =
        json["failures"].as_array().unwrap().iter().map(|f| f["error_class"].as_str().unwrap()).collect();
    classes.sort_unstable();
    classes.dedup();
    assert_eq!(classes, ["(none)", "error 1", "error 2", "error 3"]);
    let codes: Vec<&str> =
        json["caveats"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"redacted"), "{codes:?}");
}

#[test]
fn figures_and_verdicts_stay_and_what_was_not_asked_for_is_shown() {
    let json = |what: &str| -> serde_json::Value {
        let (folder, _) = outputs(what);
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("r.json")).unwrap()).unwrap()
    };
    let (open, jobs, errors) = (json(""), json("jobs"), json("errors"));
    let totals = |json: &serde_json::Value| {
        let mut totals = json["totals"].clone();
        for side in ["baseline", "stagger"] {
            totals[side]["concurrency"]["jobs_at_peak"] = serde_json::Value::Null;
        }
        totals
    };
    assert_eq!(totals(&jobs), totals(&open));
    assert_eq!(jobs["decision"]["verdict"], open["decision"]["verdict"]);
    let verdicts = |json: &serde_json::Value| -> Vec<String> {
        json["targets"].as_array().unwrap().iter().map(|t| t["verdict"].to_string()).collect()
    };
    assert_eq!(verdicts(&jobs), verdicts(&open));
    for (redacted, open_job) in jobs["jobs"].as_array().unwrap().iter().zip(open["jobs"].as_array().unwrap())
    {
        assert_eq!(
            (&redacted["stagger"], &redacted["baseline"]),
            (&open_job["stagger"], &open_job["baseline"])
        );
    }
    assert_eq!(jobs["failures"].to_string().matches("alice").count(), 1);
    assert_eq!(errors["jobs"], open["jobs"]);
    assert!(!errors["failures"].to_string().contains("alice"));
    assert_eq!(open["source"]["identity"], errors["source"]["identity"]);
}

#[test]
fn a_message_that_is_shown_names_no_job() {
    let (folder, printed) = outputs("jobs");
    let texts = texts(folder.path(), &printed);
    for (output, text) in &texts {
        let told = NAMES.iter().find(|name| text.contains(*name));
        assert!(told.is_none(), "{output} tells {told:?}");
    }
    let json = &texts.iter().find(|(output, _)| output == "r.json").unwrap().1;
    assert!(json.contains(": disk full on /srv/acme"), "the rest of the message is shown");
}

#[test]
fn a_mistyped_word_is_refused() {
    let refused =
        support::jobdelta(["check", "--db", "sqlite://x", "--at", "2026-02-01T00:00:00Z", "--redact", "job"]);
    assert!(
        refused.refused().contains("--redact: 'job' is nothing that can be redacted; did you mean 'jobs'?")
    );
    let refused = support::jobdelta([
        "check",
        "--db",
        "sqlite://x",
        "--at",
        "2026-02-01T00:00:00Z",
        "--redact",
        "logs",
    ]);
    let said = refused.refused();
    assert_eq!(said.matches("errors, jobs, host").count(), 1, "what there is, once: {said}");
}
