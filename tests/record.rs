//! The history that `record` keeps: a report over it is the one over the rows themselves, whatever the scheduler deleted
//! meanwhile, and what was not recorded is a gap.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Command;

use jobdelta::clock::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span, Timestamp};
use serde_json::Value;
use support::{Database, Desk, Engine, Finished, databases, on_a_disk};

/// A row of the scheduler's table as it is once everything is over.
#[derive(Clone)]
struct Row {
    number: usize,
    job: &'static str,
    planned: Timestamp,
    began: Option<Timestamp>,
    ended: Option<Timestamp>,
    state: &'static str,
    message: Option<String>,
    attempt: u32,
}

/// A name that must do no harm.
const HOSTILE: &str = "it's \"odd\"; DROP TABLE job_log; -- \u{202e}gnol\n|x";

fn day(number: i64) -> Timestamp {
    "2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap().plus(Span(number * DAY_US))
}

/// Numbers that look random and are the same each time.
fn random(seed: usize) -> i64 {
    let mixed = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    i64::try_from((mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 34).unwrap()
}

/// The runs of so many days: some fail, some are tried again, some are skipped and have no start, and one runs over each
/// midnight.
fn rows(days: i64) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |job, planned: Timestamp, lasts_us: i64, slower: bool| {
        let number = rows.len();
        let luck = random(number);
        let began = planned.plus(Span(luck % (4 * SECOND_US)));
        let ended =
            began.plus(Span(lasts_us + random(number + 7) % lasts_us + if slower { lasts_us } else { 0 }));
        let row = Row {
            number,
            job,
            planned,
            began: Some(began),
            ended: Some(ended),
            state: "ok",
            message: None,
            attempt: 1,
        };
        match luck % 23 {
            0 => rows.push(Row { began: None, ended: None, state: "locked", ..row }),
            1 | 2 => {
                let message = format!("cannot reach host {}: {}\nat line 7", luck % 3, "x".repeat(5_000));
                rows.push(Row { state: "error", message: Some(message), ..row });
            }
            _ => rows.push(row),
        }
    };
    for number in 0..days {
        for minute in (0..24 * 60).step_by(10) {
            let planned = day(number).plus(Span(minute * MINUTE_US));
            add("Sync", planned, 3 * SECOND_US, number >= days - 2);
            if minute % 60 == 0 {
                add(HOSTILE, planned, 40 * SECOND_US, false);
            }
        }
        add("Backup", day(number).plus(Span(22 * HOUR_US)), 170 * MINUTE_US, false);
    }
    rows
}

const DEPLOYMENT: &str = r#"
name = "Kept"

[source]
table = "job_log"
columns = { run_id = "number", job_name = "job", scheduled_at = "planned", started_at = "began", finished_at = "ended", status = "state", error_message = "message", attempt = "try" }
statuses = { ok = "success", error = "failed", busy = "running", locked = "skipped:lock" }

[analysis]
scope = "all"

[targets]
completion_rate = ">= 90%"

[[jobs]]
name = "Sync"
schedule = "*/10 * * * *"

[[jobs]]
name = "Backup"
schedule = "0 22 * * *"
"#;

/// The scheduler's table on a database.
struct Scheduler {
    database: Database,
    desk: Desk,
}

impl Scheduler {
    fn on(database: Database) -> Self {
        let (time, text) = match database.engine {
            Engine::Sqlite => ("TEXT", "TEXT"),
            Engine::Postgres => ("timestamptz", "text"),
            Engine::MariaDb => ("DATETIME(6)", "LONGTEXT"),
        };
        database.run(&format!(
            "CREATE TABLE job_log (number BIGINT PRIMARY KEY, job {text}, planned {time}, began {time}, ended {time}, \
             state {text}, message {text}, try INTEGER);"
        ));
        let desk = Desk::new();
        desk.put("deployment.toml", DEPLOYMENT);
        Self { database, desk }
    }

    fn of_sqlite() -> Self {
        Self::on(Database::fresh(Engine::Sqlite))
    }

    fn time(&self, at: Option<Timestamp>) -> String {
        let Some(at) = at else { return "NULL".to_owned() };
        let utc = at.to_utc().unwrap().format("%Y-%m-%d %H:%M:%S%.6f");
        let zone = if self.database.engine == Engine::Postgres { "+00" } else { "" };
        format!("'{utc}{zone}'")
    }

