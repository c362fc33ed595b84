//! Rows without a start vanish nowhere: they fail to start, or are reported as belonging nowhere; and a run
//! that starts late answers the fire that it was meant for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{Database, Desk, Engine, databases, report_of};

/// Before, ten runs completed; after, ten did too.
fn table(engine: Engine) -> String {
    let time = match engine {
        Engine::Sqlite => "text",
        Engine::Postgres => "timestamp",
        Engine::MariaDb => "datetime",
    };
    let mut sql = format!(
        "CREATE TABLE log (job_name varchar(20), scheduled_at {time}, started_at {time}, finished_at {time}, \
         status varchar(20));"
    );
    for minute in 0..10 {
        for hour in ["10", "12"] {
            let at = |second| format!("'2026-11-23 {hour}:{minute:02}:{second}'");
            let (start, end) = (at("00"), at("05"));
            sql.push_str(&format!("INSERT INTO log VALUES ('sync', {start}, {start}, {end}, 'success');"));
        }
    }
    sql
}

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-11-23T10:00:00Z/2026-11-23T10:30:00Z",
    "--stagger",
    "2026-11-23T12:00:00Z/2026-11-23T12:30:00Z",
    "--as-of",
    "2026-11-23T13:00:00Z",
];

const DEPLOYMENT: &str = r#"
[source]
table = "log"
columns = { job_name = "job_name", started_at = "started_at", finished_at = "finished_at", status = "status", scheduled_at = "scheduled_at" }

[targets]
completion_rate = ">= 99%"

[[jobs]]
name = "sync"
schedule = "* 10,12 * * *"
"#;

/// The reports of both ways of counting.
#[track_caller]
fn reports(database: &Database) -> [Value; 2] {
    let desk = Desk::new();
    desk.put("deployment.toml", DEPLOYMENT);
    let url = database.url();
    ["pushdown", "scan"].map(|way| {
        let mut command = desk.command(["report", "--format", "json", "--db", &url, "--execution", way]);
        command.args(WINDOWS);
        report_of(command)
    })
}

#[track_caller]
fn is(found: &Value, expected: &Value) {
    assert_eq!(found, expected);
}

#[test]
fn a_final_status_without_a_start_is_a_failure_to_start() {
    for database in databases() {
        database.run(&table(database.engine));
        for minute in 0..30 {
            let at = format!("'2026-11-23 12:{minute:02}:30'");
            // By the moment that it was meant for, and where there is none by its end.
            let (scheduled, end) =
                if minute < 15 { (at, "NULL".to_owned()) } else { ("NULL".to_owned(), at) };
            database.run(&format!("INSERT INTO log VALUES ('sync', {scheduled}, NULL, {end}, 'failed')"));
        }
        database.run("INSERT INTO log VALUES ('sync', '2026-11-23 12:29:00', NULL, NULL, 'skipped')");
        for report in reports(&database) {
            let after = &report["totals"]["stagger"];
            is(&after["started"], &10.into());
            is(&after["failed_to_start"], &30.into());
            is(&after["decided"], &40.into());
            is(&after["skipped"]["other"], &1.into());
            is(&report["targets"][0]["verdict"], &"missed".into());
            assert!(report["findings"].to_string().contains("30 failed to start"), "{}", report["findings"]);
            // What was meant for 12:00 to 12:14 and for 12:29 left a row, whether it started or not.
            is(&after["missed_runs"], &14.into());
        }
    }
}

