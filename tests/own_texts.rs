//! Times and durations in columns of text, on each kind of database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use chrono_tz::Tz;
use jobdelta::clock::{SECOND_US, Span, Timestamp};
use jobdelta::legible;
use support::own_rows::{Row, from_file, mapped, measured, same, text, windows};
use support::{Database, Desk, Engine};

/// Local starts and durations, both as texts of some form.
fn make_log(
    database: &Database,
    rows: &[Row],
    took_type: &str,
    time: impl Fn(Timestamp) -> String,
    took: impl Fn(i64) -> String,
) {
    database.run(&format!(
        "CREATE TABLE text_log (job varchar(60), begun varchar(40), took {took_type}, state varchar(20), \
         reason varchar(20), complaint varchar(200), plan varchar(40), in_force varchar(40), shift_s int)"
    ));
    let values = |row: &Row| {
        let length = row.finished.map(|end| took(end.since(row.started).us()));
        format!(
            "({}, {}, {}, {}, {}, {}, {}, {}, {})",
            text(&row.job),
            text(&time(row.started)),
            length.map_or("NULL".to_owned(), |length| text(&length)),
            text(&row.status),
            text(if row.status == "skipped" { "lock" } else { "" }),
            text(&row.error),
            text(&row.schedule),
            text(&row.effective),
            if row.offset.is_empty() { "NULL" } else { &row.offset },
        )
    };
    let rows: Vec<String> = rows.iter().map(values).collect();
    database.run(&format!("INSERT INTO text_log VALUES {};", rows.join(",\n")));
}

const COLUMNS: &str = "table = \"text_log\"\ncolumns = { job_name = \"job\", started_at = \"begun\", duration = \"took\", \
    status = \"state\", skip_reason = \"reason\", error_message = \"complaint\", schedule = \"plan\", \
    effective_schedule = \"in_force\", stagger_offset_s = \"shift_s\" }\ntime_zone = \"Europe/Berlin\"\n";

fn clock(us: i64) -> String {
    let seconds = us / SECOND_US;
    format!("{:02}:{:02}:{:02}.{:03}", seconds / 3_600, seconds / 60 % 60, seconds % 60, us / 1_000 % 1_000)
}

#[test]
fn texts_say_what_times_and_numbers_say() {
    let berlin: Tz = "Europe/Berlin".parse().unwrap();
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    type Took = fn(i64) -> String;
    let took_types: [(&str, Took, &str); 4] = [
        ("varchar(20)", clock, ""),
        (
            "varchar(20)",
            |us| format!("{},{:03}", us / SECOND_US, us / 1_000 % 1_000),
            "duration_unit = \"s\"\n",
        ),
        ("time", clock, ""),
        ("varchar(20)", |us| (us / 1_000).to_string(), "duration_unit = \"ms\"\n"),
    ];
    let forms = [
        ("%d.%m.%Y %H:%M:%S,%3f", "%d.%m.%Y %H:%M:%S,%f"),
        ("%-m/%-d/%Y %-I:%M:%S.%3f %p", "%m/%d/%Y %I:%M:%S.%f %p"),
        ("%Y-%m-%d %H:%M:%S%.3f", "%F %T.%f"),
        ("%d-%b-%y %H:%M:%S.%3f", "%d-%b-%y %H:%M:%S.%f"),
    ];
    for engine in Engine::tested() {
        for ((took_type, took, unit), (shown, format)) in took_types.into_iter().zip(forms) {
            let database = Database::fresh(engine);
            let took_type = match (took_type, engine) {
                ("time", Engine::MariaDb) => "time(3)",
                (other, _) => other,
            };
            let time = |at: Timestamp| at.to_utc().unwrap().with_timezone(&berlin).format(shown).to_string();
            make_log(&database, &rows, took_type, time, took);
            let source = format!("[source]\n{COLUMNS}{unit}time_format = \"{format}\"\n");
            for execution in ["pushdown", "scan"] {
                let mut arguments = windows(Span(0)).to_vec();
                arguments.extend(["--execution", execution].map(str::to_owned));
                let table = mapped(&database, &source, &arguments);
                same(&format!("{} {took_type} {format} {execution}", engine.dialect()), &file, &table);
            }
        }
    }
}

