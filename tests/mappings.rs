//! Mappings that say what real tables need: queries, joins, event rows, words of their own, a bound by a key.
//! The same runs give the same figures as a file of runs, whichever way they are counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use jobdelta::clock::{Span, Timestamp};
use serde_json::Value;
use support::own_rows::{Row, from_file, mapped, measured, number, same, text, windows};
use support::{Database, Desk, Engine, Finished};

const WAYS: [&str; 2] = ["pushdown", "scan"];

/// The report over a mapped table, counted one way, over the windows of the measurement.
#[track_caller]
fn counted(database: &Database, deployment: &str, way: &str) -> Value {
    let mut arguments = windows(Span(0)).to_vec();
    arguments.extend(["--execution".to_owned(), way.to_owned()]);
    mapped(database, deployment, &arguments)
}

/// Both ways give the figures of the file.
#[track_caller]
fn agree(database: &Database, deployment: &str, file: &Value) {
    for way in WAYS {
        let table = counted(database, deployment, way);
        assert_eq!(table["source"]["execution"], way);
        same(&format!("{} by {way}", database.engine.dialect()), file, &table);
    }
}

/// What a report refuses to do with a mapping.
#[track_caller]
fn refused(database: &Database, deployment: &str) -> String {
    let desk = Desk::new();
    desk.put("deployment.toml", deployment);
    let url = database.url();
    let arguments = ["report", "--db", &url].map(str::to_owned).into_iter().chain(windows(Span(0)));
    desk.refusal_of(desk.command(arguments))
}

/// The type of a column of instants, to the microsecond.
fn instant_type(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "integer",
        Engine::Postgres => "timestamptz",
        Engine::MariaDb => "datetime(6)",
    }
}

fn instant(engine: Engine, at: Option<Timestamp>) -> String {
    match (engine, at) {
        (_, None) => "NULL".to_owned(),
        (Engine::Sqlite, Some(at)) => at.us().to_string(),
        (Engine::Postgres, Some(at)) => text(&at.to_string()),
        (Engine::MariaDb, Some(at)) => text(at.to_string().trim_end_matches('Z')),
    }
}

fn insert(database: &Database, table: &str, rows: &[Vec<String>]) {
    let rows: Vec<String> = rows.iter().map(|row| format!("({})", row.join(", "))).collect();
    database.run(&format!("INSERT INTO {table} VALUES {};", rows.join(",\n")));
}

/// A job's name is in another table, but for jobs that were deleted there; whether a run failed is in a
/// second column. Both tables are called as steps of our own statements are.
fn make_joined(database: &Database, rows: &[Row]) {
    let instant_type = instant_type(database.engine);
    database.run("CREATE TABLE source_runs (id int, name varchar(60))");
    database.run(&format!(
        "CREATE TABLE runs (id int, definition int, command varchar(60), begun {instant_type}, ended {instant_type},
           state varchar(20), code int, said varchar(200), plan varchar(40), in_force varchar(40), shift_s int)"
    ));
    let mut jobs: Vec<&str> = rows.iter().map(|row| row.job.as_str()).collect();
    jobs.sort_unstable();
    jobs.dedup();
    let id = |job: &str| jobs.iter().position(|known| *known == job).unwrap();
    let kept: Vec<Vec<String>> = jobs.iter().map(|job| vec![id(job).to_string(), text(job)]).collect();
    insert(database, "source_runs", &kept[1..]);
    let run = |(number, row): (usize, &Row)| {
        let (state, code) = match row.status.as_str() {
            "success" => ("done", "0"),
            "failed" => ("done", "1"),
            "running" => ("active", "NULL"),
            other => (other, "NULL"),
        };
        vec![
            number.to_string(),
            id(&row.job).to_string(),
            if id(&row.job) == 0 { text(&row.job) } else { text("a command") },
            instant(database.engine, Some(row.started)),
            instant(database.engine, row.finished),
            text(state),
            code.to_owned(),
            text(&row.error),
            text(&row.schedule),
            text(&row.effective),
            if row.offset.is_empty() { "NULL".to_owned() } else { row.offset.clone() },
        ]
    };
    insert(database, "runs", &rows.iter().enumerate().map(run).collect::<Vec<_>>());
}

