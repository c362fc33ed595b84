//! The headlines of a report, on reports of every kind.

// Tests fail by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::comparison::{Comparison, ComparisonVerdict, Comparisons};
use jobdelta::analysis::figures::failure::{FailureClass, FailureCount};
use jobdelta::analysis::figures::rate::Rate;
use jobdelta::analysis::metric::{self, Metric};
use jobdelta::clock::{HOUR_US, Timestamp};
use jobdelta::judgement::TargetVerdict;
use jobdelta::render::view::View;
use jobdelta::render::{Format, Style, render};
use jobdelta::report::caveat::{Caveat, CaveatKind};
use jobdelta::report::finding::findings;
use jobdelta::report::model::{Direction, Finding, Number, Report, Weakness};
use jobdelta::window::Side;
use proptest::collection;
use proptest::prelude::*;

mod support;

use support::{Desk, contradictions, sample};

fn demo() -> Report {
    sample("demo")
}

fn found(report: &Report, code: &str) -> Finding {
    let all = findings(report);
    all.iter().find(|finding| finding.code == code).cloned().unwrap_or_else(|| panic!("no {code} in {all:?}"))
}

fn says(report: &Report, code: &str) -> String {
    let finding = found(report, code);
    format!("{} {}", finding.headline, finding.detail).trim().to_owned()
}

fn decide(report: &mut Report, job: &str, metric: &str, verdict: ComparisonVerdict, before: f64, after: f64) {
    let job = report.jobs.iter_mut().find(|found| found.name == job).unwrap();
    let comparison = Comparison {
        baseline: Some(before),
        stagger: Some(after),
        change: Some(after - before),
        relative_change: Some(after / before - 1.0),
        verdict: Some(verdict),
        ..Comparison::default()
    };
    job.comparison.insert(Metric::from_name(metric).unwrap(), comparison);
}

/// What limits an improvement is part of its reason already.
#[test]
fn the_evidence_says_once_what_limits_a_number() {
    let mut report = demo();
    let name = report.jobs[0].name.clone();
    decide(&mut report, &name, "median_duration", ComparisonVerdict::Inconclusive, 40.0, 20.0);
    let restriction = Restriction::TooFast;
    let comparison = report.jobs[0].comparison.get_mut(&metric::MEDIAN_DURATION).unwrap();
    comparison.caveats = vec![restriction];
    comparison.reason = format!("shift −50 %; but {}", restriction.words()).into();
    report.findings = findings(&report);
    assert!(report.findings.iter().any(|finding| finding.code == "too_fast"));
    let text = render(&report, Format::Markdown, None, &Style::PLAIN).unwrap();
    let text = String::from_utf8(text).unwrap();
    let told = text.lines().find(|line| line.contains("Undecided: shift −50 %")).unwrap();
    assert_eq!(told.matches(restriction.words()).count(), 1, "{told}");
}

#[test]
fn the_demo_is_told_in_order() {
    let all = findings(&demo());
    let codes: Vec<&str> = all.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["missed_runs", "outcomes", "simultaneous_starts", "durations", "not_measured"]);
    assert_eq!(
        says(&demo(), "missed_runs"),
        "113 of 2,099 scheduled runs never started. All of one job: Live Stats Sync."
    );
    assert_eq!(
        says(&demo(), "outcomes"),
        "20 runs never finished (0 of 16 before). 19 were allowed (98.99 % against 99 %). All of one job: Live Stats Sync. \
         1 is still running. 0 failed."
    );
    assert_eq!(
        says(&demo(), "simultaneous_starts"),
        "Simultaneous starts fell from 4 to 1. At most 2 ran at once (4 before); Live Stats Sync, which takes \
         29.7 s, was one of them. 3 of 7 jobs did not run before, so they had no part in the 4."
    );
    assert_eq!(
        says(&demo(), "durations"),
        "Faster or slower? Unknown. The baseline holds 4 runs of each of 4 jobs and none of the other 3."
    );
    assert_eq!(says(&demo(), "not_measured"), "Pool utilization was not measured.");
}

