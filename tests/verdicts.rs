//! What a reader is told about a comparison: the cases that matter, in words and verdicts.

#![allow(clippy::unwrap_used)] // a test stops at the first thing that is wrong

use jobdelta::analysis::comparison::Comparison;
use jobdelta::analysis::comparison::ComparisonVerdict::{
    self, Improved, Inconclusive, NoMaterialChange, NotMeasured, Regressed,
};
use jobdelta::analysis::comparison::duration_trial::{Sample, compare_durations};
use jobdelta::analysis::comparison::family::{Family, Judged};
use jobdelta::analysis::comparison::rate_trial::{Proportion, compare_rates};
use jobdelta::analysis::comparison::reason::ComparisonReason;
use jobdelta::analysis::comparison::restriction::Restrictions;
use jobdelta::analysis::comparison::verdict::outlook::{Coming, Earlier, FurtherRuns, Outlook};
use jobdelta::analysis::comparison::verdict::rule::Rule;
use jobdelta::analysis::metric::{self, Metric};
use jobdelta::analysis::plan::Margin;
use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::clock::Span;
use jobdelta::finite::Finite;
use jobdelta::observation::{DurationTable, LagSums, cell_index, representative};

/// The durations of consecutive runs, µs, as the queries would return them.
struct Runs {
    table: DurationTable,
    lag: LagSums,
    whole_seconds: bool,
}

fn runs(durations: impl IntoIterator<Item = i64>) -> Runs {
    let mut table = DurationTable::default();
    let mut lag = LagSums::default();
    for duration in durations {
        table.add(duration);
        lag.add(cell_index(representative(duration)));
    }
    Runs { table, lag, whole_seconds: false }
}

/// `n` durations around `centre`, spread evenly over ±`spread` in an order without dependence.
fn spread(n: i64, centre: i64, spread: i64) -> Vec<i64> {
    (0..n).map(|i| centre - spread + 2 * spread * ((i * 7_919) % n) / n).collect()
}

/// A trial's verdict as a finished comparison of what was tried.
#[derive(Debug)]
struct TestOutcome {
    comparison: Comparison,
    further: Option<FurtherRuns>,
}

fn told(judged: Judged) -> TestOutcome {
    let comparison = judged.comparison(judged.trial.values, &Restrictions::default());
    TestOutcome { comparison, further: judged.ruling.further }
}

fn durations(baseline: &Runs, stagger: &Runs, rule: &Rule) -> [TestOutcome; 3] {
    let before = Sample {
        durations: &baseline.table,
        lag: Some(&baseline.lag),
        whole_seconds: baseline.whole_seconds,
    };
    let after =
        Sample { durations: &stagger.table, lag: Some(&stagger.lag), whole_seconds: stagger.whole_seconds };
    let mut family = Family::new();
    for trial in compare_durations(&before, &after, rule) {
        family.add((), trial);
    }
    let judged: Vec<Judged> = family.verdicts().map(|((), judged)| judged).collect();
    [&metric::MEDIAN_DURATION, &metric::MEAN_DURATION, &metric::P95_DURATION]
        .map(|metric| told(judged.iter().find(|judged| judged.trial.metric == metric).cloned().unwrap()))
}

fn rate(metric: &'static Metric, baseline: (u64, u64), stagger: (u64, u64)) -> TestOutcome {
    let proportion = |(hits, of): (u64, u64)| Proportion::new(hits, of, None);
    let mut family = Family::new();
    family.add((), compare_rates(metric, proportion(baseline), proportion(stagger), &Rule::default()));
    told(family.verdicts().next().unwrap().1)
}

fn verdict(outcome: &TestOutcome) -> ComparisonVerdict {
    outcome.comparison.verdict.unwrap()
}

fn at(text: &str) -> jobdelta::clock::Timestamp {
    text.parse().unwrap()
}

#[test]
fn four_baseline_runs_say_nothing_and_the_reason_says_what_would_do() {
    let outlook = Outlook { earlier: Earlier::Nothing, ..Outlook::default() };
    let rule = Rule { outlook, ..Rule::default() };
    let (before, after) = (runs(spread(4, 40_000, 4_000)), runs(spread(480, 30_000, 3_000)));
    for outcome in durations(&before, &after, &rule) {
        assert_eq!(verdict(&outcome), Inconclusive);
        assert_eq!(outcome.comparison.p, None);
        assert_eq!(
            outcome.comparison.reason.to_string(),
            "4 baseline runs, at least 6 more are needed; nothing earlier is in the table, so waiting cannot help"
        );
    }
    let outlook = Outlook { earlier: Earlier::Since(at("2026-01-30T06:00:00Z")), ..Outlook::default() };
    let [median, ..] = durations(&before, &after, &Rule { outlook, ..Rule::default() });
    assert!(
        median.comparison.reason.to_string().ends_with("the table reaches back to 2026-01-30 06:00 UTC"),
        "{}",
        median.comparison.reason
    );
}

