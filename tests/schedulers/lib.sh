# Sourced by each make.sh: a throw-away folder, a throw-away PostgreSQL, processes that end with the
# script, and the two ways out, a dump and the expected runs.
#
# VENV=DIR or NODE_MODULES=DIR takes a product that is installed already in place of a new installation.
# shellcheck shell=bash
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/schedulers.XXXXXX")
chmod 755 "$work"
postgres_bin=$(dirname "$(find /usr/lib/postgresql/15/bin -name initdb)")
spawned=()
account=()
if [ "$(id -u)" -eq 0 ]; then
    account=(setpriv --reuid postgres --regid postgres --clear-groups)
    chown postgres "$work"
fi

say() { printf '%s: %s\n' "$(basename "$here")" "$*" >&2; }

clean_up() {
    local pid
    for pid in "${spawned[@]}"; do kill -KILL -- "-$pid" 2>/dev/null || true; done
    [ ! -e "$work/postgres/postmaster.pid" ] || stop_postgres immediate
    [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap clean_up EXIT

# spawn LOG COMMAND…: starts COMMAND in a process group of its own; its id is in $pid.
spawn() {
    local log=$1
    shift
    setsid "$@" >>"$work/$log" 2>&1 &
    pid=$!
    spawned+=("$pid")
    disown "$pid"
}

# Waits, for three minutes at most, until the query gives t.
wait_for() {
    for _ in {1..360}; do
        [ "$(psql -XqAt -c "SELECT ($1)::text" 2>/dev/null)" != true ] || return 0
        sleep 0.5
    done
    say "waited in vain for: $1"
    return 1
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start_postgres [OPTION…]: a server in UTC with a database called jobs, for libpq's clients.
start_postgres() {
    PGPORT=$(free_port)
    export PGPORT PGHOST=127.0.0.1 PGUSER=jobdelta PGDATABASE=jobs PGPASSWORD=let-me-in
    postgres_options="-p $PGPORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work -c timezone=UTC -c max_connections=200 $*"
    (cd "$work" && "${account[@]}" "$postgres_bin/initdb" -D postgres -U jobdelta -A trust -E UTF8 --locale=C.UTF-8 >initdb.log)
    run_postgres
    createdb jobs
}

run_postgres() {
    (cd "$work" && "${account[@]}" "$postgres_bin/pg_ctl" -D postgres -w -l postgres.log -o "$postgres_options" start >/dev/null)
}

stop_postgres() { (cd "$work" && "${account[@]}" "$postgres_bin/pg_ctl" -D postgres -w -m "$1" stop >/dev/null); }

# venv PACKAGE…: python and pip's programs of these packages first in PATH.
venv() {
    if [ -z "${VENV:-}" ]; then
        VENV=$work/venv
        python3 -m venv "$VENV"
        say "installing $*"
        "$VENV/bin/pip" install --quiet "$@"
    fi
    export PATH=$VENV/bin:$PATH
}

# dump_postgres TABLE…: postgres.sql, and expected.csv of that file loaded into an empty database, once
# as a script of psql and once as a single simple query.
dump_postgres() {
    /usr/bin/env python3 "$tools/dump.py" postgres "$@" >"$here/postgres.sql"
    psql -Xq -c "DROP DATABASE IF EXISTS script" 2>/dev/null
    createdb script
    psql -Xq -v ON_ERROR_STOP=1 -d script -f "$here/postgres.sql"
    local sql
    for sql in "$here"/expected*.sql; do
        [[ $sql == *sqlite* ]] || psql -Xq --csv -v ON_ERROR_STOP=1 -d script -f "$sql" >"${sql%.sql}.csv"
    done
    psql -Xq -c "DROP DATABASE IF EXISTS query" 2>/dev/null
    createdb query
    psql -Xq -v ON_ERROR_STOP=1 -d query -c "$(cat "$here/postgres.sql")"
    say "postgres.sql: $(wc -c <"$here/postgres.sql") bytes"
}

# dump_sqlite FILE TABLE…: the same for SQLite.
dump_sqlite() {
    /usr/bin/env python3 "$tools/dump.py" sqlite "$@" >"$here/sqlite.sql"
    rm -f "$work/check.sqlite"
    sqlite3 -bail "$work/check.sqlite" <"$here/sqlite.sql"
    local sql
    for sql in "$here"/expected*.sqlite.sql; do
        sqlite3 -bail -csv -header "$work/check.sqlite" <"$sql" | tr -d '\r' >"${sql%.sql}.csv"
    done
    say "sqlite.sql: $(wc -c <"$here/sqlite.sql") bytes"
}