const JOINED: &str = r#"
[source]
query = """
-- a semicolon; in a comment
SELECT coalesce(d.name, r.command) AS job_name, r.begun AS started_at, r.ended AS finished_at,
  CASE WHEN r.state = 'done' AND r.code > 0 THEN 'broken;' ELSE r.state END AS status,
  r.said AS error_message, r.plan AS schedule, r.in_force AS effective_schedule, r.shift_s AS stagger_offset_s,
  r.code AS exit_number
FROM runs r LEFT JOIN source_runs d ON d.id = r.definition;
"""
time_unit = "us"
statuses = { done = "success", "broken;" = "failed", active = "running", skipped = "skipped:lock" }
where = "exit_number IS NULL OR exit_number < 2"
time_zone = "UTC"
known_limits = ["a job that is deleted loses its name", "a retry overwrites the row"]
"#;

#[test]
fn a_join_with_a_coalesced_name_and_a_derived_status() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_joined(&database, &rows);
        let limits = JOINED.lines().filter(|line| !line.starts_with("known_limits"));
        let without_limits: String = limits.flat_map(|line| [line, "\n"]).collect();
        agree(&database, &without_limits, &file);
        let table = counted(&database, JOINED, "scan");
        let limits: Vec<&Value> = table["caveats"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|caveat| caveat["code"] == "source_limit")
            .map(|caveat| &caveat["message"])
            .collect();
        assert_eq!(
            limits,
            [
                "known of this source: a job that is deleted loses its name",
                "known of this source: a retry overwrites the row"
            ]
        );
        assert_eq!(table["source"]["preset"], "custom");
    }
}

#[test]
fn the_printed_statement_holds_the_query_and_runs() {
    let rows = measured(Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_joined(&database, &rows);
        let desk = Desk::new();
        desk.put("deployment.toml", JOINED);
        let url = database.url();
        for place in [["--db", &url], ["--dialect", engine.dialect()]] {
            let arguments = ["sql", "outcomes"].into_iter().chain(place).map(str::to_owned);
            let printed = Finished::of(desk.command(arguments.chain(windows(Span(0))))).succeeded();
            assert!(printed.contains("SELECT coalesce(d.name, r.command) AS job_name"), "{printed}");
            assert!(database.script(&printed).unwrap().lines().count() > 5, "{printed}");
        }
        let doctor = Finished::of(desk.command(["doctor", "--db", &url])).stdout;
        assert!(doctor.contains("the query as custom: ") && doctor.contains("come from a query"), "{doctor}");
    }
}

/// Each run is a row where it starts and another where it ends; a task's next run follows in the same series.
fn make_events(database: &Database, rows: &[Row]) {
    let instant_type = instant_type(database.engine);
    database.run(
        "CREATE TABLE segments (id int, name varchar(60), plan varchar(40), in_force varchar(40), shift_s int)",
    );
    database.run(&format!(
        "CREATE TABLE events (id int, task int, kind varchar(20), at {instant_type}, said varchar(200))"
    ));
    // A series is free for the next run of its job when its last run has ended.
    let mut series: Vec<(&Row, Timestamp)> = Vec::new();
    let mut tasks: Vec<Vec<String>> = Vec::new();
    let mut events: BTreeMap<usize, Vec<[String; 3]>> = BTreeMap::new();
    let plan = |row: &Row| (row.job.clone(), row.schedule.clone(), row.effective.clone(), row.offset.clone());
    let mut ordered: Vec<&Row> = rows.iter().collect();
    ordered.sort_by_key(|row| row.started);
    for row in ordered {
        let free = series.iter().position(|(last, end)| plan(last) == plan(row) && *end <= row.started);
        let end = row.finished.unwrap_or(Timestamp(i64::MAX));
        let place = match free {
            Some(place) => {
                series[place] = (row, end);
                place
            }
            None => {
                let offset = if row.offset.is_empty() { "NULL".to_owned() } else { row.offset.clone() };
                tasks.push(vec![
                    series.len().to_string(),
                    text(&row.job),
                    text(&row.schedule),
                    text(&row.effective),
                    offset,
                ]);
                series.push((row, end));
                series.len() - 1
            }
        };
        let task = events.entry(place).or_default();
        task.push(["started".to_owned(), instant(database.engine, Some(row.started)), "NULL".to_owned()]);
        if row.status != "running" {
            let kind = match row.status.as_str() {
                "success" => "succeeded",
                other => other,
            };
            task.push([kind.to_owned(), instant(database.engine, row.finished), text(&row.error)]);
        }
    }
    insert(database, "segments", &tasks);
    let numbered = events.into_iter().flat_map(|(task, rows)| rows.into_iter().map(move |row| (task, row)));
    let rows: Vec<Vec<String>> = numbered
        .enumerate()
        .map(|(id, (task, [kind, at, said]))| vec![id.to_string(), task.to_string(), text(&kind), at, said])
        .collect();
    insert(database, "events", &rows);
}