#[test]
fn missing_runs_after_the_change_come_with_the_time_at_which_they_will_be_there() {
    let coming = Coming { as_of: at("2026-02-02T09:00:30Z"), observed: Span::seconds(3_600) };
    let rule =
        Rule { outlook: Outlook { coming: Some(coming), earlier: Earlier::Nothing }, ..Rule::default() };
    let [median, ..] = durations(&runs(spread(480, 30_000, 3_000)), &runs(spread(6, 30_000, 3_000)), &rule);
    assert_eq!(verdict(&median), Inconclusive);
    assert_eq!(
        median.comparison.reason.to_string(),
        "6 runs after the change, at least 4 more are needed; they will be there by 09:41 UTC at the present rate"
    );
}

#[test]
fn a_wide_interval_says_how_many_more_runs_would_narrow_it() {
    let (before, after) = (runs(spread(100, 40_000, 20_000)), runs(spread(100, 40_000, 20_000)));
    let [median, ..] = durations(&before, &after, &Rule::default());
    assert_eq!(verdict(&median), Inconclusive);
    let further = median.further.unwrap();
    let [low, high] = median.comparison.shift_interval.unwrap();
    let half_width = (high - low) / 2.0;
    let margin = 0.05 * median.comparison.baseline.unwrap();
    let expected = (100.0 * ((half_width / margin).powi(2) - 1.0)).ceil();
    assert!((further.stagger as f64 - expected).abs() <= 1.0, "{further:?} against {expected}");
    assert!(
        median.comparison.reason.to_string().contains("spans more than the margin of 5 %; about "),
        "{}",
        median.comparison.reason
    );
}

#[test]
fn where_runs_keep_coming_the_reason_says_until_when() {
    let coming = Coming { as_of: at("2026-02-02T09:00:00Z"), observed: Span::seconds(36_000) };
    let rule =
        Rule { outlook: Outlook { coming: Some(coming), earlier: Earlier::Nothing }, ..Rule::default() };
    let (before, after) = (runs(spread(200, 40_000, 20_000)), runs(spread(200, 40_000, 20_000)));
    let [median, ..] = durations(&before, &after, &rule);
    let alone = median.further.unwrap().stagger_alone.unwrap();
    let reason = median.comparison.reason.to_string();
    assert!(reason.contains(&format!("about {alone} more runs after the change (until ")), "{reason}");
    assert!(reason.contains(" UTC at the present rate) would narrow it"), "{reason}");
}

#[test]
fn a_baseline_too_short_for_the_margin_cannot_be_waited_out() {
    let coming = Coming { as_of: at("2026-02-02T09:00:00Z"), observed: Span::seconds(36_000) };
    let rule =
        Rule { outlook: Outlook { coming: Some(coming), earlier: Earlier::Nothing }, ..Rule::default() };
    let [median, ..] =
        durations(&runs(spread(50, 40_000, 20_000)), &runs(spread(600, 40_000, 20_000)), &rule);
    let reason = median.comparison.reason.to_string();
    assert!(reason.contains("the 50 baseline runs are too few for that"), "{reason}");
    assert!(reason.contains("waiting cannot help"), "{reason}");
}

#[test]
fn the_main_clause_of_a_reason_is_the_same_when_it_is_read_from_text() {
    let outlook = Outlook { earlier: Earlier::Nothing, ..Outlook::default() };
    let rule = Rule { outlook, ..Rule::default() };
    for (runs_before, main) in [
        (0, "no durations in the baseline"),
        (4, "4 baseline runs, at least 6 more are needed"),
        (50, "spans more than the margin of 5 %"),
    ] {
        let after = runs(spread(600, 40_000, 20_000));
        let [median, ..] = durations(&runs(spread(runs_before, 40_000, 20_000)), &after, &rule);
        let reason = median.comparison.reason;
        assert!(reason.main_clause().ends_with(main), "{reason}");
        assert_eq!(ComparisonReason::from(reason.to_string()).main_clause(), reason.main_clause());
        assert_eq!(ComparisonReason::from(reason.to_string()).to_string(), reason.to_string());
    }
}

#[test]
fn an_empty_window_is_not_measured() {
    let [median, mean, p95] = durations(&runs([]), &runs(spread(480, 30_000, 3_000)), &Rule::default());
    for outcome in [&median, &mean, &p95] {
        assert_eq!(verdict(outcome), NotMeasured);
        assert_eq!(outcome.comparison.reason.to_string(), "no durations in the baseline");
        assert_eq!(outcome.comparison.baseline, None);
        assert_eq!(outcome.comparison.change, None);
    }
    assert_eq!(median.comparison.stagger.map(f64::round), Some(30.0));
    assert_eq!(verdict(&rate(&metric::ON_TIME_RATE, (0, 0), (3, 4))), NotMeasured);
}

