//! `jobdelta jobs`: what is in a table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{Database, Desk, Engine, databases};

const AS_OF: [&str; 2] = ["--as-of", "2026-03-15T12:00:00Z"];

/// 2026-03-01T00:00:00Z in µs.
const START_US: i64 = 1_772_323_200_000_000;
const MINUTE_US: i64 = 60_000_000;

/// Delays that repeat themselves after a while, µs.
fn delay(number: i64) -> i64 {
    number * 7_919 % 1_300_000
}

fn row(job: &str, started_us: i64, ms: i64, status: &str) -> String {
    let finished =
        if status == "running" { "NULL".to_owned() } else { (started_us + ms * 1_000).to_string() };
    format!("('{job}', {started_us}, {finished}, '{status}')")
}

/// A job every five minutes at :02, one at 03:10 every day, one on weekdays, one without any order, and one that
/// overlaps itself.
fn rows() -> Vec<String> {
    let mut rows = Vec::new();
    for number in 0..14 * 288 {
        let at = START_US + (number * 5 + 2) * MINUTE_US + delay(number);
        let status = if number % 400 == 399 { "failed" } else { "success" };
        rows.push(row("every five", at, 1_000 + number % 100, status));
    }
    for day in 0..14 {
        let at = START_US + (day * 1_440 + 190) * MINUTE_US + delay(day);
        rows.push(row("nightly", at, 61_000, "success"));
        // 2026-03-01 is a Sunday.
        if ![0, 6].contains(&(day % 7)) {
            rows.push(row("office", at + 120 * MINUTE_US, 61_000, "success"));
        }
    }
    let mut at = START_US;
    for number in 1..200_i64 {
        at += number * number * 104_729 % 90 * MINUTE_US + 17_000_000;
        rows.push(row("by hand", at, 500, "success"));
    }
    for hour in 0..48 {
        rows.push(row("slow one", START_US + hour * 60 * MINUTE_US, 61 * 60_000, "success"));
    }
    rows.push(row("slow one", START_US + 48 * 60 * MINUTE_US, 0, "running"));
    rows
}

fn filled(engine: Engine) -> Database {
    let database = Database::fresh(engine);
    support::jobdelta(["migrate", "--db", &database.url()]).succeeded();
    let insert = "INSERT INTO job_runs (job_name, started_at, finished_at, status) VALUES ";
    let times = match engine {
        Engine::Sqlite => rows(),
        Engine::Postgres => rows().iter().map(|row| timed(row, "to_timestamp(", " / 1000000.0)")).collect(),
        Engine::MariaDb => rows()
            .iter()
            .map(|row| timed(row, "TIMESTAMPADD(MICROSECOND, ", ", '1970-01-01 00:00:00')"))
            .collect(),
    };
    database.run(&format!("{insert}{};", times.join(",\n")));
    database
}

/// The row with its numbers of microseconds as times.
fn timed(row: &str, before: &str, after: &str) -> String {
    let parts: Vec<String> = row
        .split(", ")
        .map(|part| {
            let digits = part.chars().all(|c| c.is_ascii_digit());
            if digits { format!("{before}{part}{after}") } else { part.to_owned() }
        })
        .collect();
    parts.join(", ")
}

fn inventory(database: &Database, more: &[&str]) -> Value {
    let url = database.url();
    let arguments = ["jobs", "--format", "json", "--db", &url];
    let printed = Desk::new().run(arguments.iter().chain(&AS_OF).chain(more)).succeeded();
    serde_json::from_str(&printed).expect("an inventory is JSON")
}

fn job<'a>(inventory: &'a Value, name: &str) -> &'a Value {
    let jobs = inventory["jobs"].as_array().unwrap();
    jobs.iter().find(|job| job["name"] == name).unwrap_or_else(|| panic!("no job {name}"))
}

