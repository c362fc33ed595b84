"""Writes runs.csv and deployment.toml into a folder: jobs of which it is known what the change did to them.

    jobs.py FOLDER [UNCHANGED]

Twelve are 30 % faster, three slower, one fails, one overlaps itself, one misses fires, one is renamed; the rest,
21 where nothing else is said, are unchanged. A run every ten minutes, a day before and a day after.
"""
import csv
import math
import pathlib
import random
import sys

START = 1_772_409_600  # Mon 2026-03-02 00:00 UTC
DAY = 86_400
EVERY = 600

folder = pathlib.Path(sys.argv[1])
unchanged = int(sys.argv[2]) if len(sys.argv) > 2 else 21
jobs = [(f"Faster {place:02}", "faster") for place in range(1, 13)]
jobs += [(f"Slower {place}", "slower") for place in range(1, 4)]
jobs += [("User Sync", "broken"), ("Night Export", "overlaps"), ("Invoice Mailer", "misses"), ("Search Index", "renamed")]
jobs += [(f"Steady {place:03}", "unchanged") for place in range(1, unchanged + 1)]

random_ = random.Random(40)
rows = []
declared = []
for place, (name, kind) in enumerate(jobs):
    offset = place % 60
    declared.append(f'[[jobs]]\nname = "{name}"\nschedule = "*/10 * * * *"\noffset = "{offset}s"\nbaseline_offset = "{offset}s"\n')
    if kind == "overlaps":  # a second start is not late where no schedule is declared
        declared[-1] = f'[[jobs]]\nname = "{name}"\n'
    if kind == "renamed":
        declared[-1] += 'was = "Search Indexer"\n'
    median = 2.5 * 1.2 ** (place % 13)
    for window in (0, 1):
        for number in range(DAY // EVERY):
            start = START + window * DAY + number * EVERY + offset
            length = median * math.exp(random_.gauss(0, 0.15))
            status, error = "success", ""
            if window == 1:
                if kind == "faster":
                    length *= 0.7
                if kind == "slower":
                    length *= 1.6
                if kind == "broken" and random_.random() < 0.36:
                    status, error = "failed", "login refused"
                if kind == "misses" and number % 4 == 0:
                    continue
            shown = "Search Indexer" if kind == "renamed" and window == 0 else name
            starts = [start]
            if kind == "overlaps" and window == 1 and number % 3 == 0:
                starts.append(start + length / 2)
            for begun in starts:
                micro = round(begun * 1e6)
                rows.append([shown, micro, micro + round(length * 1e6), status, error])

with open(folder / "runs.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["job_name", "started_at", "finished_at", "status", "error_message"])
    writer.writerows(rows)
targets = '[targets]\ncompletion_rate = ">= 90%"\n\n'
(folder / "deployment.toml").write_text(targets + "\n".join(declared))
