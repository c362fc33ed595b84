//! What the whole analysis says of given runs: the cases that matter to a reader, and what must hold for
//! any data.

#![allow(clippy::unwrap_used)] // a test stops at the first thing that is wrong

#[path = "support/alike.rs"]
mod alike;

use std::borrow::Cow;

use alike::{close, flipped};
use jobdelta::analysis::comparison::Comparison;
use jobdelta::analysis::comparison::ComparisonVerdict::{
    self, Improved, Inconclusive, NoMaterialChange, NotMeasured, Regressed,
};
use jobdelta::analysis::metric::{
    COMPLETION_RATE, FAILURE_RATE, MEAN_DURATION, MEDIAN_DURATION, Metric, P95_DURATION,
};
use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::clock::{DAY_US, Timestamp};
use jobdelta::observation::pictures::ObservedPictures;
use jobdelta::observation::{
    Coverage, Dependence, JobObservations, LagSums, Observations, Recorded, WindowObservations, cell_index,
    representative,
};
use jobdelta::window::{Chosen, PerSide, Period, Window};
use proptest::prelude::*;

const METRICS: [&Metric; 5] =
    [&COMPLETION_RATE, &FAILURE_RATE, &MEDIAN_DURATION, &MEAN_DURATION, &P95_DURATION];

/// A run: its duration in µs when it completed, `None` when it failed.
type Run = Option<i64>;

/// The runs of one window as the queries would return them, in their order.
fn seen(runs: &[Run]) -> JobObservations {
    let mut seen = JobObservations::default();
    for (place, run) in runs.iter().enumerate() {
        let half = &mut seen.halves[usize::from(2 * place >= runs.len())];
        match run {
            Some(duration) => {
                half.outcomes.completed += 1;
                half.durations.add(*duration);
            }
            None => half.outcomes.failed += 1,
        }
    }
    for half in &seen.halves {
        seen.outcomes.merge(&half.outcomes);
        seen.durations.merge(&half.durations);
    }
    let index = |duration: &i64| cell_index(representative(*duration));
    seen.dependence = Dependence {
        durations: Some(runs.iter().flatten().map(index).collect()),
        completed: Some(runs.iter().map(|run| i64::from(run.is_some())).collect()),
        failed: Some(runs.iter().map(|run| i64::from(run.is_none())).collect()),
        on_time: None,
    };
    seen
}

/// Two days that are over, with nothing before them; a job for each pair.
fn analysis(jobs: &[[JobObservations; 2]]) -> Analysis {
    let day = |n: i64| Period { start: Timestamp(n * DAY_US), end: Timestamp((n + 1) * DAY_US) };
    let as_of = Timestamp(2 * DAY_US);
    let window = |n: i64| Window::observe(day(n), as_of, &[], Chosen::Given, None);
    let side = |side: usize| WindowObservations {
        jobs: jobs
            .iter()
            .enumerate()
            .map(|(n, pair)| (format!("job {n:02}"), Box::new(pair[side].clone())))
            .collect(),
        ..WindowObservations::default()
    };
    let observations = Observations {
        as_of,
        windows: PerSide { baseline: window(0), stagger: window(1) },
        baseline: side(0),
        stagger: side(1),
        coverage: Coverage { first_started: Some(Timestamp(0)), last_started: None, rows_ahead: 0 },
        excluded_runs: Vec::new(),
        recorded: Recorded::default(),
        pictures: ObservedPictures::default(),
        ordinary: jobdelta::observation::ordinary::OrdinaryDays::default(),
    };
    analyse(&observations, &AnalysisSettings::default(), &[])
}

fn of(baseline: &[Run], stagger: &[Run]) -> Analysis {
    analysis(&[[seen(baseline), seen(stagger)]])
}

fn comparison<'a>(analysis: &'a Analysis, metric: &Metric) -> Cow<'a, Comparison> {
    analysis.jobs[0].comparison.any(metric).unwrap()
}

fn verdict(analysis: &Analysis, metric: &Metric) -> ComparisonVerdict {
    comparison(analysis, metric).verdict.unwrap()
}

/// `n` runs around `centre` µs, ± 10 %, in an order without dependence; every `failing`-th fails.
fn runs(n: i64, centre: i64, failing: i64) -> Vec<Run> {
    let length = |i: i64| centre - centre / 10 + centre / 5 * ((i * 7_919) % n) / n;
    (0..n).map(|i| (i % failing != failing - 1).then(|| length(i))).collect()
}

/// Every comparison of jobs and of all together.
fn comparisons(analysis: &Analysis) -> impl Iterator<Item = (&'static Metric, Cow<'_, Comparison>)> {
    analysis.jobs.iter().flat_map(|job| job.comparison.all()).chain(analysis.totals.comparison.all())
}