const EVENTS: &str = r#"
[source]
query = """
WITH runs AS (
  SELECT task, kind, at, lead(kind) OVER series AS ended_as, lead(at) OVER series AS ended, lead(said) OVER series AS said
  FROM events WINDOW series AS (PARTITION BY task ORDER BY id)
)
SELECT s.name AS job_name, r.at AS started_at, CASE WHEN r.ended_as <> 'started' THEN r.ended END AS finished_at,
  CASE WHEN r.ended_as <> 'started' THEN r.ended_as END AS status, r.said AS error_message, s.plan AS schedule,
  s.in_force AS effective_schedule, s.shift_s AS stagger_offset_s
FROM runs r JOIN segments s ON s.id = r.task
WHERE r.kind = 'started'
"""
time_unit = "us"
statuses = { succeeded = "success", skipped = "skipped:lock" }
null_status = "running"
"#;

#[test]
fn event_rows_are_paired_by_a_query() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_events(&database, &rows);
        agree(&database, EVENTS, &file);
    }
}

#[test]
fn the_built_in_mappings() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        agree(&database, "", &file);
        // As the scheduler's own table, with what it knew of its schedule as JSON.
        let (instant_type, json) = match engine {
            Engine::Sqlite => ("datetime", "text"),
            Engine::Postgres => ("timestamptz", "jsonb"),
            Engine::MariaDb => ("datetime(3)", "json"),
        };
        database.run(&format!(
            "CREATE TABLE job_execution_logs (id int, job_name varchar(60), started_at {instant_type},
               finished_at {instant_type}, duration_ms int, status varchar(20), error_message varchar(200), metadata {json})"
        ));
        let run = |(id, row): (usize, &Row)| {
            let local = |at: Timestamp| text(at.to_string().trim_end_matches('Z'));
            let offset: Value = row.offset.parse::<i64>().map_or(Value::Null, Value::from);
            let word = |value: &str| if value.is_empty() { Value::Null } else { Value::from(value) };
            let metadata = serde_json::json!({
                "schedule": word(&row.schedule),
                "effective_schedule": word(&row.effective),
                "stagger_offset_s": offset,
            });
            vec![
                id.to_string(),
                text(&row.job),
                if engine == Engine::Postgres { text(&row.started.to_string()) } else { local(row.started) },
                "NULL".to_owned(),
                number(row.finished.map(|end| end.since(row.started).us() / 1_000)),
                text(if row.status == "skipped" { "skipped_lock" } else { &row.status }),
                text(&row.error),
                text(&metadata.to_string()),
            ]
        };
        insert(&database, "job_execution_logs", &rows.iter().enumerate().map(run).collect::<Vec<_>>());
        agree(&database, "[source]\npreset = \"job_execution_logs\"\n", &file);
    }
}

