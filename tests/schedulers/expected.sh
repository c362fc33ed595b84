#!/usr/bin/env bash
# expected.sh PRODUCT…: loads the product's dump into an empty database and writes expected.csv again. For the
# servers of `tests/run --shell`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

: "${JOBDELTA_TEST_POSTGRES:?run it in tests/run --shell}"
postgres=${JOBDELTA_TEST_POSTGRES%/*}
name=expected_$$
for product in "$@"; do
    cd "$product"
    if [ -e postgres.sql ]; then
        psql -Xq "$postgres/postgres" -c "CREATE DATABASE $name"
        psql -Xq -v ON_ERROR_STOP=1 "$postgres/$name" -f postgres.sql
        for sql in expected*.sql; do
            [[ $sql == *sqlite* ]] || psql -Xq --csv -v ON_ERROR_STOP=1 "$postgres/$name" -f "$sql" >"${sql%.sql}.csv"
        done
        psql -Xq "$postgres/postgres" -c "DROP DATABASE $name"
    fi
    if [ -e mysql.sql ]; then
        credentials=${JOBDELTA_TEST_MARIADB#*://} && credentials=${credentials%%@*}
        mariadb=(mariadb --no-defaults --default-character-set=utf8mb4 --socket "$JOBDELTA_TEST_MARIADB_SOCKET"
            --user "${credentials%%:*}" "--password=${credentials#*:}")
        "${mariadb[@]}" -e "CREATE DATABASE $name CHARACTER SET utf8mb4"
        mariadb+=("$name")
        "${mariadb[@]}" <mysql.sql
        { echo "SET time_zone = '+00:00';" && cat expected.sql; } | "${mariadb[@]}" --xml | python3 -c '
import csv, sys, xml.etree.ElementTree as tree
rows = [[(f.get("name"), f.text or "") for f in row] for row in tree.parse(sys.stdin).iter("row")]
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow([name for name, _ in rows[0]])
out.writerows([[text for _, text in row] for row in rows])' >expected.csv
        "${mariadb[@]}" -e "DROP DATABASE $name"
    fi
    cd ..
done
