//! Names and messages with everything that Markdown, HTML, a terminal or a database could take for
//! something else: kept apart, shown, and doing nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Database, Desk, Engine, assert_even_rows, first_difference, walk};

/// What a job may be called.
fn names() -> Vec<String> {
    let long = ["a very long name ".repeat(58).trim_end(), "€"].concat();
    let mut names: Vec<String> = [
        "pipe | and || more",
        "|",
        "line\nfeed",
        "carriage\r\nreturn\rand more",
        "`tick`",
        "``` fence\n```",
        "\\",
        "back\\|slash\\",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- comment",
        "</details><b>",
        "&lt;b&gt; &amp; &#124;",
        "[link](https://example.com)",
        "![image](https://example.com/x.png)",
        "[reference]: https://example.com",
        "<https://example.com>",
        "https://example.com/?a=b",
        "www.example.com",
        "somebody@example.com",
        "@somebody #12",
        "# heading",
        "- item",
        "1. item",
        "> quote",
        "---",
        "**bold** _emphasis_ ~~struck~~",
        "$mathematics$",
        "[^1]",
        "- [ ] task",
        "{{ report.jobs }}{% for %}{# comment #}",
        "\u{1b}[31mred\u{1b}[0m\u{7}",
        "\u{202e}right to left",
        "zero\u{200b}width\u{feff}",
        "no character\u{fffe}\u{ffff}",
        "\u{2028}line separator\u{85}",
        "tab\tand\u{b}more\u{c}",
        "👩‍👩‍👧 emoji 🏴‍☠️",
        "Case",
        "case",
        "trailing",
        "trailing ",
        "trailing  ",
        " trailing",
        "caf\u{e9}",
        "cafe\u{301}",
        "straße",
        "strasse",
        "null",
        "'; DROP TABLE job_runs; --",
        "100%_like",
        ":baseline_from @sum(x) $1 ?",
        "日本語の仕事",
    ]
    .map(str::to_owned)
    .into();
    // Alike in their first 999 characters, beyond what an index holds.
    names.extend([format!("{:é<999}1", ""), format!("{:é<999}2", ""), long]);
    assert!(names.iter().all(|name| name.chars().count() <= 1_000));
    names
}

/// Three runs of each job before and four after; some fail, with the next job's name for a message.
fn runs(names: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "job_name",
            "started_at",
            "finished_at",
            "status",
            "skip_reason",
            "error_message",
            "schedule",
        ])
        .unwrap();
    for (number, name) in names.iter().enumerate() {
        let message = &names[(number + 1) % names.len()];
        for run in 0..7 {
            let start = 1_770_000_000 + run * 600 + i64::try_from(number).unwrap();
            let (start, end) = (start.to_string(), (start + 1).to_string());
            let (status, reason, error) = match run % 7 {
                2 | 6 => ("failed", "", message.as_str()),
                5 => ("skipped", message.as_str(), ""),
                _ => ("success", "", ""),
            };
            let schedule = if name.len() < 100 { name.as_str() } else { "" };
            writer.write_record([name, &start, &end, status, reason, error, schedule]).unwrap();
        }
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-02-02T02:40:00Z/30m",
    "--stagger",
    "2026-02-02T03:10:00Z/40m",
    "--as-of",
    "2026-02-03T00:00:00Z",
];

/// Every job declared with a note of the same kind, and a target for each.
fn deployment(names: &[String]) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let jobs: String = names
        .iter()
        .map(|name| format!("[[jobs]]\nname = {}\nnote = {}\n", text(name), text(name)))
        .collect();
    format!(
        "name = {0}\nenvironment = {0}\nsummary = {0}\nnotice = {0}\n{jobs}\n\
         [targets]\nfailure_rate = {{ target = \"< 50%\", job = \"each\" }}\ncompletion_rate = \">= 10%\"\n\
         [rollback]\ncommand = {0}\n[[timeline]]\nname = {0}\nnote = {0}\n\
         [[issues]]\ntitle = {0}\nproblem = {0}\nimpact = {0}\nresolution = {0}\nstatus = {0}\n\
         [[next_steps]]\nhorizon = {0}\ntext = {0}\n",
        text("a | `b` <script>x</script>\n# c [d](https://example.com) \u{202e}e\u{1b}[31m")
    )
}

/// The desk with the runs of every name in a database of the given kind.
struct Prepared {
    desk: Desk,
    database: Database,
}

