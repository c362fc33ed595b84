//! Which table is read where nobody says it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use jobdelta::deployment::builtin;
use jobdelta::mapping::{KnownSource, NativeRows};
use support::{Database, Desk, Engine, Finished, golden, report_of, with_part};

const CRON: &str = "
CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text, command text, username text, jobname text);
CREATE TABLE cron.job_run_details (jobid bigint, runid bigint PRIMARY KEY, job_pid integer, username text, command text,
  status text, return_message text, start_time timestamptz, end_time timestamptz);
";

const AIRFLOW: &str = "
CREATE TABLE dag_run (id int, dag_id varchar(250), run_id varchar(250), run_type varchar(50), state varchar(50),
  run_after timestamp, start_date timestamp NULL, end_date timestamp NULL, clear_number int);
CREATE TABLE task_instance (dag_id varchar(250), task_id varchar(250), run_id varchar(250), map_index int, try_number int,
  state varchar(20), start_date timestamp NULL, end_date timestamp NULL, hostname varchar(100));
CREATE TABLE task_instance_history (dag_id varchar(250), task_id varchar(250), run_id varchar(250), map_index int,
  try_number int, state varchar(20), start_date timestamp NULL, end_date timestamp NULL, hostname varchar(100));
";

const DAG_RUN: &str = "
INSERT INTO dag_run VALUES (1, 'daily', 'scheduled', 'scheduled', 'success', '2026-03-01 10:00:00', '2026-03-01 10:00:01',
  '2026-03-01 10:00:09', 0);
";

const WINDOWS: [&str; 6] = [
    "--baseline",
    "2026-03-01T09:00:00Z/2026-03-01T09:30:00Z",
    "--stagger",
    "2026-03-01T09:30:00Z/2026-03-01T10:30:00Z",
    "--as-of",
    "2026-03-01T11:00:00Z",
];

fn report(database: &Database, more: &[&str]) -> Finished {
    let desk = Desk::new();
    let mut command = desk.command(["report", "--format", "json", "--db", &database.url()]);
    Finished::of({
        command.args(WINDOWS).args(more);
        command
    })
}

#[test]
fn of_a_product_with_two_mappings_the_main_one_is_read_and_the_other_named() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        // MariaDB's TIMESTAMP would be written in the zone of the test's client.
        let instant = if engine == Engine::Postgres { "timestamp" } else { "datetime" };
        database.run(&format!("{AIRFLOW}{DAG_RUN}").replace("timestamp", instant));
        let desk = Desk::new();
        let url = database.url();
        let mut command = desk.command(["report", "--format", "json", "--db", &url]);
        command.args(WINDOWS);
        let found = report_of(command);
        assert_eq!(found["source"]["preset"], "airflow", "{engine:?}");
        assert_eq!(found["source"]["recognised"]["product"], "Airflow");
        assert_eq!(found["source"]["recognised"]["others"][0]["name"], "airflow_tasks");
        assert_eq!(found["totals"]["stagger"]["completed"], 1);
        let mut command = desk.command(["report", "--format", "md", "--db", &url]);
        command.args(WINDOWS);
        let page = Finished::of(command).succeeded();
        assert!(page.contains("airflow, found by its tables (Airflow 3)"), "{page}");
        assert!(page.contains("--source airflow_tasks"), "{page}");
    }
}

#[test]
fn jobdelta_s_own_table_comes_before_all_others() {
    for engine in Engine::tested() {
        let database = Database::measured(engine);
        database.run(&format!("{AIRFLOW}{DAG_RUN}"));
        let finished = report(&database, &[]);
        let found: serde_json::Value = serde_json::from_str(&finished.stdout).unwrap();
        assert_eq!(found["source"]["preset"], "job_runs", "{engine:?}");
        assert!(found["source"]["recognised"].is_null());
    }
}

#[test]
fn of_two_products_that_with_rows_is_read_and_two_with_rows_are_an_error() {
    let database = Database::fresh(Engine::Postgres);
    database.run(&format!("{CRON}{AIRFLOW}{DAG_RUN}"));
    let finished = report(&database, &[]);
    let found: serde_json::Value = serde_json::from_str(&finished.stdout).expect(&finished.stderr);
    assert_eq!(found["source"]["preset"], "airflow");
    database.run("INSERT INTO cron.job_run_details (jobid, runid, command, status) VALUES (1, 1, 'VACUUM', 'succeeded')");
    let finished = report(&database, &[]);
    assert_eq!(finished.code, Some(2));
    for part in ["Airflow (airflow)", "pg_cron (pg_cron)", "--source airflow"] {
        assert!(finished.stderr.contains(part), "{}", finished.stderr);
    }
    let found = report(&database, &["--source", "pg_cron"]);
    assert!(found.stdout.contains("\"preset\": \"pg_cron\""), "{}", found.stderr);
}

