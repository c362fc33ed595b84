use jobdelta::analysis::analyse;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::clock::{SECOND_US, Span, Timestamp};
use jobdelta::observation::Observations;
use jobdelta::report::caveat::{Caveat, Grounds};
use jobdelta::run::Status;
use jobdelta::window::{Exclusion, Period, Side};

use crate::fold::{TestRun, fold, plan};

/// A case with two windows of an hour each, a week apart, which differ in nothing.
struct Case {
    runs: Vec<TestRun>,
    periods: [Period; 2],
    as_of: Timestamp,
    exclusions: Vec<Exclusion>,
    plans: Vec<JobPlan>,
    settings: AnalysisSettings,
    change: fn(&mut Observations),
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(start: &str, end: &str) -> Period {
    Period { start: at(start), end: at(end) }
}

/// Runs at every fire of the plan in a window, 30.5 ms each.
fn answered(plan: &JobPlan, side: Side, period: Period) -> Vec<TestRun> {
    let fires = plan.schedule_in(side).unwrap().fires_iter(period);
    fires.map(|fire| TestRun::new(&plan.name, fire.us() + 1_234, 30_500)).collect()
}

impl Case {
    fn quiet() -> Self {
        let periods = [
            period("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z"),
            period("2026-01-12T10:00:00Z", "2026-01-12T11:00:00Z"),
        ];
        let plans = vec![plan("a", "* * * * *", 15)];
        let runs =
            Side::BOTH.into_iter().zip(periods).flat_map(|(side, p)| answered(&plans[0], side, p)).collect();
        Self {
            runs,
            periods,
            as_of: at("2026-01-12T15:00:00Z"),
            exclusions: Vec::new(),
            plans,
            settings: AnalysisSettings::default(),
            change: |_| (),
        }
    }

    fn caveats(&self) -> Vec<Caveat> {
        let Self { runs, periods, as_of, exclusions, plans, settings, change } = self;
        let mut observations = fold(runs, *periods, *as_of, exclusions, settings, plans);
        change(&mut observations);
        let analysis = analyse(&observations, settings, plans);
        let plans = plans.iter().map(|plan| (plan.name.as_str(), plan)).collect();
        let (analysis, observations) = (&analysis, &observations);
        Grounds { observations, analysis, thresholds: settings, plans, exclusions, elsewhere: false }
            .caveats()
    }

    /// The only caveat.
    fn only(&self) -> Caveat {
        let mut found = self.caveats();
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }

