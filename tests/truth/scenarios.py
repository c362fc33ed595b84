"""Fifty small histories of which the truth is known. SEED=N python3 scenarios.py writes NAME.csv, NAME.meta (arguments of jobdelta; the truth) and NAME.toml into the current folder."""

import random, math, csv, sys, os

T0 = 1772323200  # Sun 2026-03-01
H = 3600
D = 86400


def w(name, rows, args, truth, toml=None):
    with open(name + ".csv", "w", newline="") as f:
        c = csv.writer(f)
        c.writerow(["job_name", "started_at", "finished_at", "status", "attempt", "error_message"])
        for r in rows:
            c.writerow(r)
    if toml:
        open(name + ".toml", "w").write(toml)
    open(name + ".meta", "w").write(args + "\n" + truth + "\n")


def iso(t):
    import datetime

    return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def win(b0, b1, s0, s1, asof=None):
    return f"--baseline {iso(b0)}/{iso(b1)} --stagger {iso(s0)}/{iso(s1)} --as-of {iso(asof or s1+2*H)}"


def us(t):
    return int(round(t * 1e6))


def row(j, t, d, st="success", att="", msg=""):
    return [j, us(t), us(t + d) if d is not None else "", st, att, msg]


R = random.Random


def run(name, f, args, truth, toml=None, seed=int(os.environ.get("SEED", "7"))):
    r = R(seed)
    rows = f(r)
    rows.sort(key=lambda x: x[1])
    w(name, rows, args, truth, toml)


A = win(T0, T0 + D, T0 + D, T0 + 2 * D)
LN = lambda r, m=0.2, s=0.3: m * math.exp(r.gauss(0, s))


def simple(r, fb, fs, per=60, j="job", b=(T0, T0 + D), s=(T0 + D, T0 + 2 * D)):
    rows = []
    for (a, e), f in ((b, fb), (s, fs)):
        t = a
        while t < e:
            rows.append(f(r, t, j))
            t += per
    return rows