#[test]
fn runs_that_count_in_no_rate_are_in_the_headline() {
    let mut report = demo();
    let after = &mut report.totals.stagger.job;
    (after.orphaned, after.failed, after.timed_out) = (0, 0, 0);
    (after.completed, after.decided) = (369, 369);
    (after.cancelled, after.skipped.lock) = (350, 1);
    let told = found(&report, "outcomes").headline;
    assert_eq!(told, "All 369 runs with a known outcome completed; 350 were cancelled, 1 was skipped.");
    // a skipped run answers its fire, and is nonetheless none that ran
    let after = &mut report.totals.stagger.job;
    (after.missed_runs, after.expected_runs) = (Some(0), Some(720));
    let told = found(&report, "missed_runs").headline;
    assert_eq!(told, "Every scheduled run left a row (720 expected), but 1 is of a skipped run.");
    report.totals.stagger.job.started = 0;
    let told = found(&report, "nothing_started").headline;
    assert_eq!(told, "No run started in the window “after”; 350 were cancelled, 1 was skipped.");
}

#[test]
fn a_known_value_whose_change_has_no_meaning_is_not_called_unmeasured() {
    let mut report = demo();
    let target = report.targets.iter_mut().find(|target| target.metric.name == "missed_runs").unwrap();
    target.verdict = TargetVerdict::NotMeasured;
    assert!(target.actual.is_some());
    assert!(
        says(&report, "not_measured").contains("hange of missed runs"),
        "{}",
        says(&report, "not_measured")
    );
}

#[test]
fn a_headline_says_where_a_change_does_not_hold() {
    let mut report = demo();
    let job = "Scheduled Notifications";
    decide(&mut report, job, "median_duration", ComparisonVerdict::Improved, 40.0, 28.0);
    let found = report.jobs.iter_mut().find(|found| found.name == job).unwrap();
    let comparison = found.comparison.get_mut(&metric::MEDIAN_DURATION).unwrap();
    comparison.caveats = vec![Restriction::NotInBothHalves, Restriction::DriftInBaseline];
    let told = says(&report, "durations");
    assert!(told.contains("Not in both halves of the window after: Scheduled Notifications."), "{told}");
    assert!(told.contains("Changed within the window before: Scheduled Notifications."), "{told}");
}

/// Every job has runs enough, and a comparison of its median that `of` makes of its name.
fn undecided(of: impl Fn(&str) -> Comparison) -> Report {
    let mut report = demo();
    let of_most = report.jobs.iter().max_by_key(|job| job.stagger.completed).unwrap();
    let facts = of_most.stagger.duration_ms;
    for job in &mut report.jobs {
        job.baseline.duration_ms = facts;
        job.stagger.duration_ms = facts;
        let comparison =
            Comparison { verdict: Some(ComparisonVerdict::Inconclusive), ..of(job.name.as_str()) };
        job.comparison.insert(&metric::MEDIAN_DURATION, comparison);
    }
    report
}

#[test]
fn the_reason_of_one_job_is_not_told_as_that_of_all() {
    let own =
        |job: &str| Comparison { reason: format!("the reason of {job}").into(), ..Comparison::default() };
    let told = says(&undecided(own), "durations");
    assert!(!told.to_lowercase().contains("the reason of "), "{told}");
    let wide = |job: &str| Comparison { margin: Some(1.0), interval: Some([-3.0, 2.0]), ..own(job) };
    let told = says(&undecided(wide), "durations");
    assert!(told.contains("The interval of the change is wider than the margin (8 of 8 jobs)."), "{told}");
    let same = |_: &str| Comparison { reason: "one reason".to_owned().into(), ..Comparison::default() };
    let told = says(&undecided(same), "durations");
    assert!(told.contains("One reason (8 of 8 jobs)."), "{told}");
}

