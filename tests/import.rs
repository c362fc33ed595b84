//! Runs from files in the real databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Lines are made with format!, which reads better than write! in a fold.
#![allow(clippy::format_collect, clippy::format_push_string)]

mod support;

use std::path::{Path, PathBuf};

use jobdelta::database::store::Stored;
use jobdelta::database::{Access, Connection, Driver};
use jobdelta::settings::FileMapping;
use jobdelta::source::files::read_files;
use jobdelta::source::load::{self, BadLines, ImportError, ImportOptions, ImportSummary};
use support::{Database, Engine, databases, jobdelta, jobdelta_in};

const HEADER: &str = "run_id,job_name,started_at,finished_at,status,worker,error_message\n";

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// The three databases, with the tables made.
fn migrated() -> Vec<Database> {
    let databases = databases();
    for database in &databases {
        wait(load::make_tables(&database.url())).unwrap();
    }
    databases
}

fn write(database: &Database, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = database.folder().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn try_import(database: &Database, files: &[PathBuf], skip_bad: bool) -> Result<ImportSummary, String> {
    let bad_lines = if skip_bad { BadLines::Skip } else { BadLines::Refuse };
    let options = ImportOptions { bad_lines, ..ImportOptions::default() };
    wait(load::import_into(&database.url(), files, &options, &mut |_| {}))
        .map_err(|error| error.to_string().replace(&format!("{}/", database.folder().display()), ""))
}

/// Imports one file that must be good: runs added, updated, unchanged.
#[track_caller]
fn import(database: &Database, file: &Path) -> (u64, u64, u64) {
    let summary = try_import(database, &[file.to_owned()], false).unwrap();
    let Stored { added, updated, unchanged } = summary.files[0].stored;
    (added, updated, unchanged)
}

fn count(database: &Database) -> String {
    database.value("SELECT count(*) FROM job_runs")
}

/// An instant of the native column in microseconds since the epoch.
fn us(engine: Engine, column: &str) -> String {
    match engine {
        Engine::Sqlite => column.to_owned(),
        Engine::Postgres => format!("(extract(epoch FROM {column}) * 1000000)::bigint"),
        Engine::MariaDb => format!("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', {column})"),
    }
}

#[test]
fn measured_runs_are_imported_once() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/node-cron/runs.csv");
    for database in migrated() {
        let engine = database.engine;
        assert_eq!(import(&database, &file), (200, 0, 0), "{engine:?}");
        assert_eq!(import(&database, &file), (0, 0, 200), "{engine:?}");
        let statuses = database.rows("SELECT status, count(*) FROM job_runs GROUP BY status ORDER BY status");
        let statuses: Vec<String> = statuses.into_iter().map(|row| row.join(" ")).collect();
        assert_eq!(statuses, ["failed 8", "running 2", "skipped 5", "success 185"], "{engine:?}");
        let first = database.rows(&format!(
            "SELECT job_name, {}, {}, schedule, effective_schedule, stagger_offset_s FROM job_runs ORDER BY id LIMIT 1",
            us(engine, "started_at"),
            us(engine, "finished_at"),
        ));
        let wanted = [
            "Referral Tier 2 Processor",
            "1795437360452000",
            "1795437360640000",
            "* * * * *",
            "* * * * *",
            "0",
        ];
        assert_eq!(first, [wanted], "{engine:?}");
    }
}

