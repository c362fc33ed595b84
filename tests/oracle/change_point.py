"""Writes tests/fixtures/statistics/change_point.json: where series changed, by a regression for each place (NumPy) and
by binomial probabilities (SciPy)."""
import json, math, pathlib
import numpy as np, scipy
from scipy.stats import binom, chi2

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "statistics" / "change_point.json"
BESIDE, STRETCHES = 5, 24
PLACE = -2 * math.log(1 - math.sqrt(0.95))
draw = np.random.default_rng(20261201)


def long_run(left, parameters):
    m = len(left)
    free = m - parameters
    correlation = min(max(left[1:] @ left[:-1] / (left @ left), 0), 0.97) if left @ left else 0
    found = [left @ left / free * (1 + correlation) / (1 - correlation)]
    length = 1
    while m // length >= STRETCHES:
        sums = left[: m // length * length].reshape(-1, length).sum(axis=1)
        found.append((sums @ sums) / length / (m // length * free / m))
        length *= 2
    return max(found)


def near(gains, best, variance, m):
    places = [p for p in range(BESIDE, m - BESIDE + 1) if gains[best] - gains[p] <= PLACE * variance]
    return {"best": best, "first": places[0], "last": places[-1]}


def regression(columns, y, w):
    root = np.sqrt(w)
    fit, *_ = np.linalg.lstsq(columns * root[:, None], y * root, rcond=None)
    return root * (y - columns @ fit)


def of_means(day, total, of):
    y, m = total / of, len(day)
    base = [np.ones(m)]
    if day[-1] - day[0] >= 1.5:
        base += [wave(2 * np.pi * k * day) for k in (1, 2, 3) for wave in (np.sin, np.cos)]
    base = np.array(base).T
    rss = lambda left: left @ left
    with_column = lambda column: regression(np.column_stack([base, column]), y, of)
    none = rss(regression(base, y, of))
    step = lambda p: (np.arange(m) >= p).astype(float)
    gains = {p: none - rss(with_column(step(p))) for p in range(BESIDE, m - BESIDE + 1)}
    best = max(gains, key=lambda p: (gains[p], -p))
    line = none - rss(with_column(day))
    left = with_column(day) if line > gains[best] else with_column(step(best))
    parameters = base.shape[1] + 2
    variance = long_run(left, parameters)
    if left @ left / (m - parameters) * m < 60 * variance:
        return None
    beyond = (line - gains[best]) / variance
    onset = "gradual" if beyond > chi2.ppf(0.95, 1) else "unclear" if beyond > -PLACE else "step"
    return near(gains, best, variance, m) | {"onset": onset}


def of_shares(day, hits, of):
    m = len(day)
    fit = lambda part: binom.logpmf(hits[part], of[part], hits[part].sum() / of[part].sum()).sum()
    gains = {p: 2 * (fit(slice(0, p)) + fit(slice(p, m)) - fit(slice(0, m))) for p in range(BESIDE, m - BESIDE + 1)}
    best = max(gains, key=lambda p: (gains[p], -p))
    share = np.where(np.arange(m) < best, hits[:best].sum() / of[:best].sum(), hits[best:].sum() / of[best:].sum())
    scale = np.sqrt(of * share * (1 - share))
    left = np.where(scale > 0, (hits - of * share) / np.where(scale > 0, scale, 1), 0)
    return near(gains, best, max(1, long_run(left, 3)), m) | {"onset": "step"}


def dependent(m, correlation):
    noise = [draw.normal()]
    for _ in range(m - 1):
        noise.append(correlation * noise[-1] + math.sqrt(1 - correlation**2) * draw.normal())
    return np.array(noise)


cases = []
for m, days, place, size, slope, season, correlation in [
    (200, 1.0, 100, 1.0, 0, 0, 0.0), (200, 1.0, 60, 0.5, 0, 0, 0.3), (300, 2.0, 150, 1.0, 0, 1.0, 0.0),
    (300, 2.0, 240, 0.7, 0, 2.0, 0.5), (300, 2.0, 150, 0.0, 3.0, 0.5, 0.2), (150, 3.0, 75, 2.0, 0, 0, 0.95),
    (60, 0.2, 30, 3.0, 0, 0, 0.0), (500, 8.0, 20, 0.8, 0, 1.0, 0.4)]:
    day = np.round(np.sort(draw.uniform(0, days, m)), 6)
    of = draw.integers(1, 6, m).astype(float)
    mean = size * (np.arange(m) >= place) + slope * day / days + season * np.sin(2 * np.pi * day + 1)
    total = np.round(of * mean + np.sqrt(of) * dependent(m, correlation), 3)
    cases.append({"kind": "mean", "day": day.tolist(), "sum": total.tolist(), "of": of.tolist(),
                  "found": of_means(day, total, of)})
for m, place, before, after, burst in [
    (200, 100, 0.01, 0.2, 1), (200, 150, 0.3, 0.1, 1), (300, 200, 0.0, 0.1, 1), (300, 150, 0.02, 0.25, 6), (80, 40, 0.5, 0.6, 1)]:
    day = np.arange(m) / 100
    of = draw.integers(1, 4, m).astype(float)
    share = np.repeat(np.where(draw.random((m + burst - 1) // burst) < 1 / burst, 1.0, 0.0), burst)[:m] if burst > 1 else np.ones(m)
    hits = draw.binomial(of.astype(int), np.where(np.arange(m) < place, before, after) * share).astype(float)
    cases.append({"kind": "share", "day": day.tolist(), "sum": hits.tolist(), "of": of.tolist(),
                  "found": of_shares(day, hits, of)})
made_with = {"numpy": np.__version__, "scipy": scipy.__version__}
lines = ",\n  ".join(json.dumps(case, separators=(",", ":")) for case in cases)
OUT.write_text(f'{{"made_with":{json.dumps(made_with)},"cases":[\n  {lines}\n]}}\n')
for case in cases:
    print(case["kind"], len(case["day"]), case["found"])