#[test]
fn a_regressed_tail_is_in_the_headline() {
    let mut report = demo();
    let job = "Live Stats Sync";
    decide(&mut report, job, "median_duration", ComparisonVerdict::NoMaterialChange, 200.0, 201.0);
    decide(&mut report, job, "p95_duration", ComparisonVerdict::Regressed, 300.0, 900.0);
    let told = found(&report, "durations");
    assert_eq!(told.says, Some(Direction::Regressed));
    assert!(told.numbers.contains(&Number::of_job(&metric::P95_DURATION, job)), "{told:?}");
    assert!(told.detail.starts_with("Regressed: Live Stats Sync (95th percentile +200 %)."), "{told:?}");
    decide(&mut report, job, "median_duration", ComparisonVerdict::Improved, 200.0, 100.0);
    assert_eq!(found(&report, "durations").says, Some(Direction::Mixed));
}

#[test]
fn what_improved_at_first_and_regressed_later_is_not_called_improved() {
    let mut report = demo();
    let job = "Live Stats Sync";
    decide(&mut report, job, "median_duration", ComparisonVerdict::Improved, 200.0, 190.0);
    let job = report.jobs.iter_mut().find(|found| found.name == job).unwrap();
    let comparison = job.comparison.get_mut(&metric::MEDIAN_DURATION).unwrap();
    comparison.caveats = vec![Restriction::NotInBothHalves];
    comparison.halves = Some([-60.0, 40.0]);
    assert_eq!(found(&report, "durations").says, Some(Direction::Mixed));
}

#[test]
fn other_weekdays_stand_in_the_sentence_of_the_verdict() {
    let mut report = demo();
    report.caveats.retain(|caveat| !caveat.code().starts_with("different_"));
    decide(&mut report, "Live Stats Sync", "median_duration", ComparisonVerdict::Improved, 40.0, 28.0);
    assert_eq!(found(&report, "durations").but, []);
    let kind = CaveatKind::Told { code: "different_weekdays".to_owned(), message: String::new() };
    let caveat = Caveat { kind, ..report.caveats.remove(0) };
    report.caveats.push(caveat);
    let told = found(&report, "durations");
    assert_eq!(told.but, [Weakness::DifferentWeekdays]);
    assert!(told.headline.ends_with(", but the windows cover different days of the week."), "{told:?}");
}

/// A job whose mean went from 100 to 200 over two windows of 4 hours, 8 hours apart, rising by 25 in each half.
fn rising(baseline_halves: [f64; 2], halves: [f64; 2]) -> Finding {
    let mut report = demo();
    for side in Side::BOTH {
        let hour = if side == Side::Baseline { 0 } else { 8 };
        let window = report.windows.get_mut(side);
        window.start = Timestamp(hour * HOUR_US);
        window.seconds = 4.0 * 3_600.0;
    }
    decide(&mut report, "Live Stats Sync", "mean_duration", ComparisonVerdict::Regressed, 100.0, 200.0);
    let job = report.jobs.iter_mut().find(|found| found.name == "Live Stats Sync").unwrap();
    let comparison = job.comparison.get_mut(&metric::MEAN_DURATION).unwrap();
    comparison.caveats = vec![Restriction::DriftInBaseline, Restriction::DriftInStagger];
    comparison.baseline_halves = Some(baseline_halves);
    comparison.halves = Some(halves);
    report.findings.clear();
    found(&report, "durations")
}

#[test]
fn a_trend_is_told_with_its_direction_and_whether_it_was_there_before() {
    let told = rising([-12.5, 12.5], [87.5, 112.5]);
    assert!(told.but.contains(&Weakness::RisingBefore), "{told:?}");
    assert!(told.headline.contains("they were rising before the change at the same rate"), "{told:?}");
    assert!(told.detail.contains("Rose within the window before: Live Stats Sync."), "{told:?}");
    // at another pace after the change, or the other way, or a step far beyond it
    for (before, after) in
        [([-12.5, 12.5], [60.0, 140.0]), ([12.5, -12.5], [87.5, 112.5]), ([-3.0, 3.0], [97.0, 103.0])]
    {
        let told = rising(before, after);
        assert!(!told.but.contains(&Weakness::RisingBefore), "{told:?}");
    }
    let told = rising([12.5, -12.5], [87.5, 112.5]);
    assert!(told.detail.contains("Fell within the window before: Live Stats Sync."), "{told:?}");
}