#[test]
fn every_column_arrives_unchanged() {
    let content = "{\"run_id\":\"é\",\"job_name\":\" 🦀 \",\"scheduled_at\":\"1000-01-01T00:00:00Z\",\
        \"started_at\":\"9999-12-31T23:59:59.999999Z\",\"finished_at\":1,\"status\":\"skipped\",\
        \"skip_reason\":\"it's \\\\ \\\"late\\\"\",\"error_message\":\"a\\nb\\tc\",\"worker\":\"w\",\"attempt\":3,\
        \"schedule\":\"s\",\"effective_schedule\":\"e\",\"stagger_offset_s\":-5}";
    for database in migrated() {
        let engine = database.engine;
        let file = write(&database, "a.ndjson", content);
        assert_eq!(import(&database, &file), (1, 0, 0));
        let text = |column| match engine {
            Engine::MariaDb => format!("HEX({column})"),
            Engine::Sqlite => format!("hex({column})"),
            Engine::Postgres => format!("upper(encode(convert_to({column}, 'UTF8'), 'hex'))"),
        };
        let columns = [
            text("run_id"),
            text("job_name"),
            us(engine, "scheduled_at"),
            us(engine, "started_at"),
            us(engine, "finished_at"),
            "status".to_owned(),
            text("skip_reason"),
            text("error_message"),
            "worker, attempt, schedule, effective_schedule, stagger_offset_s".to_owned(),
        ];
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
        let wanted = [
            &hex("é"),
            &hex(" 🦀 "),
            "-30610224000000000",
            "253402300799999999",
            "1000000",
            "skipped",
            &hex("it's \\ \"late\""),
            &hex("a\nb\tc"),
            "w",
            "3",
            "s",
            "e",
            "-5",
        ];
        let row = database.rows(&format!("SELECT {} FROM job_runs", columns.join(", ")));
        assert_eq!(row, [wanted], "{engine:?}");
    }
}

#[test]
fn a_grown_file_adds_what_is_new() {
    let line = |at: u32| format!(",A,{at},,success,,\n");
    for database in migrated() {
        let old: String = (0..10).map(line).collect();
        let file = write(&database, "a.csv", format!("{HEADER}{old}"));
        assert_eq!(import(&database, &file), (10, 0, 0));
        // Two of the new ones equal an old one, one of them in the old one's place.
        let new: String = [line(3), old, line(10), line(9)].concat();
        let file = write(&database, "a.csv", format!("{HEADER}{new}"));
        assert_eq!(import(&database, &file), (3, 0, 10), "{:?}", database.engine);
        assert_eq!(count(&database), "13");
    }
}

#[test]
fn equal_lines_are_different_runs() {
    for database in migrated() {
        let content = format!("{HEADER}{}", ",A,5,6,success,,\n".repeat(3));
        let file = write(&database, "a.csv", content);
        assert_eq!(import(&database, &file), (3, 0, 0));
        assert_eq!(import(&database, &file), (0, 0, 3), "{:?}", database.engine);
    }
}

#[test]
fn names_are_compared_byte_by_byte() {
    let longest = "ä".repeat(999);
    for database in migrated() {
        let engine = database.engine;
        let mut content = "job_name,started_at,status\n".to_owned();
        let names = [
            "job",
            "Job",
            "job ",
            "jöb",
            "job🦀",
            "job\u{200b}",
            &format!("{longest}a"),
            &format!("{longest}b"),
        ];
        for name in names {
            content.push_str(&format!("{name},0,success\n"));
        }
        let file = write(&database, "a.csv", content);
        assert_eq!(import(&database, &file), (8, 0, 0), "{engine:?}");
        assert_eq!(import(&database, &file), (0, 0, 8), "{engine:?}");
        assert_eq!(database.value("SELECT count(DISTINCT job_name) FROM job_runs"), "8", "{engine:?}");
        for name in names {
            let sql = format!("SELECT count(*) FROM job_runs WHERE job_name = '{name}'");
            assert_eq!(database.value(&sql), "1", "{engine:?} {name:?}");
        }
    }
}

