#!/usr/bin/env bash
# Jobs of Procrastinate (jobs.py). Takes about a minute.
source "$(dirname "$0")/../lib.sh"

venv procrastinate==3.10.0 'psycopg[binary]'
start_postgres
cp "$here/jobs.py" "$work"
cd "$work"
export PYTHONPATH=$work
worker() { spawn worker.log procrastinate --app jobs.app worker --concurrency 8 --queues "$1"; }
jobs() { wait_for "SELECT count(*) = $2 FROM procrastinate_jobs WHERE $1"; }

procrastinate --app jobs.app schema --apply >&2
worker killed
python jobs.py killed
jobs "queue_name = 'killed' AND status = 'doing'" 3
kill -KILL -- "-$pid"
say "a worker is killed in mid-run; one of its jobs is retried by hand, one is cancelled"
worker default
python jobs.py defer
jobs "task_name = 'aborted' AND status = 'doing'" 1
python jobs.py cancel
jobs "status = 'failed' AND task_name IN ('fails', 'exhausted')" 2
jobs "status = 'succeeded' AND task_name IN ('succeeds', 'retried', 'long', 'killed')" 6
jobs "status = 'aborted'" 1
wait_for "SELECT count(*) >= 4 FROM procrastinate_jobs WHERE status = 'succeeded' AND task_name = 'periodic'"
python jobs.py again
sleep 2
dump_postgres public.procrastinate_workers public.procrastinate_jobs public.procrastinate_events public.procrastinate_periodic_defers
