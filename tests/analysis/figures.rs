use jobdelta::analysis::figures::job::JobReport;
use jobdelta::analysis::figures::window::JobWindow;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::observation::RecordedSchedule;
use proptest::prelude::*;
use serde_json::Value;

use jobdelta::analysis::metric::{self, Metric};
use jobdelta::clock::Timestamp;
use jobdelta::run::Status;
use jobdelta::window::{Period, Side};

use crate::fold::{TestRun, fold, plan};

/// What was measured with a real scheduler.
const RUNS: &str = include_str!("../fixtures/node-cron/runs.csv");
/// Figures that another program computed from it by the definitions.
const EXPECTED: &str = include_str!("../fixtures/node-cron/expected.json");

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn node_cron_runs() -> Vec<TestRun> {
    let mut reader = csv::Reader::from_reader(RUNS.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let run = |record: &csv::StringRecord| {
        let cell = |name: &str| &record[columns.iter().position(|column| column == name).unwrap()];
        let text = |name: &str| Some(cell(name).to_owned()).filter(|text| !text.is_empty());
        TestRun {
            job: cell("job_name").to_owned(),
            start: at(cell("started_at")).us(),
            end: text("finished_at").map(|end| at(&end).us()),
            status: Status::from_word(cell("status")).unwrap(),
            skip_reason: cell("skip_reason").to_owned(),
            error: cell("error_message").to_owned(),
            schedule: RecordedSchedule {
                schedule: text("schedule"),
                effective_schedule: text("effective_schedule"),
                stagger_offset_s: text("stagger_offset_s").map(|offset| offset.parse().unwrap()),
                runs: 1,
            },
        }
    };
    records.iter().map(run).collect()
}

fn expected() -> Value {
    serde_json::from_str(EXPECTED).unwrap()
}

fn expected_period(side: Side) -> Period {
    let window = &expected()["windows"][side.name()];
    Period { start: at(window["start"].as_str().unwrap()), end: at(window["end"].as_str().unwrap()) }
}

fn node_cron(plans: &[JobPlan]) -> Analysis {
    let settings = AnalysisSettings::default();
    let periods = Side::BOTH.map(expected_period);
    let observations = fold(&node_cron_runs(), periods, at("2026-11-23T15:00:00Z"), &[], &settings, plans);
    analyse(&observations, &settings, plans)
}

/// Every figure of `expected` is in `actual`: numbers to 1e-9, instants as instants.
fn assert_holds(actual: &Value, expected: &Value, place: &str) {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => {
            for (key, expected) in expected {
                let place = format!("{place}.{key}");
                assert_holds(
                    actual.get(key).unwrap_or_else(|| panic!("{place} is missing")),
                    expected,
                    &place,
                );
            }
        }
        (Value::Array(actual), Value::Array(expected)) => {
            assert_eq!(actual.len(), expected.len(), "length of {place}");
            for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
                assert_holds(actual, expected, &format!("{place}[{index}]"));
            }
        }
        (Value::Number(actual), Value::Number(expected)) => {
            let (actual, expected) = (actual.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!((actual - expected).abs() < 1e-9, "{place}: {actual} is not {expected}");
        }
        (Value::String(actual), Value::String(expected)) if actual != expected => {
            assert_eq!(at(actual), at(expected), "{place}");
        }
        _ => assert_eq!(actual, expected, "{place}"),
    }
}

#[test]
fn the_measured_runs_give_the_figures_of_another_program() {
    let analysis = node_cron(&[]);
    let expected = expected();
    for side in Side::BOTH {
        let totals = serde_json::to_value(analysis.totals.get(side)).unwrap();
        assert_holds(&totals, &expected["totals"][side.name()], &format!("totals.{}", side.name()));
    }
    let jobs = expected["jobs"].as_object().unwrap();
    assert_eq!(analysis.jobs.len(), jobs.len());
    for (job, figures) in &analysis.jobs.iter().map(|job| (job, &jobs[&job.name])).collect::<Vec<_>>() {
        for side in Side::BOTH {
            let actual = serde_json::to_value(job.get(side)).unwrap();
            assert_holds(&actual, &figures[side.name()], &format!("{}.{}", job.name, side.name()));
        }
    }
}

#[test]
fn the_measured_runs_against_their_plan() {
    let analysis = node_cron(&[
        plan("Live Stats Sync", "* * * * *", 45),
        plan("Badge Auto-Unlock", "*/5 * * * *", 5),
        plan("Never Seen", "*/10 * * * *", 0),
    ]);
    let job = |name: &str| analysis.job(name).unwrap();
    let live = job("Live Stats Sync");
    assert_eq!((live.stagger.expected_runs, live.stagger.missed_runs), (Some(22), Some(0)));
    assert!(live.stagger.on_time_rate.unwrap().value >= 1.0);
    assert_eq!((live.offset_s, live.enabled), (Some(45), Some(true)));
    // skipped for a lock is an answer to a fire
    let badge = job("Badge Auto-Unlock");
    assert_eq!((badge.baseline.started, badge.baseline.skipped.lock), (3, 1));
    assert_eq!((badge.baseline.expected_runs, badge.baseline.missed_runs), (Some(4), Some(0)));
    let never = job("Never Seen");
    assert_eq!((never.stagger.expected_runs, never.stagger.missed_runs), (Some(2), Some(2)));
    assert_eq!((never.stagger.completion_rate, never.stagger.duration_ms), (None, None));
    assert_eq!(job("Telegram Settlement").stagger.expected_runs, None);
    let totals = &analysis.totals.stagger.job;
    assert_eq!((totals.expected_runs, totals.missed_runs, totals.extra_runs), (Some(28), Some(2), Some(0)));
    // a share of the starts of jobs with a schedule, not of all
    let scheduled = |job: &&JobReport| job.stagger.on_time_rate.is_some();
    let of: u64 = analysis.jobs.iter().filter(scheduled).map(|job| job.stagger.started).sum();
    assert_eq!(totals.on_time_rate.map(|rate| rate.of), Some(of));
    assert!(0 < of && of < totals.started);
    assert_eq!(analysis.collisions, Some(0));
}