#[test]
fn a_running_run_takes_its_end_and_never_loses_it() {
    for database in migrated() {
        let engine = database.engine;
        // With an id, and without one.
        let running = format!("{HEADER}r1,A,5,,running,w1,\n,B,5,,running,,\n,B,5,,running,w2,\n");
        let ended = format!("{HEADER}r1,A,5,9,failed,,boom\n,B,5,,running,,\n,B,5,8,success,,\n");
        let running = write(&database, "running.csv", running);
        let ended = write(&database, "ended.csv", ended);
        assert_eq!(import(&database, &running), (3, 0, 0), "{engine:?}");
        assert_eq!(import(&database, &ended), (0, 2, 1), "{engine:?}");
        assert_eq!(import(&database, &ended), (0, 0, 3), "{engine:?}");
        assert_eq!(import(&database, &running), (0, 0, 3), "{engine:?}");
        let sql = format!(
            "SELECT job_name, status, coalesce({}, 0), coalesce(worker, '-'), coalesce(error_message, '-') \
             FROM job_runs ORDER BY id",
            us(engine, "finished_at")
        );
        let wanted = [
            ["A", "failed", "9000000", "w1", "boom"],
            ["B", "running", "0", "-", "-"],
            ["B", "success", "8000000", "w2", "-"],
        ];
        assert_eq!(database.rows(&sql), wanted, "{engine:?}");
    }
}

/// A log that has a line for the start and one for the end of each run, read in one go.
#[test]
fn start_and_end_in_one_file_are_one_run() {
    for database in migrated() {
        let engine = database.engine;
        let mut content = HEADER.to_owned();
        // More than a batch, so that some ends meet their start in the table and some in the same batch.
        for run in 0..15_000 {
            content.push_str(&format!("r{run},A,{run},,running,w{run},\n"));
            if run >= 7_000 {
                let ended = run - 7_000;
                content.push_str(&format!("r{ended},A,{ended},{},success,,\n", ended + 1));
            }
            if run % 1_000 == 0 {
                content.push_str(&format!("s{run},B,{run},,running,w,\ns{run},B,{run},{run},failed,,no\n"));
                content.push_str(&format!("s{run},B,{run},,running,w,\n"));
            }
        }
        let file = write(&database, "a.csv", content);
        assert_eq!(import(&database, &file), (15_015, 8_015, 15), "{engine:?}");
        let sql = "SELECT job_name, status, count(*), count(finished_at), count(worker), count(error_message) \
                   FROM job_runs GROUP BY job_name, status ORDER BY job_name, status";
        let wanted = [
            ["A", "running", "7000", "0", "7000", "0"],
            ["A", "success", "8000", "8000", "8000", "0"],
            ["B", "failed", "15", "15", "15", "15"],
        ];
        assert_eq!(database.rows(sql), wanted, "{engine:?}");
    }
}

#[test]
fn nothing_of_a_bad_file_is_kept() {
    for database in migrated() {
        let engine = database.engine;
        // The bad line comes after whole batches were sent.
        let mut content = HEADER.to_owned();
        for at in 0..12_500 {
            content.push_str(&format!(",A,{at},,success,,\n"));
        }
        content.push_str(",A,1,,ok,,\n");
        let good = write(&database, "good.csv", format!("{HEADER},B,1,,success,,\n"));
        let bad = write(&database, "bad.csv", content);
        let error = try_import(&database, &[good, bad.clone()], false).unwrap_err();
        assert_eq!(
            error,
            "bad.csv, line 12502: status 'ok' is not one of running, success, failed, timeout, skipped, \
             cancelled; nothing of this file was kept (--skip-bad leaves such lines out)",
            "{engine:?}"
        );
        assert_eq!(count(&database), "1", "{engine:?}: the good file before it is kept");

        let summary = try_import(&database, &[bad], true).unwrap();
        assert_eq!(summary.files[0].stored, Stored { added: 12_500, updated: 0, unchanged: 0 }, "{engine:?}");
        assert_eq!(summary.files[0].bad, 1);
        assert_eq!(count(&database), "12501", "{engine:?}");
    }
}