/// A text that is no time belongs to no window, whatever the database makes of such texts itself.
#[test]
fn texts_that_are_no_times_are_told_alike() {
    let readable = ["29.02.2024 10:00:00", "1.3.2026 9:05:07", "31.12.2026 23:59:59", "01.01.1000 00:00:00"];
    let unreadable = [
        "29.02.2026 10:00:00",
        "31.04.2026 10:00:00",
        "32.01.2026 10:00:00",
        "01.13.2026 10:00:00",
        "00.01.2026 10:00:00",
        "01.01.2026 24:00:00",
        "01.01.2026 10:60:00",
        "01.01.2026 10:00",
        "01.01.26 10:00:00",
        "01.01.2026  10:00:00",
        " 01.01.2026 10:00:00",
        "01.01.2026 10:00:00 and more",
        "001.01.2026 10:00:00",
        "01/01/2026 10:00:00",
        "2026-01-01 10:00:00",
        "\"1\".01.2026 10:00:00",
        "n/a",
        "''",
        "01.01.2026 10:00:00\n",
    ];
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run("CREATE TABLE log (job_name varchar(20), started_at varchar(60), finished_at varchar(60), status varchar(20))");
        let rows = readable.iter().chain(&unreadable);
        let rows: Vec<String> = rows.map(|at| format!("('A', {}, NULL, 'failed')", text(at))).collect();
        database.run(&format!("INSERT INTO log VALUES {};", rows.join(", ")));
        let source = "[source]\ntable = \"log\"\ntime_format = \"%d.%m.%Y %H:%M:%S\"\ntime_zone = \"UTC\"\n";
        let desk = Desk::new();
        desk.put("deployment.toml", source);
        let url = database.reader_url();
        let windows = [
            "--baseline",
            "2024-01-01T00:00:00Z/2025-01-01T00:00:00Z",
            "--stagger",
            "2026-01-01T00:00:00Z/2027-01-01T00:00:00Z",
            "--as-of",
            "2027-02-01T00:00:00Z",
        ];
        let report = mapped(&database, source, &windows.map(str::to_owned));
        let started = |side: &str| report["totals"][side]["failed"].as_u64().unwrap();
        assert_eq!([started("baseline"), started("stagger")], [1, 2], "{engine:?}");
        assert_eq!(report["source"]["rows_unplaced"], unreadable.len(), "{engine:?}");
        let doctor = desk.run(["doctor", "--db", &url].into_iter().chain(windows));
        assert!(
            doctor.stdout.contains("19 rows have no start that can be read, such as '"),
            "{engine:?}: {}",
            doctor.stdout
        );
    }
}

#[test]
fn durations_that_cannot_be_read_are_shown_by_the_doctor() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        let start = match engine {
            Engine::Sqlite => "text",
            Engine::Postgres => "timestamp",
            Engine::MariaDb => "datetime",
        };
        database.run(&format!("CREATE TABLE log (job_name varchar(20), started_at {start}, took varchar(20), status varchar(20))"));
        let good = ["00:00:01", "100:00:00.5", "1.5", "0,25", "7"];
        let bad = ["1:2:3", "00:60:00", "1.5s", "1.234,5", "-1", "1:00", ".", "7\n", "999999999999", "1."];
        let rows = good.iter().chain(&bad);
        let rows: Vec<String> =
            rows.map(|took| format!("('A', '2026-11-23 12:00:00', {}, 'success')", text(took))).collect();
        database.run(&format!("INSERT INTO log VALUES {};", rows.join(", ")));
        let desk = Desk::new();
        let source = "[source]\ntable = \"log\"\ntime_zone = \"UTC\"\nduration_unit = \"s\"\n\
                      columns = { job_name = \"job_name\", started_at = \"started_at\", duration = \"took\", status = \"status\" }\n";
        desk.put("deployment.toml", source);
        let windows = ["--baseline", "2026-11-23T11:00:00Z/1h", "--stagger", "2026-11-23T12:00:00Z/1h"];
        let url = database.reader_url();
        let doctor = || desk.run(["doctor", "--db", &url].into_iter().chain(windows));
        let said = doctor().stdout;
        let line = said
            .lines()
            .find(|line| line.contains("durations"))
            .unwrap_or_else(|| panic!("{engine:?}: {said}"));
        assert!(line.contains("durations cannot be read, such as '"), "{line}");
        assert!(
            line.matches(", '").count() == 2
                && bad.iter().any(|text| line.contains(&format!("'{}'", legible::name(text)))),
            "{line}"
        );
        assert!(!good.iter().any(|text| line.contains(&format!("'{text}'"))), "{line}");
        let bad: Vec<String> = bad.iter().map(|took| text(took)).collect();
        database.run(&format!("DELETE FROM log WHERE took IN ({});", bad.join(", ")));
        assert!(!doctor().stdout.contains("durations cannot be read"), "{engine:?}");
    }
}

#[test]
fn a_type_without_durations_is_refused_with_what_to_do() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run(
            "CREATE TABLE log (job_name varchar(20), started_at varchar(30), took date, status varchar(20))",
        );
        let desk = Desk::new();
        let source = "[source]\ntable = \"log\"\ntime_format = \"%F %T\"\n\
                      columns = { job_name = \"job_name\", started_at = \"started_at\", duration = \"took\", status = \"status\" }\n";
        desk.put("deployment.toml", source);
        let url = database.reader_url();
        let refused = desk.refusal(["report", "--db", &url, "--at", "1h"]);
        let wanted = "column took of table log has type date, which holds no durations; give the rows by a query in [source]";
        assert!(refused.contains(wanted), "{engine:?}: {refused}");
        let doctor = desk.run(["doctor", "--db", &url]).stdout;
        assert!(doctor.contains("column took of table log has type date"), "before a query fails: {doctor}");
        if engine != Engine::Sqlite {
            desk.put("deployment.toml", source.replace("time_format = \"%F %T\"\n", ""));
            let refused = desk.refusal(["report", "--db", &url, "--at", "1h"]);
            assert!(
                refused.contains("holds text; say how its times are written with `time_format` in [source]"),
                "{refused}"
            );
        }
    }
}