/// A table with words of its own, JSON, attempts from 0, and keys in the order in which runs ended.
fn make_own(database: &Database, rows: &[Row]) {
    let json = match database.engine {
        Engine::Sqlite => "text",
        Engine::Postgres => "jsonb",
        Engine::MariaDb => "json",
    };
    let instant_type = instant_type(database.engine);
    database.run(&format!(
        "CREATE TABLE jobdelta_log (id int primary key, task varchar(60), begun {instant_type}, ended {instant_type},
           state varchar(20), said varchar(200), try int, facts {json})"
    ));
    let mut ordered: Vec<&Row> = rows.iter().collect();
    ordered.sort_by_key(|row| row.finished.unwrap_or(row.started));
    let run = |(number, row): (usize, &Row)| {
        let state = match row.status.as_str() {
            "success" => text("ok"),
            "running" => text(["10 %", "half"][number % 2]),
            "failed" => "NULL".to_owned(),
            other => text(other),
        };
        let word = |value: &str| if value.is_empty() { Value::Null } else { Value::from(value) };
        let facts = serde_json::json!({
            "cron": { "the plan": word(&row.schedule), "in force": { "now": word(&row.effective) } },
            "shift": row.offset.parse::<i64>().map_or(Value::Null, Value::from),
        });
        vec![
            (10 * number).to_string(),
            text(&row.job),
            instant(database.engine, Some(row.started)),
            instant(database.engine, row.finished),
            state,
            text(&row.error),
            "0".to_owned(),
            text(&facts.to_string()),
        ]
    };
    insert(database, "jobdelta_log", &ordered.into_iter().enumerate().map(run).collect::<Vec<_>>());
}

const OWN: &str = r#"
[source]
table = "jobdelta_log"
columns.job_name = "task"
columns.started_at = "begun"
columns.finished_at = "ended"
columns.status = "state"
columns.error_message = "said"
columns.attempt = "try"
columns.schedule = { json = "facts", key = ["cron", "the plan"] }
columns.effective_schedule = { json = "facts", key = ["cron", "in force", "now"] }
columns.stagger_offset_s = { json = "facts", key = "shift" }
time_unit = "us"
attempt_base = 0
statuses = { ok = "success", skipped = "skipped:lock", queued = "open" }
null_status = "failed"
other_statuses = "running"
"#;

#[test]
fn words_json_and_attempts_of_its_own() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_own(&database, &rows);
        agree(&database, OWN, &file);
        // Rows that have not started are left out and counted.
        let soon = instant(engine, Some("2026-11-23T13:00:00Z".parse().unwrap()));
        let queued = |id: &str, at: &str| {
            let [task, state] = ["Live Stats Sync", "queued"].map(text);
            [id, &task, at, "NULL", &state, "NULL", "0", "NULL"].map(str::to_owned).to_vec()
        };
        insert(&database, "jobdelta_log", &[queued("100001", &soon), queued("100002", &soon)]);
        for way in WAYS {
            let mut table = counted(&database, OWN, way);
            let caveats = table["caveats"].as_array_mut().unwrap();
            let place = caveats.iter().position(|caveat| caveat["code"] == "rows_open").unwrap();
            let open = caveats.remove(place);
            assert_eq!((&open["window"], &open["runs"]), (&Value::from("stagger"), &Value::from(2)));
            let ledger = &mut table["population"]["rows"]["stagger"];
            assert_eq!(ledger["open"].take(), 2);
            ledger["open"] = 0.into();
            ledger["read"] = (ledger["read"].as_u64().unwrap() - 2).into();
            same(&format!("{} by {way} with open rows", engine.dialect()), &file, &table);
        }
    }
}

/// The declared job misses no fire, although its table counts attempts from 0.
#[test]
fn a_first_attempt_is_the_first_whatever_its_number() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_own(&database, &measured(Span(0)));
        let job = "\n[[jobs]]\nname = \"Live Stats Sync\"\nschedule = \"* * * * *\"\n";
        let missed = |deployment: &str| {
            let report = counted(&database, &format!("{deployment}{job}"), "pushdown");
            report["totals"]["baseline"]["missed_runs"].as_u64().unwrap()
        };
        let from_zero = missed(OWN);
        let wrongly_from_one = missed(&OWN.replace("attempt_base = 0", "attempt_base = 1"));
        assert!(from_zero < wrongly_from_one, "{from_zero} {wrongly_from_one}");
    }
}

