//! The statistics against figures of `SciPy`, `statsmodels`, `NumPy` and R. The fixtures name their
//! versions; `tests/oracle/` holds the programs that wrote them.

#![allow(clippy::unwrap_used, clippy::panic)] // a test stops at the first thing that is wrong

use jobdelta::analysis::statistics::cells::Cells;
use jobdelta::analysis::statistics::change_point::{ChangePoint, Point, mean, share};
use jobdelta::analysis::statistics::hypergeometric::Draws;
use jobdelta::analysis::statistics::interval::Interval;
use jobdelta::analysis::statistics::mann_whitney::Ordering;
use jobdelta::analysis::statistics::matched_pairs::{MatchedPairs, PairedMeans};
use jobdelta::analysis::statistics::moderation::Variance;
use jobdelta::analysis::statistics::newcombe::ObservedShare;
use jobdelta::analysis::statistics::quantile::{self, Percentile};
use jobdelta::analysis::statistics::welch::{self, Moments};
use jobdelta::analysis::statistics::{
    benjamini_hochberg, binomial, dependence, fisher, gamma, hodges_lehmann, moderation, newcombe, normal,
    order_statistics, student_t, tail, wilson, z_test,
};
use jobdelta::observation::{DurationTable, LagSums, cell_width};
use serde_json::Value;

