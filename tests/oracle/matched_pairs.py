"""Writes tests/fixtures/statistics/matched_pairs.json: what differences at the same time of day say of a shift, by a
weighted regression on their mean (statsmodels) and Student's t (SciPy)."""
import json, math, pathlib
import numpy as np, scipy, statsmodels, statsmodels.api as sm
from scipy.stats import norm, t
from statsmodels.tsa.stattools import acf

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "statistics" / "matched_pairs.json"
draw = np.random.default_rng(20261202)


def dependent(n, correlation):
    series = [draw.standard_normal()]
    for _ in range(n - 1):
        series.append(correlation * series[-1] + math.sqrt(1 - correlation**2) * draw.standard_normal())
    return np.array(series)


def case(name, n, correlation, season, shift, runs):
    of = [draw.integers(1, runs + 1, n) for _ in range(2)]
    day = season * np.sin(2 * np.pi * np.arange(n) / n)
    means = [day + dependent(n, correlation) / np.sqrt(of[0]), day + shift + dependent(n, correlation) / np.sqrt(of[1])]
    sums = [np.round(mean * count, 3) for mean, count in zip(means, of)]
    difference = sums[1] / of[1] - sums[0] / of[0]
    fit = sm.WLS(difference, np.ones(n), weights=1 / (1 / of[0] + 1 / of[1])).fit()
    left = fit.wresid
    r = (left[1:] @ left[:-1]) / (left @ left)
    if runs == 1:
        assert abs(r - acf(left, adjusted=False, nlags=1)[1]) < 1e-9  # weights are equal: the mean is 0
    cautious = min(max(r + (1 + 4 * r) / n + 1 / math.sqrt(n), 0), 0.98)
    inflation = (1 + cautious) / (1 - cautious)
    scatter = 1.7
    variance = fit.mse_resid / scatter * inflation
    freedom = n / inflation - 1
    expected = None
    if n / inflation >= 24:
        expected = {
            "inflation": inflation,
            "variance": variance,
            "variance_of_interval": variance * (t.ppf(0.975, freedom) / norm.ppf(0.975)) ** 2,
            "p_at_3": 2 * t.sf(3, freedom),
        }
    before, after = (list(map(list, zip(map(float, sums[k]), map(int, of[k])))) for k in (0, 1))
    return {"name": name, "before": before, "after": after, "scatter": scatter, "expected": expected}


cases = [
    case("independent", 96, 0.0, 0.0, 0.0, 1),
    case("season", 96, 0.0, 3.0, 0.5, 1),
    case("several runs at a time", 60, 0.0, 1.0, 0.2, 5),
    case("dependent", 288, 0.5, 1.0, 0.0, 1),
    case("dependent, several runs", 480, 0.7, 2.0, 1.0, 3),
    case("too dependent", 60, 0.9, 0.0, 0.0, 1),
    case("too few", 24, 0.0, 0.0, 0.0, 2),
]
made_with = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}
lines = ",\n".join("  " + json.dumps(case) for case in cases)
OUT.write_text(f'{{"made_with":{json.dumps(made_with)},"cases":[\n{lines}\n]}}\n')