    /// The table as it is at `as_of`, with what was meant to start from `kept` on.
    fn shows(&self, rows: &[Row], kept: Timestamp, as_of: Timestamp) {
        let seen = rows.iter().filter(|row| kept <= row.planned && row.began.unwrap_or(row.planned) < as_of);
        let text = |text: Option<&str>| {
            text.map_or("NULL".to_owned(), |text| format!("'{}'", text.replace('\'', "''")))
        };
        let value = |row: &Row| {
            let is_over = row.ended.is_none_or(|ended| ended < as_of);
            let (state, message) = if is_over { (row.state, row.message.as_deref()) } else { ("busy", None) };
            format!(
                "({}, {}, {}, {}, {}, {}, {}, {})",
                row.number,
                text(Some(row.job)),
                self.time(Some(row.planned)),
                self.time(row.began),
                self.time(row.ended.filter(|_| is_over)),
                text(Some(state)),
                text(message),
                row.attempt,
            )
        };
        let values: Vec<String> = seen.map(value).collect();
        let mut script = "DELETE FROM job_log;\n".to_owned();
        for batch in values.chunks(100) {
            script += &format!("INSERT INTO job_log VALUES {};\n", batch.join(", "));
        }
        self.database.run(&script);
    }

    fn record(&self, as_of: Timestamp, arguments: &[&str]) -> Finished {
        let (url, as_of) = (self.database.url(), as_of.to_string());
        let common = ["record", "--db", &url, "--store", "store.sqlite", "--as-of", &as_of];
        self.desk.run(common.iter().chain(arguments))
    }

    fn report(&self, windows: [&str; 2], as_of: Timestamp, arguments: &[&str]) -> Value {
        let finished = self.try_report(windows, as_of, arguments);
        serde_json::from_str(&finished.succeeded()).unwrap()
    }

    fn try_report(&self, [baseline, stagger]: [&str; 2], as_of: Timestamp, arguments: &[&str]) -> Finished {
        let (url, as_of) = (self.database.url(), as_of.to_string());
        let common =
            ["report", "--db", &url, "--baseline", baseline, "--stagger", stagger, "--as-of", &as_of];
        let format = ["--format", "json", "--tables"];
        let mut command = self.desk.command(common.iter().chain(&format).chain(arguments));
        command.env("SOURCE_DATE_EPOCH", "1800000000");
        Finished::of(command)
    }

    /// Everything in the store.
    fn stored(&self) -> String {
        dump(&self.desk.path().join("store.sqlite"))
    }

    /// A table pruned to three days, recorded each night at 00:20; in the first it has all rows.
    fn recorded(&self, rows: &[Row], nights: impl IntoIterator<Item = i64>) {
        for (nth, night) in nights.into_iter().enumerate() {
            let as_of = day(night).plus(Span(20 * MINUTE_US));
            let kept = if nth == 0 { day(0) } else { as_of.plus(Span(-3 * DAY_US)) };
            self.shows(rows, kept, as_of);
            self.record(as_of, &[]).succeeded();
        }
    }
}

fn dump(store: &Path) -> String {
    let output = Command::new("sqlite3").arg(store).arg(".dump").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// A report without what says where and how rows were read.
fn figures(mut report: Value) -> Value {
    for part in ["source", "provenance"] {
        report.as_object_mut().unwrap().remove(part).unwrap();
    }
    report["caveats"].as_array_mut().unwrap().retain(|caveat| caveat["code"] != "history");
    report
}

fn caveats<'a>(report: &'a Value, code: &str) -> Vec<&'a str> {
    let all = report["caveats"].as_array().unwrap().iter();
    all.filter(|caveat| caveat["code"] == code).map(|caveat| caveat["message"].as_str().unwrap()).collect()
}

/// Baseline seven days before the window after.
const WEEK_APART: [&str; 2] = ["2026-03-18T06:00:00Z/12h", "2026-03-25T06:00:00Z/12h"];