#[test]
fn each_job_is_listed_with_the_schedule_that_its_starts_suggest_on_every_database() {
    let mut first: Option<Value> = None;
    for engine in Engine::tested() {
        let database = filled(engine);
        let found = inventory(&database, &[]);
        assert_eq!(found["window_chosen"], "14 d up to now", "{engine:?}");
        let five = job(&found, "every five");
        // Half a day of the fourteen lies before the period.
        assert_eq!(five["runs"], 14 * 288 - 144, "{engine:?}");
        assert_eq!(five["statuses"]["failed"], 10);
        assert_eq!(five["schedule"]["inferred"]["text"], "every 5 min at :02");
        assert_eq!(five["schedule"]["inferred"]["cron"], "2-59/5 * * * *");
        assert_eq!(five["schedule"]["inferred"]["explained"], five["schedule"]["inferred"]["starts"]);
        let median = five["duration_ms"]["median"].as_f64().unwrap();
        assert!((1_040.0..1_060.0).contains(&median), "{median}");
        assert_eq!(job(&found, "nightly")["schedule"]["inferred"]["text"], "daily 03:10");
        assert_eq!(job(&found, "office")["schedule"]["inferred"]["cron"], "10 5 * * 1-5");
        assert!(job(&found, "by hand")["schedule"]["inferred"].is_null(), "{}", job(&found, "by hand"));
        let slow = job(&found, "slow one");
        assert_eq!(slow["overlapping_starts"], 37);
        assert_eq!(slow["statuses"]["lost"], 1);
        assert_eq!(slow["schedule"]["inferred"]["text"], "every hour at :00");
        let jobs = found["jobs"].clone();
        assert_eq!(*first.get_or_insert_with(|| jobs.clone()), jobs, "{engine:?} lists what the others list");
    }
}

#[test]
fn people_get_a_table_and_programs_a_row_for_each_job() {
    let database = filled(Engine::Sqlite);
    let url = database.url();
    let desk = Desk::new();
    let text = desk.run(["jobs", "--db", &url].iter().chain(&AS_OF)).succeeded();
    for part in [
        "2026-03-01 12:00 – 03-15 12:00 UTC (14 d up to now)",
        "inferred: every 5 min at :02 (250 of 250 starts)",
        "3,888  03-01",
        "10 failed",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let csv = desk.run(["jobs", "--format", "csv", "--db", &url].iter().chain(&AS_OF)).succeeded();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let place = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5);
    let nightly = rows.iter().find(|row| &row[0] == "nightly").unwrap();
    assert_eq!(&nightly[place("inferred_cron")], "10 3 * * *");
    assert_eq!(&nightly[place("runs")], "13");
}

#[test]
fn the_period_can_be_chosen_and_follows_the_last_start_of_a_table_that_has_ended() {
    let database = filled(Engine::Sqlite);
    assert_eq!(job(&inventory(&database, &["--window", "2d"]), "nightly")["runs"], 1);
    let url = database.url();
    let late = ["jobs", "--format", "json", "--db", &url, "--as-of", "2026-09-01T00:00:00Z"];
    let found: Value = serde_json::from_str(&Desk::new().run(late).succeeded()).unwrap();
    assert_eq!(found["window_chosen"], "all of the table, 14 d up to the last start");
    assert!(job(&found, "nightly")["runs"].as_u64() > Some(12));
    let desk = Desk::new();
    assert!(desk.refusal(["jobs", "--db", &url, "--window", "0s"]).contains("--window"));
    assert!(desk.refusal(["jobs", "--db", &url, "--window", "fortnight"]).contains("fortnight"));
}

#[test]
fn an_empty_table_has_no_jobs_and_is_no_error() {
    for database in databases() {
        support::jobdelta(["migrate", "--db", &database.url()]).succeeded();
        let found = inventory(&database, &[]);
        assert_eq!(found["jobs"].as_array().unwrap().len(), 0);
        assert_eq!(found["window_chosen"], "the table has no runs");
        assert!(found["audit"].is_null());
    }
}

const CRON: &str = "
CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text, command text, username text, jobname text, active boolean);
CREATE TABLE cron.job_run_details (jobid bigint, runid bigint PRIMARY KEY, job_pid integer, username text, command text,
  status text, return_message text, start_time timestamptz, end_time timestamptz);
