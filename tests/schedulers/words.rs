//! Words of a status that a product can write and its dump does not hold.

use crate::dump::dumps;

/// A row that gets another word.
pub(crate) struct OtherWord {
    pub(crate) product: &'static str,
    /// A mapping that is not the main one.
    pub(crate) source: Option<&'static str>,
    pub(crate) word: &'static str,
    sql: &'static str,
    /// What of a report changes by how much.
    figure: &'static str,
    more: i64,
}

const fn word(
    product: &'static str,
    word: &'static str,
    sql: &'static str,
    figure: &'static str,
    more: i64,
) -> OtherWord {
    OtherWord { product, source: None, word, sql, figure, more }
}

const fn of_tasks(word: &'static str, sql: &'static str) -> OtherWord {
    OtherWord { product: "airflow", source: Some("airflow_tasks"), word, sql, figure: "in_flight", more: 0 }
}

const fn of_tries(word: &'static str, sql: &'static str, figure: &'static str, more: i64) -> OtherWord {
    OtherWord { product: "prefect", source: Some("prefect_tries"), word, sql, figure, more }
}

pub(crate) const OTHER_WORDS: &[OtherWord] = &[
    word("pg_cron", "starting", "UPDATE cron.job_run_details SET status = 'starting' WHERE status = 'running'", "in_flight", 0),
    word("pg_cron", "sending", "UPDATE cron.job_run_details SET status = 'sending' WHERE status = 'running'", "in_flight", 0),
    word("dagster", "CANCELING", "UPDATE runs SET status = 'CANCELING' WHERE status = 'STARTED'", "in_flight", 0),
    word("dagster", "CANCELING", "UPDATE runs SET status = 'CANCELING' WHERE status = 'STARTING'", "started", 0),
    word("dagster", "MANAGED", "UPDATE runs SET status = 'MANAGED' WHERE status = 'QUEUED'", "started", 0),
    word("django_celery_results", "IGNORED", "UPDATE django_celery_results_taskresult SET status = 'IGNORED' WHERE task_id =
           (SELECT * FROM (SELECT min(task_id) FROM django_celery_results_taskresult WHERE status = 'SUCCESS' AND date_started IS NOT NULL) t)", "completed", -1),
    word("django_celery_results", "REJECTED", "UPDATE django_celery_results_taskresult SET status = 'REJECTED' WHERE task_id =
           (SELECT * FROM (SELECT min(task_id) FROM django_celery_results_taskresult WHERE status = 'SUCCESS' AND date_started IS NOT NULL) t)", "failed", 1),
    word("django_celery_results", "RECEIVED", "UPDATE django_celery_results_taskresult SET status = 'RECEIVED' WHERE task_id =
           (SELECT * FROM (SELECT min(task_id) FROM django_celery_results_taskresult WHERE status = 'STARTED') t)", "started", -1),
    word("django_celery_results", "PENDING", "UPDATE django_celery_results_taskresult SET status = 'PENDING' WHERE task_id =
           (SELECT * FROM (SELECT min(task_id) FROM django_celery_results_taskresult WHERE status = 'STARTED') t)", "started", -1),
    word("pg_cron", "connecting", "UPDATE cron.job_run_details SET status = 'connecting' WHERE status = 'running'", "in_flight", 0),
    of_tasks("awaiting_input", "UPDATE task_instance SET state = 'awaiting_input' WHERE state = 'deferred'"),
    // The history of tries can be pruned, too.
    of_tasks(
        "up_for_retry",
        "DELETE FROM task_instance_history WHERE EXISTS (SELECT 1 FROM task_instance t WHERE t.state = 'up_for_retry'
           AND t.dag_id = task_instance_history.dag_id AND t.task_id = task_instance_history.task_id
           AND t.run_id = task_instance_history.run_id AND t.try_number = task_instance_history.try_number)",
    ),
    of_tasks("restarting", "UPDATE task_instance SET state = 'restarting' WHERE state = 'deferred'"),
    word("prefect", "AwaitingRetry", "UPDATE flow_run SET state_name = 'AwaitingRetry', state_type = 'SCHEDULED' WHERE state_type = 'RUNNING'", "in_flight", 0),
    word("prefect", "CANCELLING", "UPDATE flow_run SET state_type = 'CANCELLING' WHERE state_type = 'RUNNING'", "in_flight", 0),
    of_tries("CANCELLED", "UPDATE flow_run_state SET type = 'CANCELLED' WHERE type = 'CANCELLING'", "cancelled", 0),
    of_tries("PENDING", "UPDATE flow_run_state SET type = 'PENDING' WHERE name = 'AwaitingRetry'", "failed", 0),
    of_tries("RUNNING", "UPDATE flow_run_state SET type = 'RUNNING', name = 'Running' WHERE id = (SELECT id FROM flow_run_state
           WHERE name = 'AwaitingRetry' ORDER BY id LIMIT 1)", "started", 1),
    word("procrastinate", "cancelled", "UPDATE procrastinate_events SET type = 'cancelled' WHERE type = 'aborted'", "cancelled", 0),
    word("procrastinate", "started", "UPDATE procrastinate_events SET type = 'started' WHERE id =
           (SELECT min(id) FROM procrastinate_events WHERE type = 'deferred_for_retry')", "failed", 1),
    word("pgagent", "i", "UPDATE pgagent.pga_joblog SET jlgstatus = 'i' WHERE jlgid =
           (SELECT min(jlgid) FROM pgagent.pga_joblog WHERE jlgstatus = 's')", "completed", -1),
    word("dagster", "STARTING", "UPDATE runs SET status = 'STARTING' WHERE status = 'STARTED'", "in_flight", 0),
    word("spring_batch", "STARTING", "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTING' WHERE STATUS = 'STARTED'", "in_flight", 0),
    word("xxl_job", "7", "UPDATE xxl_job_log SET handle_code = 7 WHERE handle_code = 500", "failed", 0),
];

#[test]
fn words_that_no_dump_holds_are_read() {
    let dumps = dumps();
    for OtherWord { product, source, sql, figure, more, .. } in OTHER_WORDS {
        let mut tried = 0;
        for dump in dumps.iter().filter(|dump| dump.product == *product) {
            let (database, windows) = (dump.loaded(), dump.windows());
            let named: Vec<&str> = source.iter().flat_map(|source| ["--source", source]).collect();
            let count = || {
                let report = dump.report(&database, &windows, &named);
                let sides =
                    ["baseline", "stagger"].map(|side| report["totals"][side][figure].as_i64().unwrap());
                sides.iter().sum::<i64>()
            };
            let before = count();
            database.run(sql);
            assert_eq!(count(), before + more, "{}: {sql}", dump.case());
            tried += 1;
        }
        assert!(tried > 0 || dumps.is_empty(), "{product}");
    }
}
