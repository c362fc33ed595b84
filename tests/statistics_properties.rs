//! What must hold for any data: the invariants of the comparison.

#[path = "support/alike.rs"]
mod alike;

use alike::{close, flipped};
use jobdelta::analysis::comparison::Comparison;
use jobdelta::analysis::comparison::ComparisonVerdict::{Improved, Regressed};
use jobdelta::analysis::comparison::duration_trial::{Sample, compare_durations};
use jobdelta::analysis::comparison::family::{Family, Judged};
use jobdelta::analysis::comparison::rate_trial::{Proportion, compare_rates};
use jobdelta::analysis::comparison::restriction::Restrictions;
use jobdelta::analysis::comparison::verdict::rule::Rule;
use jobdelta::analysis::metric::{self, Metric};
use jobdelta::analysis::statistics::cells::Cells;
use jobdelta::analysis::statistics::hodges_lehmann;
use jobdelta::analysis::statistics::mann_whitney::Ordering;
use jobdelta::observation::{DurationTable, LagSums, cell_index, cell_width, representative};
use proptest::prelude::*;

struct Series {
    table: DurationTable,
    lag: LagSums,
}

impl Series {
    fn sample(&self) -> Sample<'_> {
        Sample::new(&self.table, Some(&self.lag))
    }
}

fn series(durations: &[i64]) -> Series {
    let mut table = DurationTable::default();
    for &duration in durations {
        table.add(duration);
    }
    let lag = durations.iter().map(|&duration| cell_index(representative(duration))).collect();
    Series { table, lag }
}

/// A trial's verdict as a finished comparison of what was tried.
#[derive(Debug)]
struct TestOutcome {
    metric: &'static Metric,
    comparison: Comparison,
}

fn told(judged: Judged) -> TestOutcome {
    let comparison = judged.comparison(judged.trial.values, &Restrictions::default());
    TestOutcome { metric: judged.trial.metric, comparison }
}

fn outcomes(baseline: &[i64], stagger: &[i64]) -> Vec<TestOutcome> {
    let (before, after) = (series(baseline), series(stagger));
    let mut family = Family::new();
    for trial in compare_durations(&before.sample(), &after.sample(), &Rule::default()) {
        family.add((), trial);
    }
    family.verdicts().map(|((), judged)| told(judged)).collect()
}

