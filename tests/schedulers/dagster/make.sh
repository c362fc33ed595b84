#!/usr/bin/env bash
# Runs of Dagster (jobs.py) on its default storage, SQLite. Takes about three minutes.
source "$(dirname "$0")/../lib.sh"

venv dagster==1.13.28
export DAGSTER_HOME=$work/dagster DAGSTER_DISABLE_TELEMETRY=1
mkdir "$DAGSTER_HOME"
cp "$here/jobs.py" "$work"
cat >"$DAGSTER_HOME/dagster.yaml" <<'YAML'
telemetry: {enabled: false}
run_retries: {enabled: true, max_retries: 0}
run_queue: {max_concurrent_runs: 6}
run_monitoring: {enabled: true, poll_interval_seconds: 2, start_timeout_seconds: 60, cancel_timeout_seconds: 5}
YAML
cd "$work"
runs() { sqlite3 "$DAGSTER_HOME/history/runs.db" "SELECT count(*) FROM runs WHERE $1" 2>/dev/null || echo 0; }
wait_runs() {
    for _ in {1..300}; do
        [ "$(runs "$1")" -lt "$2" ] || return 0
        sleep 1
    done
    say "waited in vain for $2 of: $1"
    return 1
}
launch() { dagster job launch --working-directory "$work" --python-file jobs.py --job "$1" ${2:+--tags "$2"} >>launch.log 2>&1; }
daemon() { spawn daemon.log dagster-daemon run --working-directory "$work" --python-file jobs.py; }

say "a run in the foreground, a failing one, one that is killed"
dagster job execute --python-file jobs.py --job succeeds >>execute.log 2>&1
dagster job execute --python-file jobs.py --job fails >>execute.log 2>&1 || true
spawn execute.log dagster job execute --python-file jobs.py --job killed
wait_runs "pipeline_name = 'killed' AND status = 'STARTED'" 1
kill -KILL -- "-$pid"
# Launched and never heard of again: the daemon ends it as a start time-out.
python jobs.py starting long
say "with the daemon: a schedule, a retry, a time-out, a cancellation"
daemon
launch long
launch fails '{"dagster/max_retries": "1"}'
launch times_out '{"dagster/max_runtime": "5"}'
launch cancelled
wait_runs "pipeline_name = 'cancelled' AND status = 'STARTED'" 1
python jobs.py terminate cancelled
wait_runs "pipeline_name = 'cancelled' AND status = 'CANCELED'" 1
wait_runs "pipeline_name = 'times_out' AND status IN ('FAILURE', 'CANCELED')" 1
wait_runs "pipeline_name = 'fails' AND status = 'FAILURE'" 3
wait_runs "pipeline_name = 'every_minute' AND status = 'SUCCESS'" 2
wait_runs "pipeline_name = 'long' AND status = 'SUCCESS'" 1
wait_runs "pipeline_name = 'long' AND status = 'FAILURE'" 1
launch running
wait_runs "pipeline_name = 'running' AND status = 'STARTED'" 1
kill -KILL -- "-$pid"
say "without the daemon runs stay queued; one is created and never launched, one never gets past its launch"
launch succeeds
python jobs.py create succeeds
python jobs.py starting succeeds
cp "$DAGSTER_HOME/history/runs.db" runs.db
# Snapshots of the code are large, and no status is told from them.
sqlite3 runs.db "UPDATE snapshots SET snapshot_body = x''; UPDATE runs SET run_body = json_object('cut', run_id)"
dump_sqlite runs.db snapshots runs run_tags