#[test]
fn a_key_that_grows_bounds_what_is_read() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    let bounded = format!("{OWN}bound = {{ column = \"id\", within = \"10m\" }}\n");
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_own(&database, &rows);
        // Years of other rows before and after, of which the windows need none.
        let years: Vec<Vec<String>> = (1..=3_000_i64)
            .flat_map(|day| {
                let at = |days: i64| {
                    let at: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
                    instant(engine, Some(at.plus(Span::seconds(86_400 * days))))
                };
                let row = |id: i64, at: String| {
                    let mut row = vec![id.to_string(), text("Other"), at.clone(), at, text("ok")];
                    row.extend(["NULL", "0", "NULL"].map(str::to_owned));
                    row
                };
                [row(-100 * day, at(-day)), row(1_000_000 + 100 * day, at(day))]
            })
            .collect();
        insert(&database, "jobdelta_log", &years);
        for way in WAYS {
            let unbounded = counted(&database, OWN, way);
            let mut table = counted(&database, &bounded, way);
            let caveats = table["caveats"].as_array_mut().unwrap();
            let place = caveats.iter().position(|caveat| caveat["code"] == "bound_by_key").unwrap();
            let message = caveats.remove(place)["message"].to_string();
            assert!(message.contains("looked for by id") && message.contains("10 min"), "{message}");
            same(&format!("{} by {way} with a bound", engine.dialect()), &unbounded, &table);
            assert_eq!(table["totals"]["stagger"], file["totals"]["stagger"]);
        }
        let desk = Desk::new();
        desk.put("deployment.toml", &bounded);
        let url = database.url();
        let arguments = ["sql", "outcomes", "--db", &url].map(str::to_owned);
        let printed = Finished::of(desk.command(arguments.into_iter().chain(windows(Span(0))))).succeeded();
        let quoted = if engine == Engine::MariaDb { "`id`" } else { "\"id\"" };
        // Each window, its rows with and without a start: PostgreSQL looks for both at once.
        let looks = if engine == Engine::Postgres { 2 } else { 4 };
        assert_eq!(printed.matches(&format!("{quoted} >= ")).count(), looks, "{printed}");
        assert_eq!(printed.matches(&format!("{quoted} <= ")).count(), looks, "{printed}");
    }
}

#[test]
fn a_bound_needs_a_whole_number_that_is_there() {
    for engine in Engine::tested().into_iter().filter(|engine| *engine != Engine::Sqlite) {
        let database = Database::fresh(engine);
        make_own(&database, &measured(Span(0)));
        let message = refused(&database, &format!("{OWN}bound = {{ column = \"task\" }}\n"));
        assert!(message.contains("needs a whole number"), "{message}");
        let message = refused(&database, &format!("{OWN}bound = {{ column = \"ids\" }}\n"));
        assert!(message.contains("no column 'ids' for bound; did you mean 'id'?"), "{message}");
    }
}

#[test]
fn durations_are_numbers_intervals_times_or_texts() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    let mapping = "[source]\ntable = \"took_log\"\ncolumns = { duration = \"took\" }\ntime_unit = \"us\"\n\
                   statuses = { skipped = \"skipped:lock\" }\n";
    let make = |database: &Database, kind: &str, took: &dyn Fn(i64) -> String| {
        let instant_type = instant_type(database.engine);
        database.run(&format!(
            "CREATE TABLE took_log (job_name varchar(60), started_at {instant_type}, took {kind}, status varchar(20),
               error_message varchar(200), schedule varchar(40), effective_schedule varchar(40), stagger_offset_s int)"
        ));
        let run = |row: &Row| {
            let us = row.finished.map(|end| end.since(row.started).us());
            vec![
                text(&row.job),
                instant(database.engine, Some(row.started)),
                us.map_or("NULL".to_owned(), took),
                text(&row.status),
                text(&row.error),
                text(&row.schedule),
                text(&row.effective),
                if row.offset.is_empty() { "NULL".to_owned() } else { row.offset.clone() },
            ]
        };
        insert(database, "took_log", &rows.iter().map(run).collect::<Vec<_>>());
    };
    let seconds = |us: i64| format!("{}.{:06}", us / 1_000_000, us % 1_000_000);
    let postgres = Database::fresh(Engine::Postgres);
    make(&postgres, "interval", &|us| format!("interval '{} seconds'", seconds(us)));
    agree(&postgres, mapping, &file);
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make(&database, if engine == Engine::Sqlite { "real" } else { "numeric(12, 6)" }, &seconds);
        agree(&database, &format!("{mapping}duration_unit = \"s\"\n"), &file);
        let database = Database::fresh(engine);
        make(&database, "varchar(20)", &|us| text(&seconds(us)));
        agree(&database, &format!("{mapping}duration_unit = \"s\"\n"), &file);
    }
    let maria = Database::fresh(Engine::MariaDb);
    make(&maria, "time(6)", &|us| format!("SEC_TO_TIME({})", seconds(us)));
    agree(&maria, mapping, &file);
}

