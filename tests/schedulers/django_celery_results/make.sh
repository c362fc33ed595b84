#!/usr/bin/env bash
# Tasks of Celery with their results in Django's database (jobs.py). Takes about a minute.
source "$(dirname "$0")/../lib.sh"

venv django-celery-results==2.6.0 django-celery-beat 'celery==5.7.*' 'django==5.2.*' psycopg2-binary
start_postgres
cp "$here/jobs.py" "$work"
cd "$work"
mkdir -p broker/in broker/control
worker() {
    spawn worker.log celery -A jobs worker --pool prefork --hostname "$1@host" "${@:2}" --loglevel info
    worker=$pid
}
send() { python jobs.py "$1"; }
rows() { wait_for "SELECT count(*) >= $2 FROM django_celery_results_taskresult WHERE $1"; }

python jobs.py migrate
worker first --concurrency 8
sleep 4
spawn beat.log celery -A jobs beat --scheduler django --loglevel info
beat=$pid
send mixed
rows "task_name = 'jobs.sleeps' AND status = 'STARTED'" 2
rows "status = 'PROGRESS'" 1
send revoke
rows "status = 'REVOKED'" 3
rows "task_name = 'jobs.progresses' AND status = 'SUCCESS'" 1
rows "task_name = 'jobs.kills_itself' AND status = 'FAILURE'" 1
kill "$beat"
sleep 1
kill -KILL -- "-$worker"
say "the worker is killed; another starts"
rm -rf broker/in/* broker/control/*
worker second --concurrency 4
sleep 4
send again
rows "worker = 'second@host' AND status IN ('SUCCESS', 'FAILURE')" 2
kill -KILL -- "-$worker"
say "a worker with Celery's default settings"
rm -rf broker/in/* broker/control/*
JOBS_DEFAULTS=1 worker third --concurrency 2
sleep 4
JOBS_DEFAULTS=1 send again
rows "task_name IS NULL AND status IN ('SUCCESS', 'FAILURE')" 2
# Tracebacks hold paths of this machine; no status is told from them.
psql -Xq -c "UPDATE django_celery_results_taskresult SET traceback = 'Traceback (cut)' WHERE traceback IS NOT NULL" \
    -c "UPDATE django_celery_results_taskresult SET meta = '{\"children\": []}' WHERE length(meta) > 200"
dump_postgres public.django_celery_results_taskresult public.django_celery_results_groupresult public.django_celery_results_chordcounter