#[test]
fn where_nothing_is_known_the_tables_are_named() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run("CREATE TABLE batch_history (id int); CREATE TABLE dag_run (id int, state varchar(9));");
        let finished = report(&database, &[]);
        assert_eq!(finished.code, Some(2), "{engine:?}");
        for part in [
            "no table job_runs",
            "none of a known scheduler",
            "batch_history",
            "dag_run is not as Airflow has it: it lacks dag_id, ",
            "jobdelta sources",
        ] {
            assert!(finished.stderr.contains(part), "{engine:?}: {}", finished.stderr);
        }
    }
}

#[test]
fn a_mapping_that_is_named_says_which_table_is_not_there_and_which_databases_it_reads() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        database.run("CREATE TABLE dag_runs (id int)");
        let refused = report(&database, &["--source", "airflow"]).refused();
        assert!(refused.contains("there is no table dag_run that this user may read on "), "{refused}");
        assert!(refused.contains("did you mean 'dag_runs'?"), "{refused}");
    }
    let database = Database::fresh(Engine::Sqlite);
    database.run("CREATE TABLE oban_jobs (id integer, state, worker, meta, errors, attempt, attempted_at, attempted_by,
        discarded_at, cancelled_at, completed_at, scheduled_at)");
    let refused = report(&database, &[]).refused();
    assert!(refused.contains("the mapping oban has no query for sqlite"), "{refused}");
}

#[test]
fn a_product_in_two_schemas_is_an_error_that_says_how_to_choose() {
    let database = Database::fresh(Engine::Postgres);
    for schema in ["shop", "crm"] {
        let tables = AIRFLOW.replace("CREATE TABLE ", &format!("CREATE TABLE {schema}."));
        database.run(&format!("CREATE SCHEMA {schema}; {tables}"));
    }
    let rows = |schema: &str| DAG_RUN.replace("INTO ", &format!("INTO {schema}."));
    database.run(&rows("crm"));
    // Only one of them is used.
    let finished = report(&database, &[]);
    let found: serde_json::Value = serde_json::from_str(&finished.stdout).expect(&finished.stderr);
    assert_eq!(found["source"]["recognised"]["schema"], "crm");
    database.run(&rows("shop"));
    let refused = report(&database, &[]).refused();
    for part in
        ["Airflow (airflow) in schema crm, Airflow (airflow) in schema shop", "?options=-csearch_path%3Dcrm"]
    {
        assert!(refused.contains(part), "{refused}");
    }
    let desk = Desk::new();
    let url = format!("{}?options=-csearch_path%3Dshop", database.url());
    let mut command = desk.command(["report", "--format", "json", "--db", &url]);
    command.args(WINDOWS);
    let found = report_of(command);
    assert_eq!(found["totals"]["stagger"]["completed"], 1);
    let mut command = desk.command(["sql", "outcomes", "--db", &url, "--source", "airflow"]);
    command.args(WINDOWS);
    assert!(Finished::of(command).succeeded().contains("FROM dag_run"));
}

#[test]
fn tables_that_may_not_be_read_are_named_with_the_grant() {
    let database = Database::fresh(Engine::Postgres);
    let url = database.reader_url();
    let reader = format!("{}_reader", database.name);
    database.run(&format!(
        "{CRON} INSERT INTO cron.job_run_details (jobid, runid, command, status, start_time, end_time)
        VALUES (1, 1, 'VACUUM', 'succeeded', '2026-03-01 10:00:00+00', '2026-03-01 10:00:01+00')"
    ));
    let desk = Desk::new();
    let report = |more: &[&str]| {
        let mut command = desk.command(["report", "--format", "json", "--db", &url]);
        command.args(WINDOWS).args(more);
        Finished::of(command)
    };
    for more in [&[][..], &["--source", "pg_cron"]] {
        let refused = report(more).refused();
        let grant = format!(
            "GRANT USAGE ON SCHEMA \"cron\" TO \"{reader}\"; GRANT SELECT ON \"cron\".\"job_run_details\", \"cron\".\"job\" TO \"{reader}\""
        );
        assert!(refused.contains("may not read cron.job_run_details, cron.job"), "{refused}");
        assert!(refused.contains(&grant), "{refused}");
    }
    let refused = report(&[]).refused();
    let grant = &refused[refused.find("GRANT").unwrap()..];
    database.run(grant);
    let found = report(&[]);
    assert!(found.stdout.contains("\"started\": 1"), "{}", found.stderr);
}