fn verdicts() -> impl Strategy<Value = Vec<Vec<(ComparisonVerdict, u8)>>> {
    let verdict = prop_oneof![
        Just(ComparisonVerdict::Improved),
        Just(ComparisonVerdict::Regressed),
        Just(ComparisonVerdict::NoMaterialChange),
        Just(ComparisonVerdict::Inconclusive),
        Just(ComparisonVerdict::NotMeasured),
    ];
    let tested = Metric::tested().count();
    collection::vec(collection::vec((verdict, 0..4_u8), tested), 1..4)
}

proptest! {
    #[test]
    fn no_headline_contradicts_a_verdict(jobs in verdicts()) {
        let mut report = demo();
        report.jobs.retain(|job| job.stagger.duration_ms.is_some());
        report.jobs.truncate(jobs.len());
        for (job, verdicts) in report.jobs.iter_mut().zip(jobs) {
            for (metric, (verdict, restriction)) in Metric::tested().zip(verdicts) {
                let caveats = match restriction {
                    0 => vec![Restriction::NotInBothHalves],
                    1 if metric.is_duration() => vec![Restriction::TooFast],
                    _ => Vec::new(),
                };
                let comparison = Comparison {
                    baseline: Some(0.8),
                    stagger: Some(0.9),
                    change: Some(0.1),
                    relative_change: Some(0.125),
                    halves: Some(if restriction == 0 { [-0.2, 0.4] } else { [0.1, 0.1] }),
                    verdict: Some(verdict),
                    caveats,
                    ..Comparison::default()
                };
                job.comparison.insert(metric, comparison);
            }
        }
        report.findings = findings(&report);
        prop_assert_eq!(contradictions(&report), Vec::<String>::new());
    }
}

#[test]
fn faster_and_slower_are_said_by_verdicts_only() {
    let mut report = demo();
    decide(
        &mut report,
        "Live Stats Sync",
        "median_duration",
        ComparisonVerdict::Regressed,
        20_000.0,
        30_000.0,
    );
    decide(
        &mut report,
        "Scheduled Notifications",
        "median_duration",
        ComparisonVerdict::Improved,
        40.0,
        28.0,
    );
    decide(
        &mut report,
        "Telegram Settlement",
        "median_duration",
        ComparisonVerdict::NoMaterialChange,
        200.0,
        201.0,
    );
    assert_eq!(
        says(&report, "durations"),
        "Durations regressed for 1 and improved for 1 of 7 jobs, but the windows cover different hours of the day. Regressed: Live Stats Sync (typically +50 %). \
         Improved: Scheduled Notifications (typically −30 %). No material change for 1. Undecided for 4."
    );
    // a large difference without a verdict is not a statement
    let mut report = demo();
    decide(
        &mut report,
        "Live Stats Sync",
        "median_duration",
        ComparisonVerdict::Inconclusive,
        20_000.0,
        90_000.0,
    );
    assert!(says(&report, "durations").starts_with("Faster or slower? Unknown."));
}

#[test]
fn enough_runs_that_decide_nothing_are_told_apart_from_too_few() {
    let mut report = demo();
    let sync = report.jobs.iter_mut().find(|job| job.name == "Live Stats Sync").unwrap();
    sync.baseline.duration_ms = sync.stagger.duration_ms;
    sync.comparison.get_mut(&metric::MEDIAN_DURATION).unwrap().reason =
        "the interval spans the margin".to_owned().into();
    assert_eq!(
        says(&report, "durations"),
        "Faster or slower? Unknown. The interval spans the margin (1 of 7 jobs). \
         The baseline holds 4 runs of each of 3 jobs and none of 3 jobs."
    );
    // what is too few is what was set, not a number of its own
    report.jobs.iter_mut().for_each(|job| job.min_runs = 4);
    assert!(
        !says(&report, "durations").contains("The baseline holds 4 runs"),
        "{}",
        says(&report, "durations")
    );
}

