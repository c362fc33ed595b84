//! Somebody who has just deployed knows one thing: when. The figures of `report --at` on a scheduler's own tables are
//! those of SQL that was written without a look at the mapping.

use serde_json::Value;

use crate::dump::{Dump, dumps};
use crate::support::{Database, Engine};

/// Of each window: starts, successes, failures, failures without a start, runs without an end; and of the durations of
/// the successes their number, sum, least, greatest and median, in ms.
const PG_CRON: &str = "
WITH w(side, a, b) AS (VALUES ('baseline', timestamptz '{BEFORE}', timestamptz '{AT}'),
    ('stagger', timestamptz '{AT}', timestamptz '{UNTIL}')),
placed AS (
  -- A run that could not connect has no time of its own: it was numbered after one that has.
  SELECT d.*, coalesce(start_time, (SELECT p.start_time FROM cron.job_run_details p WHERE p.start_time IS NOT NULL
      AND p.runid = (SELECT max(q.runid) FROM cron.job_run_details q WHERE q.runid < d.runid AND q.start_time IS NOT NULL))) AS at,
    extract(epoch FROM end_time - start_time) * 1000 AS ms
  FROM cron.job_run_details d)
SELECT count(start_time), count(*) FILTER (WHERE status = 'succeeded'), count(*) FILTER (WHERE status = 'failed'),
  count(*) FILTER (WHERE status = 'failed' AND start_time IS NULL), count(*) FILTER (WHERE status = 'running'),
  count(ms) FILTER (WHERE status = 'succeeded'), round(sum(ms) FILTER (WHERE status = 'succeeded'), 3),
  round(min(ms) FILTER (WHERE status = 'succeeded'), 3), round(max(ms) FILTER (WHERE status = 'succeeded'), 3),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE status = 'succeeded')
FROM w JOIN placed ON at >= a AND at < b GROUP BY side ORDER BY side";

const AIRFLOW: &str = "
WITH w(side, a, b) AS (VALUES ('baseline', timestamptz '{BEFORE}', timestamptz '{AT}'),
    ('stagger', timestamptz '{AT}', timestamptz '{UNTIL}')),
r AS (SELECT *, extract(epoch FROM end_date - start_date) * 1000 AS ms FROM dag_run)
SELECT count(*), count(*) FILTER (WHERE state = 'success'), count(*) FILTER (WHERE state = 'failed'), 0,
  count(*) FILTER (WHERE state = 'running'),
  count(ms) FILTER (WHERE state = 'success'), round(sum(ms) FILTER (WHERE state = 'success'), 3),
  round(min(ms) FILTER (WHERE state = 'success'), 3), round(max(ms) FILTER (WHERE state = 'success'), 3),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE state = 'success')
FROM w JOIN r ON start_date >= a AND start_date < b GROUP BY side ORDER BY side";

/// Job, starts and successes in the window after.
const JOBS_OF_PG_CRON: &str = "
SELECT CASE WHEN (SELECT count(DISTINCT username) FROM cron.job k WHERE k.jobname = j.jobname) > 1
    THEN j.jobname || ' (' || j.username || ')' ELSE coalesce(j.jobname, j.command, d.command) END,
  count(start_time), count(*) FILTER (WHERE status = 'succeeded')
FROM cron.job_run_details d LEFT JOIN cron.job j USING (jobid)
WHERE start_time >= '{AT}' AND start_time < '{UNTIL}' GROUP BY 1";

const JOBS_OF_AIRFLOW: &str = "
SELECT dag_id, count(*), count(*) FILTER (WHERE state = 'success') FROM dag_run
WHERE start_date >= '{AT}' AND start_date < '{UNTIL}' GROUP BY 1";

struct Deployment {
    product: &'static str,
    at: &'static str,
    until: &'static str,
    /// The table does not reach back a day: the window before is as long, and just before.
    before: &'static str,
    totals: &'static str,
    jobs: &'static str,
}

const DEPLOYMENTS: [Deployment; 2] = [
    Deployment {
        product: "pg_cron",
        before: "2026-11-25T00:40:00Z",
        at: "2026-11-25T00:43:00Z",
        until: "2026-11-25T00:46:00Z",
        totals: PG_CRON,
        jobs: JOBS_OF_PG_CRON,
    },
    Deployment {
        product: "airflow",
        before: "2026-11-25T00:50:00Z",
        at: "2026-11-25T00:52:00Z",
        until: "2026-11-25T00:54:00Z",
        totals: AIRFLOW,
        jobs: JOBS_OF_AIRFLOW,
    },
];

fn rows(database: &Database, deployment: &Deployment, sql: &str) -> Vec<Vec<String>> {
    let Deployment { before, at, until, .. } = deployment;
    database.rows(&sql.replace("{BEFORE}", before).replace("{AT}", at).replace("{UNTIL}", until))
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("no number: {text}"))
}

fn totals_agree(case: &str, expected: &[String], totals: &Value) {
    let count = |key: &str| totals[key].as_f64().unwrap();
    let unfinished = count("in_flight") + count("orphaned");
    let counts =
        [count("started"), count("completed"), count("failed"), count("failed_to_start"), unfinished];
    let expected: Vec<f64> = expected.iter().map(|text| number(text)).collect();
    assert_eq!(counts[..], expected[..5], "{case}: {totals}");
    let duration = |key: &str| totals["duration_ms"][key].as_f64().unwrap();
    for (place, key) in ["n", "sum", "min", "max"].into_iter().enumerate() {
        assert!((duration(key) - expected[5 + place]).abs() < 0.000_5, "{case}: {key} {}", duration(key));
    }
    // Durations are kept to three digits.
    let median = expected[9];
    assert!((duration("median") - median).abs() <= 0.005 * median, "{case}: {} {median}", duration("median"));
}

fn jobs_agree(case: &str, expected: &[Vec<String>], report: &Value) {
    let mut found: Vec<Vec<String>> = report["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| {
            let after = &job["stagger"];
            vec![
                job["name"].as_str().unwrap().to_owned(),
                after["started"].to_string(),
                after["completed"].to_string(),
            ]
        })
        .filter(|row| row[1] != "0")
        .collect();
    found.sort();
    assert_eq!(found, expected, "{case}");
}

#[test]
fn the_figures_at_a_moment_are_those_of_sql_written_by_hand() {
    let dump_of = |product: &str| {
        dumps().into_iter().find(|dump: &Dump| dump.product == product && dump.engine == Engine::Postgres)
    };
    for deployment in &DEPLOYMENTS {
        let Some(dump) = dump_of(deployment.product) else { continue };
        let database = dump.loaded();
        let Deployment { product, at, until, before, .. } = deployment;
        let windows = ["--at", at, "--settle", "0s", "--until", until, "--as-of", "2026-11-25T01:00:00Z"];
        for way in ["pushdown", "scan"] {
            let report = dump.report(&database, &windows.map(str::to_owned), &["--execution", way]);
            assert_eq!(
                report["source"]["recognised"]["product"],
                if *product == "airflow" { "Airflow" } else { "pg_cron" }
            );
            assert_eq!(report["windows"]["baseline"]["start"], *before, "{product}");
            let expected = rows(&database, deployment, deployment.totals);
            for (side, expected) in ["baseline", "stagger"].into_iter().zip(&expected) {
                totals_agree(&format!("{product} by {way}, {side}"), expected, &report["totals"][side]);
            }
            let mut expected = rows(&database, deployment, deployment.jobs);
            expected.sort();
            jobs_agree(product, &expected, &report);
        }
    }
}
