//! Other versions of a product's tables: columns that came and went.

use serde_json::Value;

use crate::dump::{Dump, dumps, figures};
use crate::support::{Desk, Engine, Finished, first_difference};

/// What makes of a dump the tables of another version, on one kind of database, and the mapping that reads them.
struct Version {
    product: &'static str,
    engine: Engine,
    name: &'static str,
    sql: &'static str,
    mapping: &'static str,
}

const fn postgres(
    product: &'static str,
    name: &'static str,
    mapping: &'static str,
    sql: &'static str,
) -> Version {
    Version { product, engine: Engine::Postgres, name, sql, mapping }
}

const VERSIONS: &[Version] = &[
    postgres("pg_cron", "1.5 and 1.6", "pg_cron", "ALTER TABLE cron.job ALTER COLUMN jobname TYPE text"),
    postgres("airflow", "3.0", "airflow", "ALTER TABLE dag_run DROP COLUMN partition_key, DROP COLUMN partition_date,
        DROP COLUMN triggering_user_name, DROP COLUMN created_at"),
    postgres("airflow_2", "2.8, without a history of tries", "airflow_2", "DROP TABLE task_instance_history"),
    postgres("airflow_2", "2.2, without numbers of clearing", "airflow_2_early", "DROP TABLE task_instance_history;
        UPDATE dag_run SET clear_number = 0; ALTER TABLE dag_run DROP COLUMN clear_number, DROP COLUMN log_template_id"),
    postgres("pg_boss", "11", "pg_boss", "ALTER TABLE pgboss.job DROP COLUMN IF EXISTS heartbeat_on, DROP COLUMN IF EXISTS
        heartbeat_seconds, DROP COLUMN IF EXISTS group_id, DROP COLUMN IF EXISTS group_tier, DROP COLUMN IF EXISTS blocked,
        DROP COLUMN IF EXISTS blocking CASCADE"),
    postgres("procrastinate", "2, without abortion", "procrastinate", "CREATE TYPE older AS ENUM ('deferred', 'started',
        'deferred_for_retry', 'failed', 'succeeded', 'cancelled', 'scheduled');
        DELETE FROM procrastinate_events WHERE CAST(type AS text) IN ('abort_requested', 'aborted', 'retried');
        ALTER TABLE procrastinate_events ALTER COLUMN type TYPE older USING CAST(CAST(type AS text) AS older)"),
    Version { product: "dagster", engine: Engine::Sqlite, name: "1.0", sql: "DROP INDEX idx_runs_by_backfill_id; ALTER TABLE runs DROP COLUMN backfill_id",
        mapping: "dagster" },
    postgres("oban", "before batches", "oban", "DELETE FROM oban_jobs WHERE state = 'suspended';
        CREATE TYPE older AS ENUM ('available', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled');
        ALTER TABLE oban_jobs ALTER COLUMN state DROP DEFAULT;
        ALTER TABLE oban_jobs ALTER COLUMN state TYPE older USING CAST(CAST(state AS text) AS older)"),
    postgres("n8n", "1", "n8n", "ALTER TABLE execution_entity DROP COLUMN \"createdAt\""),
    postgres("spring_batch", "4", "spring_batch", "ALTER TABLE batch_job_execution ADD COLUMN job_configuration_location varchar(2500)"),
    Version { product: "laravel_schedule_monitor", engine: Engine::MariaDb, name: "3",
        sql: "ALTER TABLE monitored_scheduled_tasks DROP COLUMN last_skipped_at", mapping: "laravel_schedule_monitor" },
    Version { product: "xxl_job", engine: Engine::MariaDb, name: "2.2",
        sql: "ALTER TABLE xxl_job_info CHANGE schedule_conf job_cron varchar(128), DROP COLUMN schedule_type",
        mapping: "xxl_job" },
];

fn dump_of(product: &str, engine: Engine) -> Option<Dump> {
    dumps().into_iter().find(|dump| dump.product == product && dump.engine == engine)
}

#[test]
fn columns_that_came_and_went_change_no_figure() {
    for Version { product, engine, name, sql, mapping } in VERSIONS {
        let Some(dump) = dump_of(product, *engine) else { continue };
        let (database, windows) = (dump.loaded(), dump.windows());
        if sql.contains("clear_number = 0") {
            database.run("UPDATE dag_run SET clear_number = 0");
        }
        let before: Value =
            if sql.contains("DELETE") { Value::Null } else { dump.report(&database, &windows, &[]) };
        database.run(sql);
        let after = dump.report(&database, &windows, &[]);
        assert_eq!(after["source"]["preset"], *mapping, "{product} {name}");
        if before.is_object() {
            // Attempts that are not numbered are those of first tries.
            let difference = first_difference(&figures(&before), &figures(&after));
            assert!(difference.is_none(), "{product} {name}: {}", difference.unwrap_or_default());
        }
        let started = ["baseline", "stagger"].map(|side| after["totals"][side]["started"].as_u64().unwrap());
        assert!(started.iter().sum::<u64>() > 0, "{product} {name}");
    }
}

/// Tables of a version that no mapping reads: what they lack is said.
#[test]
fn what_the_tables_of_an_older_version_lack_is_said() {
    for (product, sql, parts) in [
        (
            "django_celery_results",
            "ALTER TABLE django_celery_results_taskresult DROP COLUMN date_started",
            ["taskresult is not as django-celery-results has it", "it lacks date_started"],
        ),
        (
            "good_job",
            "ALTER TABLE good_job_executions DROP COLUMN process_id",
            ["good_job_executions is not as GoodJob has it", "it lacks process_id"],
        ),
        (
            "pgagent",
            "DROP TABLE pgagent.pga_job CASCADE",
            ["pgagent.pga_joblog is not as pgAgent has it", "there is no such pgagent.pga_job"],
        ),
    ] {
        let Some(dump) = dump_of(product, Engine::Postgres) else { continue };
        let database = dump.loaded();
        database.run(sql);
        let (desk, url) = (Desk::new(), database.url());
        let mut command = desk.command(["report", "--db", &url]);
        command.args(dump.windows());
        let refused = Finished::of(command).refused();
        for part in parts {
            assert!(refused.contains(part), "{product}: {refused}");
        }
    }
}

#[test]
fn tables_in_a_schema_of_their_own_are_found_and_read() {
    for dump in dumps().into_iter().filter(|dump| dump.engine == Engine::Postgres) {
        let (database, windows) = (dump.loaded(), dump.windows());
        let before = dump.report(&database, &windows, &[]);
        let home = ["cron", "pgagent", "pgboss"].into_iter().find(|schema| {
            database.value(&format!("SELECT count(*) FROM pg_namespace WHERE nspname = '{schema}'")) == "1"
        });
        let home = home.unwrap_or("public");
        database
            .run(&format!("ALTER SCHEMA {home} RENAME TO \"Our jobs\"; CREATE SCHEMA IF NOT EXISTS public;"));
        let preset = before["source"]["preset"].as_str().unwrap();
        for more in [&["--execution", "scan"][..], &["--source", preset]] {
            let after = dump.report(&database, &windows, more);
            let difference = first_difference(&figures(&before), &figures(&after));
            assert!(difference.is_none(), "{}: {}", dump.case(), difference.unwrap_or_default());
            let schema = &after["source"]["recognised"]["schema"];
            assert_eq!(*schema, if more[0] == "--source" { Value::Null } else { "Our jobs".into() });
        }
    }
}