#[test]
fn the_same_durations_are_a_finding() {
    let mut report = demo();
    decide(
        &mut report,
        "Live Stats Sync",
        "median_duration",
        ComparisonVerdict::NoMaterialChange,
        30_000.0,
        30_000.0,
    );
    assert_eq!(
        says(&report, "durations"),
        "Durations show no material change for 1 of 7 jobs. Undecided for 6."
    );
}

#[test]
fn rates_are_said_by_verdicts_only() {
    let mut report = demo();
    decide(&mut report, "Live Stats Sync", "completion_rate", ComparisonVerdict::Regressed, 0.998, 0.945);
    decide(&mut report, "Live Stats Sync", "failure_rate", ComparisonVerdict::Regressed, 0.002, 0.055);
    assert_eq!(
        says(&report, "rates"),
        "Completion regressed: Live Stats Sync (99.8 % to 94.5 %), but the windows cover different hours of the day."
    );
    assert!(!findings(&demo()).iter().any(|finding| finding.code == "rates"));
}

#[test]
fn without_a_baseline_nothing_is_compared() {
    let mut report = demo();
    report.totals.baseline = sample("empty").totals.baseline;
    for job in &mut report.jobs {
        job.baseline = report.totals.baseline.job.clone();
        job.comparison = Comparisons::default();
    }
    assert_eq!(
        says(&report, "simultaneous_starts"),
        "At most 1 run started at once; nothing ran before. At most 2 ran at once; Live Stats Sync, which \
         takes 29.7 s, was one of them."
    );
    assert_eq!(says(&report, "durations"), "Faster or slower? Unknown. The baseline holds no completed run.");
    assert!(!says(&report, "outcomes").contains("Before"));
}

#[test]
fn without_schedules_nothing_is_said_about_missed_runs() {
    let mut report = demo();
    report.totals.stagger.job.missed_runs = None;
    report.totals.stagger.job.expected_runs = None;
    assert!(!findings(&report).iter().any(|finding| finding.code == "missed_runs"));
}

#[test]
fn a_clean_window_is_told_without_praise() {
    let mut report = demo();
    let after = &mut report.totals.stagger.job;
    (after.missed_runs, after.orphaned, after.in_flight) = (Some(0), 0, 0);
    (after.completed, after.decided) = (1_986, 1_986);
    report.targets.clear();
    assert_eq!(says(&report, "missed_runs"), "No scheduled run was missed: 2,099 were expected.");
    assert_eq!(
        says(&report, "outcomes"),
        "All 1,986 runs with a known outcome completed. 0 failed. Before, 16 of 16 completed."
    );
}

#[test]
fn beside_a_kind_of_loss_stands_what_there_was_of_that_kind() {
    let mut report = demo();
    report.targets.clear();
    let before = &mut report.totals.baseline.job;
    (before.completed, before.failed) = (11, 5);
    let text = says(&report, "outcomes");
    assert!(text.starts_with("20 runs never finished (0 of 16 before)."), "{text}");
    assert!(text.ends_with("0 failed. Before, 11 of 16 completed."), "{text}");
    report.totals.stagger.job.orphaned = 0;
    let text = says(&report, "outcomes");
    assert!(text.contains("completed (5 of 16 did not before)"), "{text}");
}

#[test]
fn kinds_of_loss_are_told_apart() {
    let mut report = demo();
    report.targets.clear();
    (report.totals.stagger.job.failed, report.totals.stagger.job.timed_out) = (3, 1);
    let text = says(&report, "outcomes");
    assert!(
        text.starts_with("24 runs did not complete (0 of 16 before): 20 never finished, 3 failed, 1 reached the time limit."),
        "{text}"
    );
}

#[test]
fn new_errors_and_missing_jobs_are_named() {
    let mut report = demo();
    report.failures = vec![class("Live Stats Sync", "timeout after # ms\nat line #", [0, 7], true, false)];
    report.population.absent = ["A", "B", "C", "D", "E"].map(str::to_owned).to_vec();
    assert_eq!(
        says(&report, "new_errors"),
        "1 kind of error was not seen before. “timeout after # ms␊at line #” (7 runs of Live Stats Sync)."
    );
    assert_eq!(says(&report, "jobs_without_runs"), "5 declared jobs never ran: A, B, C and 2 more.");
}