/// The databases for which a mapping has rows: a table is the same on all of them.
fn databases_of(known: &KnownSource) -> &'static str {
    let NativeRows::Query(query) = &known.mapping.rows else {
        return if known.product == "Magento" { "MySQL" } else { "PostgreSQL, MySQL, SQLite" };
    };
    match (&query.postgres, &query.mysql, &query.sqlite) {
        (Some(_), Some(_), Some(_)) => "PostgreSQL, MySQL, SQLite",
        (Some(_), None, Some(_)) => "PostgreSQL, SQLite",
        (Some(_), None, None) => "PostgreSQL",
        (None, Some(_), None) => "MySQL",
        other => panic!("{}: {other:?}", known.mapping.name),
    }
}

#[test]
fn the_table_of_mappings_is_made_of_their_files() {
    let page = "docs/sources.md";
    let mut table = "| mapping | product | databases | tested with |\n|---|---|---|---|\n".to_owned();
    for known in builtin::all().unwrap() {
        let versions = known.versions.iter().map(|versions| format!(" {versions}")).collect::<String>();
        let variant = known.variant.iter().map(|variant| format!(": {variant}")).collect::<String>();
        table += &format!(
            "| `{}` | {}{versions}{variant} | {} | {} |\n",
            known.mapping.name,
            known.product,
            databases_of(&known),
            known.tested_with
        );
    }
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    golden(page, &with_part(&text, "tests/recognition.rs: mappings", &table));
}

#[test]
fn every_mapping_is_listed_and_can_be_printed() {
    let desk = Desk::new();
    let listed = Finished::of(desk.command(["sources"])).succeeded();
    for name in ["job_runs", "pg_cron", "airflow_tasks", "action_scheduler"] {
        assert!(listed.lines().any(|line| line.starts_with(&format!("{name} "))), "{listed}");
        let file = Finished::of(desk.command(["sources", name])).succeeded();
        assert!(file.contains("product = "), "{file}");
    }
    let refused = desk.refusal_of(desk.command(["sources", "pg_corn"]));
    assert!(refused.contains("did you mean 'pg_cron'? (`jobdelta sources` lists all)"), "{refused}");
    let refused = desk.refusal(["sources", "qqq"]);
    assert!(refused.contains("unknown source preset 'qqq'; known are job_runs, "), "{refused}");
    assert!(
        refused.contains("action_scheduler, auto") && !refused.contains(" more"),
        "all of them: {refused}"
    );
}

/// A large table without an index on the start, which the database believes to hold two million rows.
fn make_large(database: &Database) {
    database.run(
        "CREATE TABLE job_runs (job_name varchar(40), started_at timestamp NULL, finished_at timestamp NULL, status varchar(20));
         INSERT INTO job_runs VALUES ('a', '2026-03-01 10:00:00', '2026-03-01 10:00:09', 'success');",
    );
    match database.engine {
        Engine::Sqlite => database.run(
            "INSERT INTO job_runs (rowid, job_name, started_at, finished_at, status)
             VALUES (2000000, 'a', '2026-03-01 10:01:00', '2026-03-01 10:01:09', 'success')",
        ),
        Engine::Postgres => {
            database.run("UPDATE pg_class SET reltuples = 2000000 WHERE oid = 'job_runs'::regclass");
        }
        Engine::MariaDb => database.run(
            "INSERT INTO job_runs SELECT 'a', '2020-03-01 10:00:00', '2020-03-01 10:00:09', 'success'
             FROM seq_1_to_1200000; ANALYZE TABLE job_runs",
        ),
    }
}

#[test]
fn a_large_table_without_an_index_is_not_read_unasked() {
    for engine in Engine::tested() {
        let database = Database::fresh(engine);
        make_large(&database);
        let refused = report(&database, &[]);
        assert_eq!(refused.code, Some(2), "{engine:?}: {}", refused.stderr);
        for part in ["no index that begins with started_at", "CREATE INDEX", "--allow-full-scan"] {
            assert!(refused.stderr.contains(part), "{engine:?}: {}", refused.stderr);
        }
        let found = report(&database, &["--allow-full-scan"]);
        assert!(found.stdout.contains("\"totals\""), "{engine:?}: {}", found.stderr);
        let index = &refused.stderr[refused.stderr.find("CREATE INDEX").unwrap()..];
        database.run(&index[..index.find(", read a copy").unwrap()]);
        let found = report(&database, &[]);
        assert!(found.stdout.contains("\"totals\""), "{engine:?}: {}", found.stderr);
    }
}