fn cases(name: &str) -> Vec<Value> {
    let path = format!("{}/tests/fixtures/statistics/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let fixture: Value = serde_json::from_str(&text).unwrap();
    fixture["cases"].as_array().unwrap().clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is not a whole number"))
}

/// Agreement to 1e-9, relative where the figure is large or, for a probability, small.
fn assert_agrees(ours: f64, theirs: f64, case: &Value, what: &str) {
    let scale = if theirs.abs() > 1e-300 { theirs.abs() } else { 1.0 };
    assert!((ours - theirs).abs() <= 1e-9 * scale, "{what}: {ours} against {theirs} in {case}");
}

fn assert_interval(ours: Interval, theirs: &Value, case: &Value, what: &str) {
    for (ours, theirs) in [(ours.low, number(&theirs[0])), (ours.high, number(&theirs[1]))] {
        assert!(
            (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0),
            "{what}: {ours} against {theirs} in {case}"
        );
    }
}

fn cells(pairs: &Value) -> Cells {
    let mut table = DurationTable::default();
    for pair in pairs.as_array().unwrap() {
        let (value, count) = (pair[0].as_i64().unwrap(), whole(&pair[1]));
        table.add_cell(value, count, i128::from(value) * i128::from(count), value, value);
    }
    Cells::from(&table)
}

#[test]
fn distribution_functions_agree_with_scipy() {
    for case in cases("distributions") {
        let n = |key: &str| number(&case[key]);
        let k = |key: &str| whole(&case[key]);
        let ours = match case["of"].as_str().unwrap() {
            "normal" => normal::two_sided(n("z")),
            "t" => student_t::two_sided(n("t"), n("df")),
            "t_reach" => student_t::reach(n("df")),
            "binomial" => binomial::probability(k("k"), k("n"), n("p")),
            "binomial_at_least" => binomial::at_least(k("k"), k("n"), n("p")),
            "binomial_at_most" => binomial::at_most(k("k"), k("n"), n("p")),
            "hypergeometric" => {
                Draws { marked: k("marked"), unmarked: k("unmarked"), drawn: k("drawn") }.probability(k("k"))
            }
            other => panic!("no distribution {other}"),
        };
        assert_agrees(ours, n("expected"), &case, "probability");
    }
}

#[test]
fn rates_agree_with_statsmodels_and_scipy() {
    for case in cases("rates") {
        let side = |key: &str| (whole(&case[key][0]), whole(&case[key][1]));
        let (before, after) = (side("baseline"), side("stagger"));
        let share = |(hits, of): (u64, u64), inflation: f64| ObservedShare {
            value: hits as f64 / of as f64,
            of: of as f64 / inflation,
        };
        for (share, expected) in
            [(share(before, 1.0), &case["wilson"][0]), (share(after, 1.0), &case["wilson"][1])]
        {
            assert_interval(wilson::interval(share.value, share.of).unwrap(), expected, &case, "wilson");
        }
        assert_agrees(fisher::p_value(before, after), number(&case["fisher"]), &case, "fisher");
        for (inflation, interval, z) in
            [(1.0, "newcombe", "z"), (number(&case["inflation"]), "newcombe_inflated", "z_inflated")]
        {
            let (b, s) = (share(before, inflation), share(after, inflation));
            assert_interval(newcombe::interval(b, s).unwrap(), &case[interval], &case, interval);
            assert_agrees(z_test::p_value(b, s), number(&case[z]), &case, z);
        }
    }
}

#[test]
fn rank_tests_agree_with_scipy() {
    for case in cases("two_samples") {
        let ordering = Ordering::of(&cells(&case["baseline"]), &cells(&case["stagger"])).unwrap();
        assert_agrees(ordering.twice_longer as f64 / 2.0, number(&case["u"]), &case, "U");
        assert_agrees(ordering.p_value(1.0), number(&case["p"]), &case, "p");
        let faster = 1.0 - number(&case["u"]) / ordering.pairs as f64;
        assert!(
            (ordering.probability_faster() - faster).abs() < 1e-12,
            "probability of being faster in {case}"
        );
    }
}

#[test]
fn shifts_agree_with_brute_force_and_r() {
    let mut with_r = 0;
    for case in cases("two_samples") {
        let (before, after) = (cells(&case["baseline"]), cells(&case["stagger"]));
        let ordering = Ordering::of(&before, &after).unwrap();
        let shift = hodges_lehmann::shift(&before, &after, &ordering, 1.0).unwrap();
        assert_agrees(shift.estimate, number(&case["shift"]), &case, "shift");
        let widest = |cells: &Cells| cells.values().iter().copied().map(cell_width).max().unwrap() as f64;
        let cell = widest(&before).max(widest(&after));
        for (ours, exact, outward) in
            [(shift.interval.low, &case["ends"][0], -1.0), (shift.interval.high, &case["ends"][1], 1.0)]
        {
            let moved = (ours - number(exact)) * outward;
            assert!(
                moved >= 0.5 && moved <= cell,
                "{ours} is not half a cell of each side beyond {exact} in {case}"
            );
        }
        if let Some(r) = case.get("r") {
            with_r += 1;
            let interval = &r["interval"];
            for (ours, theirs) in [(shift.interval.low, &interval[0]), (shift.interval.high, &interval[1])] {
                let theirs = number(theirs);
                assert!((ours - theirs).abs() <= cell + 1e-3, "shift: {ours} against R's {theirs} in {case}");
            }
        }
    }
    assert!(with_r >= 20, "R's figures are missing from the fixture");
}

#[test]
fn means_agree_with_scipy() {
    for case in cases("two_samples").iter().filter(|case| case.get("welch").is_some()) {
        let moments = |pairs: &Value| {
            let cells = cells(pairs);
            let (mean, variance) = (cells.mean().unwrap(), cells.variance().unwrap());
            Moments { runs: cells.count() as f64, mean, variance }
        };
        let expected = &case["welch"];
        let (before, after) = (moments(&case["baseline"]), moments(&case["stagger"]));
        let Some(ours) = welch::difference(before, after) else {
            panic!("no difference of means in {case}");
        };
        assert_agrees(ours.p, number(&expected["p"]), case, "Welch's p");
        assert_agrees(ours.interval.low, number(&expected["low"]), case, "Welch's lower limit");
        assert_agrees(ours.interval.high, number(&expected["high"]), case, "Welch's upper limit");
    }
}

#[test]
fn quantiles_and_their_ranks_agree_with_numpy_and_scipy() {
    for case in cases("two_samples") {
        let sides = [cells(&case["baseline"]), cells(&case["stagger"])];
        for (percentile, key) in [(Percentile::MEDIAN, "median"), (Percentile::P95, "p95")] {
            for (side, cells) in sides.iter().enumerate() {
                assert_agrees(
                    quantile::estimate(cells, percentile).unwrap(),
                    number(&case[key][side]),
                    &case,
                    key,
                );
                let ranks = &case[format!("{key}_ranks")][side];
                let expected = ranks.as_array().map(|ranks| {
                    let at = |rank: &Value| cells.at_rank(whole(rank)).unwrap() as f64;
                    (at(&ranks[0]), at(&ranks[1]))
                });
                let ours = order_statistics::interval(cells, percentile, 1.0).map(|i| (i.low, i.high));
                assert_eq!(ours, expected, "interval of the {key} of side {side} in {case}");
            }
            let pooled = quantile::pooled(&sides[0], &sides[1], percentile).unwrap();
            assert_agrees(pooled, number(&case[format!("pooled_{key}")]), &case, "pooled quantile");
        }
        let p = tail::p_value(&sides[0], &sides[1], 1.0).unwrap();
        assert_agrees(p, number(&case["tail"]["p"]), &case, "tail");
    }
}

#[test]
fn dependence_agrees_with_statsmodels() {
    for case in cases("dependence") {
        let lag: LagSums = case["series"].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect();
        let r = dependence::lag_one_correlation(&lag).unwrap();
        assert!((r - number(&case["r"])).abs() < 1e-12, "correlation {r} against {}", case["r"]);
        assert!((dependence::inflation(&lag) / number(&case["inflation"]) - 1.0).abs() < 1e-9);
    }
}

#[test]
fn adjusted_p_values_agree_with_statsmodels() {
    for case in cases("benjamini_hochberg") {
        let numbers = |key: &str| case[key].as_array().unwrap().iter().map(number).collect::<Vec<_>>();
        for (ours, theirs) in benjamini_hochberg::adjust(&numbers("p")).into_iter().zip(numbers("expected")) {
            assert!((ours - theirs).abs() < 1e-12, "{ours} against {theirs} in {case}");
        }
    }
}

#[test]
fn moderated_variances_and_quantiles_agree_with_limma_and_r() {
    for case in cases("moderation") {
        let expected = || number(&case["expected"]);
        match case["of"].as_str().unwrap() {
            "squeeze" => squeezed(&case),
            "digamma" => assert_agrees(gamma::digamma(number(&case["x"])), expected(), &case, "digamma"),
            "trigamma" => assert_agrees(gamma::trigamma(number(&case["x"])), expected(), &case, "trigamma"),
            "normal_point" => {
                assert_agrees(normal::exceeded_by(number(&case["tail"])), expected(), &case, "normal");
            }
            _ => {
                let ours = student_t::exceeded_by(number(&case["tail"]), number(&case["df"]));
                assert_agrees(ours, expected(), &case, "t");
            }
        }
    }
}

#[test]
fn changes_are_placed_where_regressions_and_binomial_probabilities_place_them() {
    for case in cases("change_point") {
        let numbers = |key: &str| case[key].as_array().unwrap().iter().map(number).collect::<Vec<_>>();
        let points = numbers("day").into_iter().zip(numbers("sum")).zip(numbers("of"));
        let points: Vec<Point> = points.map(|((day, sum), of)| Point { day, sum, of }).collect();
        let found = if case["kind"] == "mean" { mean::find(&points) } else { share::find(&points) };
        let found = found.map(|found| {
            let ChangePoint { best, first, last, onset } = found;
            serde_json::json!({ "best": best, "first": first, "last": last, "onset": onset })
        });
        assert_eq!(found.unwrap_or_default(), case["found"]);
    }
}

#[test]
fn differences_at_the_same_time_of_day_vary_as_a_regression_says() {
    for case in cases("matched_pairs") {
        let side = |key: &str| {
            let values = case[key].as_array().unwrap().iter();
            values.map(|value| (number(&value[0]), number(&value[1]))).collect::<Vec<_>>()
        };
        let pairs = side("before").into_iter().zip(side("after"));
        let pairs: Vec<PairedMeans> = pairs.map(|(before, after)| PairedMeans { before, after }).collect();
        let found = MatchedPairs::of(&pairs, number(&case["scatter"]));
        assert_eq!(found.is_some(), case["expected"].is_object(), "{}", case["name"]);
        let Some(found) = found else { continue };
        for (what, ours) in [
            ("inflation", found.inflation),
            ("variance", found.variance),
            ("variance_of_interval", found.variance_of_interval()),
            ("p_at_3", found.p_value(3.0)),
        ] {
            assert_agrees(ours, number(&case["expected"][what]), &case["name"], what);
        }
    }
}

fn squeezed(case: &Value) {
    let numbers = |key: &str| case[key].as_array().unwrap().iter().map(number).collect::<Vec<_>>();
    let variances: Vec<Variance> = numbers("variances")
        .into_iter()
        .zip(numbers("df"))
        .map(|(value, df)| Variance { value, df })
        .collect();
    let prior = moderation::prior(&variances).unwrap();
    assert_agrees(prior.value, number(&case["prior"]), case, "prior");
    match case["df_prior"].as_f64() {
        None => assert!(prior.df.is_infinite(), "{prior:?} in {case}"),
        Some(df) => assert_agrees(prior.df, df, case, "df of the prior"),
    }
    for (own, theirs) in variances.into_iter().zip(numbers("post")) {
        assert_agrees(moderation::moderated(own, prior).value, theirs, case, "moderated");
    }
}