/// A class of failures of a job, with its runs before and after.
fn class(job: &str, error: &str, runs: [u64; 2], new: bool, new_for_job: bool) -> FailureClass {
    let [baseline, stagger] = runs.map(|runs| FailureCount { runs, first_seen: None });
    FailureClass { job: job.to_owned(), error_class: error.to_owned(), baseline, stagger, new, new_for_job }
}

#[test]
fn a_new_kind_of_error_counts_once_and_known_ones_of_other_jobs_are_told_apart() {
    let mut report = demo();
    report.failures = vec![
        class("A", "no column", [0, 4], true, false),
        class("B", "no column", [0, 3], true, false),
        class("C", "timeout", [0, 2], false, true),
        class("D", "timeout", [9, 2], false, false),
    ];
    let said = says(&report, "new_errors");
    assert!(
        said.starts_with("1 kind of error was not seen before. “no column” (7 runs of A and B)."),
        "{said}"
    );
    assert!(
        said.ends_with("1 known kind of error came up in other jobs: “timeout” (2 runs of C)."),
        "{said}"
    );
    report.failures.drain(..2);
    assert!(says(&report, "new_errors").starts_with("1 known kind of error came up in other jobs."));
}

#[test]
fn failures_are_told_with_those_before_and_the_jobs_that_make_the_difference() {
    let mut report = demo();
    let lost = |report: &mut Report, nth: usize, before: u64, after: u64| {
        report.jobs[nth].baseline.failed = before;
        report.jobs[nth].stagger.failed = after;
    };
    for job in &mut report.jobs {
        job.stagger.orphaned = 0;
    }
    lost(&mut report, 0, 12, 40);
    lost(&mut report, 1, 5, 5);
    for (window, failed) in [(&mut report.totals.baseline.job, 17), (&mut report.totals.stagger.job, 45)] {
        (window.failed, window.orphaned, window.in_flight, window.decided) = (failed, 0, 0, 1_000);
    }
    let said = says(&report, "outcomes");
    assert!(said.starts_with("45 runs failed (17 of 1,000 before)"), "{said}");
    assert!(said.contains(&format!("The difference: {} (12 → 40).", report.jobs[0].name)), "{said}");
}

#[test]
fn fewer_skips_and_overlaps_and_lateness_are_findings_too() {
    let mut report = demo();
    let (before, after) = (&mut report.totals.baseline.job, &mut report.totals.stagger.job);
    (before.skipped.lock, before.overlapping_starts) = (5, 9);
    (after.skipped.lock, after.overlapping_starts) = (0, 0);
    before.on_time_rate = Rate::new(12, 16);
    after.on_time_rate = Rate::new(1_986, 1_986);
    let headline = |code: &str| found(&report, code).headline;
    assert_eq!(headline("lock_skips"), "Runs skipped for a lock fell from 5 of 21 to 0 of 1,986.");
    assert!(headline("overlapping_starts").ends_with("before, 9 runs did."));
    assert_eq!(headline("off_place"), "All runs started on schedule (75 % before).");
}

#[test]
fn the_total_run_time_is_told_with_the_jobs_that_moved_it() {
    let mut report = demo();
    report.windows.baseline.seconds = 86_400.0;
    report.windows.stagger.seconds = 86_400.0;
    for job in &mut report.jobs {
        (job.baseline.started, job.stagger.started) = (10, 10);
        (job.baseline.busy_ms, job.stagger.busy_ms) = (3_600_000.0, 3_600_000.0);
    }
    report.jobs[0].stagger.busy_ms = 7_200_000.0;
    let said = says(&report, "run_time");
    let jobs = report.jobs.len();
    assert!(
        said.starts_with(&format!("Total run time rose from {jobs} h to {} h a day.", jobs + 1)),
        "{said}"
    );
    assert!(said.contains(&format!("Up 1 h for 1 job: {} (+1 h).", report.jobs[0].name)), "{said}");
}

