//! A table of one's own, mapped by the deployment file, gives what the same runs give as a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use chrono_tz::Tz;
use jobdelta::clock::{Span, Timestamp};
use jobdelta::database::session::Limits;
use jobdelta::database::{Session, TableName};
use serde_json::Value;
use support::{Database, Desk, Engine, first_difference, measured_file, report_of};

/// A measured run, with what a table of one's own could keep of it.
#[derive(Clone)]
struct Row {
    job: String,
    started: Timestamp,
    finished: Option<Timestamp>,
    status: String,
    error: String,
    schedule: String,
    effective: String,
    offset: String,
}

/// The measured runs, `shift` later than they were.
fn measured(shift: Span) -> Vec<Row> {
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

fn csv_of(rows: &[Row]) -> String {
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
fn windows(shift: Span) -> [String; 6] {
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
fn from_file(rows: &[Row], shift: Span) -> Value {
    let desk = Desk::new();
    desk.put("runs.csv", csv_of(rows));
    report_of(desk.command(
        ["report", "runs.csv", "--format", "json"].map(str::to_owned).into_iter().chain(windows(shift)),
    ))
}

/// The report over a table, mapped by a deployment file.
#[track_caller]
fn mapped(database: &Database, deployment: &str, arguments: &[String]) -> Value {
    let desk = Desk::new();
    desk.put("deployment.toml", deployment);
    let mut command = desk.command(["report", "--format", "json", "--db", &database.reader_url()]);
    command.args(arguments);
    report_of(command)
}

#[track_caller]
fn same(way: &str, file: &Value, table: &Value) {
    let findings = |report: &Value| {
        let mut report = report.clone();
        for key in ["source", "provenance", "generated_at"] {
            report.as_object_mut().unwrap().remove(key).unwrap();
        }
        serde_json::to_string_pretty(&report).unwrap()
    };
    let difference = first_difference(&findings(file), &findings(table));
    assert!(difference.is_none(), "{way} differs from the file {}", difference.unwrap_or_default());
}

/// A text as SQL; empty is NULL.
fn text(value: &str) -> String {
    if value.is_empty() { "NULL".to_owned() } else { format!("'{}'", value.replace('\'', "''")) }
}

fn number(value: Option<i64>) -> String {
    value.map_or("NULL".to_owned(), |number| number.to_string())
}

/// Whole milliseconds, a duration in place of an end, words and columns of their own, other tenants' rows.
fn make_task_log(database: &Database, rows: &[Row]) {
    database.run(
        "CREATE TABLE task_log (task varchar(60), begun bigint, took bigint, outcome varchar(20), complaint varchar(200),
           plan varchar(40), in_force varchar(40), shift_s int, tenant_id int)",
    );
    let word = |status: &str| match status {
        "success" => "ok",
        "failed" => "ko",
        "running" => "busy",
        "skipped" => "locked out",
        other => panic!("{other}"),
    };
    let ms = |span: i64| span / 1_000;
    let values = |row: &Row, tenant: i64| {
        let took = row.finished.map(|end| ms(end.since(row.started).us()));
        format!(
            "({}, {}, {}, '{}', {}, {}, {}, {}, {tenant})",
            text(&row.job),
            ms(row.started.us()),
            number(took),
            if tenant == 7 { word(&row.status) } else { "theirs" },
            text(&row.error),
            text(&row.schedule),
            text(&row.effective),
            if row.offset.is_empty() { "NULL" } else { &row.offset },
        )
    };
    let rows: Vec<String> = rows.iter().flat_map(|row| [values(row, 7), values(row, 8)]).collect();
    database.run(&format!("INSERT INTO task_log VALUES {};", rows.join(",\n")));
}

const TASK_LOG: &str = r#"
[source]
table = "task_log"
columns = { job_name = "task", started_at = "begun", duration = "took", status = "outcome", error_message = "complaint", schedule = "plan", effective_schedule = "in_force", stagger_offset_s = "shift_s" }
time_unit = "ms"
duration_unit = "ms"
statuses = { ok = "success", ko = "failed", busy = "running", "locked out" = "skipped:lock" }
where = "tenant_id = 7 -- the others' words are not known"
"#;

#[test]
fn names_words_and_units_of_its_own() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    assert_eq!(file["totals"]["baseline"]["skipped"]["lock"], 5, "the lock skips are there");
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_task_log(&database, &rows);
        let table = mapped(&database, TASK_LOG, &windows(Span(0)));
        same(engine.dialect(), &file, &table);
        assert_eq!(table["source"]["preset"], "custom");
    }
}

/// Dates without a zone as each database keeps them.
fn make_local_log(database: &Database, rows: &[Row], zone: Tz, copy: bool) {
    let kind = match database.engine {
        Engine::Sqlite => "datetime",
        Engine::Postgres => "timestamp(3)",
        Engine::MariaDb => "datetime(3)",
    };
    database.run(&format!(
        "CREATE TABLE local_log (job_name varchar(60), started_at {kind}, finished_at {kind}, status varchar(20),
           skip_reason varchar(20), error_message varchar(200), schedule varchar(40), effective_schedule varchar(40),
           stagger_offset_s int)"
    ));
    let local = |at: Timestamp| {
        text(&at.to_utc().unwrap().with_timezone(&zone).format("%Y-%m-%d %H:%M:%S%.3f").to_string())
    };
    let values = |row: &Row, later: i64| {
        let started = row.started.plus(Span(later));
        let recorded = |value: &str| text(if later > 0 { "" } else { value });
        format!(
            "({}, {}, {}, {}, {}, {}, {}, {}, {})",
            text(&row.job),
            local(started),
            row.finished.map_or("NULL".to_owned(), local),
            text(&row.status),
            text(if row.status == "skipped" { "lock" } else { "" }),
            text(&row.error),
            recorded(&row.schedule),
            recorded(&row.effective),
            recorded(&row.offset),
        )
    };
    let again = |row: &&Row| copy && row.status != "skipped";
    let mut all: Vec<String> = rows.iter().map(|row| values(row, 0)).collect();
    all.extend(rows.iter().filter(again).map(|row| values(row, 4_000)));
    if !all.is_empty() {
        database.run(&format!("INSERT INTO local_log VALUES {};", all.join(",\n")));
    }
}

