//! Empty tables, histories of which the old part is gone, and roles that see their own rows only.

use chrono::{TimeZone, Utc};
use jobdelta::clock::Timestamp;

use crate::dump::{Dump, dumps, figures, report};
use crate::support::{Database, Desk, Engine, Finished, first_difference};

/// Without the checks of foreign keys that the product's own pruning would have to follow.
fn unchecked(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => "SET session_replication_role = replica",
        Engine::Sqlite => "PRAGMA foreign_keys = OFF",
        Engine::MariaDb => "SET time_zone = '+00:00', foreign_key_checks = 0",
    }
}

fn quoted(engine: Engine, column: &str) -> String {
    if engine == Engine::MariaDb { format!("`{column}`") } else { format!("\"{column}\"") }
}

/// `UPPER CASE` where the product's table is.
fn named(engine: Engine, dump: &Dump, name: &str) -> String {
    if engine == Engine::Postgres && dump.product == "spring_batch" {
        name.to_lowercase()
    } else {
        name.to_owned()
    }
}

/// An instant as a product's column of the start has it.
fn written(dump: &Dump, at: Timestamp) -> String {
    if dump.product == "dagster" {
        return format!("{}", at.us() / 1_000_000);
    }
    let zone = std::fs::read_to_string(dump.folder.join("deployment.toml")).ok();
    let zone = zone.map(|text| text.split('"').nth(1).unwrap().parse::<chrono_tz::Tz>().unwrap());
    let at = Utc.timestamp_micros(at.us()).unwrap();
    let local = at.with_timezone(&zone.unwrap_or(chrono_tz::UTC)).naive_local();
    let offset = if dump.engine == Engine::Postgres && zone.is_none() { "+00" } else { "" };
    format!("'{}{offset}'", local.format("%Y-%m-%d %H:%M:%S"))
}

#[test]
fn an_empty_table_of_a_scheduler_has_no_runs_and_is_no_error() {
    let times = ["2026-03-01T09:00:00Z/2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z/2026-03-01T11:00:00Z"];
    let windows = ["--baseline", times[0], "--stagger", times[1], "--as-of", "2026-03-01T12:00:00Z"];
    let windows = windows.map(str::to_owned);
    for dump in dumps().into_iter().filter(|dump| !dump.is_port()) {
        let database = dump.loaded();
        let (table, _) = dump.main(&dump.report(&database, &windows, &[]));
        let table = named(dump.engine, &dump, &table);
        database.run(&format!("{}; DELETE FROM {table}", unchecked(dump.engine)));
        for way in ["pushdown", "scan"] {
            let empty = dump.report(&database, &windows, &["--execution", way]);
            let case = dump.case();
            assert_eq!(empty["totals"]["stagger"]["started"], 0, "{case}");
            let findings = empty["findings"].as_array().unwrap().iter();
            assert_eq!(findings.filter(|found| found["code"] == "nothing_started").count(), 1, "{case}");
        }
    }
}

#[test]
fn a_pruned_history_is_said_and_nothing_of_it_is_guessed() {
    for dump in dumps() {
        let database = dump.loaded();
        let (windows, case) = (dump.windows(), dump.case());
        let (table, column) = dump.main(&dump.report(&database, &windows, &[]));
        let (table, column) = (named(dump.engine, &dump, &table), named(dump.engine, &dump, &column));
        let middle = windows[3].split('/').next().unwrap().parse().unwrap();
        let mut tables = vec![table];
        // Its jobs are moved before they are deleted.
        tables.extend(dump.product.starts_with("pg_boss_").then(|| "pgboss.archive".to_owned()));
        for table in tables {
            let (column, middle) = (quoted(dump.engine, &column), written(&dump, middle));
            database
                .run(&format!("{}; DELETE FROM {table} WHERE {column} < {middle}", unchecked(dump.engine)));
        }
        for way in ["pushdown", "scan"] {
            let after = dump.report(&database, &windows, &["--execution", way]);
            assert_eq!(after["totals"]["baseline"]["started"], 0, "{case}");
            // Where nothing was before, nothing is called better or worse.
            let compared = after["totals"]["comparison"].to_string();
            assert!(!compared.contains("improved") && !compared.contains("regressed"), "{case}: {compared}");
        }
    }
}