    fn with_code(&self, code: &str) -> Caveat {
        let found = self.caveats();
        found.iter().find(|c| c.code() == code).unwrap_or_else(|| panic!("no {code} in {found:#?}")).clone()
    }
}

fn assert_says(caveat: &Caveat, words: &[&str]) {
    for words in words {
        assert!(caveat.message().contains(words), "'{words}' is not in: {}", caveat.message());
    }
}

#[test]
fn two_equal_hours_leave_nothing_to_say() {
    assert_eq!(Case::quiet().caveats(), []);
}

/// The deployment that the project was started from, with every fire answered.
fn deployment() -> Case {
    let periods = [
        period("2026-02-01T20:56:00Z", "2026-02-01T21:00:00Z"),
        period("2026-02-01T21:37:00Z", "2026-02-02T05:34:00Z"),
    ];
    let mut plans = vec![
        plan("Referral Tier 2 Processor", "* * * * *", 0),
        plan("Live Stats Sync", "* * * * *", 45),
        plan("Badge Auto-Unlock", "*/5 * * * *", 5),
        plan("Prediction Matcher", "*/5 * * * *", 25),
        plan("Stuck Match Finisher", "*/10 * * * *", 10),
        plan("Telegram Settlement", "*/10 * * * *", 40),
    ];
    plans[3].enabled = false;
    let mut runs: Vec<TestRun> = Vec::new();
    for (side, period) in Side::BOTH.into_iter().zip(periods) {
        for plan in plans.iter().filter(|plan| plan.enabled) {
            runs.extend(answered(plan, side, period));
        }
    }
    runs.push(TestRun::new("Live Stats Sync", at("2026-02-01T21:10:00Z").us() + 7_000, 30_000));
    let crash = period("2026-02-01T21:00:00Z", "2026-02-01T21:37:00Z");
    Case {
        runs,
        periods,
        as_of: at("2026-02-02T05:34:00Z"),
        exclusions: vec![Exclusion { period: crash, reason: "crash loop".to_owned() }],
        plans,
        settings: AnalysisSettings::default(),
        change: |_| (),
    }
}

#[test]
fn the_deployment_is_read_with_its_limits() {
    let case = deployment();
    let codes: Vec<String> = case.caveats().into_iter().map(|caveat| caveat.code().to_owned()).collect();
    assert_eq!(
        codes,
        [
            "excluded_between",
            "short_window",
            "different_hours",
            "different_weekdays",
            "baseline_cannot_grow",
            "population_changed"
        ]
    );
    let crash = case.with_code("excluded_between");
    assert_says(&crash, &["in neither window: 2026-02-01 21:00–21:37 UTC (crash loop); 1 run started in it"]);
    let short = case.with_code("short_window");
    assert_eq!((short.window, short.jobs.only()), (Some(Side::Baseline), None));
    assert_says(
        &short,
        &[
            "the before window of 4 min is shorter than two periods of 3 schedules",
            "(Badge Auto-Unlock, Stuck Match Finisher and Telegram Settlement); none of these fires in it",
        ],
    );
    let hours = case.with_code("different_hours");
    assert_says(
        &hours,
        &["20:56 to 21:00 before, 21:37 to 05:34 after (UTC)", "evening hours are compared with night hours"],
    );
    assert_says(&case.with_code("different_weekdays"), &["Sunday before, Monday and Sunday after"]);
    let fixed = case.with_code("baseline_cannot_grow");
    assert_says(
        &fixed,
        &["5 jobs", "the baseline cannot grow", "nothing earlier than 2026-02-01 20:56 UTC is in the table"],
    );
}

#[test]
fn a_short_baseline_is_told_what_the_table_could_add() {
    let mut case = deployment();
    case.runs.push(TestRun::new("Live Stats Sync", at("2026-01-30T20:00:00Z").us(), 30_001));
    assert_says(
        &case.with_code("baseline_cannot_grow"),
        &["the table reaches back to 2026-01-30 20:00 UTC, 2 d 1 h earlier"],
    );
}

#[test]
fn a_window_that_goes_on_is_known_in_part() {
    let mut case = Case::quiet();
    case.as_of = at("2026-01-12T10:45:00Z");
    let caveat = case.with_code("as_of_inside_window");
    assert_eq!(caveat.window, Some(Side::Stagger));
    assert_says(&caveat, &["until 2026-01-12 11:00 UTC", "until 2026-01-12 10:45 UTC only: 45 min of it"]);
}

#[test]
fn a_window_without_starts_says_so() {
    let mut case = Case::quiet();
    case.runs.retain(|run| run.start < case.periods[1].start.us());
    assert_eq!(case.with_code("no_starts").window, Some(Side::Stagger));
}

#[test]
fn an_exclusion_inside_a_window_is_taken_out_of_it() {
    let mut case = Case::quiet();
    let inside = period("2026-01-12T10:20:00Z", "2026-01-12T10:30:00Z");
    case.exclusions = vec![Exclusion { period: inside, reason: "maintenance".to_owned() }];
    let caveat = case.with_code("excluded_inside");
    assert_eq!((caveat.window, caveat.runs), (Some(Side::Stagger), Some(10)));
    assert_says(&caveat, &["taken out of the after window", "(maintenance); 10 runs"]);
    case.exclusions = vec![case.exclusions[0].clone(); 9];
    assert_says(&case.with_code("excluded"), &["9 periods", "90 runs"]);
}

#[test]
fn rows_that_begin_late_may_have_been_deleted() {
    let mut case = Case::quiet();
    let cut = case.periods[0].start.plus(Span::seconds(600));
    case.runs.retain(|run| run.start >= cut.us());
    let whole_table = case.with_code("retention");
    assert_eq!(whole_table.window, Some(Side::Baseline));
    assert_says(
        &whole_table,
        &["the table's first run started at 2026-01-05 10:10", "10 min after the start"],
    );
    // one job only: others were there before
    case.runs.push(TestRun::new("b", case.periods[0].start.us(), 7));
    let of_a_job = case.with_code("retention");
    assert_eq!((of_a_job.window, of_a_job.jobs.only()), (Some(Side::Baseline), Some("a")));
}

#[test]
fn two_late_fires_are_no_deletion() {
    let mut case = Case::quiet();
    let cut = case.periods[0].start.plus(Span::seconds(120));
    case.runs.retain(|run| run.start >= cut.us());
    assert_eq!(case.caveats(), []);
}

#[test]
fn impossible_times_are_counted_by_kind() {
    let mut case = Case::quiet();
    case.change = |observations| {
        let seen = observations.stagger.jobs.get_mut("a").unwrap();
        seen.anomalies.end_before_start = 3;
        seen.anomalies.final_without_end = 1;
    };
    let caveat = case.only();
    assert_eq!((caveat.code(), caveat.runs, caveat.jobs.only()), ("impossible_times", Some(4), Some("a")));
    assert_says(&caveat, &["4 runs of a", "(3 end before they start, 1 have a final status and no end)"]);
}

#[test]
fn runs_that_never_finished_are_named() {
    let mut case = Case::quiet();
    for run in case.runs.iter_mut().rev().take(20) {
        (run.status, run.end) = (Status::Running, None);
    }
    // The runs are lost at the end of the window, so that its halves differ, too.
    let caveat = case.with_code("never_finished");
    assert_eq!(caveat.runs, Some(20));
}

#[test]
fn runs_that_were_logged_twice_come_with_both_figures() {
    let mut case = Case::quiet();
    let again: Vec<TestRun> = case
        .runs
        .iter()
        .rev()
        .take(12)
        .map(|run| TestRun { start: run.start + 4_000, ..run.clone() })
        .collect();
    case.runs.extend(again);
    let caveat = case.with_code("suspected_duplicates");
    assert_eq!((caveat.window, caveat.runs), (Some(Side::Stagger), Some(12)));
    assert_says(&caveat, &["12 of 72 runs of a", "if these were logged twice, 60 started"]);
}

#[test]
fn rows_that_were_left_out_are_counted() {
    let mut case = Case::quiet();
    case.change = |observations| {
        observations.baseline.rows_out_of_scope = 1_234;
        observations.stagger.rows_after_as_of = 1;
        observations.stagger.rows_open = 2;
    };
    assert_says(
        &case.with_code("out_of_scope"),
        &["1,234 rows in the before window of jobs that are not declared"],
    );
    assert_says(&case.with_code("rows_after_as_of"), &["1 row in the after window"]);
    assert_says(&case.with_code("rows_open"), &["2 rows in the after window", "not started yet"]);
}

#[test]
fn long_runs_whole_seconds_and_hasty_orphans() {
    let mut case = Case::quiet();
    case.change = |observations| {
        for window in [&mut observations.baseline, &mut observations.stagger] {
            let seen = window.jobs.get_mut("a").unwrap();
            seen.anomalies.whole_seconds = seen.outcomes.started();
        }
    };
    let whole = case.only();
    assert_eq!((whole.code(), whole.window, whole.runs), ("whole_seconds", None, Some(120)));
    case.change = |observations| {
        observations.stagger.jobs.get_mut("a").unwrap().anomalies.longer_than_longest_run = 2;
    };
    assert_says(&case.with_code("longest_run"), &["2 runs of a", "at least 6 h"]);
    case.change = |_| ();
    case.plans[0].orphan_after = Some(Span(30_499));
    let hasty = case.with_code("orphan_after_too_short");
    assert_says(&hasty, &["a succeeded after 30.5 ms, longer than the 30.499 ms"]);
    case.settings.nothing_in_flight = true;
    assert_eq!(case.caveats(), []);
}

#[test]
fn a_disabled_job_that_runs_is_told() {
    let mut case = Case::quiet();
    case.plans[0].enabled = false;
    let told = case.with_code("disabled_but_running");
    assert_says(&told, &["a is declared as disabled, but started 60 runs in the after window"]);
    assert_eq!((told.runs, told.jobs.only()), (Some(60), Some("a")));
}

#[test]
fn jobs_without_a_schedule_are_folded_into_one_caveat() {
    let mut case = Case::quiet();
    for side in [0, 1] {
        let start = case.periods[side].start.us();
        for job in 0..40 {
            let every_5_minutes = (0..12).map(|n| start + n * 300 * SECOND_US + job);
            case.runs.extend(every_5_minutes.map(|start| TestRun::new(&format!("job {job:02}"), start, 10)));
        }
    }
    let caveats = case.caveats();
    let missing = caveats.iter().find(|caveat| caveat.code() == "missing_schedule").unwrap();
    assert_says(missing, &["40 jobs have no declared schedule (job 00, job 01, job 02 and 37 more)"]);
    assert!(caveats.len() < 5, "{caveats:#?}");
    case.plans.clear();
    assert_says(&case.with_code("missing_schedule"), &["no job has a declared schedule"]);
}
