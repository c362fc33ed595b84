//! A table of one's own, mapped by the deployment file, gives what the same runs give as a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use chrono_tz::Tz;
use jobdelta::clock::{Span, Timestamp};
use jobdelta::database::session::Limits;
use jobdelta::database::{Session, TableName};
use serde_json::Value;
use support::own_rows::{Row, from_file, mapped, measured, number, same, text, windows};
use support::{Database, Desk, Engine, Finished, first_difference, report_of};

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

/// A change of the clocks leaves out local times, or repeats them. A start that does not happen lies as long
/// after the change as it lies in the gap, unless the run would end before it starts; an end that happens
/// twice is the first that does not lie before the start.
#[test]
fn local_times_that_do_not_happen_or_happen_twice_follow_one_rule() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &[], chrono_tz::UTC, false);
        for (day, start, end) in [
            ("2026-03-29", "01:59:50", "02:00:10"), // 20 s
            ("2026-03-29", "02:10:00", "02:10:20"), // 20 s
            ("2026-03-29", "02:50:00", "03:00:05"), // 5 s
            ("2026-03-29", "03:10:00", "03:10:01"), // 1 s, beyond doubt
            ("2026-10-25", "02:10:00", "02:11:00"), // 60 s
            ("2026-10-25", "02:58:00", "02:03:00"), // 300 s
            ("2026-10-25", "02:50:00", "03:00:10"), // 4,210 s: both readings are possible
            ("2026-10-25", "03:10:00", "03:10:01"), // 1 s, beyond doubt
        ] {
            database.run(&format!(
                "INSERT INTO local_log (job_name, started_at, finished_at, status) \
                 VALUES ('A', '{day} {start}', '{day} {end}', 'success')"
            ));
        }
        let windows = [
            "--baseline",
            "2026-03-29T00:00:00Z/3h",
            "--stagger",
            "2026-10-25T00:00:00Z/3h",
            "--as-of",
            "2026-10-26T00:00:00Z",
        ];
        let windows = windows.map(str::to_owned);
        let zone = "[source]\ntable = \"local_log\"\ntime_zone = \"Europe/Berlin\"\n";
        for way in ["pushdown", "scan"] {
            let windows: Vec<String> =
                windows.iter().cloned().chain(["--execution".to_owned(), way.to_owned()]).collect();
            let report = mapped(&database, zone, &windows);
            let sum = |side: &str| report["totals"][side]["duration_ms"]["sum"].as_f64().unwrap();
            assert_eq!((sum("baseline"), sum("stagger")), (46_000.0, 4_571_000.0), "{engine:?}");
            assert_eq!(caveat(&report, "impossible_times"), None, "{engine:?}");
            assert_eq!(caveat(&report, "clock_change"), Some(6), "{engine:?}");
        }
    }
}

/// Runs of all caveats of a kind.
fn caveat(report: &Value, code: &str) -> Option<u64> {
    let caveats = report["caveats"].as_array().unwrap().iter();
    let runs: Vec<u64> =
        caveats.filter(|found| found["code"] == code).map(|found| found["runs"].as_u64().unwrap()).collect();
    (!runs.is_empty()).then(|| runs.iter().sum())
}

#[test]
fn the_zone_and_where_it_came_from_are_in_the_report() {
    let rows = measured(Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &rows, chrono_tz::UTC, false);
        let table = "[source]\ntable = \"local_log\"\n";
        let assumed = mapped(&database, table, &windows(Span(0)));
        assert_eq!(assumed["source"]["time_zone"]["basis"], "assumed", "{engine:?}");
        assert!(caveat(&assumed, "no_time_zone") > Some(0), "{engine:?}");
        let declared = mapped(&database, &format!("{table}time_zone = \"UTC\"\n"), &windows(Span(0)));
        assert_eq!(declared["source"]["time_zone"]["basis"], "declared");
        assert_eq!(caveat(&declared, "no_time_zone"), None);
        assert_eq!(declared["totals"], assumed["totals"], "an assumption that is true changes nothing");
        let own = Database::measured(engine);
        let known = mapped(&own, "", &windows(Span(0)));
        assert_ne!(known["source"]["time_zone"]["basis"], "assumed", "{engine:?}");
        assert_eq!(caveat(&known, "no_time_zone"), None);
    }
    let database = Database::fresh(Engine::Sqlite);
    make_local_log(&database, &rows, chrono_tz::UTC, false);
    database.run(
        "UPDATE local_log SET started_at = started_at || '+00:00', \
         finished_at = replace(finished_at, ' ', 'T') || 'Z'",
    );
    let offsets = mapped(&database, "[source]\ntable = \"local_log\"\n", &windows(Span(0)));
    assert_eq!(offsets["source"]["time_zone"]["basis"], "recorded");
    assert_eq!(caveat(&offsets, "no_time_zone"), None);
}

#[test]
fn rows_after_the_servers_clock_are_counted_and_warned_of() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &[], chrono_tz::UTC, false);
        let later = |hours: i32| match engine {
            Engine::Sqlite => format!("datetime('now', '{hours} hours')"),
            Engine::Postgres => format!("(now() AT TIME ZONE 'UTC') + interval '{hours} hours'"),
            Engine::MariaDb => format!("UTC_TIMESTAMP() + INTERVAL {hours} HOUR"),
        };
        for hours in [-3, -1, 1, 2] {
            let at = later(hours);
            database.run(&format!(
                "INSERT INTO local_log (job_name, started_at, finished_at, status) VALUES ('A', {at}, {at}, 'success')"
            ));
        }
        let windows = ["--baseline", "2020-01-01T00:00:00Z/1h", "--stagger", "2h/now"].map(str::to_owned);
        let desk = Desk::new();
        desk.put("deployment.toml", "[source]\ntable = \"local_log\"\n");
        let url = database.url();
        let command = |words: &[&str]| {
            let mut command = desk.command(words.iter().copied().chain(["--db", &url]));
            command.args(&windows);
            command
        };
        assert_eq!(
            caveat(&report_of(command(&["report", "--format", "json"])), "rows_ahead"),
            Some(2),
            "{engine:?}"
        );
        let doctor = Finished::of(command(&["doctor"])).stdout;
        assert!(doctor.contains("warning future      2 rows start after the server's clock"), "{doctor}");
        assert!(doctor.contains("warning time zone   no time zone is known"), "{doctor}");
    }
}

#[test]
fn runs_that_are_logged_twice_are_merged() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_local_log(&database, &rows, chrono_tz::UTC, true);
        let mapping = "[source]\ntable = \"local_log\"\ntime_zone = \"UTC\"\ndedupe_within = \"1s\"\n";
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