#[test]
fn the_commands_say_what_they_did() {
    for database in databases() {
        let url = database.url();
        let made = jobdelta(["migrate", "--db", &url]).succeeded();
        assert!(made.ends_with(": job_runs is up to date\n"), "{made}");

        let bad: String = (0..12).map(|n| format!(",A,1,,bad{n},,\n")).collect();
        write(&database, "a.csv", format!("{HEADER},A,0,,success,,\n{bad},A,1,,success,,\n"));
        let refused = jobdelta_in(database.folder(), ["import", "--db", &url, "a.csv"]).refused();
        assert!(
            refused.contains("a.csv, line 3: status 'bad0' is not one of running, success,"),
            "{refused}"
        );
        assert!(
            refused.contains("nothing of this file was kept (--skip-bad leaves such lines out)"),
            "{refused}"
        );
        assert_eq!(count(&database), "0");

        let finished = jobdelta_in(database.folder(), ["import", "--db", &url, "--skip-bad", "a.csv"]);
        let lines: Vec<&str> = finished.stderr.lines().collect();
        assert_eq!(lines.len(), 11, "{}", finished.stderr);
        assert!(lines[0].starts_with("left out: a.csv, line 3: status 'bad0' is not one of"), "{}", lines[0]);
        assert_eq!(lines[10], "left out: 2 lines more of a.csv; --all-errors shows each");
        assert_eq!(finished.succeeded(), "a.csv: 2 added, 0 updated, 0 unchanged, 12 lines left out\n");
        let whole = ["import", "--db", &url, "--skip-bad", "--all-errors", "a.csv"];
        let whole = jobdelta_in(database.folder(), whole).stderr;
        assert_eq!(whole.lines().count(), 12, "{whole}");
        assert!(whole.contains("line 14: status 'bad11' is not one of"), "{whole}");
    }
}

#[test]
fn an_empty_file_adds_nothing() {
    for database in migrated() {
        let nothing = write(&database, "a.jsonl", "");
        assert_eq!(import(&database, &nothing), (0, 0, 0));
        let nothing = write(&database, "a.csv", "");
        let error = try_import(&database, &[nothing], true).unwrap_err();
        assert_eq!(error, "a.csv: the file is empty; its first line must name the columns");
    }
}

#[test]
fn rows_and_columns_of_other_programs_are_let_be() {
    for database in migrated() {
        let engine = database.engine;
        let at = |us: u32| match engine {
            Engine::Sqlite => us.to_string(),
            _ => format!("'2026-01-01 00:00:00.{us:06}'"),
        };
        database.run("ALTER TABLE job_runs ADD COLUMN team text");
        for us in [1, 1, 2] {
            database.run(&format!(
                "INSERT INTO job_runs (job_name, started_at, status, team) VALUES ('A', {}, 'running', 'x')",
                at(us)
            ));
        }
        let file = write(&database, "a.csv", format!("{HEADER},A,1,,success,,\n"));
        assert_eq!(import(&database, &file), (1, 0, 0), "{engine:?}");
        assert_eq!(database.value("SELECT count(*) FROM job_runs WHERE team = 'x'"), "3", "{engine:?}");
    }
}

#[test]
fn the_table_refuses_what_is_no_run() {
    for database in migrated() {
        let at = if database.engine == Engine::Sqlite { "1" } else { "'2026-01-01'" };
        let insert = |columns: &str, values: &str| {
            database.script(&format!("INSERT INTO job_runs (started_at, {columns}) VALUES ({at}, {values});"))
        };
        for (columns, values) in [
            ("job_name, status", "'A', 'ok'"),
            ("job_name, status", "'A', 'Running'"),
            ("job_name, status", "'A', 'running '"),
            ("job_name, status", "'', 'running'"),
            ("job_name, status", "NULL, 'running'"),
            ("job_name", "'A'"),
            ("job_name, status, skip_reason", "'A', 'failed', 'lock'"),
            ("job_name, status, attempt", "'A', 'failed', -1"),
            ("job_name, status", &format!("'{}', 'failed'", "x".repeat(1_001))),
        ] {
            let refused = insert(columns, values);
            assert!(refused.is_err(), "{:?}: {columns}: {values}", database.engine);
        }
        insert("job_name, status, skip_reason, attempt", "'A', 'skipped', 'holiday', 0").unwrap();
    }
}

