"""Writes a product's rows for another database on which the product keeps its tables, too.

    port.py PRODUCT postgres|mysql|sqlite (for the servers of `tests/run --shell`)

Reads PRODUCT/postgres.sql, or sqlite.sql where that is what the product itself wrote, and writes the other: the
same tables and rows, with the types that the product's library gives these columns there, and times as the
library writes them. Runs are the same, so that expected.csv holds for them, too.
"""

import datetime
import json
import os
import re
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

# Types by the library that makes the tables; `*` holds for all.
TYPES = {
    "postgres": {
        "*": {"float": "double precision", "datetime": "timestamp without time zone", "blob": "bytea"},
    },
    "mysql": {
        "*": {
            "text": "longtext", "boolean": "tinyint(1)", "double precision": "double", "jsonb": "json", "json": "json",
            "bytea": "longblob", "uuid": "char(32)", "float": "double",
        },
        "airflow": {"timestamp with time zone": "timestamp(6) NULL", "timestamp without time zone": "datetime(6)"},
        "django": {"timestamp with time zone": "datetime(6)"},
        "dagster": {"datetime": "datetime(6)", "text": "text"},
        "n8n": {"timestamp(3) with time zone": "datetime(3)", "character varying": "varchar(255)"},
        "spring": {"timestamp without time zone": "datetime(6)"},
    },
    "sqlite": {
        "*": {"double precision": "FLOAT", "jsonb": "JSON", "bytea": "BLOB", "uuid": "CHAR(32)"},
        "airflow": {"timestamp with time zone": "TIMESTAMP"},
        "django": {"timestamp with time zone": "datetime", "boolean": "bool", "jsonb": "text"},
        "n8n": {"timestamp(3) with time zone": "datetime(3)", "character varying": "varchar"},
    },
}  # fmt: skip
LIBRARY = {
    "airflow": "airflow", "airflow_2": "airflow", "django_celery_results": "django", "django_q2": "django",
    "dagster": "dagster", "n8n": "n8n", "spring_batch": "spring",
}  # fmt: skip
UPPER_CASE = {"spring_batch"}
FROM_SQLITE = {"dagster"}
here = Path(__file__).parent


def psql(database, *arguments):
    server = os.environ["JOBDELTA_TEST_POSTGRES"].rsplit("/", 1)[0]
    command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", *arguments, f"{server}/{database}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def from_postgres(product):
    """Tables by name: columns with their types, the key's columns, and the rows."""
    name = f"port_{os.getpid()}"
    psql("postgres", "-c", f"CREATE DATABASE {name}")
    try:
        psql(name, "-f", str(here / product / "postgres.sql"))
        listed = psql(name, "-c", "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid")
        tables = {}
        for table in listed.split():
            columns = psql(name, "-c", "SELECT attname || '|' || format_type(atttypid, atttypmod) || '|' || CASE WHEN attnotnull THEN 1 ELSE 0 END"
                           f" FROM pg_attribute WHERE attrelid = 'public.\"{table}\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
            columns = [tuple(line.split("|")) for line in columns.splitlines()]
            key = psql(name, "-c", "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
                       f" WHERE i.indrelid = 'public.\"{table}\"'::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int[], a.attnum::int)").split()
            rows = psql(name, "-c", f'SET timezone = \'UTC\'; SELECT to_json(t) FROM "{table}" t')
            tables[table] = (columns, key, [list(json.loads(row).values()) for row in rows.splitlines()])
        return tables
    finally:
        psql("postgres", "-c", f"DROP DATABASE {name}")


def from_sqlite(product):
    database = sqlite3.connect(":memory:")
    database.executescript((here / product / "sqlite.sql").read_text())
    tables = {}
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall():
        info = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        columns = [(name, kind.lower(), str(required)) for _, name, kind, required, _, _ in info]
        key = [row[1] for row in info if row[5]]
        tables[table] = (columns, key, database.execute(f'SELECT * FROM "{table}"').fetchall())
    return tables


def kind_in(engine, library, kind):
    kinds = {**TYPES[engine]["*"], **TYPES[engine].get(library, {})}
    return kinds.get(kind, kind.replace("character varying", "varchar"))


def literal(engine, library, kind, value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, bytes) or kind == "bytea":
        digits = value.hex() if isinstance(value, bytes) else value.removeprefix("\\x")
        return f"'\\x{digits}'" if engine == "postgres" else f"X'{digits}'"
    if isinstance(value, (dict, list)):
        value = json.dumps(value)
    elif kind.startswith("timestamp"):
        value = time(engine, library, kind, value)
    elif kind == "uuid":
        value = uuid.UUID(value).hex
    if engine == "mysql":
        value = value.replace("\\", "\\\\")
    return "'" + value.replace("'", "''") + "'"


def time(engine, library, kind, text):
    at = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    if library == "n8n":
        return at.isoformat(" ", "milliseconds")
    # Django leaves out a fraction of zero.
    return str(at) if engine == "sqlite" and library == "django" else at.isoformat(" ", "microseconds")


def port(product, engine):
    library = LIBRARY[product]
    source = "sqlite" if product in FROM_SQLITE else "postgres"
    tables = from_postgres(product) if source == "postgres" else from_sqlite(product)
    quote = "`{}`".format if engine == "mysql" else '"{}"'.format
    out = [f"-- Made by port.py of {source}.sql, with the types that the product gives these columns here."]
    if engine == "mysql":
        out.append("SET time_zone = '+00:00';")
    for table, (columns, key, rows) in tables.items():
        cased = (lambda name: name.upper()) if product in UPPER_CASE else (lambda name: name)
        lines = [
            # A key or an index of MySQL needs a length; no figure is made from them.
            f"    {quote(cased(name))} {kind_in(engine, library, kind)}{' NOT NULL' if required == '1' else ''}"
            for name, kind, required in columns
        ]
        if key:
            lines.append(f"    PRIMARY KEY ({', '.join(quote(cased(name)) for name in key)})")
        end = " DEFAULT CHARSET = utf8mb4" if engine == "mysql" else ""
        out.append(f"CREATE TABLE {quote(cased(table))} (\n" + ",\n".join(lines) + f"\n){end};\n")
        names = ", ".join(quote(cased(name)) for name, _, _ in columns)
        for at in range(0, len(rows), 20):
            values = ",\n".join(
                "    (" + ", ".join(literal(engine, library, kind, value) for (_, kind, _), value in zip(columns, row)) + ")"
                for row in rows[at : at + 20]
            )
            out.append(f"INSERT INTO {quote(cased(table))} ({names}) VALUES\n{values};\n")
    text = re.sub(r"timestamp\(6\) NULL NOT NULL", "timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)", "\n".join(out))
    (here / product / f"{engine}.sql").write_text(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    port(*sys.argv[1:])