INSERT INTO cron.job VALUES
  (1, '*/5 * * * *', 'VACUUM', 'u', 'vacuum', true), (2, '0 3 * * *', 'X', 'u', 'switched off', false),
  (3, '0 4 * * *', 'Y', 'u', 'never ran', true), (4, '0 5 * * *', 'Z', 'u', 'off and quiet', false);
INSERT INTO cron.job_run_details
  SELECT j, j * 100 + n, 1, 'u', 'gone', 'succeeded', '', timestamptz '2026-03-15 00:00+00' + n * interval '5 minutes',
    timestamptz '2026-03-15 00:00+00' + n * interval '5 minutes 1 second'
  FROM generate_series(1, 20) n, (VALUES (1), (2), (9)) jobs (j);
";

#[test]
fn the_audit_compares_what_runs_with_both_lists_of_what_is_meant_to() {
    let database = Database::fresh(Engine::Postgres);
    database.run(CRON);
    let desk = Desk::new();
    desk.put(
        "deployment.toml",
        "[[jobs]]\nname = \"vacuum\"\nschedule = \"*/5 * * * *\"\n[[jobs]]\nname = \"absent\"\n\
         [[jobs]]\nname = \"switched off\"\nenabled = false\n",
    );
    let url = database.url();
    let arguments = ["jobs", "--audit", "--format", "json", "--db", &url];
    let printed = desk.run(arguments.iter().chain(&AS_OF)).succeeded();
    let audit: Value = serde_json::from_str(&printed).unwrap();
    let expected = serde_json::json!({
        "seen": 3,
        "lists": [
            {"list": "deployment_file", "jobs": 3, "never_ran": ["absent"],
             "disabled_ran": [{"name": "switched off", "rows": 20}], "not_listed": [{"name": "gone", "rows": 20}]},
            {"list": "scheduler", "jobs": 4, "never_ran": ["never ran"],
             "disabled_ran": [{"name": "switched off", "rows": 20}], "not_listed": [{"name": "gone", "rows": 20}]},
        ],
    });
    assert_eq!(audit, expected);
    let text = desk.run(["jobs", "--audit", "--db", &url].iter().chain(&AS_OF)).succeeded();
    assert!(text.contains("enabled, never ran: 1\n    never ran\n"), "{text}");
    assert!(text.contains("ran, not listed: 1\n    gone (20 rows)\n"), "{text}");
    let listed = desk.run(["jobs", "--db", &url].iter().chain(&AS_OF)).succeeded();
    assert!(listed.contains("declared: */5 * * * * · scheduler: */5 * * * *"), "{listed}");
    assert!(listed.contains("scheduler: 0 3 * * * (disabled)"), "{listed}");
    let script = desk.run(["sql", "scheduler_jobs", "--db", &url]).succeeded();
    assert!(script.contains("FROM cron.job"), "{script}");
}

