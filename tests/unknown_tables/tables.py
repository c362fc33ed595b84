#!/usr/bin/env python3
"""Tables of job history that nobody has described, for the walk from `init` to `check`.

tables.py postgres|sqlite_iso|sqlite_local|mariadb|csv prints the table as a script, or the file;
tables.py expected prints what a report on the change at 2026-11-23T12:00:00Z has to count.

All hold the same runs of two days in Berlin, in columns that are called as somebody happened to call them.
"""

import datetime as dt
import json
import sys

BERLIN = dt.timedelta(hours=1)
START = dt.datetime(2026, 11, 22, 0, 0, 0)
END = dt.datetime(2026, 11, 23, 23, 0, 0)
CHANGE = dt.datetime(2026, 11, 23, 13, 0, 0)


def runs():
    """Name, local start, seconds (None: still running), outcome, in the order of the starts."""
    found = []
    at, number = START, 0
    while at < END:
        minute = at.hour * 60 + at.minute
        if minute % 5 == 2:
            found.append(("Rechnungen", at, 3 + number % 7))
        if minute % 60 == 10:
            found.append(("Abgleich", at, 41))
        if minute == 190:
            found.append(("Nachtlauf; groß", at, 600))
        at += dt.timedelta(minutes=1)
        number += 1
    rows = []
    for number, (name, at, seconds) in enumerate(found):
        outcome = "failed" if number % 60 == 59 else "success"
        rows.append((name, at, seconds, outcome))
    name, at, _, _ = rows[-1]
    rows[-1] = (name, at, None, "running")
    return rows


def text(value):
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def insert(table, rows):
    values = ",\n  ".join("(" + ", ".join(row) + ")" for row in rows)
    return f"INSERT INTO {table} VALUES\n  {values};\n"


def end_of(at, seconds):
    return None if seconds is None else at + dt.timedelta(seconds=seconds)


def postgres():
    words = {"success": "fertig", "failed": "kaputt", "running": "laeuft"}
    print("CREATE TABLE lauf_protokoll (nr bigint, vorgang text, los timestamp, brauchte text, ausgang text);")
    clock = lambda s: None if s is None else f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}.5"
    rows = [
        (str(n), text(name), text(at), text(clock(seconds)), text(words[outcome]))
        for n, (name, at, seconds, outcome) in enumerate(runs())
    ]
    print(insert("lauf_protokoll", rows))
    print("CREATE TABLE kunden (nr int, anschrift text); INSERT INTO kunden VALUES (1, 'Hamburg');")


def sqlite(form):
    words = {"success": "ok", "failed": "schief", "running": "busy"}
    print("CREATE TABLE verlauf (was TEXT, bis TEXT, von TEXT, wie TEXT, anmerkung TEXT);")
    show = lambda at: None if at is None else at.strftime(form)
    rows = [
        (text(name), text(show(end_of(at, seconds))), text(show(at)), text(words[outcome]), "NULL")
        for name, at, seconds, outcome in runs()
    ]
    print(insert("verlauf", rows))


def mariadb():
    words = {"success": "1", "failed": "0", "running": "NULL"}
    print("CREATE TABLE abc (x int, y1 datetime(0), y2 datetime(0) NULL, z varchar(50), w tinyint NULL) CHARACTER SET utf8mb4;")
    rows = [
        (str(n), text(at), text(end_of(at, seconds)), text(name), words[outcome])
        for n, (name, at, seconds, outcome) in enumerate(runs())
    ]
    print(insert("abc", rows))


def csv():
    words = {"success": "OK", "failed": "Fehler", "running": "läuft"}
    lines = ['"Auftrag";Beginn;Ende;Ergebnis;Bemerkung']
    for name, at, seconds, outcome in runs():
        end = end_of(at, seconds)
        show = lambda at: "" if at is None else at.strftime("%d.%m.%Y %H:%M:%S")
        lines.append(f'"{name}";{show(at)};{show(end)};{words[outcome]};')
    sys.stdout.buffer.write(("\ufeff" + "\r\n".join(lines) + "\r\n").encode())


def expected():
    settled = CHANGE + dt.timedelta(minutes=5)
    day = dt.timedelta(days=1)
    counts = {}
    for window, start, end in (("baseline", settled - day, END - day), ("stagger", settled, END)):
        inside = [outcome for _, at, _, outcome in runs() if start <= at < end]
        counts[window] = {word: inside.count(word) for word in ("success", "failed", "running")}
    print(json.dumps(counts))


{
    "postgres": postgres,
    "sqlite_iso": lambda: sqlite("%Y-%m-%d %H:%M:%S"),
    "sqlite_local": lambda: sqlite("%d.%m.%Y %H:%M:%S"),
    "mariadb": mariadb,
    "csv": csv,
    "expected": expected,
}[sys.argv[1]]()
