//! Files with columns of their own, read by the deployment file's `[source]` as a table is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use chrono_tz::Tz;
use jobdelta::clock::{Span, Timestamp};
use serde_json::Value;
use support::own_rows::{Row, from_file, measured, same, windows};
use support::{Desk, report_of};

const COLUMNS: &str = "columns = { job_name = \"Auftrag\", started_at = \"Beginn\", finished_at = \"Ende\", \
    status = \"Ergebnis\", skip_reason = \"Grund\", error_message = \"Meldung\", schedule = \"Plan\", \
    effective_schedule = \"Gilt\", stagger_offset_s = \"Versatz\" }\n";

const WORDS: &str = "statuses = { ok = \"success\", fehler = \"failed\", \"läuft\" = \"running\" }\n";

/// The rows as a spreadsheet saves them, each cell in quotes that needs them.
fn spreadsheet(rows: &[Row], separator: &str, time: impl Fn(Timestamp) -> String) -> String {
    let header =
        ["Nr", "Auftrag", "Beginn", "Ende", "Ergebnis", "Grund", "Meldung", "Plan", "Gilt", "Versatz", ""];
    let mut lines = vec![header.join(separator)];
    let quoted = |text: &str| {
        if text.contains([';', ',', '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    for (number, row) in rows.iter().enumerate() {
        let status = match row.status.as_str() {
            "success" => "ok",
            "failed" => "fehler",
            "running" => "läuft",
            other => other,
        };
        let cells = [
            number.to_string(),
            row.job.clone(),
            time(row.started),
            row.finished.map(&time).unwrap_or_default(),
            status.to_owned(),
            if row.status == "skipped" { "lock".to_owned() } else { String::new() },
            row.error.clone(),
            row.schedule.clone(),
            row.effective.clone(),
            row.offset.clone(),
            String::new(),
        ];
        lines.push(cells.map(|cell| quoted(&cell)).join(separator));
    }
    // What a spreadsheet leaves of rows that were emptied.
    lines.push(vec![""; header.len()].join(separator));
    lines.join("\r\n") + "\r\n"
}

fn local(zone: Tz, format: &'static str) -> impl Fn(Timestamp) -> String {
    move |at| at.to_utc().unwrap().with_timezone(&zone).format(format).to_string()
}

/// The report over a file by a deployment file; the note of columns that were left out is taken away.
#[track_caller]
fn report_by(source: &str, name: &str, content: impl AsRef<[u8]>) -> (Value, Vec<String>) {
    let desk = Desk::new();
    desk.put("deployment.toml", format!("[source]\n{source}"));
    desk.put(name, content);
    let mut command = desk.command(["report", name, "--format", "json"]);
    command.args(windows(Span(0)));
    let mut report = report_of(command);
    let mut notes = Vec::new();
    report["caveats"].as_array_mut().unwrap().retain(|caveat| {
        let is_note = caveat["code"] == "source_limit";
        notes.extend(is_note.then(|| caveat["message"].as_str().unwrap().to_owned()));
        !is_note
    });
    (report, notes)
}

#[test]
fn a_spreadsheet_says_what_the_runs_say() {
    let berlin: Tz = "Europe/Berlin".parse().unwrap();
    let rows = measured(Span(0));
    let runs = from_file(&rows, Span(0));
    let own = format!("{COLUMNS}{WORDS}time_zone = \"Europe/Berlin\"\n");
    for (separator, shown, written) in [
        (";", "%d.%m.%Y %H:%M:%S,%3f", "time_format = \"%d.%m.%Y %H:%M:%S,%f\"\n"),
        ("\t", "%-m/%-d/%Y %-I:%M:%S.%3f %p", "time_format = \"%m/%d/%Y %I:%M:%S.%f %p\"\n"),
        ("|", "%d-%b-%y %H:%M:%S.%3f", "time_format = \"%d-%b-%y %H:%M:%S.%f\"\n"),
        (",", "%Y-%m-%d %H:%M:%S%.3f", ""),
    ] {
        let content = format!("\u{feff}{}", spreadsheet(&rows, separator, local(berlin, shown)));
        let (report, notes) = report_by(&format!("{own}{written}"), "Läufe.csv", content);
        same(shown, &runs, &report);
        assert_eq!(report["source"]["preset"], "custom");
        let [note] = notes.as_slice() else { panic!("{notes:?}") };
        assert!(note.contains("columns of the file that were not read: Nr"), "{note}");
    }
}

#[test]
fn whole_numbers_say_their_unit() {
    let rows = measured(Span(0));
    let runs = from_file(&rows, Span(0));
    let content = spreadsheet(&rows, ";", |at| (at.us() / 1_000).to_string());
    let (report, _) = report_by(&format!("{COLUMNS}{WORDS}"), "runs.csv", content);
    same("milliseconds", &runs, &report);
}

/// A file with the columns of runs is nevertheless read by what `[source]` says of its words and times.
#[test]
fn usual_columns_with_words_and_times_of_their_own() {
    let desk = Desk::new();
    desk.put(
        "runs.csv",
        "job_name,started_at,finished_at,status\nA,2026-11-23 15:00:00,2026-11-23 15:00:02,ok\n",
    );
    let windows = ["--baseline", "2026-11-23T11:00:00Z/1h", "--stagger", "2026-11-23T12:00:00Z/1h"];
    let report = ["report", "runs.csv", "--format", "json"].into_iter().chain(windows);
    let refused = desk.refusal(report.clone());
    assert!(
        refused.contains("runs.csv, line 2: started_at '2026-11-23 15:00:00' is not a time"),
        "{refused}"
    );
    assert!(!refused.contains("skip-bad"), "report has no such flag: {refused}");
    desk.put(
        "deployment.toml",
        "[source]\ntime_zone = \"Europe/Istanbul\"\nstatuses = { ok = \"success\" }\n",
    );
    let report = report_of(desk.command(report));
    assert_eq!(report["totals"]["stagger"]["completed"], 1, "15:00 in Istanbul is 12:00 UTC");
}

/// An export of a table is read as runs, whatever `[source]` says of that table.
#[test]
fn a_mapping_of_a_table_does_not_touch_files_of_runs() {
    let desk = Desk::new();
    desk.put("runs.csv", "job_name,started_at,finished_at,status\nA,2026-11-23T12:00:00Z,,success\n");
    let mapping = "[source]\nurl = \"${NOWHERE}\"\ntable = \"app.history\"\ntime_zone = \"Europe/Istanbul\"\n\
                   columns = { job_name = \"name\", started_at = \"begun\" }\nstatuses = { ok = \"success\" }\n";
    desk.put("deployment.toml", mapping);
    let windows = ["--baseline", "2026-11-23T11:00:00Z/1h", "--stagger", "2026-11-23T12:00:00Z/1h"];
    let report =
        report_of(desk.command(["report", "runs.csv", "--format", "json"].into_iter().chain(windows)));
    assert_eq!(report["totals"]["stagger"]["completed"], 1);
}

/// What is said of a file that cannot be read yet leads to one that can.
#[test]
fn each_refusal_says_what_to_write() {
    let desk = Desk::new();
    let zone = chrono_tz::Europe::Istanbul;
    let content = spreadsheet(&measured(Span(0)), ";", local(zone, "%d.%m.%Y %H:%M:%S"));
    desk.put("runs.csv", content);
    let report = || {
        desk.command(
            ["report", "runs.csv", "--format", "json"].map(str::to_owned).into_iter().chain(windows(Span(0))),
        )
    };
    let refused = desk.refusal_of(report());
    assert!(refused.contains("runs.csv: no column is called 'job_name'"), "{refused}");
    assert!(refused.contains("its columns are Nr, Auftrag, Beginn, Ende, Ergebnis, Grund"), "{refused}");
    desk.put("deployment.toml", format!("[source]\n{}{WORDS}", COLUMNS.replace("Beginn", "Begin")));
    let refused = desk.refusal_of(report());
    assert!(refused.contains("'Begin', which is started_at of a run; did you mean 'Beginn'?"), "{refused}");
    desk.put("deployment.toml", format!("[source]\n{COLUMNS}{WORDS}"));
    let refused = desk.refusal_of(report());
    assert!(refused.contains("column 'Beginn' holds '23.11.2026 15:"), "{refused}");
    let advice = refused.split("; write ").nth(1).and_then(|rest| rest.split(" in [source]").next()).unwrap();
    assert_eq!(advice, "time_format = \"%d.%m.%Y %H:%M:%S\"");
    desk.put("deployment.toml", format!("[source]\n{COLUMNS}{WORDS}{advice}\n"));
    let read = report_of(report());
    let started = |report: &Value| report["totals"]["baseline"]["completed"].clone();
    assert_eq!(started(&read), 0, "without a zone the times are three hours late");
    desk.put(
        "deployment.toml",
        format!("[source]\n{COLUMNS}{WORDS}{advice}\ntime_zone = \"Europe/Istanbul\"\n"),
    );
    let read = report_of(report());
    assert_eq!(started(&read), started(&from_file(&measured(Span(0)), Span(0))));
}

#[test]
fn files_that_are_no_tables_are_refused_with_their_line() {
    let source = "[source]\ncolumns = { job_name = \"Job\", started_at = \"Start\", finished_at = \"End\", status = \"State\" }\n";
    let good = "Job;Start;End;State\nA;1;2;success\n";
    for (content, message) in [
        (
            "Job;Start;End;State\nA;1;2;success\nA;1;2\n",
            "a.csv, line 3: the line has 3 cells, the header has 4",
        ),
        ("Job;Start;End;state;State\n", "a.csv, line 1: the header names the column 'State' twice"),
        (
            "Job;Start;End;State\nA;1;\"2;success\n",
            "a.csv, line 2: a quoted cell is opened here and never closed",
        ),
        ("Job;Start;End;State\nA\0;1;2;success\n", "a.csv, line 2: the line holds a NUL character"),
        (";;\n", "a.csv, line 1: the header names no column"),
        ("sep=;\n", "a.csv: the file is empty; its first line must name the columns"),
    ] {
        let desk = Desk::new();
        desk.put("deployment.toml", source);
        desk.put("a.csv", content);
        let refused = desk.refusal(["report", "a.csv", "--at", "2026-11-23T12:00:00Z"]);
        assert!(refused.contains(message), "{message}: {refused}");
    }
    let desk = Desk::new();
    desk.put("deployment.toml", source);
    desk.put("a.csv", good);
    desk.put("b.csv", good.replace("State", "Result"));
    let refused = desk.refusal(["report", "a.csv", "b.csv", "--at", "2026-11-23T12:00:00Z"]);
    assert!(refused.contains("a.csv and b.csv have different columns: 'Result'"), "{refused}");
    desk.put("b.csv", b"Job;Start;End;State\n\xe4;1;2;success\n".as_slice());
    let refused = desk.refusal(["report", "a.csv", "b.csv", "--at", "2026-11-23T12:00:00Z"]);
    assert!(
        refused.contains("b.csv, line 2: the line is not UTF-8 text; save the file as UTF-8"),
        "{refused}"
    );
}