#[test]
fn no_failure_in_three_runs_is_not_better_than_one_in_five_hundred() {
    assert_eq!(verdict(&rate(&metric::FAILURE_RATE, (1, 500), (0, 3))), Inconclusive);
    assert_eq!(verdict(&rate(&metric::FAILURE_RATE, (0, 3), (1, 500))), Inconclusive);
}

#[test]
fn failures_from_a_tenth_of_a_percent_to_nearly_one_are_a_regression() {
    let failures = rate(&metric::FAILURE_RATE, (5, 5_000), (45, 5_000));
    assert_eq!(verdict(&failures), Regressed);
    assert!(
        failures.comparison.reason.to_string().starts_with("difference +0.8 points"),
        "{}",
        failures.comparison.reason
    );
    assert_eq!(verdict(&rate(&metric::COMPLETION_RATE, (4_995, 5_000), (4_955, 5_000))), Regressed);
    assert_eq!(verdict(&rate(&metric::COMPLETION_RATE, (4_955, 5_000), (4_995, 5_000))), Improved);
}

#[test]
fn clustered_failures_count_for_less() {
    let scattered: LagSums = (0..1_000).map(|i| i64::from(i % 50 == 0)).collect();
    let clustered: LagSums = (0..1_000).map(|i| i64::from(i < 20)).collect();
    let calm: LagSums = (0..1_000).map(|i| i64::from(i % 500 == 0)).collect();
    let verdict_with = |lag: &LagSums| {
        let before = Proportion::new(2, 1_000, Some(&calm));
        let after = Proportion::new(20, 1_000, Some(lag));
        let mut family = Family::new();
        family.add((), compare_rates(&metric::FAILURE_RATE, before, after, &Rule::default()));
        told(family.verdicts().next().unwrap().1)
    };
    assert_eq!(verdict(&verdict_with(&scattered)), Regressed);
    let outcome = verdict_with(&clustered);
    assert_eq!(verdict(&outcome), Inconclusive);
    assert!(
        outcome.comparison.reason.to_string().contains("may resemble their predecessors"),
        "{}",
        outcome.comparison.reason
    );
}

#[test]
fn runs_that_all_failed_in_a_row_may_be_one_burst() {
    let judged = |n: u64| {
        let lag = |value: i64| (0..n).map(|_| value).collect::<LagSums>();
        let (before, after) = (Proportion::new(0, n, Some(&lag(0))), Proportion::new(n, n, Some(&lag(1))));
        let mut family = Family::new();
        family.add((), compare_rates(&metric::FAILURE_RATE, before, after, &Rule::default()));
        told(family.verdicts().next().unwrap().1)
    };
    let few = judged(10);
    assert_eq!(verdict(&few), Inconclusive);
    assert!(
        few.comparison.reason.to_string().contains("consecutive runs resemble each other"),
        "{}",
        few.comparison.reason
    );
    assert_eq!(verdict(&judged(13)), Regressed);
}

#[test]
fn nothing_ever_failing_is_no_material_change_once_runs_suffice() {
    assert_eq!(verdict(&rate(&metric::COMPLETION_RATE, (6_000, 6_000), (6_000, 6_000))), NoMaterialChange);
    assert_eq!(verdict(&rate(&metric::COMPLETION_RATE, (100, 100), (100, 100))), Inconclusive);
}

#[test]
fn a_constant_duration_is_no_material_change() {
    for (n, duration) in [(10, 5_000_000), (480, 34_500), (20, 700), (100, 0)] {
        let constant = runs(vec![duration; n]);
        let [median, mean, p95] = durations(&constant, &constant, &Rule::default());
        assert_eq!(
            verdict(&median),
            NoMaterialChange,
            "{n} runs of {duration} µs: {}",
            median.comparison.reason
        );
        assert_eq!(verdict(&mean), NoMaterialChange, "{n} runs of {duration} µs: {}", mean.comparison.reason);
        assert_eq!(
            verdict(&p95),
            if n < 72 { Inconclusive } else { NoMaterialChange },
            "{}",
            p95.comparison.reason
        );
        assert_eq!(median.comparison.shift, Some(0.0));
        assert_eq!(median.comparison.inflation, Some(1.0));
        for outcome in [&median, &mean, &p95] {
            for number in [outcome.comparison.p, outcome.comparison.relative_change].into_iter().flatten() {
                assert!(number.is_finite());
            }
        }
    }
}

#[test]
fn two_different_constants_are_told_apart() {
    let [median, mean, _] =
        durations(&runs(vec![1_000_000; 50]), &runs(vec![1_500_000; 50]), &Rule::default());
    assert_eq!((verdict(&median), verdict(&mean)), (Regressed, Regressed));
    assert_eq!(median.comparison.shift, Some(500.0));
}