/// Lets a role see the rows with `condition` only: by a policy, elsewhere by a view in the place of the table.
fn protect(dump: &Dump, database: &Database, table: &str, condition: &str) -> String {
    let url = database.reader_url();
    let reader = format!("{}_reader", database.name);
    if dump.engine == Engine::Postgres {
        let schema = table.split_once('.').map_or("public", |(schema, _)| schema);
        database.run(&format!(
            "GRANT USAGE ON SCHEMA {schema} TO {reader}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader};
             ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY own_rows ON {table} USING ({condition});"
        ));
        // A partition is read as itself by nobody.
        return url;
    }
    database.run(&format!(
        "{}; ALTER TABLE {table} RENAME TO all_of_them; CREATE VIEW {table} AS SELECT * FROM all_of_them WHERE {condition}",
        unchecked(dump.engine)
    ));
    url
}

#[test]
fn a_role_that_sees_a_part_of_the_rows_has_a_report_of_those() {
    for dump in dumps().into_iter().filter(|dump| !dump.is_port() || dump.product == "airflow") {
        let (windows, case) = (dump.windows(), dump.case());
        let cut = dump.loaded();
        let whole = dump.report(&cut, &windows, &[]);
        let (table, column) = dump.main(&whole);
        let (table, column) = (named(dump.engine, &dump, &table), named(dump.engine, &dump, &column));
        let middle = windows[3].split('/').next().unwrap().parse().unwrap();
        let own = format!("{} >= {}", quoted(dump.engine, &column), written(&dump, middle));
        let protected = dump.loaded();
        let url = protect(&dump, &protected, &table, &own);
        cut.run(&format!("{}; DELETE FROM {table} WHERE ({own}) IS NOT TRUE", unchecked(dump.engine)));
        for way in ["pushdown", "scan"] {
            let desk = Desk::new();
            let deployment = dump.folder.join("deployment.toml");
            if deployment.exists() {
                desk.put("deployment.toml", std::fs::read_to_string(deployment).unwrap());
            }
            let mut command = desk.command(["report", "--format", "json", "--execution", way, "--db", &url]);
            command.args(&windows);
            let seen = Finished::of(command);
            let seen =
                serde_json::from_str(&seen.stdout).unwrap_or_else(|_| panic!("{case}: {}", seen.stderr));
            let of_rows = dump.report(&cut, &windows, &["--execution", way]);
            let difference = first_difference(&figures(&of_rows), &figures(&seen));
            assert!(difference.is_none(), "{case} by {way}: {}", difference.unwrap_or_default());
        }
    }
}

#[test]
fn a_user_of_pg_cron_has_a_report_of_the_runs_of_that_user() {
    let dump = dumps().into_iter().find(|dump| dump.product == "pg_cron").unwrap();
    let windows = dump.windows();
    let protected = dump.loaded();
    let url = protected.reader_url();
    let reader = format!("{}_reader", protected.name);
    // As pg_cron protects its tables.
    protected.run(&format!(
        "GRANT USAGE ON SCHEMA cron TO {reader}; GRANT SELECT ON cron.job, cron.job_run_details TO {reader};
         ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY; ALTER TABLE cron.job_run_details ENABLE ROW LEVEL SECURITY;
         CREATE POLICY own_jobs ON cron.job USING (username = CURRENT_USER);
         CREATE POLICY own_runs ON cron.job_run_details USING (username = CURRENT_USER);
         UPDATE cron.job SET username = '{reader}' WHERE username = 'alice';
         UPDATE cron.job_run_details SET username = '{reader}' WHERE username = 'alice';"
    ));
    let cut = dump.loaded();
    cut.run("DELETE FROM cron.job WHERE username <> 'alice'; DELETE FROM cron.job_run_details WHERE username <> 'alice'");
    let desk = Desk::new();
    for way in ["pushdown", "scan"] {
        let mut command = desk.command(["report", "--format", "json", "--execution", way, "--db", &url]);
        command.args(&windows);
        let seen = Finished::of(command);
        let seen: serde_json::Value =
            serde_json::from_str(&seen.stdout).unwrap_or_else(|_| panic!("{}", seen.stderr));
        let of_rows = report(&cut, None, &windows, &["--execution", way]).unwrap();
        let difference = first_difference(&figures(&of_rows), &figures(&seen));
        assert!(difference.is_none(), "{way}: {}", difference.unwrap_or_default());
        let started = ["baseline", "stagger"].map(|side| seen["totals"][side]["started"].as_u64().unwrap());
        assert!(started.iter().sum::<u64>() > 0, "{way}");
        assert!(seen["caveats"].to_string().contains("sees only his own runs"), "{way}");
    }
}
