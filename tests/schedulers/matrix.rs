//! What of each mapping is tried on its product's rows: every word of a status, a run without an end, a try that is
//! not the first. What a product cannot have is listed with the reason, and must not be there.

use std::collections::{BTreeMap, BTreeSet};

use jobdelta::deployment::builtin;
use jobdelta::mapping::{KnownSource, NativeRows, StatusMeaning};
use jobdelta::run::{Field, Status};

use crate::dump::{Dump, dumps};
use crate::support::Engine;
use crate::words::OTHER_WORDS;

/// jobdelta's own table and the one that is like it have tests of their own.
const OTHERS: [&str; 2] = ["job_runs", "job_execution_logs"];

/// What the code of each product can write as a status; words that a query makes of other columns are left out.
const PRODUCTS_WORDS: &[(&str, &[&str])] = &[
    ("pg_cron", &["starting", "running", "sending", "connecting", "succeeded", "failed"]),
    ("airflow", &["queued", "running", "success", "failed"]),
    ("airflow_2", &["queued", "running", "success", "failed"]),
    ("airflow_2_early", &["queued", "running", "success", "failed"]),
    (
        "airflow_tasks",
        &[
            "removed",
            "scheduled",
            "queued",
            "running",
            "success",
            "restarting",
            "failed",
            "up_for_retry",
            "up_for_reschedule",
            "upstream_failed",
            "skipped",
            "deferred",
            "awaiting_input",
        ],
    ),
    (
        "django_celery_results",
        &["PENDING", "RECEIVED", "STARTED", "SUCCESS", "FAILURE", "REVOKED", "REJECTED", "RETRY", "IGNORED"],
    ),
    ("pg_boss", &["created", "retry", "active", "completed", "cancelled", "failed"]),
    ("pg_boss_10", &["created", "retry", "active", "completed", "cancelled", "failed"]),
    ("pg_boss_9", &["created", "retry", "active", "completed", "expired", "cancelled", "failed"]),
    (
        "prefect",
        &[
            "SCHEDULED",
            "PENDING",
            "RUNNING",
            "COMPLETED",
            "FAILED",
            "CANCELLED",
            "CRASHED",
            "PAUSED",
            "CANCELLING",
        ],
    ),
    (
        "prefect_tries",
        &[
            "SCHEDULED",
            "PENDING",
            "RUNNING",
            "COMPLETED",
            "FAILED",
            "CANCELLED",
            "CRASHED",
            "PAUSED",
            "CANCELLING",
        ],
    ),
    ("procrastinate", &["started", "deferred_for_retry", "failed", "succeeded", "cancelled", "aborted"]),
    ("pgagent", &["r", "s", "f", "i", "d"]),
    (
        "dagster",
        &[
            "QUEUED",
            "NOT_STARTED",
            "MANAGED",
            "STARTING",
            "STARTED",
            "SUCCESS",
            "FAILURE",
            "CANCELING",
            "CANCELED",
        ],
    ),
    (
        "spring_batch",
        &["STARTING", "STARTED", "STOPPING", "COMPLETED", "FAILED", "UNKNOWN", "STOPPED", "ABANDONED"],
    ),
    ("n8n", &["new", "running", "waiting", "success", "error", "crashed", "unknown", "canceled"]),
    ("xxl_job", &["0", "200", "500", "502"]),
    (
        "oban",
        &[
            "available",
            "scheduled",
            "executing",
            "retryable",
            "completed",
            "discarded",
            "cancelled",
            "suspended",
        ],
    ),
    (
        "river",
        &["available", "pending", "scheduled", "running", "completed", "retryable", "discarded", "cancelled"],
    ),
    ("windmill", &["success", "failure", "canceled", "skipped"]),
    ("laravel_schedule_monitor", &["starting", "finished", "failed", "skipped"]),
    ("magento", &["pending", "running", "success", "error", "missed"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    WithoutEnd,
    Retry,
}

const CANNOT: &[(&str, Case, &str)] = &[
    ("django_q2", Case::WithoutEnd, "a row is written when a task ends"),
    ("windmill", Case::WithoutEnd, "a row is written when a run ends"),
    ("airflow_2_early", Case::Retry, "no number of clearing is recorded"),
    ("pg_cron", Case::Retry, "it never tries again"),
    ("pgagent", Case::Retry, "it never tries again"),
    ("windmill", Case::Retry, "a retry is a job of its own"),
    ("n8n", Case::Retry, "a retry is an execution by hand, which is not read"),
    ("xxl_job", Case::Retry, "a retry is a row like any other"),
    ("magento", Case::Retry, "it never tries again"),
    ("laravel_schedule_monitor", Case::Retry, "it never tries again"),
    ("django_celery_results", Case::Retry, "no number of a try is recorded"),
];

/// What the rows of a mapping hold on some database.
#[derive(Debug, Default)]
struct Held {
    words: BTreeSet<String>,
    without_end: bool,
    retry: bool,
}

/// The mapping's own rows, each with its word, whether it has an end, and the number of its try.
fn rows(known: &KnownSource, engine: Engine) -> Option<String> {
    let attempt = |has: bool| if has { "attempt" } else { "NULL" };
    match &known.mapping.rows {
        NativeRows::Query(query) => {
            let text = match engine {
                Engine::Postgres => query.postgres.as_ref(),
                Engine::MariaDb => query.mysql.as_ref(),
                Engine::Sqlite => query.sqlite.as_ref(),
            };
            text.map(|text| {
                let attempt = attempt(text.contains("attempt"));
                format!("SELECT status, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, {attempt} FROM ({text}) AS q")
            })
        }
        NativeRows::Table(table) => {
            let column = |field| known.mapping.columns[&field].place.column().to_owned();
            let (status, end) = (column(Field::Status), column(Field::FinishedAt));
            Some(format!("SELECT {status}, CASE WHEN {end} IS NULL THEN 0 ELSE 1 END, NULL FROM {table}"))
        }
    }
}

fn look(known: &KnownSource, dump: &Dump, held: &mut Held) {
    let Some(sql) = rows(known, dump.engine) else { return };
    let Ok(printed) = dump.loaded().script(&sql) else { return };
    let first = i64::from(known.mapping.attempt_base);
    for line in printed.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let word = Some(cells[0]).filter(|word| !["", "NULL"].contains(word));
        let meaning = known.mapping.statuses.meaning(word);
        held.words.insert(cells[0].to_owned());
        held.without_end |= cells[1] == "0" && meaning == Some(StatusMeaning::Is(Status::Running));
        held.retry |=
            cells.get(2).and_then(|text| text.parse::<i64>().ok()).is_some_and(|number| number > first);
    }
}

fn held() -> BTreeMap<String, Held> {
    let mut all: BTreeMap<String, Held> = BTreeMap::new();
    let known: Vec<KnownSource> = builtin::all().unwrap();
    for dump in dumps() {
        for known in &known {
            // The mapping is that of the dump, or another of its product.
            let name = &known.mapping.name;
            let stem = name.split("_tasks").next().unwrap().split("_tries").next().unwrap();
            let is_airflow_2 =
                dump.product == "airflow_2" && ["airflow_2_early", "airflow_tasks"].contains(&name.as_str());
            if *name == dump.product || stem == dump.product || is_airflow_2 {
                look(known, &dump, all.entry(name.clone()).or_default());
            }
        }
    }
    all
}

#[test]
fn every_word_that_a_product_writes_has_a_meaning() {
    let words: BTreeMap<&str, &[&str]> = PRODUCTS_WORDS.iter().copied().collect();
    for known in builtin::all().unwrap() {
        for word in words.get(known.mapping.name.as_str()).copied().unwrap_or_default() {
            let meant = known.mapping.statuses.words.contains_key(*word);
            assert!(meant, "{} says nothing of '{word}'", known.mapping.name);
        }
    }
}

#[test]
fn every_word_a_run_without_an_end_and_a_retry_are_tried_on_a_products_rows() {
    if Engine::tested().len() < 3 {
        return; // Most products keep their rows in one kind of database.
    }
    let held = held();
    let mut holes = Vec::new();
    for known in builtin::all().unwrap() {
        let name = known.mapping.name.as_str();
        if OTHERS.contains(&name) {
            continue;
        }
        let Some(found) = held.get(name) else {
            holes.push(format!("{name}: no rows"));
            continue;
        };
        for word in known.mapping.statuses.words.keys() {
            let elsewhere = OTHER_WORDS
                .iter()
                .any(|other| other.word == word && name == other.source.unwrap_or(other.product));
            if !found.words.contains(word) && !elsewhere {
                holes.push(format!("{name}: no row with '{word}'"));
            }
        }
        for (case, is_there) in [(Case::WithoutEnd, found.without_end), (Case::Retry, found.retry)] {
            let cannot =
                CANNOT.iter().any(|(mapping, impossible, _)| *mapping == name && *impossible == case);
            if is_there == cannot {
                holes.push(format!(
                    "{name}: {case:?} is {}",
                    if cannot { "there, and listed as impossible" } else { "not there" }
                ));
            }
        }
    }
    assert!(holes.is_empty(), "{}", holes.join("\n"));
}
