#!/usr/bin/env python3
"""Holds the fires of schedules against cronsim and croniter: the same random expressions, zones and times.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install cronsim==2.8 croniter==7.0.0
    cargo build --release --example cron_fires
    /tmp/oracle/bin/python tests/oracle/cron.py target/release/examples/cron_fires [COUNT]

Prints how many were equal, and every difference that the list below does not explain; exits with 1 if
there is one.

Explained differences:
- Around a change of half an hour (Lord Howe Island) cronsim loses times that the clock does show; no such
  zone is drawn. Where the clock is moved at midnight (Santiago) it names a time that the clock does not show.
- cronsim applies Vixie's rules for changes of the clock to five fields only; jobdelta to six as well.
  Six fields are compared in UTC.
- croniter has rules of its own for changes of the clock: compared in UTC, with Vixie's rule for `*/n` in a
  day field (implement_cron_bug). It takes a day field for unrestricted when a star stands anywhere in its
  list, Vixie cron only at its beginning: such lists are not compared.
- croniter and cronsim read more than Vixie cron: what jobdelta refuses is compared with neither, but no
  expression made here may be refused unless it never fires.
"""

import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from croniter import croniter

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "America/Sao_Paulo",
         "Africa/Casablanca", "Pacific/Auckland", "Asia/Tehran", "America/St_Johns", "Europe/London", "Asia/Tokyo"]
MOST = 20  # fires compared of each
WORDS = {4: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 5: "SUN MON TUE WED THU FRI SAT".split()}
RANGES = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


def value(draw, field):
    low, high = RANGES[field]
    number = draw.randint(low, high)
    if field in WORDS and draw.random() < 0.3:
        word = WORDS[field][number % 7 if field == 5 else number - 1]
        return number % 7 if field == 5 else number, draw.choice([word, word.lower()])
    return number, str(number)


def part(draw, field):
    low, high = RANGES[field]
    kind = draw.random()
    if kind < 0.45:
        return value(draw, field)[1]
    if kind < 0.7:
        (first, one), (last, other) = sorted([value(draw, field), value(draw, field)], key=lambda v: v[0])
        step = f"/{draw.randint(1, max(2, high // 3))}" if draw.random() < 0.4 else ""
        return f"{one}-{other}{step}" if first < last else one
    return f"*/{draw.randint(1, max(2, high // 2))}"


def expression(draw):
    first = 0 if draw.random() < 0.2 else 1
    stars = [0.3, 0.35, 0.45, 0.7, 0.9, 0.7]
    written = []
    for field in range(first, 6):
        if draw.random() < stars[field]:
            written.append("*")
        else:
            written.append(",".join(part(draw, field) for _ in range(draw.choice([1, 1, 1, 2, 3]))))
    return " ".join(written)


def changes(zone):
    """The instants at which the zone's clock changes, 2024 to 2027."""
    at, end, found = datetime(2024, 1, 1, tzinfo=timezone.utc), datetime(2028, 1, 1, tzinfo=timezone.utc), []
    before = at.astimezone(zone).utcoffset()
    while at < end:
        at += timedelta(hours=1)
        after = at.astimezone(zone).utcoffset()
        if after != before:
            found.append(at)
        before = after
    return found


def case(draw, moments):
    name = draw.choice(ZONES)
    near = moments[name]
    if near and draw.random() < 0.5:
        start = draw.choice(near) - timedelta(hours=draw.randint(1, 40))
    else:
        start = datetime(2024, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=draw.randint(0, 3 * 525_600))
    return name, start, start + timedelta(days=draw.choice([1, 3, 10])), expression(draw)


def by_cronsim(name, start, end, text):
    """The first fires from `start` on, as seconds since the epoch."""
    zone = timezone.utc if name == "UTC" else ZoneInfo(name)
    fires = []
    for at in CronSim(text, (start - timedelta(seconds=1)).astimezone(zone)):
        if at >= end or len(fires) == MOST:
            break
        fires.append(int(at.timestamp()))
    return fires


def by_croniter(start, end, text):
    six = len(text.split()) == 6
    found, fires = croniter(text, start - timedelta(seconds=1), second_at_beginning=six, implement_cron_bug=True,
                            max_years_between_matches=30), []
    while len(fires) < MOST:
        at = found.get_next(datetime)
        if at >= end:
            break
        fires.append(int(at.timestamp()))
    return fires


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    draw = random.Random(20261124)
    moments = {name: changes(ZoneInfo(name)) for name in ZONES}
    cases = [case(draw, moments) for _ in range(count)]
    lines = [f"{n}\t{int(s.timestamp())}\t{int(e.timestamp())}\t{t}" for n, s, e, t in cases]
    answers = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True)
    equal, wrong = {"cronsim": 0, "croniter": 0, "never": 0}, 0
    for (name, start, end, text), answer in zip(cases, answers.stdout.split("\n")):
        if answer.startswith("refused"):
            equal["never"] += "never fires" in answer
            wrong += "never fires" not in answer
            if "never fires" not in answer:
                print(f"refused: {text}: {answer}")
            continue
        ours = [int(fire) for fire in answer.split()][:MOST]
        others = []
        if name == "UTC" or len(text.split()) == 5:
            try:
                others.append(("cronsim", by_cronsim(name, start, end, text)))
            except CronSimError as error:
                others.append(("cronsim", f"refused: {error}"))
        days = [text.split()[-3], text.split()[-1]]
        if name == "UTC" and not any("," in field and "*" in field for field in days):
            try:
                others.append(("croniter", by_croniter(start, end, text)))
            except Exception as error:  # croniter gives up in several ways
                others.append(("croniter", f"refused: {error}"))
        for other, fires in others:
            if fires == ours:
                equal[other] += 1
            else:
                wrong += 1
                if wrong <= 40:
                    print(f"{other}: {text} in {name} from {start} to {end}\n  ours   {ours[:8]}\n  theirs {fires[:8]}")
    print(f"{count} expressions: equal to cronsim {equal['cronsim']}, to croniter {equal['croniter']}; "
          f"refused because they never fire {equal['never']}; {wrong} differences")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