#[test]
fn local_times_across_the_change_of_the_clocks() {
    let zone: Tz = "Europe/Berlin".parse().unwrap();
    // The windows meet four seconds after the clocks go from 02:00 to 03:00.
    let spring: Timestamp = "2026-03-29T01:00:04Z".parse().unwrap();
    let shift = spring.since("2026-11-23T12:57:04Z".parse().unwrap());
    let rows = measured(shift);
    let file = from_file(&rows, shift);
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &rows, zone, false);
        let mapping = "[source]\ntable = \"local_log\"\ntime_zone = \"Europe/Berlin\"\n";
        same(engine.dialect(), &file, &mapped(&database, mapping, &windows(shift)));
    }
}

#[test]
fn an_hour_that_happens_twice_is_its_first() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &[], chrono_tz::UTC, false);
        for local in ["01:59:59.999", "02:00:00.000", "02:59:59.999", "03:00:00.000", "03:00:00.001"] {
            let at = format!("'2026-10-25 {local}'");
            database.run(&format!(
                "INSERT INTO local_log (job_name, started_at, finished_at, status) VALUES ('A', {at}, {at}, 'success')"
            ));
        }
        let started = |baseline: &str, stagger: &str| {
            let arguments = ["--baseline", baseline, "--stagger", stagger, "--as-of", "2026-10-26T00:00:00Z"];
            let mapping = "[source]\ntable = \"local_log\"\ntime_zone = \"Europe/Berlin\"\n";
            let report = mapped(&database, mapping, &arguments.map(str::to_owned));
            ["baseline", "stagger"].map(|side| report["totals"][side]["started"].as_u64().unwrap())
        };
        assert_eq!(started("2026-10-24T23:00:00Z/1h", "2026-10-25T00:00:00Z/1h"), [1, 2], "{engine:?}");
    }
}

#[test]
fn runs_that_are_logged_twice_are_merged() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &rows, chrono_tz::UTC, true);
        let mapping = "[source]\ntable = \"local_log\"\ndedupe_within = \"1s\"\n";
        same(engine.dialect(), &file, &mapped(&database, mapping, &windows(Span(0))));
    }
}

/// Two versions at the same time: each window takes its own.
#[test]
fn windows_that_overlap_and_carry_a_condition_each() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    let middle: Timestamp = "2026-11-23T12:57:04Z".parse().unwrap();
    let back = Span::seconds(-22 * 60);
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        let together: Vec<Row> = rows
            .iter()
            .map(|row| {
                let shift = if row.started < middle { Span(0) } else { back };
                let finished = row.finished.map(|end| end.plus(shift));
                let version = if row.started < middle { "v1" } else { "v2" };
                Row { started: row.started.plus(shift), finished, error: version.to_owned(), ..row.clone() }
            })
            .collect();
        make_local_log(&database, &together, chrono_tz::UTC, false);
        let deployment = r#"
[source]
table = "local_log"
[windows]
baseline = { start = "2026-11-23T12:35:04Z", end = "2026-11-23T12:57:04Z", where = "error_message = 'v1'" }
stagger = { start = "2026-11-23T12:35:04Z", end = "2026-11-23T12:57:04Z", where = "error_message = 'v2'" }
"#;
        let report =
            mapped(&database, deployment, &["--as-of".to_owned(), "2026-11-23T15:00:00Z".to_owned()]);
        for side in ["baseline", "stagger"] {
            let totals = |report: &Value| {
                let mut totals = report["totals"][side].clone();
                for part in ["concurrency", "start_burst"] {
                    totals[part].as_object_mut().unwrap().retain(|key, _| !key.ends_with("at"));
                }
                serde_json::to_string_pretty(&totals).unwrap()
            };
            let difference = first_difference(&totals(&file), &totals(&report));
            assert!(difference.is_none(), "{engine:?}, {side}: {}", difference.unwrap_or_default());
        }
    }
}

#[tokio::test]
async fn an_index_is_looked_for_in_the_tables_own_schema() {
    let (here, there) = (Database::fresh(Engine::MariaDb), Database::fresh(Engine::MariaDb));
    here.run("CREATE TABLE log (started_at DATETIME)");
    there.run("CREATE TABLE log (started_at DATETIME, KEY (started_at))");
    let mut session = Session::open(&here.url(), Limits::default()).await.unwrap();
    let own = TableName { schema: None, name: "log".to_owned() };
    assert_eq!(session.leading_columns(&own).await.unwrap(), Vec::<String>::new());
    let other = TableName { schema: Some(there.value("SELECT DATABASE()")), name: "log".to_owned() };
    assert_eq!(session.leading_columns(&other).await.unwrap(), ["started_at"]);
}