/// Jobs outside the scope are in no figure, and named all the same.
#[test]
fn a_report_audits_the_jobs_of_its_windows() {
    let rows = |name: &str, rows: u64| serde_json::json!({"name": name, "rows": rows});
    let expected = serde_json::json!({
        "seen": 3,
        "lists": [
            {"list": "deployment_file", "jobs": 3, "never_ran": ["absent"], "disabled_ran": [rows("office", 2)],
             "not_listed": [rows("every five", 576)]},
            {"list": "scheduler", "jobs": 3, "never_ran": ["x"], "disabled_ran": [rows("office", 2)],
             "not_listed": [rows("every five", 576)]},
        ],
    });
    for engine in Engine::tested() {
        let database = filled(engine);
        database.run(
            "CREATE TABLE plan (title varchar(40), active int);
             INSERT INTO plan VALUES ('nightly', 1), ('x', 1), ('office', 0);",
        );
        let desk = Desk::new();
        let list = "SELECT title AS job_name, active AS enabled FROM plan";
        desk.put(
            "deployment.toml",
            format!(
                "[source]\njob_list = \"{list}\"\n[[jobs]]\nname = \"nightly\"\n[[jobs]]\nname = \"absent\"\n\
                 [[jobs]]\nname = \"office\"\nenabled = false\n"
            ),
        );
        let url = database.url();
        let windows = ["--baseline", "2026-03-10T00:00:00Z/1d", "--stagger", "2026-03-11T00:00:00Z/1d"];
        let report = |more: &[&str]| {
            let arguments = ["report", "--db", &url].into_iter().chain(windows).chain(AS_OF);
            desk.run(arguments.chain(more.iter().copied())).succeeded()
        };
        for execution in ["pushdown", "scan"] {
            let json: Value =
                serde_json::from_str(&report(&["--format", "json", "--execution", execution])).unwrap();
            assert_eq!(json["population"]["audit"], expected, "{engine:?} {execution}");
        }
        let found = [
            "1 job is enabled in the scheduler's list and never ran: x",
            "1 job is disabled in the scheduler's list and ran: office (2 rows)",
            "1 disabled job ran: office (2 rows)",
            "1 job ran and is not declared: every five (576 rows)",
            "1 declared job never ran: absent",
        ];
        for format in ["txt", "md"] {
            let told = report(&["--format", format]);
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in found {
                assert!(told.contains(part), "{engine:?}, {format}: {part} is missing in {told}");
            }
        }
        let page = report(&["--format", "html"]);
        for part in
            ["in the scheduler&#x27;s list and never ran", "1 disabled job ran", "every five (576 rows)"]
        {
            assert!(page.contains(part), "{engine:?}: {part} is missing");
        }
        let redacted = report(&["--format", "json", "--redact", "jobs"]);
        assert!(!redacted.contains("every five") && !redacted.contains("\"x\""), "{engine:?}");
        database.run("DROP TABLE plan");
        let unread = report(&["--format", "md"]);
        assert!(unread.contains("own list of jobs cannot be read"), "{unread}");
    }
}

#[test]
fn a_list_of_jobs_that_cannot_be_read_is_a_note() {
    let database = Database::fresh(Engine::Postgres);
    database.run(&CRON.replace("active boolean", "inactive boolean"));
    let found = inventory(&database, &[]);
    assert_eq!(found["jobs"].as_array().unwrap().len(), 3);
    let note = found["notes"][0].as_str().unwrap();
    assert!(note.contains("own list of jobs cannot be read") && note.contains("active"), "{note}");
    assert!(found["audit"].is_null());
}

#[test]
fn a_table_of_one_s_own_can_name_its_list_of_jobs() {
    let database = filled(Engine::Sqlite);
    database.run("CREATE TABLE plan (title TEXT, cron TEXT); INSERT INTO plan VALUES ('nightly', '10 3 * * *'), ('x', NULL);");
    let desk = Desk::new();
    let query = "SELECT title AS job_name, cron AS schedule FROM plan";
    desk.put("deployment.toml", format!("[source]\njob_list = \"{query}\"\n"));
    let url = database.url();
    let arguments = ["jobs", "--audit", "--format", "csv", "--db", &url];
    let csv = desk.run(arguments.iter().chain(&AS_OF)).succeeded();
    assert!(
        csv.contains("scheduler,never_ran,x,0\r\n") && csv.contains("scheduler,not_listed,office,"),
        "{csv}"
    );
}

#[test]
fn names_that_a_terminal_obeys_are_shown_and_not_obeyed() {
    let database = Database::fresh(Engine::Sqlite);
    support::jobdelta(["migrate", "--db", &database.url()]).succeeded();
    database.run(
        "INSERT INTO job_runs (job_name, started_at, finished_at, status) VALUES
         (char(27) || '[31m' || char(10) || 'x', 1773500000000000, 1773500001000000, 'success'),
         ('=cmd()', 1773500000000000, 1773500001000000, 'success')",
    );
    let url = database.url();
    let desk = Desk::new();
    let text = desk.run(["jobs", "--db", &url].iter().chain(&AS_OF)).succeeded();
    assert!(text.contains("␛[31m␊x") && !text.contains('\u{1b}'), "{text}");
    let csv = desk.run(["jobs", "--format", "csv", "--db", &url].iter().chain(&AS_OF)).succeeded();
    assert!(csv.contains("\n'=cmd(),1,"), "{csv}");
}