#[test]
fn four_runs_before_against_480_after_leave_everything_open_and_say_what_would_do() {
    let analysis = of(&runs(4, 40_000, 1_000), &runs(480, 30_000, 1_000));
    for metric in METRICS {
        let open = comparison(&analysis, metric);
        assert_eq!(open.verdict, Some(Inconclusive), "{metric:?}");
        assert_eq!(
            open.reason.to_string(),
            "4 baseline runs, at least 6 more are needed; nothing earlier is in the table, so waiting cannot help"
        );
    }
}

#[test]
fn no_failure_in_three_runs_is_not_better_than_one_in_500() {
    let (few, many) = (vec![Some(40_000); 3], runs(500, 40_000, 500));
    assert_eq!(many.iter().filter(|run| run.is_none()).count(), 1);
    for (before, after) in [(&many, &few), (&few, &many)] {
        let analysis = of(before, after);
        for metric in [&COMPLETION_RATE, &FAILURE_RATE] {
            assert_eq!(verdict(&analysis, metric), Inconclusive, "{metric:?}");
            assert_eq!(analysis.totals.comparison.any(metric).unwrap().verdict, Some(Inconclusive));
        }
    }
}

#[test]
fn failures_from_one_in_a_thousand_to_nine_are_a_regression() {
    let before = runs(5_000, 40_000, 1_000);
    let after: Vec<Run> = runs(5_000, 40_000, 5_001)
        .into_iter()
        .enumerate()
        .map(|(i, run)| run.filter(|_| i % 111 != 0 || i == 0))
        .collect();
    let failed = |runs: &[Run]| runs.iter().filter(|run| run.is_none()).count();
    assert_eq!((failed(&before), failed(&after)), (5, 45));
    let (worse, better) = (of(&before, &after), of(&after, &before));
    for metric in [&COMPLETION_RATE, &FAILURE_RATE] {
        assert_eq!((verdict(&worse, metric), verdict(&better, metric)), (Regressed, Improved), "{metric:?}");
        assert_eq!(worse.totals.comparison.any(metric).unwrap().verdict, Some(Regressed));
    }
    assert_eq!(verdict(&worse, &MEDIAN_DURATION), NoMaterialChange, "the durations did not change");
}

#[test]
fn ten_failures_in_a_row_may_be_one_burst() {
    let broken = |n: usize| of(&vec![Some(40_000); n], &vec![None; n]);
    for metric in [&COMPLETION_RATE, &FAILURE_RATE] {
        assert_eq!(verdict(&broken(10), metric), Inconclusive, "{metric:?}");
        assert_eq!(verdict(&broken(20), metric), Regressed, "{metric:?}");
    }
}

#[test]
fn a_constant_duration_did_not_change_and_nothing_is_divided_by_zero() {
    for duration in [0, 7, 700, 34_500, 5_000_000] {
        let constant = vec![Some(duration); 480];
        let analysis = of(&constant, &constant);
        for metric in [&MEDIAN_DURATION, &MEAN_DURATION, &P95_DURATION] {
            let same = comparison(&analysis, metric);
            assert_eq!(same.verdict, Some(NoMaterialChange), "{duration} µs: {}", same.reason);
            assert_eq!((same.change, same.caveats.as_slice()), (Some(0.0), &[][..]), "{duration} µs");
        }
        for (metric, comparison) in comparisons(&analysis) {
            let text = serde_json::to_string(&comparison).unwrap();
            let numbers = [comparison.change, comparison.relative_change, comparison.p, comparison.shift];
            let ends = [comparison.interval, comparison.shift_interval, comparison.halves];
            for number in numbers.into_iter().flatten().chain(ends.into_iter().flatten().flatten()) {
                assert!(number.is_finite(), "{metric}: {text}");
            }
        }
    }
}

/// 600 neighbouring cells with `runs` runs each, of a series without dependence.
fn wide(first: i64, runs: u64) -> JobObservations {
    let mut seen = JobObservations::default();
    let whole = |number: i128| i64::try_from(number).unwrap();
    let (mut cell, mut sum, mut squares) = (first, 0_i128, 0_i128);
    for nth in 0..600_u64 {
        let half = &mut seen.halves[usize::from(nth % 2 == 1)];
        half.durations.add_cell(cell, runs, i128::from(cell) * i128::from(runs), cell, cell);
        half.outcomes.completed += runs;
        let (x, n) = (i128::from(cell_index(cell)), i128::from(runs));
        (sum, squares) = (sum + x * n, squares + x * x * n);
        cell = representative(cell + cell / 100);
    }
    for half in &seen.halves {
        seen.outcomes.merge(&half.outcomes);
        seen.durations.merge(&half.durations);
    }
    let n = seen.durations.count();
    let products = whole(sum * sum / i128::from(n));
    let (sum, sum_of_squares) = (whole(sum), whole(squares));
    seen.dependence.durations =
        Some(LagSums { n, sum, sum_of_squares, sum_of_products: products, first: 0, last: 0 });
    seen
}