#[test]
fn rows_that_belong_nowhere_are_counted_and_leave_targets_undecided() {
    for database in databases() {
        database.run(&table(database.engine));
        let unreadable = match database.engine {
            // What a bound on text or a lenient reader would take for another day's, or another zone's.
            Engine::Sqlite => {
                "'n/a', '23.11.2026 12:05:00', '', 'now', '2461000', '12:05:00', ' 2026-11-23 12:05:00', \
                 '2026-11-23 12:05:00+0100', '2026-11-23 12:05 Uhr', '2026-02-31 99:00:00', 1795435500, \
                 CAST('2026-11-23 12:05:00' AS BLOB)"
            }
            Engine::Postgres => "'infinity', '-infinity'",
            Engine::MariaDb => "'0000-00-00 00:00:00'",
        };
        let unreadable: Vec<&str> = unreadable.split(", ").collect();
        for start in &unreadable {
            let row = format!("'sync', '2026-11-23 12:05:00', {start}, '2026-11-23 12:06:00', 'failed'");
            database.run(&format!("INSERT INTO log VALUES ({row})"));
        }
        database.run("INSERT INTO log VALUES ('sync', NULL, NULL, NULL, 'failed')");
        database.run("INSERT INTO log VALUES ('sync', '2026-11-23 12:05:00', NULL, NULL, 'running')");
        let rows = unreadable.len() + 2;
        for report in reports(&database) {
            is(&report["source"]["rows_unplaced"], &rows.into());
            is(&report["totals"]["stagger"]["decided"], &10.into());
            is(&report["findings"][0]["code"], &"rows_unplaced".into());
            let ledger = &report["population"]["rows"]["stagger"];
            is(&ledger["unplaced"], &rows.into());
            let target = &report["targets"][0];
            is(&target["verdict"], &"inconclusive".into());
            let caveats = report["caveats"].as_array().unwrap();
            assert!(caveats.iter().any(|caveat| caveat["code"] == "rows_unplaced"), "{caveats:?}");
        }
    }
}

/// The example of a new user: the dates of failed rows are text that nothing reads.
#[test]
fn dates_that_are_text_break_the_mapping_and_not_the_verdict() {
    let database = Database::fresh(Engine::Sqlite);
    let mut sql =
        "CREATE TABLE log (job_name text, started_at text, finished_at text, status text);".to_owned();
    for (rows, start) in [(2_000, "datetime(1795435200 + n, 'unixepoch')"), (550, "'23.11.2026 12:00:00'")] {
        let status =
            if rows == 550 { "'failed'" } else { "CASE WHEN n < 28 THEN 'failed' ELSE 'success' END" };
        sql.push_str(&format!(
            "INSERT INTO log WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < {rows}) \
             SELECT 'sync', {start}, {start}, {status} FROM c;"
        ));
    }
    database.run(&sql);
    let desk = Desk::new();
    desk.put("deployment.toml", "[source]\ntable = \"log\"\n\n[targets]\nfailure_rate = \"<= 2%\"\n");
    let url = database.url();
    for way in ["pushdown", "scan"] {
        let mut command = desk.command(["report", "--format", "json", "--db", &url, "--execution", way]);
        command.args(WINDOWS);
        let report = report_of(command);
        is(&report["totals"]["stagger"]["failed"], &28.into());
        is(&report["source"]["rows_unplaced"], &550.into());
        is(&report["findings"][0]["code"], &"rows_unplaced".into());
        is(&report["targets"][0]["verdict"], &"inconclusive".into());
        is(&report["decision"]["verdict"], &"undecided".into());
    }
    let mut doctor = vec!["doctor", "--db", &url];
    doctor.extend(&WINDOWS[..4]);
    let finished = desk.run(doctor);
    assert_eq!(finished.code, Some(2), "{}", finished.stdout);
    for part in ["broken  starts", "550 rows have no start that can be read", "'23.11.2026 12:00:00'"] {
        assert!(finished.stdout.contains(part), "{part:?} in\n{}", finished.stdout);
    }
    // A table with no other dates is not one in which nothing ran.
    database.run("DELETE FROM log WHERE started_at NOT LIKE '23.%'");
    let mut command = desk.command(["report", "--format", "json", "--db", &url]);
    command.args(WINDOWS);
    is(&report_of(command)["findings"][0]["code"], &"rows_unplaced".into());
}

