#!/usr/bin/env bash
# Jobs of pg-boss 9 and, called from its folder, 10 (jobs.mjs). Takes about a minute.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

export MAJOR=${here##*_}
start_postgres
cp "$tools/pg_boss_9/jobs.mjs" "$work"
if [ -n "${NODE_MODULES:-}" ]; then
    ln -s "$NODE_MODULES" "$work/node_modules"
else
    (cd "$work" && npm install --no-audit --no-fund --silent "pg-boss@$MAJOR" >&2)
fi
cd "$work"
boss() { node jobs.mjs "$@"; }
[ "$MAJOR" -eq 9 ] || boss queues
spawn worker.log node jobs.mjs work '^(?!killed)'
sleep 2
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
wait_for "SELECT count(*) = 0 FROM pgboss.job WHERE name NOT LIKE E'\\\\_\\\\_%' AND ((state = 'active' AND name NOT IN ('killed', 'running'))
    OR (state < 'active' AND name IN ('succeeds', 'fails', 'retried', 'exhausted', 'times-out')))"
wait_for "SELECT count(*) > 3 FROM pgboss.archive WHERE name NOT LIKE E'\\\\_\\\\_%'"
boss send '^(succeeds|fails|running)$'
sleep 3
mapfile -t partitions < <(psql -XqAt -c "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'pgboss.job'::regclass")
[ "$MAJOR" -eq 9 ] || partitions+=(pgboss.queue)
dump_postgres pgboss.version pgboss.schedule pgboss.job pgboss.archive "${partitions[@]}"