#[test]
fn ten_million_runs_in_600_cells_are_compared_like_600_runs() {
    let of = |runs: u64| analysis(&[[wide(10_000, runs), wide(12_000, runs)]]);
    let (few, many) = (of(1), of(16_667));
    assert_eq!(many.jobs[0].baseline.completed, 10_000_200);
    let shift = |analysis: &Analysis| comparison(analysis, &MEDIAN_DURATION).shift.unwrap();
    assert!((shift(&few) / shift(&many) - 1.0).abs() < 0.01, "{} and {}", shift(&few), shift(&many));
    let width = |analysis: &Analysis| {
        let [low, high] = comparison(analysis, &MEDIAN_DURATION).shift_interval.unwrap();
        high - low
    };
    assert!(width(&many) < width(&few) / 10.0, "{} and {}", width(&many), width(&few));
    assert_eq!((verdict(&many, &MEDIAN_DURATION), verdict(&many, &MEAN_DURATION)), (Regressed, Regressed));
}

/// Runs of one job: a centre, a spread, a share that fails; from tied to continuous.
fn some_runs(least_us: i64) -> impl Strategy<Value = Vec<Run>> {
    (20 * least_us..5_000 * least_us, 0..40_i64, 0..40_u32, 1..90_usize).prop_flat_map(
        move |(centre, spread, failing, n)| {
            let low = (centre - centre * spread / 100).max(least_us);
            let run = (low..=centre + centre * spread / 100, 0..100_u32);
            prop::collection::vec(run.prop_map(move |(us, die)| (die >= failing).then_some(us)), n)
        },
    )
}

fn some_jobs() -> impl Strategy<Value = Vec<(Vec<Run>, Vec<Run>)>> {
    prop::collection::vec((some_runs(1_000), some_runs(1_000)), 1..4)
}

fn of_all(jobs: &[(Vec<Run>, Vec<Run>)], scale: i64, swapped: bool) -> Analysis {
    let scaled = |runs: &[Run]| seen(&runs.iter().map(|run| run.map(|us| us * scale)).collect::<Vec<_>>());
    let pair = |(before, after): &(Vec<Run>, Vec<Run>)| {
        if swapped { [scaled(after), scaled(before)] } else { [scaled(before), scaled(after)] }
    };
    analysis(&jobs.iter().map(pair).collect::<Vec<_>>())
}

/// The estimate over the larger margin that it has in one direction or the other; `None` where it was
/// not tested.
fn margins(forth: &Comparison, back: &Comparison) -> Option<f64> {
    Some(forth.shift.or(forth.change)?.abs() / forth.margin?.max(back.margin?))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn identical_windows_never_improve_or_regress(jobs in some_jobs()) {
        let same: Vec<_> = jobs.into_iter().map(|(runs, _)| (runs.clone(), runs)).collect();
        for (metric, comparison) in comparisons(&of_all(&same, 1, false)) {
            prop_assert!(!matches!(comparison.verdict, Some(Improved | Regressed)), "{} {:?}", metric, comparison);
            prop_assert!(comparison.change.is_none_or(|change| change == 0.0), "{} {:?}", metric, comparison);
        }
    }

    #[test]
    fn swapped_windows_flip_every_sign_and_keep_every_p(jobs in some_jobs()) {
        let (forth, back) = (of_all(&jobs, 1, false), of_all(&jobs, 1, true));
        for ((metric, x), (_, y)) in comparisons(&forth).zip(comparisons(&back)) {
            if !METRICS.contains(&metric) {
                continue;
            }
            prop_assert!(close(x.change, y.change.map(|change| -change)), "{}: {:?} {:?}", metric, x, y);
            prop_assert!(close(x.shift, y.shift.map(|shift| -shift)), "{}: {:?} {:?}", metric, x, y);
            prop_assert!(close(x.p, y.p), "{}: {:?} {:?}", metric, x, y);
            prop_assert!(close(x.p_adjusted, y.p_adjusted), "{}: {:?} {:?}", metric, x, y);
            if margins(&x, &y).is_some_and(|margins| margins > 1.1) {
                // an improvement that is withheld has no other side
                let is_withheld = |found: &Comparison| found.caveats.iter().any(|found| found.withholds());
                let same = x.verdict == flipped(y.verdict) || is_withheld(&x) || is_withheld(&y);
                prop_assert!(same, "{}: {:?} {:?}", metric, x, y);
            }
            prop_assert_eq!(x.verdict == Some(NotMeasured), y.verdict == Some(NotMeasured));
        }
    }

    #[test]
    fn a_power_of_ten_keeps_every_verdict(jobs in some_jobs(), power in 1_u32..4) {
        let (small, large) = (of_all(&jobs, 1, false), of_all(&jobs, 10_i64.pow(power), false));
        for (small, large) in small.jobs.iter().zip(&large.jobs) {
            let median = small.comparison.any(&MEDIAN_DURATION).unwrap();
            if median.baseline < Some(20.0) || median.stagger < Some(20.0) {
                continue;
            }
            for metric in METRICS {
                let (x, y) = (small.comparison.any(metric).unwrap(), large.comparison.any(metric).unwrap());
                prop_assert_eq!(x.verdict, y.verdict, "{:?}: {:?} {:?}", metric, x, y);
            }
        }
    }
}
