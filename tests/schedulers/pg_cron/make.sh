#!/usr/bin/env bash
# Jobs of pg_cron that succeed, fail, run long, are cancelled, killed and cut off by a crash of the
# server. Takes about five minutes: pg_cron 1.4 starts a job once a minute at most.
source "$(dirname "$0")/../lib.sh"

[ -e /usr/lib/postgresql/15/lib/pg_cron.so ] ||
    apt-get -qq install -y --no-install-recommends postgresql-15-cron >&2
start_postgres -c shared_preload_libraries=pg_cron -c cron.database_name=jobs -c cron.host=127.0.0.1
psql -Xq -v ON_ERROR_STOP=1 -f - <<'SQL'
CREATE EXTENSION pg_cron;
CREATE ROLE alice LOGIN;
CREATE ROLE locked_out NOLOGIN;
GRANT USAGE ON SCHEMA cron TO alice, locked_out;
SELECT cron.schedule('succeeds', '* * * * *', 'SELECT 1') AS scheduled \gset
SELECT cron.schedule('fails', '* * * * *', $$DO 'BEGIN RAISE EXCEPTION ''no such customer''; END'$$) AS scheduled \gset
SELECT cron.schedule('fails late', '* * * * *', 'SELECT 1; SELECT 1/0') AS scheduled \gset
SELECT cron.schedule('long', '* * * * *', 'SELECT pg_sleep(75)') AS scheduled \gset
SELECT cron.schedule('times out', '* * * * *', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)') AS scheduled \gset
SELECT cron.schedule('* * * * *', 'SELECT 2') AS scheduled \gset
SELECT cron.schedule('shared', '* * * * *', 'SELECT 3') AS scheduled \gset
SELECT cron.schedule('unscheduled', '* * * * *', 'SELECT 4') AS scheduled \gset
SELECT cron.schedule('paused', '* * * * *', 'SELECT 5') AS scheduled \gset
UPDATE cron.job SET active = false WHERE jobname = 'paused';
SET ROLE alice;
SELECT cron.schedule('shared', '* * * * *', 'SELECT pg_sleep(1)') AS scheduled \gset
SET ROLE locked_out;
SELECT cron.schedule('locked out', '* * * * *', 'SELECT 6') AS scheduled \gset
SQL

say "first minute"
wait_for "SELECT count(*) >= 9 FROM cron.job_run_details WHERE end_time IS NOT NULL"
psql -Xq -c "DO \$\$BEGIN PERFORM cron.unschedule('unscheduled'), cron.schedule('cancelled', '* * * * *', 'SELECT pg_sleep(40)'),
    cron.schedule('killed', '* * * * *', 'SELECT pg_sleep(41)'); END\$\$"
say "second minute"
wait_for "SELECT count(*) = 2 FROM pg_stat_activity WHERE state = 'active' AND query ~ '^SELECT pg_sleep\(4[01]\)'"
psql -Xq -o /dev/null -c "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep\(40\)'" \
    -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep\(41\)'"
# A server that lets pg_cron connect and never answers: its run is 'connecting' for ten seconds.
silent=$(free_port)
spawn silent.log python3 -c "import socket, time; s = socket.create_server(('127.0.0.1', $silent)); time.sleep(600)"
psql -Xq -c "DO \$\$BEGIN PERFORM cron.unschedule('cancelled'), cron.unschedule('killed'),
    cron.schedule('unreachable', '* * * * *', 'SELECT 7'), cron.schedule('restart', '* * * * *', 'SELECT pg_sleep(50)'); END\$\$" \
    -c "UPDATE cron.job SET nodeport = $silent WHERE jobname = 'unreachable'"
say "third and fourth minute: a run times out while it connects, then the server crashes"
wait_for "SELECT count(*) = 1 FROM cron.job_run_details WHERE command = 'SELECT 7' AND status = 'failed'"
wait_for "SELECT count(*) = 1 FROM cron.job_run_details WHERE command = 'SELECT 7' AND status = 'connecting'"
wait_for "SELECT count(*) > 0 FROM cron.job_run_details WHERE command = 'SELECT pg_sleep(50)' AND status = 'running'"
stop_postgres immediate
run_postgres
say "fifth minute"
wait_for "SELECT count(*) > 0 FROM cron.job_run_details WHERE command = 'SELECT pg_sleep(50)' AND status = 'running'"
psql -Xq -c "DO \$\$BEGIN PERFORM cron.unschedule('unreachable'); END\$\$"
# The tables belong to the extension, and pg_dump leaves out what belongs to one. Row-level security
# (each user sees the own rows only) is left out of the dump.
psql -Xq -c 'ALTER EXTENSION pg_cron DROP TABLE cron.job' -c 'ALTER EXTENSION pg_cron DROP TABLE cron.job_run_details' \
    -c 'ALTER EXTENSION pg_cron DROP SEQUENCE cron.jobid_seq' -c 'ALTER EXTENSION pg_cron DROP SEQUENCE cron.runid_seq' \
    -c 'ALTER EXTENSION pg_cron DROP SCHEMA cron'
dump_postgres cron.job cron.job_run_details
