#!/usr/bin/env bash
# Jobs of pg-boss (jobs.mjs). Takes about a minute.
source "$(dirname "$0")/../lib.sh"

start_postgres
cp "$here/jobs.mjs" "$work"
if [ -n "${NODE_MODULES:-}" ]; then
    ln -s "$NODE_MODULES" "$work/node_modules"
else
    (cd "$work" && npm install --no-audit --no-fund --silent pg-boss@12.38.0 >&2)
fi
cd "$work"
boss() { node jobs.mjs "$@"; }
boss queues
spawn worker.log node jobs.mjs work '^(?!killed)'
boss send '^(?!killed)'
spawn victim.log node jobs.mjs work '^killed'
victim=$pid
boss send '^killed'
wait_for "SELECT count(*) = 2 FROM pgboss.job WHERE name LIKE 'killed%' AND state = 'active'"
kill -KILL -- "-$victim"
say "a worker is killed in mid-run"
wait_for "SELECT state = 'active' FROM pgboss.job WHERE name = 'cancelled'"
boss cancel cancelled
boss cancel cancelled-early
wait_for "SELECT count(*) = 0 FROM pgboss.job WHERE (state = 'active' AND name NOT IN ('killed', 'running'))
    OR (state < 'active' AND name IN ('succeeds', 'fails', 'retried', 'exhausted', 'times-out'))"
wait_for "SELECT count(*) > 0 FROM pgboss.job WHERE name = 'every-minute' AND state = 'completed'"
boss send '^(succeeds|fails|own-table|running)$'
sleep 4
mapfile -t partitions < <(psql -XqAt -c "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'pgboss.job'::regclass")
dump_postgres pgboss.version pgboss.queue pgboss.schedule pgboss.job "${partitions[@]}"