impl Prepared {
    fn new(engine: Engine, names: &[String]) -> Self {
        let (desk, database) = (Desk::new(), Database::fresh(engine));
        desk.put("runs.csv", runs(names));
        let url = database.url();
        desk.run(["migrate", "--db", &url]).succeeded();
        desk.run(["import", "--db", &url, "runs.csv"]).succeeded();
        Self { desk, database }
    }

    #[track_caller]
    fn report(&self, arguments: &[&str]) -> String {
        let url = self.database.url();
        let first = ["report", "--db", &url];
        self.desk.run(first.into_iter().chain(WINDOWS).chain(arguments.iter().copied())).succeeded()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.report(&["--format", "json"])).unwrap()
    }
}

/// Name of each job to its counts of started and failed runs before and after.
fn counts(report: &Value) -> BTreeMap<String, [u64; 4]> {
    let count = |job: &Value, side: &str, what: &str| job[side][what].as_u64().unwrap();
    let jobs = report["jobs"].as_array().unwrap().iter();
    let counted = jobs.map(|job| {
        let counts =
            [("baseline", "started"), ("baseline", "failed"), ("stagger", "started"), ("stagger", "failed")];
        (job["name"].as_str().unwrap().to_owned(), counts.map(|(side, what)| count(job, side, what)))
    });
    counted.collect()
}

fn findings(mut report: Value) -> String {
    for key in ["source", "provenance", "generated_at"] {
        report.as_object_mut().unwrap().remove(key).unwrap();
    }
    serde_json::to_string_pretty(&report).unwrap()
}

/// Nothing that a terminal obeys, and nothing that turns the direction of a line.
#[track_caller]
fn is_plain(text: &str, what: &str) {
    let obeyed = |c: char| {
        c.is_control() && c != '\n'
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
            || ['\u{200b}', '\u{2028}', '\u{2029}', '\u{feff}'].contains(&c)
    };
    let line = text.lines().find(|line| line.contains(obeyed));
    assert!(line.is_none(), "{what}: {line:?}");
}

#[test]
fn names_are_kept_apart_and_everything_is_inert() {
    let names = names();
    let expected: BTreeMap<String, [u64; 4]> =
        names.iter().map(|name| (name.clone(), [3, 1, 3, 1])).collect();
    assert_eq!(expected.len(), names.len(), "the names differ");
    let mut first: Option<String> = None;
    for engine in Engine::tested() {
        let prepared = Prepared::new(engine, &names);
        for declared in [false, true] {
            if declared {
                prepared.desk.put("deployment.toml", deployment(&names));
            }
            let report = prepared.json();
            assert_eq!(counts(&report), expected, "{engine:?}");
            if !declared {
                let findings = findings(report);
                let difference = first.as_ref().and_then(|first| first_difference(first, &findings));
                assert!(difference.is_none(), "{engine:?} {}", difference.unwrap_or_default());
                first.get_or_insert(findings);
            }
            for template in ["report", "final-summary"] {
                let what = format!("{engine:?}, {template}, declared: {declared}");
                let text = prepared.report(&["--format", "md", "--template", template]);
                walk(&text, &what);
                assert_even_rows(&text, &what);
                is_plain(&text, &what);
            }
            is_plain(&prepared.report(&["--format", "txt"]), "the terminal");
        }
        let url = prepared.database.url();
        let checked = prepared.desk.run(["check", "--db", &url].into_iter().chain(WINDOWS));
        assert_eq!(checked.stderr, "");
        is_plain(&checked.stdout, "check");
    }
}

/// A message about a foreign word must not do to the terminal what the word says.
#[test]
fn an_unmapped_status_is_shown_without_being_obeyed() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        let word = "'o\u{1b}]0;x\u{7}k\u{202e}'";
        database.run("CREATE TABLE history (job_name varchar(40), started_at timestamp, finished_at timestamp NULL, status varchar(20))");
        database.run(&format!("INSERT INTO history VALUES ('A', '2026-02-02 02:40:00', NULL, {word})"));
        let desk = Desk::new();
        desk.put("deployment.toml", "[source]\ntable = \"history\"\n");
        let message = desk.refusal(["report", "--db", &database.url()].into_iter().chain(WINDOWS));
        is_plain(&message, "the message");
        // The key that the message gives is one that a deployment file takes.
        let key = message
            .split_once("statuses = { ")
            .unwrap_or_else(|| panic!("{message}"))
            .1
            .split_once(" = \"?\" }")
            .unwrap()
            .0;
        desk.put(
            "deployment.toml",
            format!("[source]\ntable = \"history\"\nstatuses = {{ {key} = \"success\" }}\n"),
        );
        desk.run(["report", "--db", &database.url()].into_iter().chain(WINDOWS)).succeeded();
    }
}