#[test]
fn ten_nights_of_a_table_of_three_days_give_the_report_of_all_its_rows() {
    let rows = rows(26);
    let as_of = day(24).plus(Span(19 * HOUR_US));
    for database in databases() {
        let engine = database.engine;
        let pruned = Scheduler::on(database);
        pruned.recorded(&rows, 15..=24);
        pruned.shows(&rows, as_of.plus(Span(-3 * DAY_US)), as_of);
        let whole = Scheduler::on(Database::fresh(engine));
        whole.shows(&rows, day(0), as_of);
        for options in [
            ["--placebo-days", "0", "--execution", "scan"],
            ["--placebo-days", "0", "--execution", "pushdown"],
            ["--placebo-days", "28", "--execution", "auto"],
        ] {
            let expected = whole.report(WEEK_APART, as_of, &options);
            let found =
                pruned.report(WEEK_APART, as_of, &[&options[..], &["--store", "store.sqlite"]].concat());
            let told = caveats(&found, "history");
            assert!(told[0].contains("; the table begins at 2026-03-22 19:00"), "{told:?}");
            assert_eq!(found["source"]["history"]["gaps"], serde_json::json!([]));
            assert_eq!(found["source"]["database"], expected["source"]["database"]);
            let (expected, found) = (figures(expected), figures(found));
            let (expected, found) = (format!("{expected:#}"), format!("{found:#}"));
            if let Some(difference) = support::first_difference(&expected, &found) {
                panic!("{engine:?} {options:?}: {difference}");
            }
        }
        let without = pruned.report(WEEK_APART, as_of, &[]);
        assert_eq!(without["totals"]["baseline"]["started"], 0, "there is something to be kept");
    }
}

#[test]
fn the_same_period_twice_changes_nothing() {
    let rows = rows(3);
    let scheduler = Scheduler::of_sqlite();
    let as_of = day(2).plus(Span(20 * MINUTE_US));
    scheduler.shows(&rows, day(0), as_of);
    let said = scheduler.record(as_of, &[]);
    assert!(said.stderr.contains("runs of runs.sqlite recorded"), "{said:?}");
    let once = scheduler.stored();
    assert!(once.contains("recorded_runs"));
    let again = scheduler.record(as_of, &[]);
    assert!(again.stderr.contains(", 0 new: 2026-03-02 18:00 UTC to 2026-03-03 00:00 UTC"), "{again:?}");
    scheduler.record(as_of, &["--since", "2026-03-01T00:00:00Z"]).succeeded();
    assert_eq!(scheduler.stored(), once);
    // An hour that is not over adds nothing either.
    scheduler.record(as_of.plus(Span(39 * MINUTE_US)), &[]).succeeded();
    assert_eq!(scheduler.stored(), once);
}

#[test]
fn a_run_that_was_under_way_gets_its_end_and_what_is_gone_stays() {
    let rows = rows(3);
    let scheduler = Scheduler::of_sqlite();
    let busy =
        "SELECT COUNT(*) FROM recorded_runs r JOIN recorded_texts t ON t.id = r.status WHERE t.text = 'busy'";
    let runs = "SELECT COUNT(*) FROM recorded_runs";
    let asked = |sql: &str| {
        let output =
            Command::new("sqlite3").arg(scheduler.desk.path().join("store.sqlite")).arg(sql).output();
        String::from_utf8(output.unwrap().stdout).unwrap().trim().parse::<usize>().unwrap()
    };
    let as_of = day(1).plus(Span(20 * MINUTE_US));
    scheduler.shows(&rows, day(0), as_of);
    scheduler.record(as_of, &[]).succeeded();
    // The backup goes on over midnight.
    assert_eq!((asked(busy), asked(runs)), (1, 169));
    // A table that loses what ended well within the hour, and keeps what failed.
    let as_of = day(1).plus(Span(6 * HOUR_US));
    scheduler.shows(&rows, day(0), as_of);
    scheduler.database.run("DELETE FROM job_log WHERE state = 'ok' AND job <> 'Backup'");
    let said = scheduler.record(as_of, &[]);
    assert!(said.stderr.contains("runs may have come and gone unseen"), "{said:?}");
    let left =
        rows.iter().filter(|row| row.planned >= day(1) && row.planned < day(1).plus(Span(6 * HOUR_US)));
    let left = left.filter(|row| row.state != "ok").count();
    assert_eq!((asked(busy), asked(runs)), (0, 169 + left));
}

