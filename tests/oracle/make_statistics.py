"""Writes tests/fixtures/statistics/*.json: figures of SciPy, statsmodels, NumPy and R for tests/statistics.rs."""
import json, math, pathlib, subprocess, tempfile
import numpy as np, scipy, statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest
from statsmodels.tsa.stattools import acf

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "fixtures" / "statistics"
R = subprocess.run(["R", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
MADE_WITH = {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__, "R": R}
rng = np.random.default_rng(20260201)


def write(name, cases):
    OUT.mkdir(parents=True, exist_ok=True)
    lines = ",\n  ".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (OUT / f"{name}.json").write_text(f'{{"made_with":{json.dumps(MADE_WITH)},"cases":[\n  {lines}\n]}}\n')
    print(f"{name}: {len(cases)} cases")


def distributions():
    cases = []
    for z in [0.0, 0.1, 0.5, 1.0, 1.959963984540054, 2.5, 3.5, 3.6, 5.0, 8.0, 12.0, 30.0]:
        cases.append({"of": "normal", "z": z, "expected": 2 * stats.norm.sf(z)})
    for t, df in [(0.0, 5), (0.3, 1), (1.0, 1.5), (2.0, 3.7), (2.0, 12), (2.5, 29.3), (4.0, 60), (7.5, 8),
                  (1.96, 1000), (3.0, 12345.6), (5.0, 1e6), (1.0, 1e9), (20.0, 10)]:
        cases.append({"of": "t", "t": t, "df": df, "expected": 2 * stats.t.sf(t, df)})
    for df in [1, 1.3, 2, 3, 5.5, 9, 18.7, 30, 100, 998, 1e5, 1e8]:
        cases.append({"of": "t_reach", "df": df, "expected": stats.t.ppf(0.975, df)})
    for k, n, p in [(0, 1, 0.5), (1, 1, 0.5), (3, 10, 0.5), (9, 10, 0.95), (72, 72, 0.95), (40, 100, 0.5),
                    (960, 1000, 0.95), (5, 5000, 0.001), (4900, 10000, 0.5), (9600, 10000, 0.95), (30, 10000, 0.001)]:
        cases.append({"of": "binomial", "k": k, "n": n, "p": p, "expected": stats.binom.pmf(k, n, p)})
        cases.append({"of": "binomial_at_least", "k": k, "n": n, "p": p, "expected": stats.binom.sf(k - 1, n, p)})
        cases.append({"of": "binomial_at_most", "k": k, "n": n, "p": p, "expected": stats.binom.cdf(k, n, p)})
    for k, marked, unmarked, drawn in [(0, 1, 1, 1), (2, 5, 5, 4), (5, 50, 9950, 5000), (45, 50, 9950, 5000),
                                       (30, 60, 540, 300), (0, 7, 500, 10), (250, 500, 500, 500)]:
        cases.append({"of": "hypergeometric", "k": k, "marked": marked, "unmarked": unmarked, "drawn": drawn,
                      "expected": stats.hypergeom.pmf(k, marked + unmarked, marked, drawn)})
    write("distributions", cases)


RATES = [(0, 3, 1, 500), (3, 3, 499, 500), (5, 5000, 45, 5000), (0, 1, 0, 1), (0, 1, 1, 1), (1, 1, 0, 1), (0, 10, 10, 10),
         (0, 10_000, 1, 10_000), (0, 10_000, 10, 10_000), (9_999, 10_000, 9_950, 10_000), (10_000, 10_000, 10_000, 10_000),
         (1965, 1985, 16, 16), (7, 100, 12, 110), (50, 100, 50, 100), (1, 7, 3, 11), (250, 500, 310, 500), (2, 2000, 9, 900),
         (990, 1000, 970, 1000), (0, 480, 3, 480), (12, 20, 3, 400), (400, 1000, 800, 2000), (1, 2, 9_999, 10_000)]


def rates():
    cases = []
    for a, n1, b, n2 in RATES:
        wilson = [proportion_confint(x, n, method="wilson") for x, n in ((a, n1), (b, n2))]
        newcombe = confint_proportions_2indep(b, n2, a, n1, method="newcomb", compare="diff")
        z = proportions_ztest([b, a], [n2, n1])[1] if 0 < a + b < n1 + n2 else 1.0
        # the same on effective counts: every count divided by the inflation
        v = 2.7
        weighed = confint_proportions_2indep(b / v, n2 / v, a / v, n1 / v, method="newcomb", compare="diff")
        z_weighed = proportions_ztest([b / v, a / v], [n2 / v, n1 / v])[1] if 0 < a + b < n1 + n2 else 1.0
        cases.append({"baseline": [a, n1], "stagger": [b, n2],
                      "wilson": [[float(max(0, lo)), float(min(1, hi))] for lo, hi in wilson],
                      "newcombe": list(map(float, newcombe)), "z": float(z),
                      "fisher": float(stats.fisher_exact([[a, n1 - a], [b, n2 - b]])[1]),
                      "inflation": v, "newcombe_inflated": list(map(float, weighed)), "z_inflated": float(z_weighed)})
    write("rates", cases)


def representative(d):
    w = 1
    while d // w >= 1000:
        w *= 10
    return (d + w // 2) // w * w


def width(d):
    w = 1
    while d // w >= 1000:
        w *= 10
    return w


def table(sample):
    values, counts = np.unique([representative(int(d)) for d in sample], return_counts=True)
    return [[int(v), int(c)] for v, c in zip(values, counts)]


def lognormal(n, median=34_000, sigma=0.4):
    return median * np.exp(sigma * rng.standard_normal(n))


def bimodal(n, slow):
    return np.where(rng.random(n) < slow, lognormal(n, 5_000_000, 0.2), lognormal(n, 30_000, 0.1))


def whole_seconds(n, mean):
    return 1_000_000 * rng.poisson(mean, n)


def untied(n, shift=1.0):
    """Distinct cells: every duration has a three-digit number of its own."""
    return np.array([10_000 + 100 * i for i in rng.choice(700, n, replace=False)]) * shift


SAMPLES = {
    "one and one": ([500], [700]), "one and the same": ([500], [500]), "one and many": (lognormal(1), lognormal(40)),
    "two and three": ([100, 200], [150, 250, 350]), "exact 5 and 7": None, "exact 20 and 20": None, "exact 12 and 3": None,
    "exact apart": ([100, 110, 120, 130, 140, 150], [200, 210, 220, 230, 240, 250, 260]),
    "four and 480": (lognormal(4), lognormal(480)), "ten a side": (lognormal(10), lognormal(10)),
    "twenty a side, slower": (lognormal(20), 1.3 * lognormal(20)), "fifty a side": (lognormal(50), lognormal(50)),
    "hundred a side": (lognormal(100), 0.9 * lognormal(100)), "300 a side, 20 % slower": (lognormal(300), 1.2 * lognormal(300)),
    "480 and 2,000": (lognormal(480), lognormal(2000)), "1,000 a side": (lognormal(1000), 1.02 * lognormal(1000)),
    "10,000 a side": (lognormal(10_000), 1.01 * lognormal(10_000)), "10,000 and 10": (lognormal(10_000), lognormal(10)),
    "heavy tail": (lognormal(400, 20_000, 1.5), lognormal(300, 22_000, 1.5)),
    "microseconds": (rng.poisson(40, 200), rng.poisson(42, 250)), "zeros and ones": (rng.random(90) < 0.5, rng.random(80) < 0.3),
    "whole seconds": (whole_seconds(300, 1.0), whole_seconds(300, 0.7)), "whole seconds, long": (whole_seconds(60, 30), whole_seconds(80, 33)),
    "bimodal 10 to 20 %": (bimodal(500, 0.1), bimodal(500, 0.2)), "bimodal, few": (bimodal(30, 0.1), bimodal(25, 0.2)),
    "two constants": ([1_000_000] * 30, [1_500_000] * 20), "one constant": ([2_000] * 50, lognormal(60, 2_000, 0.1)),
    "nearly constant": ([2_000] * 49 + [2_010], [2_000] * 47 + [2_010] * 3), "minutes": (lognormal(150, 95_000_000, 0.3), lognormal(170, 90_000_000, 0.3)),
    "far apart": (lognormal(60, 1_000, 0.2), lognormal(60, 60_000_000, 0.2)), "across a cell border": (lognormal(200, 99_900, 0.01), lognormal(200, 100_100, 0.01)),
    "five cells": (1_000 * rng.integers(1, 6, 2_000), 1_000 * rng.integers(1, 6, 3_000)), "uniform": (rng.integers(100, 100_000, 250), rng.integers(100, 90_000, 350)),
}
SAMPLES["exact 5 and 7"] = (untied(5), untied(7) + 50_000 // 1000)
SAMPLES["exact 20 and 20"] = (untied(20), untied(20) + 50)
SAMPLES["exact 12 and 3"] = (untied(12), untied(3) + 50)


def two_samples():
    cases, lines = [], ["case side value count"]
    for number, (name, (before, after)) in enumerate(SAMPLES.items()):
        if name.startswith("exact") and name != "exact apart":
            # odd cells of 50 µs do not exist: shift the second sample by whole cells that the first lacks
            before = np.sort(before); after = np.array([v if v not in set(before) else v + 100 for v in after])
            pool = [v for v in range(10_000, 90_000, 100) if v not in set(int(b) for b in before)]
            after = rng.choice(pool, len(after), replace=False)
        a, b = table(before), table(after)
        x = np.repeat([v for v, _ in a], [c for _, c in a]); y = np.repeat([v for v, _ in b], [c for _, c in b])
        n1, n2 = len(x), len(y)
        tied = len(np.unique(np.concatenate([x, y]))) < n1 + n2
        method = "exact" if not tied and max(n1, n2) <= 20 else "asymptotic"
        case = {"name": name, "baseline": a, "stagger": b, "method": method}
        if len(np.unique(np.concatenate([x, y]))) > 1:
            u = stats.mannwhitneyu(y, x, alternative="two-sided", method=method, use_continuity=True)
            case |= {"u": float(u.statistic), "p": float(u.pvalue)}
        else:
            case |= {"u": n1 * n2 / 2, "p": 1.0}
        if n1 > 1 and n2 > 1 and x.var() + y.var() > 0:
            t = stats.ttest_ind(y, x, equal_var=False); ci = t.confidence_interval(0.95)
            case["welch"] = {"p": float(t.pvalue), "low": float(ci.low), "high": float(ci.high)}
        # Hodges-Lehmann by brute force over the cells
        differences = (np.array([v for v, _ in b])[None, :] - np.array([v for v, _ in a])[:, None]).ravel()
        weights = (np.array([c for _, c in b])[None, :] * np.array([c for _, c in a])[:, None]).ravel()
        order = np.argsort(differences, kind="stable"); differences, running = differences[order], np.cumsum(weights[order])
        at = lambda k: int(differences[np.searchsorted(running, k)])
        pairs = n1 * n2
        ties = np.unique(np.concatenate([x, y]), return_counts=True)[1].astype(float); n = n1 + n2
        sigma = math.sqrt(pairs / 12 * (n + 1 - float((ties**3 - ties).sum()) / (n * (n - 1))))
        k = max(1, math.ceil(pairs / 2 - 0.5 - stats.norm.ppf(0.975) * sigma))
        case["shift"] = (at((pairs + 1) // 2) + at(pairs // 2 + 1)) / 2
        case["ends"] = [at(k), at(pairs + 1 - k)]
        for q, key in ((0.5, "median"), (0.95, "p95")):
            case[key] = [float(np.quantile(x, q)), float(np.quantile(y, q))]
            case["pooled_" + key] = float(np.quantile(np.concatenate([x, y]), q))
            case[key + "_ranks"] = [ranks(n1, q), ranks(n2, q)]
        limit = case["pooled_p95"]; above = [int((x > limit).sum()), int((y > limit).sum())]
        case["tail"] = {"above": above, "p": float(stats.fisher_exact([[above[0], n1 - above[0]], [above[1], n2 - above[1]]])[1])}
        cases.append(case)
        # R stops where everything is equal
        if min(n1, n2) >= 5 and len(np.unique(np.concatenate([x, y]))) > 1:
            for side, cells in (("baseline", a), ("stagger", b)):
                lines += [f"{number} {side} {v} {c}" for v, c in cells]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines) + "\n"); file.flush()
        printed = subprocess.run(["Rscript", str(HERE / "shift.R"), file.name], stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in printed.splitlines():
        number, low, high, p = line.split()
        cases[int(number)]["r"] = {"interval": [float(low), float(high)], "p": float(p)}
    write("two_samples", cases)


def ranks(n, q):
    """Largest lower and smallest upper rank that leave out at most 2.5 % each; None where there is none."""
    low = max((l for l in range(1, n + 1) if stats.binom.cdf(l - 1, n, q) <= 0.025), default=None) if n <= 200 else int(stats.binom.ppf(0.025, n, q))
    high = min((u for u in range(1, n + 1) if stats.binom.sf(u - 1, n, q) <= 0.025), default=None) if n <= 200 else int(stats.binom.isf(0.025, n, q)) + 1
    if n > 200:
        while stats.binom.cdf(low - 1, n, q) > 0.025: low -= 1
        while stats.binom.cdf(low, n, q) <= 0.025: low += 1
        while stats.binom.sf(high - 1, n, q) > 0.025: high += 1
        while stats.binom.sf(high - 2, n, q) <= 0.025: high -= 1
    return None if low is None or high is None else [low, high]


def dependence():
    cases = []
    for n, phi in [(2, 0), (3, 0), (10, 0), (10, 0.6), (50, 0.3), (100, 0.6), (300, 0), (300, 0.9), (1000, -0.4), (10_000, 0.6)]:
        noise = rng.standard_normal(n); x = [noise[0]]
        for e in noise[1:]:
            x.append(phi * x[-1] + math.sqrt(1 - phi * phi) * e)
        series = [int(v) for v in np.round(1000 + 60 * np.array(x))] if n < 1000 else [int(v > 1.2) for v in x]
        r = float(acf(np.array(series, float), nlags=1, adjusted=False)[1])
        star = min(max(r + (1 + 4 * r) / n + 1 / math.sqrt(n), 0), 0.98)
        cases.append({"series": series, "r": r, "inflation": (1 + star) / (1 - star)})
    write("dependence", cases)


def adjusted():
    cases = []
    for n in [1, 2, 5, 20, 60, 200]:
        p = rng.random(n) ** 3
        if n > 10:
            p[3] = p[7]; p[1] = 0.0; p[2] = 1.0
        cases.append({"p": p.tolist(), "expected": multipletests(p, method="fdr_bh")[1].tolist()})
    write("benjamini_hochberg", cases)


distributions(); rates(); two_samples(); dependence(); adjusted()
