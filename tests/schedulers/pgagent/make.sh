#!/usr/bin/env bash
# Jobs of pgAgent that succeed, fail, fail in an ignored step, run long, time out, are cancelled and are
# left behind by an agent that is killed. Takes about a minute.
source "$(dirname "$0")/../lib.sh"

command -v pgagent >/dev/null || apt-get -qq install -y --no-install-recommends pgagent >&2
start_postgres
psql -Xq -v ON_ERROR_STOP=1 -f - <<'SQL'
CREATE EXTENSION pgagent;
-- job, its steps (kind, code, on error) and nothing else: jobs are started by setting jobnextrun.
CREATE PROCEDURE add_job(job text, VARIADIC steps text[]) LANGUAGE plpgsql AS $$
DECLARE id int; step text[]; at int;
BEGIN
    INSERT INTO pgagent.pga_job (jobjclid, jobname) VALUES (5, job) RETURNING jobid INTO id;
    FOR at IN 1 .. coalesce(array_length(steps, 1), 0) BY 3 LOOP
        INSERT INTO pgagent.pga_jobstep (jstjobid, jstname, jstkind, jstcode, jstonerror, jstdbname)
        VALUES (id, 'step ' || (at + 2) / 3, steps[at], steps[at + 1], steps[at + 2], CASE steps[at] WHEN 's' THEN 'jobs' ELSE '' END);
    END LOOP;
END $$;
CALL add_job('succeeds', 's', 'SELECT 1', 'f');
CALL add_job('two steps', 's', 'SELECT 1', 'f', 'b', E'#!/bin/sh\nsleep 1', 'f');
CALL add_job('fails', 's', 'SELECT 1/0', 'f');
CALL add_job('fails in its second step', 's', 'SELECT 1', 'f', 's', 'SELECT no_such_column', 'f', 's', 'SELECT 2', 'f');
CALL add_job('fails and is ignored', 's', 'SELECT 1/0', 'i', 's', 'SELECT 1', 'f');
CALL add_job('fails and succeeds', 's', 'SELECT 1/0', 's');
CALL add_job('script fails', 'b', E'#!/bin/sh\necho no such customer >&2\nexit 3', 'f');
CALL add_job('times out', 's', 'SET statement_timeout = ''1s''; SELECT pg_sleep(20)', 'f');
CALL add_job('long', 's', 'SELECT pg_sleep(6)', 'f');
CALL add_job('cancelled', 's', 'SELECT pg_sleep(40)', 'f');
CALL add_job('cut off', 's', 'SELECT pg_sleep(41)', 'f');
CALL add_job('no steps', VARIADIC '{}'::text[]);
CALL add_job('deleted', 's', 'SELECT 1', 'f');
CALL add_job('overlooked', 's', 'SELECT 1', 'f');
UPDATE pgagent.pga_job SET jobenabled = false WHERE jobname = 'overlooked';
SQL

start() { psql -Xq -c "UPDATE pgagent.pga_job SET jobnextrun = now() WHERE $1"; }
agent() { spawn agent.log pgagent -f -t 1 -r 10 -l 2 "host=127.0.0.1 port=$PGPORT user=jobdelta dbname=jobs"; }
ended() { wait_for "SELECT count(*) >= $1 FROM pgagent.pga_joblog WHERE jlgstatus <> 'r'"; }

agent
sleep 2
start "jobname <> 'cancelled' AND jobname <> 'cut off'"
ended 11
start "jobname IN ('succeeds', 'fails', 'cancelled')"
wait_for "SELECT count(*) = 1 FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(40)'"
psql -Xq -o /dev/null -c "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(40)'"
ended 14
start "jobname = 'cut off'"
wait_for "SELECT count(*) = 1 FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(41)'"
kill -KILL -- "-$pid"
say "the agent is killed; its successor closes the run"
sleep 3
agent
wait_for "SELECT count(*) = 1 FROM pgagent.pga_joblog WHERE jlgstatus = 'd'"
start "jobname IN ('succeeds', 'cut off')"
psql -Xq -c "DELETE FROM pgagent.pga_job WHERE jobname = 'deleted'"
wait_for "SELECT count(*) = 1 FROM pgagent.pga_joblog WHERE jlgstatus = 'r'"
sleep 2
for table in jobagent jobclass job jobstep schedule joblog jobsteplog; do
    tables+=("pgagent.pga_$table")
    psql -Xq -c "ALTER EXTENSION pgagent DROP TABLE pgagent.pga_$table"
done
dump_postgres "${tables[@]}"