#[test]
fn a_table_that_loses_what_ended_well_is_made_whole_again() {
    let rows = rows(6);
    let (pruned, whole) = (Scheduler::of_sqlite(), Scheduler::of_sqlite());
    pruned.recorded(&rows, 1..=5);
    let as_of = day(5).plus(Span(12 * HOUR_US));
    for scheduler in [&pruned, &whole] {
        scheduler.shows(&rows, day(0), as_of);
    }
    let store = ["--store", "store.sqlite"];
    let windows = ["2026-03-04T00:00:00Z/12h", "2026-03-06T00:00:00Z/12h"];
    let expected = figures(whole.report(windows, as_of, &[]));
    let same = |report: Value| {
        support::first_difference(&format!("{expected:#}"), &format!("{:#}", figures(report)))
    };
    // Where nothing is gone, nothing is said.
    let complete = pruned.report(windows, as_of, &store);
    assert_eq!(complete["source"]["history"], Value::Null);
    assert_eq!(same(complete), None);
    pruned.database.run("DELETE FROM job_log WHERE state = 'ok' AND planned < '2026-03-05 18:00'");
    let found = pruned.report(windows, as_of, &store);
    assert!(caveats(&found, "history")[0].contains("that the table no longer holds are taken from"));
    assert_eq!(same(found), None);
}

#[test]
fn nights_that_were_not_recorded_are_a_gap_and_no_missed_runs() {
    let rows = rows(26);
    let scheduler = Scheduler::of_sqlite();
    // Nothing was recorded from the 13th to the 17th.
    scheduler.recorded(&rows, [10, 11, 12, 20, 21, 22, 23, 24]);
    let as_of = day(24).plus(Span(19 * HOUR_US));
    scheduler.shows(&rows, as_of.plus(Span(-3 * DAY_US)), as_of);
    let store = ["--store", "store.sqlite"];
    let before = scheduler.report(["2026-03-11T06:00:00Z/12h", WEEK_APART[1]], as_of, &store);
    assert_eq!(before["totals"]["baseline"]["missed_runs"], 0);
    let gap = &before["source"]["history"]["gaps"][0];
    assert_eq!(gap["start"], "2026-03-13T00:00:00Z");
    assert!(gap["end"].as_str().unwrap().starts_with("2026-03-18T00:"), "{gap}");
    // A window that reaches into it is looked at as far as it is known.
    let into = scheduler.report(["2026-03-12T12:00:00Z/24h", WEEK_APART[1]], as_of, &store);
    assert_eq!(into["windows"]["baseline"]["seconds"], 12.0 * 3_600.0);
    assert_eq!(into["totals"]["baseline"]["missed_runs"], 0);
    let told = caveats(&into, "excluded_inside");
    assert!(told[0].contains("were not recorded, and the table no longer holds them"), "{told:?}");
    // Of one inside nothing is known.
    let inside = scheduler.try_report(["2026-03-14T06:00:00Z/12h", WEEK_APART[1]], as_of, &store).refused();
    assert!(
        inside
            .contains("nothing is known of the baseline window: its runs were not recorded from 2026-03-13")
    );
    // Without the store it is as it always was.
    let without = scheduler.report(["2026-03-14T06:00:00Z/12h", WEEK_APART[1]], as_of, &[]);
    assert_eq!(without["totals"]["baseline"]["started"], 0);
}

#[test]
fn runs_that_were_read_by_another_mapping_are_not_mixed_with_these() {
    let rows = rows(6);
    let scheduler = Scheduler::of_sqlite();
    scheduler.recorded(&rows, [2]);
    let as_of = day(5);
    scheduler.shows(&rows, day(4), as_of);
    let changed = DEPLOYMENT.replace("table = \"job_log\"", "table = \"job_log\"\nwhere = \"try < 9\"");
    scheduler.desk.put("deployment.toml", &changed);
    let windows = ["2026-03-02T00:00:00Z/12h", "2026-03-05T00:00:00Z/12h"];
    let report = scheduler.report(windows, as_of, &["--store", "store.sqlite"]);
    assert_eq!(report["totals"]["baseline"]["started"], 0);
    let told = caveats(&report, "source_limit").concat();
    assert!(
        told.contains("recorded runs of this source are not used, since they were read by another mapping")
    );
    let said = scheduler.record(as_of, &[]);
    assert!(said.stderr.contains("the mapping is another than before"), "{said:?}");
    assert!(said.stderr.contains("the history begins at 2026-03-05"), "{said:?}");
    // A further status word is the same mapping: words are kept as they are.
    let words = DEPLOYMENT.replace("ok = \"success\"", "ok = \"success\", lost = \"failed\"");
    scheduler.desk.put("deployment.toml", words);
    let report = scheduler.report(windows, as_of, &["--store", "store.sqlite"]);
    assert!(report["totals"]["baseline"]["started"].as_u64().unwrap() > 0);
}