#[test]
fn whole_seconds_never_hide_a_fall_of_the_mean() {
    for n in [10, 29, 50, 300, 1_000] {
        let before = Runs { whole_seconds: true, ..runs(vec![1_000_000; n]) };
        let after = (0..n).map(|i| if i * 7 % 10 < 3 { 0 } else { 1_000_000 });
        let after = Runs { whole_seconds: true, ..runs(after) };
        let [median, mean, p95] = durations(&before, &after, &Rule::default());
        for outcome in [&median, &mean] {
            assert_ne!(verdict(outcome), NoMaterialChange, "{n} runs: {}", outcome.comparison.reason);
        }
        // the slowest runs take a second still, and that is what the verdict on them says
        assert_ne!(verdict(&p95), Improved);
    }
    let constant = Runs { whole_seconds: true, ..runs(vec![1_000_000; 12]) };
    let [median, ..] = durations(&constant, &constant, &Rule::default());
    assert_eq!(verdict(&median), Inconclusive, "twelve times the same second can be 0.6 s or 1.4 s");
}

#[test]
fn a_second_mode_is_not_hidden_by_ranks() {
    let mixed = |n: i64, every: i64| {
        (0..n).map(move |i| if i * 7 % every == 0 { 5_000_000 + i } else { 30_000 + (i * 7_919) % 500 })
    };
    for n in [50, 300, 1_000] {
        let [median, mean, p95] = durations(&runs(mixed(n, 10)), &runs(mixed(n, 5)), &Rule::default());
        for outcome in [&median, &mean, &p95] {
            assert_ne!(verdict(outcome), NoMaterialChange, "{n} runs: {}", outcome.comparison.reason);
        }
    }
    let [median, mean, _] = durations(&runs(mixed(1_000, 10)), &runs(mixed(1_000, 5)), &Rule::default());
    assert_eq!(verdict(&mean), Regressed, "{}", mean.comparison.reason);
    assert!(
        median.comparison.reason.to_string().contains("hide a change from ranks"),
        "{}",
        median.comparison.reason
    );
}

#[test]
fn a_shift_beyond_the_margin_is_found_and_named() {
    let (before, after) = (runs(spread(480, 40_000, 8_000)), runs(spread(480, 32_000, 8_000)));
    let [median, mean, p95] = durations(&before, &after, &Rule::default());
    assert_eq!((verdict(&median), verdict(&mean), verdict(&p95)), (Improved, Improved, Improved));
    assert!(median.comparison.reason.to_string().starts_with("shift −20 %"), "{}", median.comparison.reason);
    assert!(median.comparison.probability_faster.unwrap() > 0.8);
    let [median, ..] = durations(&after, &before, &Rule::default());
    assert_eq!(verdict(&median), Regressed);
}

#[test]
fn the_margin_can_be_set() {
    let (before, after) = (runs(spread(480, 40_000, 2_000)), runs(spread(480, 36_000, 2_000)));
    assert_eq!(verdict(&durations(&before, &after, &Rule::default())[0]), Improved);
    let wide = Rule { margin: Margin { duration: Finite::new(0.2), ..Margin::default() }, ..Rule::default() };
    assert_eq!(verdict(&durations(&before, &after, &wide)[0]), NoMaterialChange);
    // of one metric only; its interval lies within then, but the mean has moved
    let judged = durations(&before, &after, &Rule::default());
    assert_eq!((verdict(&judged[0]), verdict(&judged[2])), (Improved, Improved));
    let tail = Rule {
        margin: Margin::default().with(&metric::P95_DURATION, Finite::new(0.2).unwrap()),
        ..Rule::default()
    };
    let judged = durations(&before, &after, &tail);
    assert_eq!((verdict(&judged[0]), verdict(&judged[2])), (Improved, Inconclusive));
    let many = Rule { min_runs: ByMetric::of_all(10).with(&metric::MEAN_DURATION, 481), ..Rule::default() };
    let judged = durations(&before, &after, &many);
    assert_eq!(judged.map(|trial| verdict(&trial)), [Improved, Inconclusive, Improved]);
}

#[test]
fn among_many_comparisons_one_small_p_is_not_enough() {
    let proportion = |hits: u64| Proportion::new(hits, 200, None);
    let trial =
        |after| compare_rates(&metric::FAILURE_RATE, proportion(10), proportion(after), &Rule::default());
    let verdict_among = |others: usize| {
        let mut family = Family::new();
        family.add("suspect", trial(28));
        for _ in 0..others {
            family.add("calm", trial(10));
        }
        verdict(&told(family.verdicts().next().unwrap().1))
    };
    assert_eq!(verdict_among(0), Regressed);
    assert_eq!(verdict_among(100), Inconclusive);
}