/// Runs of one job: a centre, a spread and sometimes a second, slower mode; from tied to continuous.
fn durations(least_us: i64, n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<i64>> {
    (20 * least_us..5_000 * least_us, 0..60_i64, 0..30_u32, n).prop_flat_map(
        move |(centre, spread, slow, n)| {
            let low = (centre - centre * spread / 100).max(least_us);
            let fast = low..=centre + centre * spread / 100;
            let run =
                (fast, 0..100_u32).prop_map(move |(fast, die)| if die < slow { fast * 20 } else { fast });
            prop::collection::vec(run, n)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn identical_windows_never_improve_or_regress(runs in durations(1, 1..120)) {
        for outcome in outcomes(&runs, &runs) {
            let verdict = outcome.comparison.verdict;
            prop_assert!(!matches!(verdict, Some(Improved | Regressed)), "{:?}", outcome);
        }
    }

    #[test]
    fn swapping_the_windows_flips_signs_and_keeps_p(
        (a, b) in (durations(1_000, 1..120), durations(1_000, 1..120)),
    ) {
        let (forth, back) = (outcomes(&a, &b), outcomes(&b, &a));
        for (forth, back) in forth.iter().zip(&back) {
            let (x, y) = (&forth.comparison, &back.comparison);
            prop_assert!(close(x.change, y.change.map(|change| -change)), "{:?} {:?}", x, y);
            prop_assert!(close(x.shift, y.shift.map(|shift| -shift)), "{:?} {:?}", x, y);
            prop_assert!(close(x.p, y.p), "{:?} {:?}", x, y);
            prop_assert!(close(x.p_adjusted, y.p_adjusted), "{:?} {:?}", x, y);
            let (low, high) = (x.shift_interval.map(|i| i[0]), y.shift_interval.map(|i| -i[1]));
            prop_assert!(close(low, high), "{:?} {:?}", x, y);
            let faster = y.probability_faster.map(|p| 1.0 - p);
            prop_assert!(close(x.probability_faster, faster), "{:?} {:?}", x, y);
            let estimate = x.shift.or(x.change).unwrap_or_default().abs();
            let larger = x.baseline.unwrap_or_default().max(y.baseline.unwrap_or_default());
            if estimate > 1.1 * Rule::default().duration_margin_ms(forth.metric, larger) {
                prop_assert_eq!(x.verdict, flipped(y.verdict), "{:?} {:?}", x, y);
            }
        }
    }

    #[test]
    fn a_power_of_ten_keeps_verdicts(
        (a, b) in (durations(1_000, 1..120), durations(1_000, 1..120)),
        power in 1_u32..4,
    ) {
        let scaled = |runs: &[i64]| runs.iter().map(|run| run * 10_i64.pow(power)).collect::<Vec<_>>();
        let (small, large) = (outcomes(&a, &b), outcomes(&scaled(&a), &scaled(&b)));
        prop_assume!(small[0].comparison.baseline >= Some(20.0) && small[0].comparison.stagger >= Some(20.0));
        for (small, large) in small.iter().zip(&large) {
            prop_assert_eq!(small.comparison.verdict, large.comparison.verdict, "{:?} {:?}", small, large);
        }
    }

    #[test]
    fn parts_in_order_add_up_to_the_whole(runs in durations(1, 2..200), cut in 0.0..1.0_f64) {
        let middle = (runs.len() as f64 * cut).floor();
        let middle = (0..runs.len()).find(|i| *i as f64 >= middle).unwrap_or(0);
        let (first, second, whole) = (series(&runs[..middle]), series(&runs[middle..]), series(&runs));
        let (mut table, mut lag) = (first.table.clone(), first.lag);
        table.merge(&second.table);
        lag.append(&second.lag);
        prop_assert_eq!(table, whole.table);
        prop_assert_eq!(lag, whole.lag);
    }

    #[test]
    fn ranks_of_differences_are_those_of_the_sorted_list(
        (a, b) in (durations(1, 1..40), durations(1, 1..40)),
    ) {
        let (before, after) = (Cells::from(&series(&a).table), Cells::from(&series(&b).table));
        let ordering = Ordering::of(&before, &after).unwrap();
        let shift = hodges_lehmann::shift(&before, &after, &ordering, 1.0).unwrap();
        let mut all: Vec<i64> = a
            .iter()
            .flat_map(|x| b.iter().map(|y| representative(*y) - representative(*x)))
            .collect();
        all.sort_unstable();
        let middle = f64::midpoint(all[(all.len() - 1) / 2] as f64, all[all.len() / 2] as f64);
        prop_assert!((shift.estimate - middle).abs() < 1e-9, "{} against {}", shift.estimate, middle);
        let cell = a.iter().chain(&b).map(|run| cell_width(representative(*run))).max().unwrap_or(1) as f64;
        for end in [shift.interval.low, shift.interval.high] {
            let nearest = all.iter().map(|d| (end - *d as f64).abs()).fold(f64::INFINITY, f64::min);
            prop_assert!(nearest <= cell, "{} is no difference", end);
        }
    }

    #[test]
    fn rates_swap_and_never_leave_their_range(
        (n1, n2) in (0_u64..3_000, 0_u64..3_000), (s1, s2) in (0.0..=1.0_f64, 0.0..=1.0_f64),
    ) {
        let hits = |n: u64, share: f64| (0..=n).find(|k| *k as f64 >= n as f64 * share).unwrap_or(n);
        let side = |of: u64, share: f64| Proportion::new(hits(of, share), of, None);
        let judged = |before, after| {
            let mut family = Family::new();
            family.add((), compare_rates(&metric::FAILURE_RATE, before, after, &Rule::default()));
            told(family.verdicts().next().unwrap().1).comparison
        };
        let (forth, back) = (judged(side(n1, s1), side(n2, s2)), judged(side(n2, s2), side(n1, s1)));
        prop_assert!(close(forth.p, back.p), "{:?} {:?}", forth, back);
        prop_assert!(forth.p.is_none_or(|p| (0.0..=1.0).contains(&p)), "{:?}", forth);
        if let Some([low, high]) = forth.interval {
            prop_assert!((-1.0..=high).contains(&low) && high <= 1.0, "{:?}", forth);
            prop_assert!(close(Some(low), back.interval.map(|i| -i[1])), "{:?} {:?}", forth, back);
        }
        let same = judged(side(n1, s1), side(n1, s1));
        prop_assert!(!matches!(same.verdict, Some(Improved | Regressed)), "{:?}", same);
    }
}