#[test]
fn a_status_word_that_nobody_mapped_is_recorded_and_found_when_it_is_counted() {
    let mut rows = rows(6);
    rows.iter_mut().filter(|row| row.job == "Backup").for_each(|row| row.state = "strange");
    let scheduler = Scheduler::of_sqlite();
    scheduler.recorded(&rows, [2]);
    scheduler.shows(&rows, day(4), day(5));
    let windows = ["2026-03-01T12:00:00Z/12h", "2026-03-05T00:00:00Z/12h"];
    let refused = scheduler.try_report(windows, day(5), &["--store", "store.sqlite"]).refused();
    assert!(refused.contains("strange"), "{refused}");
    scheduler.desk.put("deployment.toml", DEPLOYMENT.replace("ok = ", "strange = \"failed\", ok = "));
    let report = scheduler.report(windows, day(5), &["--store", "store.sqlite"]);
    let backup = report["jobs"].as_array().unwrap().iter().find(|job| job["name"] == "Backup").unwrap();
    assert_eq!(backup["baseline"]["started"], 1);
}

#[test]
fn old_runs_are_deleted_only_where_that_was_asked_for() {
    let rows = rows(12);
    let scheduler = Scheduler::of_sqlite();
    scheduler.recorded(&rows, [5, 6]);
    let said = scheduler.record(day(7), &["--keep", "3d"]);
    assert!(said.stderr.contains("older runs were deleted"), "{said:?}");
    assert!(said.stderr.contains("the history begins at 2026-03-05 00:00 UTC"), "{said:?}");
    let refused = scheduler.record(day(7), &["--keep", "soon"]).refused();
    assert!(refused.contains("--keep"), "{refused}");
}

#[test]
fn a_killed_recording_leaves_the_older_state() {
    let rows = rows(12);
    let scheduler = Scheduler::of_sqlite();
    scheduler.recorded(&rows, [2]);
    let older = scheduler.stored();
    scheduler.shows(&rows, day(0), day(10));
    let (url, as_of) = (scheduler.database.url(), day(10).to_string());
    let arguments = ["record", "--db", &url, "--store", "store.sqlite", "--as-of", &as_of];
    let mut killed = 0;
    // Each is killed a little later than the one before, until one gets through.
    for wait in 0..400 {
        let mut command = scheduler.desk.command(arguments);
        let quiet = || std::process::Stdio::null();
        let mut child = command.stdout(quiet()).stderr(quiet()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait * 5));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let now = scheduler.stored();
        if now != older {
            // It had done all of its work.
            break;
        }
        killed += 1;
    }
    assert!(killed > 0);
    scheduler.record(day(10), &[]).succeeded();
    let undisturbed = Scheduler::of_sqlite();
    undisturbed.recorded(&rows, [2]);
    undisturbed.shows(&rows, day(0), day(10));
    undisturbed.record(day(10), &[]).succeeded();
    // The series names the file.
    let runs = |stored: String| -> Vec<String> {
        stored.lines().filter(|line| !line.contains("INTO recorded_series")).map(str::to_owned).collect()
    };
    assert_eq!(runs(scheduler.stored()), runs(undisturbed.stored()));
}

#[test]
fn a_full_disk_keeps_what_was_recorded() {
    let rows = rows(12);
    let scheduler = Scheduler::of_sqlite();
    scheduler.shows(&rows, day(0), day(12));
    let (url, place) = (scheduler.database.url(), scheduler.desk.path().display());
    let record = |day: u32| {
        format!(
            "\"$2\" record --db '{url}' --deployment '{place}/deployment.toml' --store store.sqlite \
             --as-of 2026-03-{day:02}T00:00:00Z"
        )
    };
    let count = "sqlite3 store.sqlite 'SELECT COUNT(*) > 100, (SELECT MAX(end_us) FROM recorded_stretches) \
                 FROM recorded_runs'";
    let script = format!(
        "{}; {count}; head -c 300000 /dev/zero >filler 2>/dev/null || true; if {}; then exit 9; fi; {count}",
        record(2),
        record(12)
    );
    let finished = on_a_disk(192, &script);
    let end = day(1).us();
    assert_eq!(
        (finished.code, finished.stdout),
        (Some(0), format!("1|{end}\n1|{end}\n")),
        "{}",
        finished.stderr
    );
    assert!(finished.stderr.contains("error: "), "{}", finished.stderr);
}

