#!/usr/bin/env bash
# Times a report over generated runs on PostgreSQL beside six analysis queries in psql, in turn, with the
# same rows. It starts no server and drops nothing; a table job_runs that is there already is used as it is.
#
#   benches/postgres_million.sh postgres://user@host/database [rows] [rounds]
set -euo pipefail

url=${1:?give the URL of a PostgreSQL database}
rows=${2:-1000000}
rounds=${3:-5}
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT

# JOBDELTA names a program that is built already.
if [ -z "${JOBDELTA:-}" ]; then
    (cd "$here/.." && cargo build --release --bin jobdelta)
    JOBDELTA="$here/../target/release/jobdelta"
fi

if [ -z "$(psql -XqAt "$url" -c "SELECT to_regclass('job_runs')")" ]; then
    echo "making $rows runs"
    psql -Xq "$url" -v rows="$rows" -f "$here/generate.sql"
fi
echo "$(psql -XqAt "$url" -c 'SELECT count(*) FROM job_runs') runs, $(psql -XqAt "$url" -c 'SHOW server_version')"

# Seconds that a command takes.
seconds() {
    local start=$EPOCHREALTIME
    "$@" > "$out/printed" 2>&1 || [ $? -eq 1 ]
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }'
}

report() {
    "$JOBDELTA" report --db "$url" --max-time 10m --as-of 2026-03-01T00:00:00Z \
        --baseline 2026-02-01T00:00:00Z/2026-02-08T00:00:00Z \
        --stagger 2026-02-08T00:00:00Z/2026-02-15T00:00:00Z "$@"
}

ways="scan pushdown"
printf '%-6s %10s' round psql_six
printf ' %10s' $ways
printf '\n'
for round in $(seq "$rounds"); do
    line=$(seconds psql -Xq "$url" -f "$here/psql_six.sql")
    for way in $ways; do
        line="$line $(seconds report --execution "$way" -o "$out/$way.json")"
    done
    printf '%-6s' "$round"
    printf ' %10s' $line
    printf '\n'
    echo "$line" >> "$out/times"
done

# Medians, and what part of psql's time each takes.
for column in 1 2 3; do
    cut -d ' ' -f "$column" "$out/times" | sort -n | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
done | paste -sd ' ' | awk '{
    printf "median %10.2f %10.2f %10.2f\n", $1, $2, $3
    printf "ratio  %10.2f %10.2f %10.2f\n", 1, $2 / $1, $3 / $1
}'