#[test]
fn a_query_that_does_not_fit_is_refused() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run("CREATE TABLE history (task varchar(20), status varchar(20), began varchar(30), ended varchar(30))");
        let columns = "task AS job_name, status, began AS started_at, ended AS finished_at";
        let refused = |columns: &str| {
            refused(&database, &format!("[source]\nquery = \"SELECT {columns} FROM history\"\n"))
        };
        let message = refused("task AS job_nam, status, began AS started_at, ended AS finished_at");
        assert!(
            message.contains("column 'job_nam', which is no field of a run; did you mean 'job_name'?"),
            "{message}"
        );
        let message = refused("task AS job_name, status, began AS started_at");
        assert!(message.contains("the query has no column 'finished_at' for finished_at"), "{message}");
        let message = refused(&format!("{columns}, nothing"));
        assert!(message.contains("columns of the query") && message.contains("nothing"), "{message}");
        if engine != Engine::Sqlite {
            let message = refused(columns);
            assert!(
                message.contains("column started_at of the query has type ")
                    && message.contains("holds text; say how its times are written"),
                "{message}"
            );
        }
        let other = if engine == Engine::Sqlite { "postgres" } else { "sqlite" };
        let query = format!("[source]\nquery.{other} = \"SELECT {columns} FROM history\"\n");
        let message = self::refused(&database, &query);
        assert!(message.contains("the mapping custom has no query for"), "{message}");
    }
}

/// `SQLite` takes what looks like a parameter for NULL, and every row would be left out in silence.
#[test]
fn a_stray_parameter_in_a_condition_is_refused() {
    for (engine, condition) in [
        (Engine::Sqlite, "job_name <> ?"),
        (Engine::Sqlite, "job_name <> '?' and status <> :status"),
        (Engine::Postgres, "job_name <> $1"),
        (Engine::MariaDb, "job_name <> ?"),
    ] {
        let database = Database::measured(engine);
        let message = refused(&database, &format!("[source]\nwhere = \"{condition}\"\n"));
        assert!(message.contains("is a parameter without a value"), "{message}");
    }
    let database = Database::measured(Engine::Sqlite);
    let condition = "[source]\nwhere = \"job_name <> '?:x' -- why?\"\n";
    assert!(counted(&database, condition, "pushdown")["totals"]["stagger"]["started"].as_u64() > Some(0));
}

/// Rows on the same statement as ours, called as our own steps are.
#[test]
fn a_table_may_be_called_as_a_step_of_ours() {
    let rows = measured(Span(0));
    let file = from_file(&rows, Span(0));
    for engine in Engine::tested() {
        for name in
            ["runs", "source_runs", "segments", "coverage", "native_rows", "started", "jobdelta_source"]
        {
            let database = Database::measured(engine);
            database.run(&format!("ALTER TABLE job_runs RENAME TO {name}"));
            let mapping = format!("[source]\ntable = \"{name}\"\ntime_unit = \"us\"\n");
            same(name, &file, &counted(&database, &mapping, "pushdown"));
            let query = format!("[source]\nquery = \"SELECT * FROM {name}\"\ntime_unit = \"us\"\n");
            same(name, &file, &counted(&database, &query, "scan"));
        }
    }
}