#[test]
fn what_cannot_be_recorded_is_refused() {
    let scheduler = Scheduler::of_sqlite();
    let empty = scheduler.record(day(1), &[]);
    assert!(empty.stderr.contains("nothing of runs.sqlite is to be recorded"), "{empty:?}");
    let refused = scheduler.record(day(1), &["--since", "yesterday"]).refused();
    assert!(refused.contains("--since"), "{refused}");
    let missing = scheduler.try_report(WEEK_APART, day(25), &["--store", "nowhere.sqlite"]).refused();
    assert!(missing.contains("there is no store nowhere.sqlite"), "{missing}");
}

const LOCAL: &str = r#"
[source]
table = "ticks"
columns = { job_name = "job", started_at = "at", duration = "took", status = "state", attempt = "tries" }
duration_unit = "ms"
time_zone = "Europe/Berlin"
statuses = { ok = "success", ko = "failed" }
null_status = "running"
attempt_base = 0
bound = { column = "id", within = "6h" }
dedupe_within = "2s"
where = "job <> 'test'"
"#;

/// Local times over a change of the clocks, durations in place of ends, doubled rows, and a key in place of an index:
/// what a mapping makes of rows is made once, whether they were kept or not.
#[test]
fn whatever_the_mapping_does_kept_rows_are_the_same_runs() {
    for database in databases() {
        let engine = database.engine;
        let time = match engine {
            Engine::Sqlite => "TEXT",
            Engine::Postgres => "timestamp",
            Engine::MariaDb => "DATETIME(6)",
        };
        let table = format!(
            "CREATE TABLE ticks (id BIGINT PRIMARY KEY, job VARCHAR(20), at {time}, took BIGINT, state VARCHAR(20), \
             tries INTEGER);\n"
        );
        // Minutes of local time; clocks are put forward on the 29th at 02:00.
        let tick = |id: i64| {
            let (job, luck) =
                (["A", "B", "test"][usize::try_from(id % 3).unwrap()], random(usize::try_from(id).unwrap()));
            let at = day(20).plus(Span((id / 2) * 7 * MINUTE_US + (id % 2) * SECOND_US));
            let at = at.to_utc().unwrap().format("%Y-%m-%d %H:%M:%S%.6f").to_string();
            let state = ["'ok'", "'ok'", "'ok'", "'ko'", "NULL"][usize::try_from(luck % 5).unwrap()];
            let took = if state == "NULL" { "NULL".to_owned() } else { (luck % 9_000 + 500).to_string() };
            (at.clone(), format!("({id}, '{job}', '{at}', {took}, {state}, {})", luck % 7 / 6))
        };
        let ticks: Vec<(String, String)> = (0..6_600).map(tick).collect();
        let shows = |scheduler: &Scheduler, from: &str, until: &str| {
            let seen = ticks.iter().filter(|(at, _)| from <= at.as_str() && at.as_str() < until);
            let values: Vec<&str> = seen.map(|(_, value)| value.as_str()).collect();
            let mut script = "DELETE FROM ticks;\n".to_owned();
            for batch in values.chunks(500) {
                script += &format!("INSERT INTO ticks VALUES {};\n", batch.join(", "));
            }
            scheduler.database.run(&script);
        };
        let of = |database: Database| {
            database.run(&table);
            let scheduler = Scheduler { database, desk: Desk::new() };
            scheduler.desk.put("deployment.toml", LOCAL);
            scheduler
        };
        let pruned = of(database);
        for night in 30..=35 {
            let from = if night == 30 { day(0) } else { day(night - 3) };
            let date = |at: Timestamp| at.to_utc().unwrap().format("%Y-%m-%d").to_string();
            shows(&pruned, &date(from), &date(day(night)));
            pruned.record(day(night), &[]).succeeded();
        }
        let whole = of(Database::fresh(engine));
        shows(&whole, "2026-03-01", "2026-04-05");
        let windows = ["2026-03-28T22:00:00Z/6h", "2026-04-04T10:00:00Z/6h"];
        let scan = ["--execution", "scan", "--placebo-days", "0"];
        let expected = whole.report(windows, day(35), &scan);
        assert_eq!(caveats(&expected, "clock_change").len(), 1, "{:?}", expected["caveats"]);
        let expected = format!("{:#}", figures(expected));
        for execution in ["scan", "pushdown"] {
            let options = ["--execution", execution, "--placebo-days", "0", "--store", "store.sqlite"];
            let found = pruned.report(windows, day(35), &options);
            assert_eq!(caveats(&found, "history").len(), 1);
            let found = format!("{:#}", figures(found));
            if let Some(difference) = support::first_difference(&expected, &found) {
                panic!("{engine:?} {execution}: {difference}");
            }
        }
    }
}