#[test]
fn a_missed_target_says_whether_it_was_missed_before() {
    let mut report = demo();
    let target = report.targets.iter_mut().find(|target| target.verdict == TargetVerdict::Missed).unwrap();
    target.met_before = Some(false);
    let missed =
        View::of(&report).targets.into_iter().find(|row| row.verdict == TargetVerdict::Missed).unwrap();
    assert!(missed.history.unwrap().starts_with("already missed before, "), "{}", missed.reason);
    for format in [Format::Markdown, Format::Html, Format::Text, Format::Junit, Format::Brief] {
        let bytes = render(&report, format, None, &Style::PLAIN).unwrap();
        let text = String::from_utf8(bytes).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("already missed before") || text.contains("missed already before"),
            "{format:?}: {text}"
        );
    }
}

#[test]
fn punctuality_is_said_when_it_is_not_whole() {
    let mut report = demo();
    report.totals.stagger.job.on_time_rate = Rate::new(2_499, 2_500);
    report.jobs[0].stagger.on_time_rate = Rate::new(49, 50);
    assert_eq!(
        says(&report, "off_place"),
        "99.96 % of the runs started on schedule (100 % before). Others belong to Badge Auto-Unlock."
    );
}

/// A job that runs `every` seconds on two days, and takes `times` as long in the first `slow` seconds of the second.
fn slow_at_first(every: i64, slow: i64, times: f64) -> String {
    const DAY: i64 = 86_400;
    let mut rows = "job_name,started_at,finished_at,status\n".to_owned();
    for (nth, second) in (0..2 * DAY).step_by(usize::try_from(every).unwrap()).enumerate() {
        // Between 150 and 250 ms, in an order without dependence.
        let usual_ms = 150.0 + (nth as f64 * 0.618_034).fract() * 100.0;
        let is_slow = (DAY..DAY + slow).contains(&second);
        #[allow(clippy::cast_possible_truncation)]
        let length_us = (usual_ms * 1_000.0 * if is_slow { times } else { 1.0 }) as i64;
        let start_us = 1_772_323_200_000_000 + second * 1_000_000;
        rows += &format!("job,{start_us},{},success\n", start_us + length_us);
    }
    rows
}

#[test]
fn a_slow_start_is_told_at_any_pace() {
    let windows = [
        "--baseline=2026-03-01T00:00:00Z/2026-03-02T00:00:00Z",
        "--stagger=2026-03-02T00:00:00Z/2026-03-03T00:00:00Z",
        "--as-of=2026-03-03T00:00:00Z",
    ];
    for (every, slow, times, told) in [
        (60, 300, 5.0, Some("its first 5 runs, within 4 min, took typically ")),
        (60, 600, 3.0, Some("its first 10 runs, within 9 min")),
        (60, 1_800, 3.0, Some("its first 20 runs, within 19 min")),
        (15, 300, 3.0, Some("its first 20 runs, within 4 min 45 s")),
        (300, 1_800, 5.0, Some("its first 5 runs, within 20 min")),
        (60, 0, 1.0, None),
        // Slower ever after, and for half of the window.
        (60, 86_400, 3.0, None),
        (60, 43_200, 3.0, None),
    ] {
        let desk = Desk::new();
        desk.put("runs.csv", slow_at_first(every, slow, times));
        for way in ["--execution=pushdown", "--execution=scan"] {
            let json =
                desk.run(["report", "runs.csv", "--format=json", way].into_iter().chain(windows)).succeeded();
            let report: Report = serde_json::from_str(&json).unwrap();
            let found = report.findings.iter().find(|finding| finding.code == "slow_start");
            let detail = found.map(|finding| finding.detail.clone());
            let case = format!("every {every} s, {times} times for {slow} s, {way}: {detail:?}");
            assert_eq!(detail.is_some(), told.is_some(), "{case}");
            assert!(detail.unwrap_or_default().contains(told.unwrap_or_default()), "{case}");
        }
    }
}
