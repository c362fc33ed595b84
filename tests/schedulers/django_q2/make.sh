#!/usr/bin/env bash
# Tasks of django-q2 (jobs.py). Takes about a minute.
source "$(dirname "$0")/../lib.sh"

venv django-q2==1.11.1 'django==5.2.*' psycopg2-binary croniter
start_postgres
cp "$here/jobs.py" "$work"
cd "$work"
export PYTHONPATH=$work DJANGO_SETTINGS_MODULE=jobs
python -m django migrate --verbosity 0
cluster() { spawn cluster.log python -m django qcluster; }
tasks() { wait_for "SELECT count(*) = $2 FROM django_q_task WHERE $1"; }

cluster
python jobs.py first
tasks success 6
tasks 'NOT success' 3
python jobs.py killed
sleep 4
kill -KILL -- "-$pid"
say "the cluster is killed; another starts"
cluster
python jobs.py second
wait_for "SELECT count(*) >= 2 FROM django_q_task WHERE \"group\" = 'every minute'"
tasks "func = 'jobs.sleep_long' AND NOT success" 1
dump_postgres public.django_q_task public.django_q_schedule public.django_q_ormq
