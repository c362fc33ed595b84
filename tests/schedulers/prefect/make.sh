#!/usr/bin/env bash
# Flow runs of Prefect (flows.py), on PostgreSQL and on SQLite, its default. Takes about six minutes.
# make.sh postgres or make.sh sqlite makes one of the two only.
source "$(dirname "$0")/../lib.sh"

venv prefect==3.9.1
start_postgres
cp "$here/flows.py" "$work"
cd "$work"
export PREFECT_HOME=$work/prefect PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1 PREFECT_LOGGING_TO_API_ENABLED=false
export PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS=3 PREFECT_API_SERVICES_LATE_RUNS_LOOP_SECONDS=2
export PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS=3 PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS=2
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1

runs() { # STATE-NAME FLOW COUNT
    for _ in {1..180}; do
        [ "$(python flows.py count "$1" "$2" 2>/dev/null || echo 0)" -lt "$3" ] || return 0
        sleep 0.5
    done
    say "waited in vain for $3 $2 in $1"
    return 1
}

history() {
    local port server served
    port=$(free_port)
    export PREFECT_API_URL=http://127.0.0.1:$port/api
    spawn server.log prefect server start --host 127.0.0.1 --port "$port"
    server=$pid
    until curl -sSf "$PREFECT_API_URL/health" >/dev/null 2>&1; do sleep 1; done
    say "flows that run in their own process"
    python flows.py run >>run.log 2>&1
    spawn killed.log python flows.py start killed
    runs Running killed 1
    kill -KILL -- "-$pid"
    say "flows that are served: on a schedule, cancelled, crashed, late"
    spawn serve.log python flows.py serve
    served=$pid
    runs Completed scheduled 3
    python flows.py deploy cancelled
    python flows.py deploy crashes
    runs Running cancelled 1
    python flows.py cancel cancelled
    runs Cancelled cancelled 1
    runs Crashed crashes 1
    kill -KILL -- "-$served"
    runs Late scheduled 1
    spawn running.log python flows.py start running
    runs Running running 1
    python flows.py pending
    kill "$server"
    sleep 3
}

# What a flow was given, and what the client and the server know of themselves. Of the runs that are due later,
# three are enough.
cut="UPDATE flow_run SET parameters = '{}', context = '{}', empirical_policy = '{}', labels = '{}', job_variables = '{}'"
states="UPDATE flow_run_state SET state_details = '{}'"
late="DELETE FROM flow_run WHERE state_name = 'Scheduled' AND id NOT IN
    (SELECT id FROM flow_run WHERE state_name = 'Scheduled' ORDER BY expected_start_time LIMIT 3)"

if [ "${1:-postgres}" = postgres ]; then
    export PREFECT_API_DATABASE_CONNECTION_URL=postgresql+asyncpg://jobdelta:x@127.0.0.1:$PGPORT/jobs
    export PREFECT_SERVER_DATABASE_CONNECTION_URL=$PREFECT_API_DATABASE_CONNECTION_URL
    history
    psql -Xq -c "$cut" -c "$states" -c "$late"
    dump_postgres public.flow public.flow_run public.flow_run_state
    unset PREFECT_API_DATABASE_CONNECTION_URL PREFECT_SERVER_DATABASE_CONNECTION_URL
fi
if [ "${1:-sqlite}" = sqlite ]; then
    history
    sqlite3 "$PREFECT_HOME/prefect.db" "PRAGMA foreign_keys = ON; $cut; $states; $late"
    dump_sqlite "$PREFECT_HOME/prefect.db" flow flow_run flow_run_state
fi
