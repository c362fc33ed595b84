//! What CI servers and pull requests get: JUnit, the brief, the step summary and annotations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use jobdelta::demo::AS_OF;
use jobdelta::render::{Format, Style, brief, render};
use jobdelta::report::model::Report;
use pulldown_cmark::{Event, Options, Parser};
use support::{Finished, SAMPLES, jobdelta_command, jobdelta_in, sample};

fn rendered(report: &Report, format: Format) -> String {
    String::from_utf8(render(report, format, None, &Style::PLAIN).unwrap()).unwrap()
}

/// Runs `xmllint` over `xml`; what it prints, which is an error unless it is content.
fn xmllint(xml: &str, arguments: &[&str]) -> String {
    let mut child = Command::new("xmllint")
        .args(arguments)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint; ./tests/run installs it");
    let mut input = child.stdin.take().unwrap();
    let bytes = xml.as_bytes().to_owned();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The text that an XPath expression gives.
fn xpath(xml: &str, expression: &str) -> String {
    xmllint(xml, &["--xpath", expression]).trim_end_matches('\n').to_owned()
}

#[track_caller]
fn assert_is_junit(xml: &str) {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/junit/junit-10.xsd");
    xmllint(xml, &["--noout", "--huge", "--schema", schema]);
}

#[test]
fn junit_is_what_jenkins_reads() {
    for name in SAMPLES {
        assert_is_junit(&rendered(&sample(name), Format::Junit));
    }
}

#[test]
fn a_missed_target_fails_and_an_open_one_is_skipped() {
    let xml = rendered(&sample("demo"), Format::Junit);
    let failures = xpath(&xml, "string(/testsuites/@failures)");
    assert_eq!(failures, "2", "{xml}");
    for (case, child, words) in [
        ("Completion ≥ 99 %", "failure", "missed: before 16 of 16, after 98.99 %; missed by one run"),
        ("Missed runs = 0", "failure", "113 of 2,099 expected runs never started"),
        ("Running at once ≤ 2", "system-out", "met: before 4, after 2"),
        ("Pool utilization max < 50 %", "skipped", "not measured (advisory)"),
        ("Failure rate > +5 pp", "system-out", "not fired"),
    ] {
        let text = xpath(&xml, &format!("string(//testcase[@name='{case}']/{child})"));
        assert!(text.contains(words), "{case}: {text}\n{xml}");
    }
    let job = "//testsuite[@name='Referral Tier 2 Processor']/testcase/skipped";
    assert!(xpath(&xml, &format!("string({job}/@message)")).starts_with("undecided: "), "{xml}");
}

#[test]
fn no_two_cases_have_one_name_whatever_the_texts_are() {
    let mut report = sample("adversarial");
    let twice = report.targets.clone();
    report.targets.extend(twice);
    report.targets[0].reason = "a\u{0}b\u{ffff}c]]><failure/>".to_owned().into();
    report.targets[1].job = Some("all jobs".to_owned());
    let xml = rendered(&report, Format::Junit);
    assert_is_junit(&xml);
    let cases: usize = xpath(&xml, "count(//testcase)").parse().unwrap();
    assert_eq!(cases, report.targets.len() + report.triggers.len());
    let duplicated = "count(//testcase[@name = preceding-sibling::testcase/@name])";
    assert_eq!(xpath(&xml, duplicated), "0");
    assert_eq!(xpath(&xml, "count(//testsuite[@name = preceding-sibling::testsuite/@name])"), "0");
    assert!(xpath(&xml, "string((//failure)[1])").contains("a␀b⟨U+FFFF⟩c]]><failure/>"), "{xml}");
}

#[test]
fn a_file_with_very_many_targets_stays_below_the_limit_and_keeps_the_failures() {
    let mut report = sample("demo");
    let (missed, met) = (report.targets[0].clone(), report.targets[2].clone());
    let long = "a reason that is long & full of <marks> ".repeat(60);
    let copies = |target: &jobdelta::judgement::TargetResult, count: usize, name: &str| {
        let copy = |number| {
            let mut target = target.clone();
            target.job = Some(format!("{name} {number}"));
            target.reason = long.clone().into();
            target
        };
        (0..count).map(copy).collect::<Vec<_>>()
    };
    report.targets = copies(&met, 8_000, "met");
    report.targets.extend(copies(&missed, 100, "missed"));
    let xml = rendered(&report, Format::Junit);
    assert!(xml.len() < 30_000_000, "{} bytes", xml.len());
    assert_is_junit(&xml);
    assert_eq!(xpath(&xml, "string(/testsuites/@failures)"), "100");
    let rest = xpath(&xml, "string(//testsuite[@name='left out']//skipped)");
    assert!(rest.ends_with("targets more are in the JSON report"), "{rest}");
}

#[test]
fn a_brief_is_ten_lines_of_inert_markdown() {
    for name in SAMPLES {
        let text = rendered(&sample(name), Format::Brief);
        let lines = text.lines().count();
        assert!((2..=brief::LINES).contains(&lines), "{name}: {lines} lines\n{text}");
        for event in Parser::new_ext(&text, Options::all()) {
            let harmful = matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Code(_))
                || matches!(
                    event,
                    Event::Start(pulldown_cmark::Tag::Link { .. } | pulldown_cmark::Tag::Image { .. })
                );
            assert!(!harmful, "{name}: {event:?}\n{text}");
        }
    }
    support::golden("tests/fixtures/rendered/demo.brief.md", &rendered(&sample("demo"), Format::Brief));
    support::golden("tests/fixtures/rendered/demo.junit.xml", &rendered(&sample("demo"), Format::Junit));
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    jobdelta_in(folder.path(), ["demo", "--dir", "."]).succeeded();
    folder
}

