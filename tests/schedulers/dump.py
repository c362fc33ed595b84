"""Writes the named tables of a database as SQL that any client can load.

    dump.py postgres SCHEMA.TABLE...      (the database of libpq's environment)
    dump.py sqlite FILE TABLE...

The product's own definitions of these tables, complete, with their types, sequences, defaults, indexes
and keys; no owners, privileges, extensions, functions, triggers or policies. A foreign key to a table
that is not dumped, and an index that needs an extension, are left out on PostgreSQL. The rows are INSERTs.
"""

import re
import subprocess
import sys

KEPT = {
    "SCHEMA", "TYPE", "DOMAIN", "TABLE", "TABLE ATTACH", "SEQUENCE", "SEQUENCE OWNED BY", "DEFAULT", "TABLE DATA",
    "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "INDEX", "INDEX ATTACH", "VIEW",
}  # fmt: skip
HEADER = re.compile(r"^-- (?:Data for )?Name: (.*); Type: (.*); Schema: (.*); Owner: .*$", re.M)


def postgres(tables):
    command = ["pg_dump", "--no-owner", "--no-privileges", "--no-comments", "--column-inserts", "--rows-per-insert=20"]
    schemas = sorted({table.split(".")[0] for table in tables})
    for schema in schemas:
        command += ["-n", schema]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = re.sub(r"^(SET|SELECT pg_catalog\.(set_config|setval)|\\).*\n", "", text, flags=re.M)
    text = text.split("-- PostgreSQL database dump complete")[0]
    parts = HEADER.split(text)
    entries = [entry for entry in zip(*[iter(parts[1:])] * 4) if entry[1] in KEPT]
    known = {f"{schema}.{name}" for name, kind, schema, _ in entries if kind in ("TABLE", "VIEW")}
    if missing := set(tables) - known:
        sys.exit(f"no table {', '.join(sorted(missing))}")
    # A serial column's sequence is named by its default, which comes after it.
    kept = [
        body
        for name, kind, schema, body in entries
        if f"{schema}.{name}" in tables or (kind == "DEFAULT" and f"{schema}.{name.split(' ')[0]}" in tables)
    ]
    using = "".join(kept)
    for name, kind, schema, body in entries:
        body = re.sub(r"^--.*\n?", "", body, flags=re.M) if kind != "TABLE DATA" else body
        body = re.sub(r"\A\s*--\n|\n--\s*\Z", "", body).strip()
        if wanted(name, kind, schema, body, tables, known, using):
            print(body, end="\n\n" if body else "")


def wanted(name, kind, schema, body, tables, known, using):
    if kind == "SCHEMA":
        return name != "public"
    if kind in ("TYPE", "DOMAIN"):
        return True
    if kind in ("TABLE", "VIEW", "TABLE DATA"):
        return f"{schema}.{name}" in tables
    # An index, key, sequence or default belongs to the first table that it names.
    named = [table for table in re.findall(r"[a-z_0-9]+\.[a-z_0-9]+", body) if table in known]
    if "gin_trgm_ops" in body:
        return False  # of an extension
    if kind == "SEQUENCE" and not named:
        return f"'{schema}.{name}'" in using
    return bool(named) and all(table in tables for table in named)


def sqlite(file, tables):
    import sqlite3

    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    marks = ", ".join("?" * len(tables))
    definitions = database.execute(
        f"SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index', 'view')"
        f" AND tbl_name IN ({marks}) ORDER BY type = 'index', rowid",
        tables,
    ).fetchall()
    for kind in ("table", "view"):
        for _, _, sql in [row for row in definitions if row[0] == kind]:
            print(f"{sql};\n")
    for table in tables:
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        rows = [row for (row,) in database.execute(f'SELECT {quoted} FROM "{table}"')]
        for at in range(0, len(rows), 20):
            values = ",\n".join(f"    ({row})" for row in rows[at : at + 20])
            print(f'INSERT INTO "{table}" ({names}) VALUES\n{values};\n')
    for _, _, sql in [row for row in definitions if row[0] == "index"]:
        print(f"{sql};\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["postgres", *tables]:
            postgres(tables)
        case ["sqlite", file, *tables]:
            sqlite(file, tables)
        case _:
            sys.exit(__doc__)
