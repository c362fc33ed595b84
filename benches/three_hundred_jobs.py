#!/usr/bin/env python3
"""Writes a made-up but lifelike history: 300 jobs, 14 days before a deployment and 14 days after it.

    benches/three_hundred_jobs.py FOLDER

makes FOLDER/runs.csv (about 450,000 runs) and FOLDER/deployment.toml. The same bytes every time.

Before, every job starts at second 0. After, each has an offset. Some jobs became faster or slower, some
fail, one fails at once (and so is quick), some lose runs, some appear, vanish or are renamed, some have very
long names, and one bears a name that means something to a renderer.
"""
import csv
import random
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

START = datetime(2026, 3, 2, tzinfo=timezone.utc)
DEPLOYED = START + timedelta(days=14)
END = START + timedelta(days=28)
WHAT = ["Invoice", "Ledger", "Referral", "Badge", "Match", "Search", "Telegram", "Price", "Warehouse", "Profile"]
DOES = ["Sync", "Settlement", "Digest", "Cleanup", "Import", "Export", "Reindex", "Notifier", "Snapshot", "Audit"]
WHERE = ["EU", "US", "for partners of the second tier whose contracts are older than the present price list"]
# Period in minutes, how many jobs have it, a usual duration in milliseconds.
KINDS = [(1, 4, 90), (10, 50, 700), (60, 126, 4_000), (1_440, 120, 60_000)]
ERRORS = [
    "connection reset by peer (10.0.3.17:5432)",
    "deadlock detected while updating relation ledger_entries, transaction 81723 waits for ShareLock",
    "upstream answered 503",
]


class Job:
    def __init__(self, number, period, usual):
        self.number, self.period = number, period
        self.name = f"{WHAT[number % 10]} {DOES[number // 10 % 10]} {WHERE[number // 100]}"
        if number == 17:
            self.name = "<b>Badge</b> | `Sync` & co"
        self.random = random.Random(number)
        self.usual = usual * self.random.uniform(0.4, 2.5)
        self.offset = 0 if number % 40 == 0 else (number * 7) % 55 + 1
        self.change = {3: 0.55, 5: 1.7, 8: 0.85, 9: 1.12}.get(number % 23, 1.0)
        self.fails = {6: (0.01, 0.05), 11: (0.03, 0.004)}.get(number % 29, (0.0, 0.0))
        self.loses = 0.02 if number % 61 == 7 else 0.0
        self.minute = 0 if period == 10 else number % 60
        self.hour = number % 24

    @property
    def breaks(self):
        return self.number == 60

    def schedule(self):
        return {1: "* * * * *", 10: "*/10 * * * *", 60: f"{self.minute} * * * *"}.get(
            self.period, f"{self.minute} {self.hour} * * *"
        )

    def fires(self):
        first = {1: 0, 10: 0, 60: self.minute}.get(self.period, self.hour * 60 + self.minute)
        at = START + timedelta(minutes=first)
        while at < END:
            if not (self.number % 97 == 31 and at < DEPLOYED) and not (self.number % 97 == 53 and at >= DEPLOYED):
                yield at
            at += timedelta(minutes=self.period)

    def runs(self):
        for fire in self.fires():
            after = fire >= DEPLOYED
            start = fire + timedelta(seconds=self.offset * after, milliseconds=self.random.randint(1, 400))
            took = self.usual * (self.change if after else 1.0) * self.random.lognormvariate(0, 0.25)
            chance = self.random.random()
            status, error = "success", ""
            if after and self.breaks:
                status, error, took = "failed", "configuration key invoices.target is missing", took / 40
            elif chance < self.fails[after]:
                status, error = "failed", self.random.choice(ERRORS[: 2 + after])
            end = start + timedelta(milliseconds=took)
            if after and chance > 1 - self.loses:
                status, end = "running", None
            yield [self.name, text(start), text(end), status, error]


def text(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z" if at else ""


def jobs():
    number = 0
    for period, count, usual in KINDS:
        for _ in range(count):
            yield Job(number, period, usual)
            number += 1


def deployment(every):
    def quoted(name):
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'

    head = f"""name = "Spread three hundred jobs over the minute"
environment = "staging"

[windows]
baseline = {{ start = "{text(START)}", end = "{text(DEPLOYED)}" }}
stagger = {{ start = "{text(DEPLOYED)}", end = "{text(END)}" }}
exclude = [{{ start = "2026-03-20T02:00:00Z", end = "2026-03-20T14:00:00Z", reason = "maintenance of the database" }}]

[targets]
completion_rate = ">= 99%"
peak_concurrency = "<= 40"
start_burst = "<= -50%"
regressions = "== 0"
missed_runs = "== 0"

[rollback]
triggers = {{ failure_rate = "> +5pp", on_time_rate = "< 90%" }}
"""
    for job in every:
        head += f'\n[[jobs]]\nname = {quoted(job.name)}\nschedule = "{job.schedule()}"\noffset = "{job.offset}s"\n'
    return head


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    every = list(jobs())
    with open(folder / "runs.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["job_name", "started_at", "finished_at", "status", "error_message"])
        for job in every:
            writer.writerows(job.runs())
    (folder / "deployment.toml").write_text(deployment(every))


if __name__ == "__main__":
    main()