fn in_workflow(folder: &Path, summary: &Path, arguments: &[&str]) -> Finished {
    let mut command = jobdelta_command();
    command.current_dir(folder).args(arguments).args(["--as-of", AS_OF]);
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", summary);
    Finished::of(command)
}

#[test]
fn a_workflow_gets_a_summary_and_annotations_and_the_same_output() {
    let folder = demo();
    let summary = folder.path().join("summary.md");
    std::fs::write(&summary, "from another step").unwrap();
    let plain = jobdelta_in(folder.path(), ["check", "--as-of", AS_OF]);
    let told = in_workflow(folder.path(), &summary, &["check"]);
    assert_eq!((told.code, &told.stdout), (Some(1), &plain.stdout), "{}", told.stderr);
    assert_eq!(plain.stderr, "");
    let annotations: Vec<&str> = told.stderr.lines().collect();
    assert_eq!(
        annotations[0],
        "::error title=Completion ≥ 99 %25::missed: 16 of 16 → 98.99 %25; missed by one run: 20 never \
         finished, 19 allowed; met before"
    );
    assert!(annotations.iter().any(|line| line.starts_with("::warning title=Referral Tier 2 Processor%3A ")));
    assert!(annotations.iter().all(|line| line.starts_with("::")), "{}", told.stderr);
    let written = std::fs::read_to_string(&summary).unwrap();
    assert!(written.starts_with("from another step\n**✗ Fail**"), "{written}");
    assert!(written.contains("98.99 %"), "{written}");

    let told = in_workflow(folder.path(), &summary, &["report", "--format", "md"]);
    assert!(told.stderr.contains("::error title=Missed runs = 0::"), "{}", told.stderr);
    assert!(!told.succeeded().contains("::error"));
    let twice = std::fs::read_to_string(&summary).unwrap();
    assert_eq!(twice.matches("**✗ Fail**").count(), 2);
}

/// Two jobs with the names that are given, in the windows of [`IN_ROWS`]; both slow down.
fn rows(names: [&str; 2]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = "job_name,started_at,finished_at,status,error_message\n".to_owned();
    for (name, minute) in names.into_iter().flat_map(|name| (0..60).map(move |minute| (name, minute))) {
        let end = if minute < 30 { 2 } else { 4 + minute % 2 };
        let (status, error) = if minute % 7 == 6 { ("failed", name) } else { ("success", "") };
        let at = format!("2026-02-01T12:{minute:02}");
        rows.push_str(&format!("{name},{at}:00Z,{at}:{end:02}Z,{status},{error}\n"));
    }
    std::fs::write(folder.path().join("runs.csv"), rows).unwrap();
    folder
}

const IN_ROWS: [&str; 9] = [
    "runs.csv",
    "--baseline",
    "2026-02-01T12:00:00Z/30m",
    "--stagger",
    "2026-02-01T12:30:00Z/30m",
    "--as-of",
    "2026-02-01T13:00:00Z",
    "--target",
    "failure_rate < 1%",
];

