use jobdelta::analysis::comparison::Comparison;
use jobdelta::analysis::comparison::ComparisonVerdict::{self, Improved, Inconclusive, NoMaterialChange};
use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::metric::{self, Metric};
use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::clock::{HOUR_US, SECOND_US, Timestamp};
use jobdelta::run::Status;
use jobdelta::window::Period;
use proptest::prelude::*;

use crate::fold::{TestRun, fold, plan};

/// A number from 0 to 1 that looks like chance and is the same every time.
fn noise(seed: i64) -> f64 {
    let mut x = seed.unsigned_abs().wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^= x >> 31;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((x ^ (x >> 29)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// `n` runs of `job` in the hour that begins at hour `hour`; `centre` is the length in µs that the run at
/// a place in the hour, from 0 to 1, varies around by a fifth.
fn runs(job: &str, hour: i64, n: i64, centre: impl Fn(f64) -> f64) -> Vec<TestRun> {
    let seed = job.bytes().map(i64::from).sum::<i64>() * 1_000_003 + hour * 7_919;
    let run = |i: i64| {
        let length = centre(i as f64 / n as f64) * (0.8 + 0.4 * noise(seed + i));
        #[allow(clippy::cast_possible_truncation)] // microseconds below a minute
        TestRun::new(job, hour * HOUR_US + i * HOUR_US / n, length as i64)
    };
    (0..n).map(run).collect()
}

/// Both windows of an hour, from hour 1 and 2 on.
fn analysed(runs: &[TestRun]) -> Analysis {
    let settings = AnalysisSettings::default();
    let hour = |n: i64| Period { start: Timestamp(n * HOUR_US), end: Timestamp((n + 1) * HOUR_US) };
    let observations = fold(runs, [hour(1), hour(2)], Timestamp(9 * HOUR_US), &[], &settings, &[]);
    analyse(&observations, &settings, &[])
}

/// A job of every minute, of whose runs after the change those late by half a minute are named by their
/// number, from 0 to 119, over two hours.
fn late(is_late: impl Fn(i64) -> bool) -> Analysis {
    let run = |minute: i64, late: bool| {
        TestRun::new("a", (minute * 60 + if late { 30 } else { 0 }) * SECOND_US, 40_000 + minute * 7 % 11)
    };
    let before = (0..120).map(|minute| run(minute, false));
    let all: Vec<TestRun> = before.chain((0..120).map(|n| run(120 + n, is_late(n)))).collect();
    let (settings, plans) = (AnalysisSettings::default(), [plan("a", "* * * * *", 0)]);
    let hours = |n: i64| Period { start: Timestamp(2 * n * HOUR_US), end: Timestamp(2 * (n + 1) * HOUR_US) };
    let observations = fold(&all, [hours(0), hours(1)], Timestamp(9 * HOUR_US), &[], &settings, &plans);
    analyse(&observations, &settings, &plans)
}

fn found<'a>(analysis: &'a Analysis, job: &str, metric: &'static Metric) -> &'a Comparison {
    analysis.job(job).unwrap().comparison.get(metric).unwrap()
}

fn median<'a>(analysis: &'a Analysis, job: &str) -> &'a Comparison {
    found(analysis, job, &metric::MEDIAN_DURATION)
}

#[test]
fn a_change_that_lasts_holds_in_both_halves() {
    let analysis = analysed(&[runs("a", 1, 300, |_| 40_000.0), runs("a", 2, 300, |_| 30_000.0)].concat());
    let faster = median(&analysis, "a");
    assert_eq!((faster.verdict, faster.caveats.as_slice()), (Some(Improved), &[][..]));
    let [first, second] = faster.halves.unwrap();
    let change = faster.change.unwrap();
    assert!((first - change).abs() < 1.0 && (second - change).abs() < 1.0, "{faster:?}");
    assert!(!faster.reason.to_string().contains("half"), "{}", faster.reason);
}

#[test]
fn a_change_that_wears_off_is_told_apart() {
    let wears_off = |place: f64| if place < 0.5 { 20_000.0 } else { 40_000.0 };
    let analysis = analysed(&[runs("a", 1, 300, |_| 40_000.0), runs("a", 2, 300, wears_off)].concat());
    let faster = median(&analysis, "a");
    assert_eq!(faster.verdict, Some(Improved), "{faster:?}");
    assert_eq!(faster.caveats, [Restriction::NotInBothHalves, Restriction::DriftInStagger]);
    assert!(faster.reason.to_string().contains("it does not hold in the second half ("), "{}", faster.reason);
    let [first, second] = faster.halves.unwrap();
    assert!(first < -15.0 && second.abs() < 2.0, "{faster:?}");
}

#[test]
fn a_drift_before_the_change_is_found_without_any_verdict() {
    let slows_down = |place: f64| 30_000.0 + 20_000.0 * place;
    let analysis = analysed(&[runs("a", 1, 400, slows_down), runs("a", 2, 400, |_| 40_000.0)].concat());
    assert!(median(&analysis, "a").is_restricted_by(Restriction::DriftInBaseline));
    assert!(!median(&analysis, "a").is_restricted_by(Restriction::DriftInStagger));
}

#[test]
fn failures_that_begin_in_the_second_half_are_a_drift() {
    let mut all = [runs("a", 1, 400, |_| 40_000.0), runs("a", 2, 400, |_| 40_000.0)].concat();
    for run in all.iter_mut().rev().take(200).step_by(5) {
        run.status = Status::Failed;
    }
    let analysis = analysed(&all);
    let completion = found(&analysis, "a", &metric::COMPLETION_RATE);
    assert_eq!(completion.verdict, Some(ComparisonVerdict::Regressed));
    assert_eq!(completion.caveats, [Restriction::NotInBothHalves, Restriction::DriftInStagger]);
    let a_fifth_fewer = |halves: Option<[f64; 2]>| {
        halves.is_some_and(|[first, second]| first == 0.0 && (second + 0.2).abs() < 1e-12)
    };
    assert!(a_fifth_fewer(completion.halves), "{:?}", completion.halves);
    assert!(a_fifth_fewer(analysis.totals.comparison.any(&metric::COMPLETION_RATE).unwrap().halves));
    assert!(median(&analysis, "a").caveats.is_empty());
}

#[test]
fn lateness_that_lasts_holds_in_both_halves() {
    let analysis = late(|n| n * 7 % 10 < 4);
    for punctual in [
        found(&analysis, "a", &metric::ON_TIME_RATE),
        analysis.totals.comparison.get(&metric::ON_TIME_RATE).unwrap(),
    ] {
        assert_eq!(punctual.verdict, Some(ComparisonVerdict::Regressed), "{punctual:?}");
        assert_eq!(punctual.caveats, []);
        let near = |half: f64| (half + 0.4).abs() < 1e-12;
        assert!(punctual.halves.is_some_and(|halves| halves.into_iter().all(near)), "{punctual:?}");
        assert!(!punctual.reason.to_string().contains("was not measured"), "{}", punctual.reason);
    }
}

#[test]
fn lateness_that_begins_in_the_second_half_is_a_drift() {
    let analysis = late(|n| n >= 60 && n % 2 == 0);
    let punctual = found(&analysis, "a", &metric::ON_TIME_RATE);
    assert_eq!(punctual.verdict, Some(ComparisonVerdict::Regressed), "{punctual:?}");
    assert_eq!(punctual.caveats, [Restriction::NotInBothHalves, Restriction::DriftInStagger]);
    assert_eq!(punctual.halves, Some([0.0, -0.5]));
    assert!(
        punctual.reason.to_string().contains("it does not hold in the first half"),
        "{}",
        punctual.reason
    );
    assert!(median(&analysis, "a").caveats.is_empty());
}

#[test]
fn late_starts_in_one_row_are_worth_less_than_scattered_ones() {
    let verdict = |analysis: &Analysis| found(analysis, "a", &metric::ON_TIME_RATE).verdict;
    assert_eq!(verdict(&late(|n| n % 10 == 3)), Some(ComparisonVerdict::Regressed));
    let in_one_row = late(|n| (40..52).contains(&n));
    assert_eq!(verdict(&in_one_row), Some(ComparisonVerdict::Inconclusive));
    let reason = found(&in_one_row, "a", &metric::ON_TIME_RATE).reason.to_string();
    assert!(reason.contains("consecutive runs resemble each other"), "{reason}");
}

#[test]
fn forty_unchanged_jobs_show_no_drift() {
    let jobs: Vec<String> = (0..40).map(|job| format!("job {job}")).collect();
    let all: Vec<TestRun> = jobs
        .iter()
        .flat_map(|job| [runs(job, 1, 120, |_| 40_000.0), runs(job, 2, 120, |_| 40_000.0)].concat())
        .collect();
    let analysis = analysed(&all);
    let restricted = |job: &&String| !median(&analysis, job).caveats.is_empty();
    assert_eq!(jobs.iter().filter(restricted).count(), 0);
}

#[test]
fn too_few_runs_in_a_half_say_nothing() {
    let wears_off = |place: f64| if place < 0.5 { 20_000.0 } else { 40_000.0 };
    let analysis = analysed(&[runs("a", 1, 300, |_| 40_000.0), runs("a", 2, 18, wears_off)].concat());
    let few = median(&analysis, "a");
    assert!(few.caveats.iter().all(|restriction| *restriction == Restriction::LoadChanged), "{few:?}");
}

/// A job that ends faster; every fifth of its runs after comes to `status`.
fn faster(status: Status, skip_reason: &str) -> Analysis {
    let mut after = runs("a", 2, 300, |_| 30_000.0);
    for run in after.iter_mut().step_by(5) {
        (run.status, run.skip_reason) = (status, skip_reason.to_owned());
        if status == Status::Running {
            run.end = None;
        }
    }
    analysed(&[runs("a", 1, 300, |_| 40_000.0), after].concat())
}

#[test]
fn a_job_that_ends_faster_while_fewer_runs_end_well_is_flagged() {
    let ways = [Status::Failed, Status::Timeout, Status::Running, Status::Skipped, Status::Cancelled];
    for status in ways {
        let analysis = faster(status, "lock");
        let median = median(&analysis, "a");
        assert_eq!(median.verdict, Some(Inconclusive), "{status:?}");
        assert!(median.is_restricted_by(Restriction::TooFast), "{status:?}");
        assert!(median.reason.to_string().ends_with("fewer of its runs end well"));
    }
    assert!(!median(&faster(Status::Success, ""), "a").is_restricted_by(Restriction::TooFast));
}

#[test]
fn runs_that_were_cancelled_before_they_started_end_well_less() {
    let settings = AnalysisSettings::default();
    let all = [runs("a", 1, 300, |_| 40_000.0), runs("a", 2, 20, |_| 20_000.0)].concat();
    let hour = |n: i64| Period { start: Timestamp(n * HOUR_US), end: Timestamp((n + 1) * HOUR_US) };
    let mut observations = fold(&all, [hour(1), hour(2)], Timestamp(9 * HOUR_US), &[], &settings, &[]);
    // More of them than runs that started.
    let outcomes = &mut observations.stagger.jobs.get_mut("a").unwrap().outcomes;
    (outcomes.cancelled, outcomes.failed_to_start) = (50, 50);
    let analysis = analyse(&observations, &settings, &[]);
    assert_eq!(median(&analysis, "a").verdict, Some(Inconclusive));
    assert!(median(&analysis, "a").is_restricted_by(Restriction::TooFast));
}

/// 1,200 runs, of which a tenth failed before, against what becomes of those that would have failed after.
fn failures_become(mut after: impl FnMut(TestRun) -> Option<TestRun>) -> Analysis {
    let mut before = runs("a", 1, 1_200, |_| 40_000.0);
    before.iter_mut().step_by(10).for_each(|run| run.status = Status::Failed);
    let chance = |place: usize| noise(i64::try_from(place).unwrap()) < 0.1;
    let later = runs("a", 2, 1_200, |_| 40_000.0).into_iter().enumerate();
    let later = later.filter_map(|(place, run)| if chance(place) { after(run) } else { Some(run) });
    analysed(&before.into_iter().chain(later).collect::<Vec<_>>())
}

#[test]
fn a_rate_does_not_improve_by_runs_that_go_missing() {
    let with = |status: Status| {
        failures_become(move |run| Some(TestRun { status, skip_reason: "lock".to_owned(), ..run }))
    };
    for (what, analysis) in [
        ("cancelled", with(Status::Cancelled)),
        ("skipped", with(Status::Skipped)),
        ("deleted", failures_become(|_| None)),
    ] {
        for metric in [&metric::COMPLETION_RATE, &metric::FAILURE_RATE] {
            for rate in [found(&analysis, "a", metric), analysis.totals.comparison.get(metric).unwrap()] {
                assert_eq!(rate.verdict, Some(Inconclusive), "{what}: {rate:?}");
                assert_eq!(rate.caveats, [Restriction::RunsMissing], "{what}");
                assert!(
                    rate.reason.to_string().contains("due runs have no known outcome (0 of 1,200 before)"),
                    "{what}: {}",
                    rate.reason
                );
                assert!(rate.missing.is_some_and(|missing| missing.shown), "{what}: {rate:?}");
            }
        }
    }
    let honest = with(Status::Success);
    assert_eq!(found(&honest, "a", &metric::COMPLETION_RATE).verdict, Some(Improved));
    assert_eq!(honest.totals.comparison.any(&metric::COMPLETION_RATE).unwrap().verdict, Some(Improved));
}

/// A few that go missing could not undo it.
#[test]
fn an_improvement_that_outweighs_what_is_missing_stays_one() {
    let mut left = 10;
    let analysis = failures_become(|run| {
        left -= 1;
        Some(TestRun { status: if left >= 0 { Status::Cancelled } else { Status::Success }, ..run })
    });
    let rate = found(&analysis, "a", &metric::COMPLETION_RATE);
    assert_eq!((rate.verdict, rate.caveats.as_slice()), (Some(Improved), &[][..]), "{rate:?}");
    assert!(rate.missing.is_some_and(|missing| missing.gone >= 10));
}

/// Both windows of an hour: a job with many runs and one with few, by how many of each thousand fail.
fn mixed(before: [(i64, i64); 2], after: [(i64, i64); 2]) -> Analysis {
    let job = |name: &str, hour: i64, (n, failing): (i64, i64)| {
        let mut runs = runs(name, hour, n, |_| 40_000.0);
        for (place, run) in runs.iter_mut().enumerate() {
            if noise(i64::try_from(place).unwrap() + hour * 9_999) * 1_000.0 < failing as f64 {
                run.status = Status::Failed;
            }
        }
        runs
    };
    let of =
        |hour, sizes: [(i64, i64); 2]| [job("bad", hour, sizes[0]), job("good", hour, sizes[1])].concat();
    analysed(&[of(1, before), of(2, after)].concat())
}

#[test]
fn a_change_of_the_mix_is_no_change_of_all_jobs() {
    let analysis = mixed([(2_000, 200), (400, 10)], [(400, 260), (2_000, 40)]);
    let total = analysis.totals.comparison.any(&metric::COMPLETION_RATE).unwrap();
    assert!(total.change.is_some_and(|change| change > 0.05), "{total:?}");
    assert!(total.within_jobs.is_some_and(|within| within < -0.02), "{total:?}");
    assert_eq!(total.verdict, Some(Inconclusive));
    assert!(total.is_restricted_by(Restriction::Mixture));
    assert!(total.reason.to_string().contains("within the jobs the change is −"), "{}", total.reason);
    // and with the same mix the jobs are the whole
    let analysis = mixed([(2_000, 200), (400, 200)], [(2_000, 40), (400, 40)]);
    let total = analysis.totals.comparison.any(&metric::COMPLETION_RATE).unwrap();
    assert_eq!((total.verdict, total.caveats.as_slice()), (Some(Improved), &[][..]), "{total:?}");
}

#[test]
fn failing_as_before_is_no_reason_to_doubt() {
    let mut all = [runs("a", 1, 300, |_| 40_000.0), runs("a", 2, 300, |_| 30_000.0)].concat();
    for run in all.iter_mut().step_by(5) {
        run.status = Status::Failed;
    }
    let analysis = analysed(&all);
    assert_eq!(median(&analysis, "a").verdict, Some(Improved));
    assert!(!median(&analysis, "a").is_restricted_by(Restriction::TooFast));
}

#[test]
fn a_slower_job_that_fails_more_is_not_too_fast() {
    let mut after = runs("a", 2, 300, |_| 40_000.0);
    after.iter_mut().step_by(5).for_each(|run| run.status = Status::Failed);
    let analysis = analysed(&[runs("a", 1, 300, |_| 40_000.0), after].concat());
    assert_eq!(median(&analysis, "a").verdict, Some(NoMaterialChange));
    assert!(!median(&analysis, "a").is_restricted_by(Restriction::TooFast));
}

#[test]
fn half_the_runs_an_hour_are_a_change_of_load() {
    let of = |before: i64, after: i64| {
        analysed(&[runs("a", 1, before, |_| 40_000.0), runs("a", 2, after, |_| 40_000.0)].concat())
    };
    for (before, after, changed) in [(240, 120, true), (120, 240, true), (120, 110, false), (4, 6, false)] {
        let analysis = of(before, after);
        assert_eq!(
            median(&analysis, "a").is_restricted_by(Restriction::LoadChanged),
            changed,
            "{before} {after}"
        );
        let peak = analysis.totals.comparison.any(&metric::PEAK_CONCURRENCY).unwrap();
        assert_eq!(peak.is_restricted_by(Restriction::LoadChanged), changed, "{before} {after}");
    }
}

#[test]
fn jobs_that_come_or_go_limit_the_figures_of_all() {
    let mut all = [runs("a", 1, 60, |_| 40_000.0), runs("a", 2, 60, |_| 40_000.0)].concat();
    let restricted = |all: &[TestRun]| {
        analysed(all)
            .totals
            .comparison
            .any(&metric::COMPLETION_RATE)
            .unwrap()
            .is_restricted_by(Restriction::PopulationChanged)
    };
    assert!(!restricted(&all));
    all.extend(runs("b", 2, 60, |_| 40_000.0));
    assert!(restricted(&all));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever ran, the halves add up, and nothing restricts two windows that hold the same.
    #[test]
    fn equal_windows_have_no_restrictions(lengths in prop::collection::vec(1_000_i64..90_000, 20..120)) {
        let n = i64::try_from(lengths.len()).unwrap() * 2;
        // the same lengths in both halves of both windows
        let hour = |hour: i64| -> Vec<TestRun> {
            let twice = lengths.iter().chain(&lengths);
            let place = |i: i64| hour * HOUR_US + i * HOUR_US / n;
            twice.zip(0..n).map(|(length, i)| TestRun::new("a", place(i), *length)).collect()
        };
        let analysis = analysed(&[hour(1), hour(2)].concat());
        for (metric, comparison) in analysis.jobs[0].comparison.all() {
            prop_assert!(comparison.caveats.is_empty(), "{}: {:?}", metric, comparison);
        }
        let median = median(&analysis, "a");
        prop_assert_eq!(median.halves, Some([0.0, 0.0]));
    }

    /// What the first half shows and what the second shows lie around what both show together.
    #[test]
    fn the_mean_lies_between_its_halves(first in 10_000_u32..60_000, second in 10_000_u32..60_000) {
        let centre = |place: f64| f64::from(if place < 0.5 { first } else { second });
        let analysis = analysed(&[runs("a", 1, 100, |_| 40_000.0), runs("a", 2, 100, centre)].concat());
        let mean = found(&analysis, "a", &metric::MEAN_DURATION);
        let [one, other] = mean.halves.unwrap();
        let change = mean.change.unwrap();
        prop_assert!(one.min(other) <= change + 1e-9 && change <= one.max(other) + 1e-9);
    }
}