#[test]
fn text_that_a_server_does_not_read_as_a_time_is_refused_with_a_way_out() {
    let desk = Desk::new();
    for database in databases() {
        database.run("CREATE TABLE log (job_name varchar(9), started_at varchar(30), finished_at varchar(30), status varchar(9))");
        let unit = if database.engine == Engine::Sqlite { "time_unit = \"ms\"\n" } else { "" };
        desk.put("deployment.toml", format!("[source]\ntable = \"log\"\n{unit}"));
        let message = desk.refusal(["report", "--db", &database.url()].into_iter().chain(WINDOWS));
        let way_out = match database.engine {
            // Its text of numbers does not sort as they do.
            Engine::Sqlite => "give the rows by a query in [source] with CAST(started_at AS ",
            _ => "say how its times are written with `time_format` in [source]",
        };
        assert!(message.contains(way_out), "{message}");
    }
}

#[test]
fn a_late_run_answers_the_fire_that_it_was_meant_for() {
    for database in databases() {
        database.run(&table(database.engine));
        // Ten minutes late within the window, and after its end.
        for (scheduled, start) in [("12:10", "12:20"), ("12:29", "12:31"), ("10:29", "10:45")] {
            let [scheduled, start] = [scheduled, start].map(|at| format!("'2026-11-23 {at}:00'"));
            database
                .run(&format!("INSERT INTO log VALUES ('sync', {scheduled}, {start}, {start}, 'success')"));
        }
        for report in reports(&database) {
            is(&report["totals"]["stagger"]["missed_runs"], &18.into());
            is(&report["totals"]["stagger"]["started"], &11.into());
            is(&report["totals"]["baseline"]["missed_runs"], &19.into());
        }
    }
}

/// "Never" as people write it: it is no end, and one row of it does not fail the report of all others.
#[test]
fn an_impossible_time_is_counted_and_fails_nothing() {
    for database in databases() {
        database.run(&table(database.engine));
        let never = match database.engine {
            Engine::Postgres => "'294276-12-31 23:59:59', 'infinity', '-infinity', '9999-12-31 23:59:59'",
            _ => "'9999-12-31 23:59:59', '2099-12-31 00:00:00'",
        };
        let mut rows = 0;
        for never in never.split(", ") {
            let row = format!("('sync', {never}, '2026-11-23 12:05:30', {never}, 'success')");
            // So many that their lengths would not fit a sum.
            database.run(&format!("INSERT INTO log VALUES {}", vec![row; 40].join(", ")));
            rows += 40;
        }
        for report in reports(&database) {
            is(&report["totals"]["stagger"]["decided"], &(10 + rows).into());
            let caveats = report["caveats"].as_array().unwrap();
            let caveat = caveats.iter().find(|caveat| caveat["code"] == "impossible_times").unwrap();
            let words = format!("{rows} have a final status and no end");
            assert!(caveat["message"].as_str().unwrap().contains(&words), "{caveat}");
            is(&report["jobs"][0]["stagger"]["duration_ms"]["n"], &10.into());
        }
    }
}

/// The same in columns of numbers.
#[test]
fn a_number_that_is_no_time_fails_nothing() {
    for database in databases() {
        let time = if database.engine == Engine::Sqlite { "integer" } else { "bigint" };
        database.run(&format!("CREATE TABLE log (job_name varchar(20), started_at {time}, finished_at {time}, status varchar(20))"));
        for minute in 0..10 {
            for hour in ["10", "12"] {
                let at: jobdelta::clock::Timestamp =
                    format!("2026-11-23T{hour}:{minute:02}:00Z").parse().unwrap();
                let start = at.us() / 1_000_000;
                database.run(&format!("INSERT INTO log VALUES ('sync', {start}, {}, 'success')", start + 5));
                let never = if minute % 2 == 0 { i64::MAX } else { 99_999_999_999_999 };
                database.run(&format!("INSERT INTO log VALUES ('sync', {start}, {never}, 'success')"));
            }
        }
        let desk = Desk::new();
        desk.put("deployment.toml", "[source]\ntable = \"log\"\ntime_unit = \"s\"\n");
        let url = database.url();
        for way in ["pushdown", "scan"] {
            let mut command = desk.command(["report", "--format", "json", "--db", &url, "--execution", way]);
            command.args(WINDOWS);
            let report = report_of(command);
            is(&report["totals"]["stagger"]["decided"], &20.into());
            is(&report["jobs"][0]["stagger"]["duration_ms"]["n"], &10.into());
        }
    }
}