#[test]
fn a_workflow_obeys_nothing_that_a_job_is_called() {
    let folder = rows(["::error::injected", "##[stop-commands]injected"]);
    let deployment = "name = \"::error::injected\"\nnotice = \"::stop-commands::injected\"\n\
         [targets]\nmedian_duration = { target = \"<= +1%\", job = \"each\" }\n\
         [rollback]\ncommand = \"::error::injected\"\n";
    std::fs::write(folder.path().join("deployment.toml"), deployment).unwrap();
    let obeyed = |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
    let said = |arguments: &[&str], workflow: &str| {
        let mut command = jobdelta_command();
        command.current_dir(folder.path()).args(arguments).args(IN_ROWS).env("GITHUB_ACTIONS", workflow);
        Finished::of(command)
    };
    let mut harmful = 0;
    for arguments in [
        &["check"][..],
        &["report", "--format", "txt"],
        &["report", "--format", "md"],
        &["report", "--format", "md", "--template", "final-summary"],
        &["report", "--format", "html"],
        &["report", "--format", "junit"],
        &["explain", "::error::injected", "median_duration", "--file"],
        &["explain", "##[group]x", "median_duration", "--file"],
    ] {
        let told = said(arguments, "true");
        let found = told.stdout.lines().find(obeyed);
        assert!(found.is_none(), "{arguments:?}: {found:?}");
        let ours = |line: &&str| {
            ["::error title=", "::warning title=", "::notice title="]
                .iter()
                .any(|start| line.starts_with(start))
        };
        let found = told.stderr.lines().find(|line| obeyed(line) && !ours(line));
        assert!(found.is_none(), "{arguments:?}: {found:?}");
        harmful += said(arguments, "").stdout.lines().filter(obeyed).count();
    }
    assert!(harmful > 5, "elsewhere names stay as they are");
    let json = |workflow| said(&["report", "--format", "json"], workflow).stdout;
    let name = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["jobs"].to_string();
    assert_eq!(name(&json("true")), name(&json("")), "programs get each byte");
}

#[test]
fn a_summary_that_cannot_be_written_changes_no_verdict() {
    let folder = demo();
    let full = folder.path().join("full.md");
    std::fs::write(&full, vec![b'x'; (1 << 20) - 10]).unwrap();
    for (summary, reason) in [(folder.path(), "cannot write"), (&full, "longer than 1048576 bytes")] {
        let told = in_workflow(folder.path(), summary, &["check"]);
        assert_eq!(told.code, Some(1));
        assert!(told.stderr.starts_with("warning: no step summary: "), "{}", told.stderr);
        assert!(told.stderr.contains(reason), "{}", told.stderr);
    }
    assert_eq!(std::fs::metadata(&full).unwrap().len(), (1 << 20) - 10);
}

/// Runs the script of `action.yml` as GitHub does; what it prints, and its outputs.
fn action(folder: &Path, inputs: &[(&str, &str)]) -> (Finished, String) {
    let outputs = folder.join("github-output");
    let program = Path::new(env!("CARGO_BIN_EXE_jobdelta")).parent().unwrap().display().to_string();
    let mut command = Command::new("bash");
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/action")).current_dir(folder);
    command.env("PATH", format!("{program}:{}", std::env::var("PATH").unwrap()));
    command.env("GITHUB_OUTPUT", &outputs).env("GITHUB_ACTIONS", "true").env("DATABASE_URL", "");
    command.env("INPUT_DEPLOYMENT", "deployment.toml").env_remove("GITHUB_STEP_SUMMARY");
    command.env("INPUT_ARGUMENTS", format!("--as-of\n{AS_OF}\n"));
    command.envs(inputs.iter().copied());
    let finished = Finished::of(command);
    let told = std::fs::read_to_string(&outputs).unwrap_or_default();
    std::fs::remove_file(outputs).unwrap();
    (finished, told)
}

#[test]
fn the_action_reports_compares_and_gates() {
    let folder = demo();
    let (gated, told) = action(folder.path(), &[("INPUT_OUTPUTS", "a b.observations.json\njobdelta.xml\n")]);
    assert_eq!((gated.code, told.as_str()), (Some(1), "verdict=fail\nexit-code=1\n"), "{}", gated.stderr);
    assert!(gated.stdout.starts_with("**✗ Fail**"), "{}", gated.stdout);
    assert!(gated.stderr.contains("::error title=Missed runs = 0::"), "{}", gated.stderr);
    assert_is_junit(&std::fs::read_to_string(folder.path().join("jobdelta.xml")).unwrap());
    // Compared with itself, nothing is worse; without a gate a verdict fails no step, an error does.
    let compared = [("INPUT_BASELINE_REPORT", "a b.observations.json"), ("INPUT_GATE", "false")];
    let (open, told) = action(folder.path(), &compared);
    assert!(told.starts_with("verdict=") && !told.contains("error"), "{told}{}", open.stderr);
    assert!(open.succeeded().contains("98.99 % → 98.99 %"));
    let (broken, told) = action(folder.path(), &[("INPUT_ARGUMENTS", "--no-such"), ("INPUT_GATE", "false")]);
    assert_eq!((broken.code, told.as_str()), (Some(2), "verdict=error\nexit-code=2\n"));
    let missing = [("INPUT_BASELINE_REPORT", "main/jobdelta.observations.json")];
    let (without, _) = action(folder.path(), &missing);
    assert!(without.stderr.contains("there is no main/jobdelta.observations.json"), "{}", without.stderr);
}