#[test]
fn windows_and_jobs_are_found_by_an_index() {
    for database in migrated() {
        let engine = database.engine;
        let mut content = "job_name,started_at,status\n".to_owned();
        for at in 0..5_000 {
            content.push_str(&format!("job {},{at},success\n", at % 500));
        }
        import(&database, &write(&database, "a.csv", content));
        let instant = |second: u32| match engine {
            Engine::Sqlite => format!("{second}000000"),
            Engine::Postgres => format!("to_timestamp({second})"),
            Engine::MariaDb => format!("'1970-01-01 00:00:{second:02}'"),
        };
        let explain = match engine {
            Engine::Sqlite => "EXPLAIN QUERY PLAN",
            Engine::Postgres => "ANALYZE job_runs; EXPLAIN",
            Engine::MariaDb => "EXPLAIN",
        };
        let plan = |condition: String| {
            let rows = database.rows(&format!("{explain} SELECT status FROM job_runs WHERE {condition}"));
            rows.into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let window = plan(format!("started_at >= {} AND started_at < {}", instant(10), instant(20)));
        assert!(window.contains("job_runs_started_at"), "{engine:?}: {window}");
        let name = match engine {
            Engine::Postgres => "left(job_name, 200) = left('job 7', 200) AND job_name = 'job 7'",
            _ => "job_name = 'job 7'",
        };
        let job = plan(name.to_owned());
        assert!(job.contains("job_runs_job_name"), "{engine:?}: {job}");
    }
}

#[test]
fn migrating_twice_changes_nothing() {
    for database in migrated() {
        import(&database, &write(&database, "a.csv", format!("{HEADER},A,1,,success,,\n")));
        wait(load::make_tables(&database.url())).unwrap();
        assert_eq!(count(&database), "1");
    }
}

/// MySQL and MariaDB cannot take a table back; a failure must not be in the way of the next try.
#[test]
fn a_table_of_that_name_is_not_touched() {
    for database in databases() {
        let engine = database.engine;
        database.run("CREATE TABLE job_runs (mine int)");
        let error = wait(load::make_tables(&database.url())).unwrap_err().to_string();
        assert!(error.starts_with("failed to migrate "), "{error}");
        assert!(error.contains("already exists"), "{error}");
        let file = write(&database, "a.csv", format!("{HEADER},A,1,,success,,\n"));
        let error = try_import(&database, std::slice::from_ref(&file), false).unwrap_err();
        assert!(
            error.contains("this table is not the one that `jobdelta migrate` makes"),
            "{engine:?}: {error}"
        );
        database.run("DROP TABLE job_runs");
        wait(load::make_tables(&database.url())).unwrap();
        assert_eq!(import(&database, &file), (1, 0, 0), "{engine:?}");
    }
}

#[test]
fn without_the_table_the_message_says_what_to_do() {
    for database in databases() {
        let engine = database.engine;
        let file = write(&database, "a.csv", format!("{HEADER},A,1,,success,,\n"));
        let error = match engine {
            Engine::Sqlite => {
                let missing = try_import(&database, std::slice::from_ref(&file), false).unwrap_err();
                assert!(missing.contains("no such file; check the path, or make the file with"), "{missing}");
                database.run("CREATE TABLE other (a int)");
                try_import(&database, &[file], false).unwrap_err()
            }
            _ => try_import(&database, &[file], false).unwrap_err(),
        };
        assert!(error.starts_with("failed to add runs to job_runs on "), "{error}");
        assert!(
            error.ends_with("; make the table with `jobdelta migrate`; nothing of this file was kept"),
            "{error}"
        );
    }
}

#[test]
fn a_reader_may_not_import() {
    for database in migrated().iter().filter(|database| database.engine != Engine::Sqlite) {
        let file = write(database, "a.csv", format!("{HEADER},A,1,,success,,\n"));
        let url = database.reader_url();
        let error = wait(load::import_into(&url, &[file], &ImportOptions::default(), &mut |_| {}))
            .unwrap_err()
            .to_string();
        assert!(error.contains("grant SELECT, INSERT and UPDATE on the table to this role"), "{error}");
        assert_eq!(count(database), "0");
    }
}

#[test]
fn import_works_through_a_pooler() {
    let database = Database::fresh(Engine::Postgres);
    wait(load::make_tables(&database.url())).unwrap();
    let lines: String = (0..13_000).map(|at| format!(",A,{at},,success,,\n")).collect();
    let file = write(&database, "a.csv", format!("{HEADER}{lines}"));
    let url = database.pooler_url();
    for wanted in [(13_000, 0), (0, 13_000)] {
        let summary = wait(load::import_into(
            &url,
            std::slice::from_ref(&file),
            &ImportOptions::default(),
            &mut |_| {},
        ))
        .unwrap();
        assert_eq!((summary.files[0].stored.added, summary.files[0].stored.unchanged), wanted);
    }
}

#[test]
fn a_locked_file_is_said_to_be_locked() {
    let database = Database::fresh(Engine::Sqlite);
    wait(load::make_tables(&database.url())).unwrap();
    let file = write(&database, "a.csv", format!("{HEADER},A,1,,success,,\n"));
    wait(async {
        let mut holder = Connection::open(&database.url(), Access::Write).await.unwrap();
        let Driver::Sqlite(connection) = &mut holder.driver else { panic!("not SQLite") };
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(connection).await.unwrap();
        let error = load::import_into(&database.url(), &[file], &ImportOptions::default(), &mut |_| {})
            .await
            .unwrap_err();
        assert!(matches!(error, ImportError::Database(_)));
        assert!(
            error.to_string().contains("another program holds a lock; try again when it is done"),
            "{error}"
        );
    });
}

#[test]
fn files_are_read_into_memory() {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("a.csv");
    let ndjson = folder.path().join("b.jsonl");
    std::fs::write(&csv, "job_name,started_at,status\nA,1,success\nA,1,success\n").unwrap();
    std::fs::write(&ndjson, "{\"job_name\":\"B\",\"started_at\":1,\"status\":\"running\"}\n").unwrap();
    wait(async {
        let form = FileMapping::default();
        let mut connection = read_files(&[csv.clone(), ndjson], &form).await.unwrap().connection;
        let Driver::Sqlite(c) = &mut connection.driver else { panic!("not SQLite") };
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM job_runs").fetch_one(c).await.unwrap();
        assert_eq!(rows, 3);
        std::fs::write(&csv, "job_name,started_at,status\nA,1,nope\n").unwrap();
        let error = read_files(&[csv], &form).await.unwrap_err().to_string();
        assert!(error.contains("a.csv, line 2: status 'nope' is not one of"), "{error}");
    });
}

#[test]
fn progress_reaches_the_end_of_each_file() {
    let database = Database::fresh(Engine::Sqlite);
    wait(load::make_tables(&database.url())).unwrap();
    let lines: String = (0..5_000).map(|at| format!(",A,{at},,success,,\n")).collect();
    let file = write(&database, "a.csv", format!("{HEADER}{lines}"));
    let mut seen = Vec::new();
    wait(load::import_into(&database.url(), &[file], &ImportOptions::default(), &mut |progress| {
        seen.push((progress.read_bytes, progress.size_bytes));
    }))
    .unwrap();
    assert!(seen.len() > 3 && seen.is_sorted());
    let (read, size) = *seen.last().unwrap();
    assert_eq!(read, size);
}
