"""Times a whole report beside what a skilled user would run instead, over the same rows, in turn.

usage: benches/peers.py postgres://user:password@host:port/database [--rows N] [--rounds N] [--scan-only]
       [--sqlite FILE]

Makes `job_runs` (generate.sql) in a database that has none and copies it into an SQLite file; starts no server
and drops nothing. JOBDELTA names the program; without it a release build is made. Needs psql and PyPI's duckdb,
duckdb-extensions, duckdb-extension-postgres-scanner, duckdb-extension-sqlite-scanner and pytz.
Prints a line for each round, then medians and what part of its peer's time ours takes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
BASELINE = ("2026-02-01T00:00:00Z", "2026-02-08T00:00:00Z")
STAGGER = ("2026-02-08T00:00:00Z", "2026-02-15T00:00:00Z")
AS_OF = "2026-03-01T00:00:00Z"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scan-only", action="store_true", help="leave out what sorts in the server, for many rows")
    parser.add_argument("--sqlite", type=Path, help="the SQLite file; made where it is missing")
    return parser.parse_args()


def program():
    if "JOBDELTA" in os.environ:
        return os.environ["JOBDELTA"]
    subprocess.run(["cargo", "build", "--release", "--bin", "jobdelta"], cwd=HERE.parent, check=True)
    return str(HERE.parent / "target/release/jobdelta")


def sql(url, text):
    asked = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", url, "-c", text]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def libpq(url):
    parts = urlsplit(url)
    words = {"host": parts.hostname, "port": parts.port, "user": parts.username, "password": parts.password}
    words["dbname"] = parts.path.lstrip("/")
    return " ".join(f"{word}={value}" for word, value in words.items() if value)


def server_cpu(url):
    """Seconds of processor of all backends that have ended, or None where the server is on another machine."""
    try:
        pid = (Path(sql(url, "SHOW data_directory")) / "postmaster.pid").read_text().split()[0]
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def timed(command, url=None):
    """Seconds, seconds of the server's processor, and what it printed. Exit code 1 is a decision, not a fault."""
    before = server_cpu(url) if url else None
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.stderr}")
    after = server_cpu(url) if url else None
    return seconds, None if before is None else after - before, done.stdout


def thrown_away(url, blocks):
    """The four columns that counting needs, as binary COPY, on two connections with half of the blocks each."""
    half = blocks // 2
    select = "SELECT job_name, started_at, finished_at, status FROM job_runs WHERE ctid"
    copies = [f"COPY ({select} {bound}) TO STDOUT (FORMAT binary)" for bound in (f"< '({half},0)'", f">= '({half},0)'")]
    began = time.perf_counter()
    running = [subprocess.Popen(["psql", "-XqAt", url, "-c", copy], stdout=subprocess.DEVNULL) for copy in copies]
    if any(process.wait() for process in running):
        sys.exit("COPY failed")
    return time.perf_counter() - began


def report(jobdelta, url, out, *more):
    windows = ["--baseline", "/".join(BASELINE), "--stagger", "/".join(STAGGER), "--as-of", AS_OF]
    return [jobdelta, "report", "--db", url, "--max-time", "30m", *windows, *more, "-o", str(out)]


def check(url, made):
    """The report's counts and maxima are those of SQL written by hand."""
    started = sql(
        url,
        "SELECT started_at >= TIMESTAMPTZ '2026-02-08Z', job_name, COUNT(*), "
        "COUNT(*) FILTER (WHERE status = 'failed') FROM job_runs "
        "WHERE started_at >= TIMESTAMPTZ '2026-02-01Z' AND started_at < TIMESTAMPTZ '2026-02-15Z' GROUP BY 1, 2",
    )
    expected = {}
    for line in started.splitlines():
        side, job, runs, failed = line.split("|")
        expected[(job, "stagger" if side == "t" else "baseline")] = (int(runs), int(failed))
    seen = {
        (job["name"], side): (job[side]["started"], job[side]["failed"])
        for job in made["jobs"]
        for side in ("baseline", "stagger")
    }
    if seen != expected:
        sys.exit("the report does not agree with SQL")


def main():
    asked = arguments()
    jobdelta, url = program(), asked.url
    if not sql(url, "SELECT to_regclass('job_runs')"):
        print(f"making {asked.rows:,} runs", flush=True)
        subprocess.run(["psql", "-Xq", url, "-v", f"rows={asked.rows}", "-f", HERE / "generate.sql"], check=True)
    rows = int(sql(url, "SELECT COUNT(*) FROM job_runs"))
    blocks = int(sql(url, "SELECT pg_relation_size('job_runs') / current_setting('block_size')::int"))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        file = asked.sqlite or Path(folder) / "runs.sqlite"
        if not file.exists():
            subprocess.run([sys.executable, HERE / "to_sqlite.py", libpq(url), str(file)], check=True)
        expert = [sys.executable, str(HERE / "duckdb_expert.py")]
        print(f"{rows:,} runs, PostgreSQL {sql(url, 'SHOW server_version')}, {os.cpu_count()} cores", flush=True)
        times, work = {}, {}

        def note(name, seconds, cpu=None):
            times.setdefault(name, []).append(seconds)
            if cpu is not None:
                work.setdefault(name, []).append(cpu)
            print(f"  {name}: {seconds:.2f} s" + (f", server {cpu:.2f} s" if cpu is not None else ""), flush=True)

        for number in range(asked.rounds):
            print(f"round {number + 1}", flush=True)
            commands = {
                "report, scan": report(jobdelta, url, out, "--execution", "scan"),
                "DuckDB, PostgreSQL": [*expert, "postgres", libpq(url)],
                "psql_six.sql": ["psql", "-Xq", url, "-f", str(HERE / "psql_six.sql")],
                "report, pushdown": report(jobdelta, url, out, "--execution", "pushdown"),
            }
            for name, command in list(commands.items())[: 2 if asked.scan_only else None]:
                seconds, cpu, _ = timed(command, url)
                note(name, seconds, cpu)
                if name.startswith("report"):
                    check(url, json.loads(out.read_text()))
            note("COPY, two connections", thrown_away(url, blocks))
            note("report, SQLite", timed(report(jobdelta, f"sqlite:{file}", out, "--execution", "scan"))[0])
            check(url, json.loads(out.read_text()))
            note("DuckDB, SQLite", timed([*expert, "sqlite", str(file)])[0])
    median = {name: statistics.median(seconds) for name, seconds in times.items()}
    server = {name: statistics.median(seconds) for name, seconds in work.items()}
    print("\n| | median s | server CPU s |\n|---|---|---|")
    for name, seconds in median.items():
        cpu = f"{server[name]:.2f}" if name in server else ""
        print(f"| {name} | {seconds:.2f} | {cpu} |")
    ratios = [
        ("report, scan", "DuckDB, PostgreSQL", median),
        ("report, scan", "COPY, two connections", median),
        ("report, SQLite", "DuckDB, SQLite", median),
        ("report, scan", "psql_six.sql", server),
        ("report, pushdown", "psql_six.sql", server),
    ]
    for ours, peer, of in ratios:
        if ours in of and peer in of:
            what = "seconds" if of is median else "server CPU"
            print(f"{ours} / {peer}, {what}: {of[ours] / of[peer]:.2f}")


main()