ok = lambda r, t, j: row(j, t, LN(r))
# 1 no change
run("01_null", lambda r: simple(r, ok, ok), A, "no change at all")
# 2 true +20%
run("02_slower20", lambda r: simple(r, ok, lambda r, t, j: row(j, t, LN(r) * 1.2)), A, "median +20 %")
# 3 seasonality by hour: duration depends on hour; baseline night hours, stagger day hours; no change
sea = lambda r, t, j: row(j, t, LN(r) * (1 + math.sin((t % D) / D * 2 * math.pi) * 0.5))
run(
    "03_hour_season",
    lambda r: simple(r, sea, sea, b=(T0 + 12 * H, T0 + 20 * H), s=(T0 + D, T0 + D + 8 * H)),
    win(T0 + 12 * H, T0 + 20 * H, T0 + D, T0 + D + 8 * H),
    "no change; differing hours only",
)
# 4 weekly: Sunday vs Monday load
wk = lambda r, t, j: row(j, t, LN(r) * (1.3 if ((t // D) + 4) % 7 in (0, 6) else 1))
run("04_weekend", lambda r: simple(r, wk, wk), A, "no change; weekend slower 30 %")


# 5 mix/Simpson: two jobs each 10% slower, but mix moves to quick job -> overall mean falls
def simpson(r):
    rows = []
    for d, (na, nb), k in ((0, (1000, 200), 1), (1, (200, 1000), 1.1)):
        for i in range(na):
            t = T0 + d * D + i * D / na
            rows.append(row("slow", t, LN(r, 2, 0.1) * k))
        for i in range(nb):
            t = T0 + d * D + i * D / nb
            rows.append(row("quick", t, LN(r, 0.1, 0.1) * k))
    return rows


run("05_simpson", simpson, A, "each job 10 % slower, pooled falls")


# 6 simpson completion: each job's failure rate rises, overall falls
def simpson2(r):
    rows = []
    for d, mix in ((0, ((1000, 0.20), (200, 0.01))), (1, ((200, 0.28), (1000, 0.05)))):
        for (n, p), j in zip(mix, ("bad", "good")):
            for i in range(n):
                t = T0 + d * D + i * D / n
                rows.append(row(j, t, 0.2, "failed" if i % 100 < p * 100 else "success", msg="x"))
    return rows


run(
    "06_simpson_rate",
    simpson2,
    A + " --target 'completion_rate >= baseline'",
    "each job fails more; pooled completion better",
)
# 7 rising trend before
tr = lambda r, t, j: row(j, t, LN(r) * (1 + 0.3 * (t - T0) / D))
run("07_trend", lambda r: simple(r, tr, tr), A, "steady rise 30 %/day, no step at change")


# 8 one outlier
def out(r):
    rows = simple(r, ok, ok)
    for x in rows:
        if x[1] == us(T0 + D + 6 * H):
            x[2] = x[1] + us(600)
    return rows


run("08_outlier", out, A, "no change, one 600 s run (mean moves)")
# 9 bimodal: 50/50 .1/1.0 to 40/60
bi = lambda p: (lambda r, t, j: row(j, t, (0.1 if r.random() < p else 1.0) * math.exp(r.gauss(0, 0.02))))
run("09_bimodal", lambda r: simple(r, bi(0.55), bi(0.45)), A, "mix of two modes 55/45 -> 45/55; mean +18%")
# 10 bimodal flip small
run("10_bimodal_same", lambda r: simple(r, bi(0.5), bi(0.5)), A, "no change, median between modes")


# 11 duplicates: every run logged twice after
def dup(r):
    rows = simple(r, ok, ok)
    return rows + [list(x) for x in rows if x[1] >= us(T0 + D)]


TOML = '[[jobs]]\nname="job"\nschedule="* * * * *"\n'
run("11_dup", dup, A, "no change; rows doubled after", TOML)
# 12 clock skew: after change the worker clock is 7 s ahead
run(
    "12_skew",
    lambda r: simple(r, ok, lambda r, t, j: row(j, t + 7, LN(r))),
    A + " --target 'on_time_rate >= 95%'",
    "starts 7 s late by clock",
    TOML,
)


# 13 retries: failed first attempt and successful second; or, after, a second that fails half of the times
def retry(fails_again):
    def f(r):
        rows = []
        for t in range(T0, T0 + 2 * D, 60):
            p = 0.02 if t < T0 + D else 0.2
            if r.random() < p:
                rows.append(row("job", t, 0.2, "failed", 1, "boom"))
                lost = t >= T0 + D and r.random() < fails_again
                rows.append(row("job", t + 5, 0.2, "failed" if lost else "success", 2, "boom" if lost else ""))
            else:
                rows.append(row("job", t, 0.2, "success", 1))
        return rows

    return f


run(
    "13_retries",
    retry(0),
    A + " --target 'missed_runs == 0'",
    "all minutes finally succeed; attempts fail 2 % -> 20 %",
    TOML,
)
run(
    "13_retries_lost",
    retry(0.5),
    A + " --target 'missed_runs == 0'",
    "one minute in ten succeeds at no attempt after; before, all did",
    TOML,
)
# 14 renamed
run(
    "14_renamed",
    lambda r: simple(r, ok, lambda r, t, j: row("job-v2", t, LN(r) * 1.5)),
    A,
    "job renamed and 50 % slower",
)
# 15 window cut: rows deleted by retention in the first half of baseline
run(
    "15_retention",
    lambda r: [x for x in simple(r, ok, ok) if x[1] >= us(T0 + 15 * H)],
    A,
    "first 15 h of baseline missing",
    None,
)


# 16 AR .9
def ar(phi, shift=0):
    def f(r):
        rows = []
        z = 0
        for t in range(T0, T0 + 2 * D, 60):
            z = phi * z + math.sqrt(1 - phi * phi) * r.gauss(0, 1)
            rows.append(row("job", t, 0.2 * math.exp(0.3 * z) * (1 + shift * (t >= T0 + D))))
        return rows

    return f


for k, (phi, seed) in enumerate(
    [(0.8, 1), (0.9, 2), (0.95, 3), (0.95, 4), (0.95, 5), (0.9, 6), (0.8, 7), (0.95, 8)]
):
    run(f"16_ar{k}_{phi}", ar(phi), A, f"no change, AR({phi})", seed=seed)


# 17 whole seconds
def ws(f):
    def g(r, t, j):
        return row(j, int(t), max(0, int(t + r.random() + f(r)) - int(t)))

    return g


run(
    "17_whole_s",
    lambda r: simple(r, ws(lambda r: LN(r, 0.2)), ws(lambda r: LN(r, 0.5))),
    A,
    "median .2 s -> .5 s seen in whole seconds",
)


# 18 survivors: failed rows deleted after change (20% failing)
def surv(r):
    rows = []
    for t in range(T0, T0 + 2 * D, 60):
        f = r.random() < 0.1
        if t >= T0 + D and f:
            continue
        rows.append(row("job", t, LN(r), "failed" if f else "success", msg="e"))
    return rows


run(
    "18_survivor_decl",
    surv,
    A + " --target 'completion_rate >= 99%' --target 'missed_runs == 0'",
    "failures 10 % both, deleted after; schedule declared",
    TOML,
)
run(
    "18_survivor_undecl",
    surv,
    A + " --target 'completion_rate >= 99%'",
    "failures deleted after; no schedule",
)


# 19 failing fast: failures leave so durations of success unaffected; slow runs become timeouts
def to(r):
    rows = []
    for t in range(T0, T0 + 2 * D, 60):
        d = LN(r, 1, 0.6)
        if t >= T0 + D and d > 1.5:
            rows.append(row("job", t, 1.5, "timeout", msg="to"))
        else:
            rows.append(row("job", t, d))
    return rows


run(
    "19_censored",
    to,
    A + " --target 'median_duration <= -10%'",
    "same durations; runs over 1.5 s are now cut off as timeouts (25 %): success median falls",
)
# 20 short baseline
run(
    "20_short_base",
    lambda r: simple(r, ok, lambda r, t, j: row(j, t, LN(r) * 2), b=(T0 + D - 300, T0 + D)),
    win(T0 + D - 300, T0 + D, T0 + D, T0 + 2 * D),
    "5 baseline runs",
)


# 21 load doubled
def load(r):
    rows = []
    for i in range(1440):
        rows.append(row("job", T0 + i * 60, LN(r)))
    for i in range(2880):
        rows.append(row("job", T0 + D + i * 30, LN(r) * 1.15))
    return rows


run("21_load2x", load, A, "twice the load; 15 % slower")


# 22 stuck running
def stuck(r):
    rows = simple(r, ok, ok)
    for x in rows:
        if x[1] >= us(T0 + D + 12 * H):
            x[2] = ""
            x[3] = "running"
    return rows


run("22_stuck", stuck, A + " --target 'completion_rate >= 99%'", "from noon every run hangs")
# 23 stops: no runs in the last 12h
run(
    "23_stopped",
    lambda r: [x for x in simple(r, ok, ok) if x[1] < us(T0 + D + 12 * H)],
    A + " --target 'completion_rate >= 99%'",
    "job stops at noon after; undeclared",
)
# 23b pauses: nothing from six to noon, while another job runs on; no schedule
def paused(r):
    went_on = simple(r, ok, ok, j="other")
    gap = (us(T0 + D + 6 * H), us(T0 + D + 12 * H))
    return went_on + [x for x in simple(r, ok, ok) if not gap[0] <= x[1] < gap[1]]


run("23_paused", paused, A, "job pauses from six to noon after; another does not; undeclared")
# 24 tail: 3% of runs 10x slower after
run(
    "24_tail",
    lambda r: simple(r, ok, lambda r, t, j: row(j, t, LN(r) * (10 if r.random() < 0.03 else 1))),
    A,
    "3 % of the runs 10x slower: mean +27 %",
)
# 25 variance: faster median worse p95
run(
    "25_spread",
    lambda r: simple(
        r, lambda r, t, j: row(j, t, LN(r, 0.2, 0.1)), lambda r, t, j: row(j, t, LN(r, 0.2, 0.8))
    ),
    A,
    "same median, spread x8",
)


# 26 60 jobs null, tests many
def many(r):
    rows = []
    for k in range(60):
        for i in range(200):
            for d in (0, 1):
                rows.append(row(f"j{k:02d}", T0 + d * D + i * 400 + k, LN(r, 0.2, 0.4)))
    return rows


run("26_60null", many, A, "60 jobs, none changed")
# 27 stagger effect then decays (halves differ)
run(
    "27_halves",
    lambda r: simple(r, ok, lambda r, t, j: row(j, t, LN(r) * (0.7 if t < T0 + D + 12 * H else 1.3))),
    A,
    "-30 % in first half, +30 % in second",
)


# 28 negative durations: half of the runs after have end before start
def neg(r):
    rows = simple(r, ok, ok)
    for i, x in enumerate(rows):
        if x[1] >= us(T0 + D) and i % 2:
            x[2] = x[1] - us(3)
    return rows


run("28_negative", neg, A + " --target 'completion_rate >= 99%'", "half of the ends precede the start after")
# 29 DST window: same clock hours; zone
# 30 small rate: 0/1440 fail vs 6/1440
run(
    "30_rare_fail",
    lambda r: simple(
        r,
        lambda r, t, j: row(j, t, 0.2),
        lambda r, t, j: row(j, t, 0.2, "failed" if (t // 60) % 240 == 0 else "success", msg="z"),
    ),
    A + " --target 'completion_rate >= 99%'",
    "0 -> 6 failures of 1440",
)
# 31 bursty failures: one outage of 60 min
run(
    "31_outage",
    lambda r: simple(
        r,
        lambda r, t, j: row(j, t, 0.2),
        lambda r, t, j: row(
            j, t, 0.2, "failed" if T0 + D + 3 * H <= t < T0 + D + 4 * H else "success", msg="z"
        ),
    ),
    A + " --target 'completion_rate >= 99%'",
    "one outage of 60 consecutive runs",
)
# 32 constant durations, tiny shift
run(
    "32_const",
    lambda r: simple(r, lambda r, t, j: row(j, t, 0.2), lambda r, t, j: row(j, t, 0.2001)),
    A,
    "200 -> 200.1 ms exactly",
)
# 33 failures become "cancelled"
run(
    "33_cancelled",
    lambda r: simple(
        r,
        lambda r, t, j: row(j, t, 0.2, "failed" if r.random() < 0.1 else "success"),
        lambda r, t, j: row(j, t, 0.2, "cancelled" if r.random() < 0.1 else "success"),
    ),
    A + " --target 'completion_rate >= 99%'",
    "10 % failed before, 10 % cancelled after",
)
# 34 failures become skipped
run(
    "34_skipped",
    lambda r: simple(
        r,
        lambda r, t, j: row(j, t, 0.2, "failed" if r.random() < 0.1 else "success"),
        lambda r, t, j: row(j, t, 0.2, "skipped" if r.random() < 0.5 else "success"),
    ),
    A + " --target 'completion_rate >= 99%' --target 'missed_runs == 0'",
    "10 % failed before, 50 % skipped after",
    TOML,
)
# 35 zero runs after
run(
    "35_none_after",
    lambda r: [x for x in simple(r, ok, ok) if x[1] < us(T0 + D)],
    A + " --target 'completion_rate >= 99%' --target 'missed_runs == 0'",
    "nothing ran after; schedule declared",
    TOML,
)


# 36 stagger: four jobs at :00 -> 0,15,30,45 but each 40 s long: peak unchanged
def stg(r):
    rows = []
    for k in range(4):
        for i in range(1440):
            rows.append(row(f"s{k}", T0 + i * 60, 40))
            rows.append(row(f"s{k}", T0 + D + i * 60 + 15 * k, 40))
    return rows


run("36_stagger", stg, A + " --target 'peak_concurrency <= 2'", "burst 4->1, peak 4->3")
# 37 outlier long burst only first minutes after (deploy warmup)
run(
    "37_warmup",
    lambda r: simple(r, ok, lambda r, t, j: row(j, t, LN(r) * (20 if t < T0 + D + 600 else 1))),
    A,
    "first 10 min after are 20x slower, nothing else",
)
# 38 daylong period alternating: even/odd minutes fast/slow (negative autocorr), true +3%
run(
    "38_altern",
    lambda r: simple(
        r,
        lambda r, t, j: row(j, t, LN(r, 0.1 if (t // 60) % 2 else 0.3, 0.05)),
        lambda r, t, j: row(j, t, 1.03 * LN(r, 0.1 if (t // 60) % 2 else 0.3, 0.05)),
    ),
    A,
    "alternating, +3 %",
)
# 39 weekly job windows: daily job 2 runs
run(
    "39_daily",
    lambda r: [row("d", T0 + 3 * H, 10), row("d", T0 + D + 3 * H, 20)],
    A + " --target 'completion_rate >= 99%'",
    "one run each",
)


# 40 rates in dependent runs: failure streaks both sides same prob
def streak(r):
    rows = []
    s = 0
    for t in range(T0, T0 + 2 * D, 60):
        s = (r.random() < 0.95) if s else (r.random() < 0.0026)
        rows.append(row("job", t, 0.2, "failed" if s else "success", msg="q"))
    return rows


for k in range(4):
    run(f"40_streak{k}", streak, A, "same Markov chain both days (5 % failed, streaks of 20)", seed=30 + k)
