#!/usr/bin/env bash
# DAG runs and task instances of Airflow (dags.py), on PostgreSQL. Takes about five minutes.
source "$(dirname "$0")/../lib.sh"

venv apache-airflow==3.3.2 psycopg2-binary asyncpg
start_postgres
port=$(free_port)
mkdir "$work/dags"
cp "$here/dags.py" "$work/dags"
cd "$work"
export AIRFLOW_HOME=$work/airflow AIRFLOW__CORE__DAGS_FOLDER=$work/dags AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__CORE__EXECUTOR=LocalExecutor AIRFLOW__CORE__PARALLELISM=20
export AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://jobdelta:x@127.0.0.1:$PGPORT/jobs
export AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:$port/execution/
export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS=True AIRFLOW__API__SECRET_KEY=secret
export AIRFLOW__API_AUTH__JWT_SECRET=a-secret-of-more-than-sixty-four-bytes-that-is-not-a-secret-at-all-here
export AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT=20 AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK=False
export AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL=5
export AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL=10
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1

token=
api() { # METHOD PATH [BODY]
    [ -n "$token" ] || token=$(curl -sS "http://127.0.0.1:$port/auth/token" | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
    curl -sS -X "$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
        "http://127.0.0.1:$port/api/v2/$2" ${3:+--data "$3"} >>api.log
    echo >>api.log
}
trigger() {
    local dag
    for dag in "$@"; do api POST "dags/$dag/dagRuns" '{"logical_date": null}'; done
}
runs() { wait_for "SELECT count(*) >= $2 FROM dag_run WHERE $1"; }
run_id() { psql -XqAt -c "SELECT run_id FROM dag_run WHERE dag_id = '$1' ORDER BY id LIMIT 1"; }
scheduler() {
    spawn scheduler.log airflow scheduler
    scheduler=$pid
}

airflow db migrate >migrate.log 2>&1
spawn api-server.log airflow api-server --host 127.0.0.1 --port "$port" --workers 1
spawn dag-processor.log airflow dag-processor
scheduler
say "waiting for the DAGs"
wait_for "SELECT count(*) = 22 FROM dag"
until curl -sS "http://127.0.0.1:$port/api/v2/version" >/dev/null 2>&1; do sleep 1; done
trigger cut_off
wait_for "SELECT count(*) = 1 FROM task_instance WHERE dag_id = 'cut_off' AND state = 'running'"
kill -KILL -- "-$scheduler"
say "the scheduler and its task are killed; another starts, and starts the task again"
scheduler
trigger succeeds succeeds fails retried exhausted times_out task_times_out branches mapped long cleared deleted killed lost
runs "state IN ('success', 'failed') AND dag_id IN ('succeeds', 'fails', 'cleared', 'deleted')" 5
api POST "dags/cleared/dagRuns/$(run_id cleared)/clear" '{"dry_run": false}'
api DELETE dags/deleted
trigger marked_failed waits_for_retry deferred rescheduled one_at_a_time one_at_a_time
api POST backfills '{"dag_id": "hourly", "from_date": "2026-01-05T00:00:00Z", "to_date": "2026-01-05T01:00:00Z", "max_active_runs": 1}'
wait_for "SELECT count(*) = 1 FROM task_instance WHERE dag_id = 'marked_failed' AND state = 'running'"
api PATCH "dags/marked_failed/dagRuns/$(run_id marked_failed)" '{"state": "failed"}'
runs "state = 'failed' AND dag_id IN ('lost', 'fails', 'exhausted', 'times_out', 'task_times_out', 'branches', 'killed', 'marked_failed')" 8
runs "state = 'success' AND clear_number = 1" 1
runs "state = 'success' AND dag_id IN ('retried', 'mapped', 'long')" 3
runs "state = 'success' AND run_type = 'scheduled'" 2
runs "state = 'success' AND run_type = 'backfill'" 1
wait_for "SELECT count(*) = 3 FROM task_instance WHERE state IN ('up_for_retry', 'deferred', 'up_for_reschedule')"
wait_for "SELECT count(*) = 1 FROM task_instance WHERE dag_id = 'one_at_a_time' AND state = 'running'"
# Arguments and states of the products' own, that no figure is made from.
psql -Xq -c "UPDATE task_instance SET hostname = 'worker.example', executor_config = '\\x'" \
    -c "UPDATE task_instance_history SET hostname = 'worker.example', executor_config = '\\x'"
dump_postgres public.dag_run public.task_instance public.task_instance_history
