//! `docs/report.schema.json` is what the types of the report say, and reports keep to it.
#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use jobdelta::report::model::Report;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;
use support::{PYTHON, first_difference, golden, jobdelta, measured_file, measured_report};

const SCHEMA: &str = "docs/report.schema.json";

/// Left out is what only a Rust program would read: widths of numbers, defaults, what the reader of a
/// deployment file refuses. A report may have further keys.
fn for_readers(schema: &mut Schema) {
    schema.remove("default");
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
    if schema.get("format").is_some_and(|format| format != "date-time") {
        schema.remove("format");
    }
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
}

fn of_the_types() -> String {
    let settings =
        SchemaSettings::draft2020_12().for_serialize().with_transform(RecursiveTransform(for_readers));
    let schema = settings.into_generator().into_root_schema_for::<Report>();
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

/// What is wrong with a report, a line each, as another program sees it.
fn errors(report: &Value) -> String {
    let mut child = Command::new(PYTHON)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tests/support/validate.py", SCHEMA])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(report.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn of_the_demo() -> Value {
    serde_json::from_str(include_str!("../reports/report.json")).unwrap()
}

#[test]
fn the_schema_is_that_of_the_types() {
    golden(SCHEMA, &of_the_types());
}

#[test]
fn the_program_prints_the_schema() {
    let printed = jobdelta(["schema"]).succeeded();
    assert_eq!(first_difference(include_str!("../docs/report.schema.json"), &printed), None);
}

#[test]
fn reports_keep_to_the_schema() {
    assert_eq!(errors(&of_the_demo()), "");
    for fixture in
        [include_str!("fixtures/reports/adversarial.json"), include_str!("fixtures/reports/empty.json")]
    {
        assert_eq!(errors(&serde_json::from_str(fixture).unwrap()), "");
    }
    assert_eq!(errors(&measured_report([measured_file("runs.csv")])), "");
}

#[test]
fn a_further_key_is_allowed_and_a_missing_or_mistyped_one_is_not() {
    let mut report = of_the_demo();
    report["further"] = true.into();
    report["jobs"][0]["baseline"]["further"] = true.into();
    report["deployment"]["timeline"][0]["further"] = true.into();
    assert_eq!(errors(&report), "");
    report["jobs"][0]["baseline"]["started"] = "many".into();
    report.as_object_mut().unwrap().remove("totals");
    let errors = errors(&report);
    assert_eq!(errors.lines().count(), 2, "{errors}");
    assert!(errors.contains("'totals' is a required property"), "{errors}");
    assert!(errors.contains("$.jobs[0].baseline.started"), "{errors}");
}