#[test]
fn a_number_is_explained_and_targets_are_checked_with_the_recorded_runs() {
    let rows = rows(26);
    let scheduler = Scheduler::of_sqlite();
    scheduler.recorded(&rows, 15..=24);
    let as_of = day(24).plus(Span(19 * HOUR_US));
    scheduler.shows(&rows, as_of.plus(Span(-3 * DAY_US)), as_of);
    let as_of = as_of.to_string();
    let url = scheduler.database.url();
    let common = ["--db", &url, "--store", "store.sqlite", "--as-of", &as_of];
    let windows = ["--baseline", WEEK_APART[0], "--stagger", WEEK_APART[1], "--placebo-days", "0"];
    let explained = ["explain", "Sync", "p95_duration"];
    let explained = scheduler.desk.run(explained.iter().chain(&common).chain(&windows)).succeeded();
    assert!(
        explained.contains("the queries were run on an SQLite copy of the table's rows and"),
        "{explained}"
    );
    let target = ["check", "--target", "p95_duration[Sync] <= +500%"];
    let checked = scheduler.desk.run(target.iter().chain(&common).chain(&windows));
    assert!(checked.stdout.contains("met"), "{checked:?}");
    // The command that a report gives for a number names the store.
    let page = ["report", "--format", "html"];
    let page = scheduler.desk.run(page.iter().chain(&common).chain(&windows)).succeeded();
    assert!(page.contains("--store FILE"), "{page}");
    assert!(page.contains("taken from the recorded history"), "{page}");
}

/// A table of jobdelta's own with runs of two days, the last of which is yesterday.
fn recent(folder: &Path) {
    support::jobdelta_in(folder, ["migrate", "--db", "runs.sqlite"]).succeeded();
    let now = jobdelta::clock::Clock::System.now();
    let row = |hour: i64| {
        let start = now.plus(Span(-hour * HOUR_US));
        format!("A,{start},{},success\n", start.plus(Span(SECOND_US)))
    };
    let rows: String = (24..72).map(row).collect();
    std::fs::write(folder.join("rows.csv"), format!("job_name,started_at,finished_at,status\n{rows}"))
        .unwrap();
    support::jobdelta_in(folder, ["import", "--db", "runs.sqlite", "rows.csv"]).succeeded();
}

#[test]
fn a_database_of_somebody_else_is_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    recent(folder);
    let theirs = folder.join("theirs.sqlite");
    support::script(Engine::Sqlite, theirs.to_str().unwrap(), "PRAGMA user_version = 2; CREATE TABLE t (x);")
        .unwrap();
    for store in ["theirs.sqlite", "runs.sqlite"] {
        let before = std::fs::read(folder.join(store)).unwrap();
        for command in [&["record"][..], &["report", "--at", "36h", "--until", "now"]] {
            let files = ["--db", "runs.sqlite", "--store", store];
            let arguments = command.iter().chain(&files);
            let said = support::jobdelta_in(folder, arguments).refused();
            assert!(said.contains("it is no store of jobdelta"), "{command:?}: {said}");
        }
        assert!(before == std::fs::read(folder.join(store)).unwrap(), "{store} is as it was");
    }
}

#[test]
fn two_first_recordings_at_once_make_one_store() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    recent(folder);
    let record =
        || support::jobdelta_in(folder, ["record", "--db", "runs.sqlite", "--store", "store.sqlite"]);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(record)).collect();
        for one in all {
            one.join().unwrap().succeeded();
        }
    });
    assert!(record().succeeded().is_empty());
}

#[test]
fn what_a_clock_ahead_called_recorded_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    recent(folder);
    let ahead = jobdelta::clock::Clock::System.now().plus(Span(2 * DAY_US)).to_string();
    let record = |more: &[&str]| {
        let arguments = ["record", "--db", "runs.sqlite", "--store", "store.sqlite"];
        support::jobdelta_in(folder, arguments.iter().chain(more)).stderr
    };
    record(&["--as-of", &ahead]);
    let again = record(&[]);
    assert!(again.contains("48 runs of ") && again.contains("the clock has shown"), "{again}");
    let usual = record(&[]);
    assert!(!usual.contains("the clock has shown"), "{usual}");
}
