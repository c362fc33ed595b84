//! The measured runs as rows that a table of one's own could keep, and reports over such tables.

use jobdelta::clock::{Span, Timestamp};
use serde_json::Value;

use super::{Database, Desk, first_difference, measured_file, report_of};

/// A measured run, with what a table of one's own could keep of it.
#[derive(Clone)]
pub struct Row {
    pub job: String,
    pub started: Timestamp,
    pub finished: Option<Timestamp>,
    pub status: String,
    pub error: String,
    pub schedule: String,
    pub effective: String,
    pub offset: String,
}

/// The measured runs, `shift` later than they were.
pub fn measured(shift: Span) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(measured_file("runs.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cell = |name: &str| record[header.iter().position(|column| column == name).unwrap()].to_owned();
        let time = |name: &str| cell(name).parse::<Timestamp>().ok().map(|at| at.plus(shift));
        let reason = cell("skip_reason");
        assert!(["", "lock"].contains(&reason.as_str()));
        Row {
            job: cell("job_name"),
            started: time("started_at").unwrap(),
            finished: time("finished_at"),
            status: cell("status"),
            error: cell("error_message"),
            schedule: cell("schedule"),
            effective: cell("effective_schedule"),
            offset: cell("stagger_offset_s"),
        }
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

pub fn csv_of(rows: &[Row]) -> String {
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
            "effective_schedule",
            "stagger_offset_s",
        ])
        .unwrap();
    for row in rows {
        let reason = if row.status == "skipped" { "lock" } else { "" };
        let finished = row.finished.map(|at| at.to_string()).unwrap_or_default();
        let started = row.started.to_string();
        let (job, status, error) = (&row.job, &row.status, &row.error);
        let cells =
            [job, &started, &finished, status, reason, error, &row.schedule, &row.effective, &row.offset];
        writer.write_record(cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The two windows of the measurement, moved.
pub fn windows(shift: Span) -> [String; 6] {
    let at = |text: &str| text.parse::<Timestamp>().unwrap().plus(shift).to_string();
    let (start, middle, end) =
        (at("2026-11-23T12:35:04Z"), at("2026-11-23T12:57:04Z"), at("2026-11-23T13:19:04Z"));
    [
        "--baseline".to_owned(),
        format!("{start}/{middle}"),
        "--stagger".to_owned(),
        format!("{middle}/{end}"),
        "--as-of".to_owned(),
        at("2026-11-23T15:00:00Z"),
    ]
}

/// The report over the rows as a file.
pub fn from_file(rows: &[Row], shift: Span) -> Value {
    let desk = Desk::new();
    desk.put("runs.csv", csv_of(rows));
    report_of(desk.command(
        ["report", "runs.csv", "--format", "json"].map(str::to_owned).into_iter().chain(windows(shift)),
    ))
}

/// The report over a table, mapped by a deployment file.
#[track_caller]
pub fn mapped(database: &Database, deployment: &str, arguments: &[String]) -> Value {
    let desk = Desk::new();
    desk.put("deployment.toml", deployment);
    let mut command = desk.command(["report", "--format", "json", "--db", &database.reader_url()]);
    command.args(arguments);
    report_of(command)
}

#[track_caller]
pub fn same(way: &str, file: &Value, table: &Value) {
    let findings = |report: &Value| {
        let mut report = report.clone();
        for key in ["source", "provenance", "generated_at"] {
            report.as_object_mut().unwrap().remove(key).unwrap();
        }
        // A file says the zone of its times; a table's columns may not.
        report["caveats"].as_array_mut().unwrap().retain(|caveat| caveat["code"] != "no_time_zone");
        serde_json::to_string_pretty(&report).unwrap()
    };
    let difference = first_difference(&findings(file), &findings(table));
    assert!(difference.is_none(), "{way} differs from the file {}", difference.unwrap_or_default());
}

/// A text as SQL; empty is NULL.
pub fn text(value: &str) -> String {
    if value.is_empty() { "NULL".to_owned() } else { format!("'{}'", value.replace('\'', "''")) }
}

pub fn number(value: Option<i64>) -> String {
    value.map_or("NULL".to_owned(), |number| number.to_string())
}