#[test]
fn values_are_found_by_metric_job_and_side() {
    let analysis = node_cron(&[]);
    let all = |metric: &Metric, side| metric.in_totals(analysis.totals.get(side));
    assert_eq!(all(&metric::START_BURST, Side::Baseline), Some(7.0));
    assert_eq!(all(&metric::PEAK_CONCURRENCY, Side::Stagger), Some(2.0));
    assert_eq!(all(&metric::SKIPPED_LOCK, Side::Baseline), Some(5.0));
    assert_eq!(all(&metric::MISSED_RUNS, Side::Stagger), None);
    let job = |name| analysis.job(name).map(|job| &job.baseline);
    assert_eq!(metric::PEAK_CONCURRENCY.in_window(job("Live Stats Sync").unwrap()), None);
    assert_eq!(metric::MEDIAN_DURATION.in_window(job("Prediction Matcher").unwrap()), None);
    assert_eq!(job("nobody"), None);
    let new = analysis.totals.comparison.any(&metric::NEW_ERRORS).unwrap(); // the column was missing before too
    assert_eq!((new.baseline, new.stagger, new.change), (None, Some(0.0), None));
    let failed = &analysis.failures[0];
    assert_eq!(
        (failed.job.as_str(), failed.baseline.runs, failed.stagger.runs),
        ("Prediction Matcher", 4, 4)
    );
}

fn some_runs() -> impl Strategy<Value = Vec<TestRun>> {
    let run =
        (0..3_usize, 0_i64..2_000, 0_i64..300, 0..6_usize).prop_map(|(job, start, length, status)| TestRun {
            status: Status::ALL[status],
            error: format!("error {length}"),
            ..TestRun::new(["a", "b", "c"][job], start * 100_000, length * 100_000)
        });
    prop::collection::vec(run, 0..40)
}

fn of(runs: &[TestRun], swapped: bool) -> Analysis {
    let settings = AnalysisSettings::default();
    let half = |from: i64, to: i64| Period { start: Timestamp(from), end: Timestamp(to) };
    let mut periods = [half(0, 100_000_000), half(100_000_000, 200_000_000)];
    if swapped {
        periods.reverse();
    }
    let plans = [plan("a", "* * * * *", 0)];
    let observations = fold(runs, periods, Timestamp(400_000_000), &[], &settings, &plans);
    analyse(&observations, &settings, &plans)
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(mut runs in some_runs()) {
        let analysis = of(&runs, false);
        runs.reverse();
        prop_assert_eq!(analysis, of(&runs, false));
    }

    #[test]
    fn totals_are_the_sums_of_the_jobs(runs in some_runs()) {
        let analysis = of(&runs, false);
        for side in Side::BOTH {
            let total = &analysis.totals.get(side).job;
            let sum = |count: fn(&JobWindow) -> u64| analysis.jobs.iter().map(|job| count(job.get(side))).sum::<u64>();
            prop_assert_eq!(total.started, sum(|job| job.started));
            prop_assert_eq!(total.decided, sum(|job| job.decided));
            prop_assert_eq!(total.rows(), sum(JobWindow::rows));
            prop_assert_eq!(total.suspected_duplicates, Some(sum(|job| job.suspected_duplicates.unwrap())));
            prop_assert_eq!(total.missed_runs, Some(sum(|job| job.missed_runs.unwrap_or(0))));
        }
    }

    #[test]
    fn the_three_shares_of_the_known_outcomes_add_up(runs in some_runs()) {
        for job in of(&runs, false).jobs {
            match (job.stagger.completion_rate, job.stagger.failure_rate, job.stagger.lost_rate) {
                (Some(completed), Some(failed), Some(lost)) => {
                    prop_assert!((completed.value + failed.value + lost.value - 1.0).abs() < 1e-12);
                }
                rates => prop_assert_eq!((rates, job.stagger.decided), ((None, None, None), 0)),
            }
        }
    }

    #[test]
    fn swapped_windows_flip_every_change(runs in some_runs()) {
        let (forward, backward) = (of(&runs, false), of(&runs, true));
        for (metric, comparison) in forward.totals.comparison.all() {
            let other = backward.totals.comparison.any(metric).unwrap();
            if ![&metric::NEW_ERRORS, &metric::MISSED_RUNS, &metric::ON_TIME_RATE].contains(&metric) {
                prop_assert_eq!(comparison.change, other.change.map(|change| 0.0 - change), "{}", metric);
            }
        }
    }
}
