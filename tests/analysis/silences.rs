use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::figures::silence::{Edge, Silence};
use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::clock::{HOUR_US, MINUTE_US, Timestamp};
use jobdelta::window::{Period, Side};

use crate::fold::{TestRun, fold};

/// A run of `job` in each minute of two days for which `runs` holds; the second day is after the change.
fn every_minute(job: &str, runs: impl Fn(i64) -> bool) -> Vec<TestRun> {
    (0..2 * 1_440)
        .filter(|minute| runs(*minute))
        .map(|minute| TestRun::new(job, minute * MINUTE_US, 40_000))
        .collect()
}

fn analysed(runs: &[Vec<TestRun>]) -> Analysis {
    let settings = AnalysisSettings::default();
    let day = |n: i64| Period { start: Timestamp(n * 24 * HOUR_US), end: Timestamp((n + 1) * 24 * HOUR_US) };
    let observations = fold(&runs.concat(), [day(0), day(1)], Timestamp(50 * HOUR_US), &[], &settings, &[]);
    analyse(&observations, &settings, &[])
}

fn edges(silences: &[Silence]) -> Vec<(Side, Edge)> {
    silences.iter().map(|silence| (silence.window, silence.edge)).collect()
}

#[test]
fn a_job_that_stops_is_told_apart_from_all_that_stop() {
    let stops = |minute: i64| minute < 1_440 + 720;
    let one = analysed(&[every_minute("a", stops), every_minute("b", |_| true)]);
    let of = |analysis: &Analysis, job: &str| edges(&analysis.job(job).unwrap().silences);
    assert_eq!(of(&one, "a"), [(Side::Stagger, Edge::End)]);
    assert_eq!(of(&one, "b"), []);
    assert_eq!(edges(&one.totals.silences), []);
    let silence = one.job("a").unwrap().silences[0];
    assert_eq!((silence.run_at, silence.expected), (Timestamp((1_440 + 719) * MINUTE_US), 722.0));
    let all = analysed(&[every_minute("a", stops), every_minute("b", stops)]);
    assert_eq!(edges(&all.totals.silences), [(Side::Stagger, Edge::End)]);
}

/// One run has no pace: that of the window before says how many are missing after it.
#[test]
fn a_single_run_is_held_against_the_pace_of_the_other_window() {
    let noon = |minute: i64| minute == 1_440 + 720;
    let once = analysed(&[every_minute("a", noon), every_minute("b", |_| true)]);
    assert_eq!(edges(&once.job("a").unwrap().silences), []);
    let stopped =
        analysed(&[every_minute("a", |minute| minute < 1_440 || noon(minute)), every_minute("b", |_| true)]);
    let silences = &stopped.job("a").unwrap().silences;
    assert_eq!(edges(silences), [(Side::Stagger, Edge::Start), (Side::Stagger, Edge::End)]);
    assert!(silences.iter().all(|silence| (silence.expected - 720.0).abs() < 1.0), "{silences:?}");
}

#[test]
fn rows_that_begin_late_are_no_change_of_load() {
    let late = analysed(&[every_minute("a", |minute| minute >= 900)]);
    let job = late.job("a").unwrap();
    assert_eq!(edges(&job.silences), [(Side::Baseline, Edge::Start)]);
    assert!(!job.is_restricted_by(Restriction::LoadChanged));
    let comparisons = &late.totals.comparison;
    assert!(!comparisons.values().any(|found| found.is_restricted_by(Restriction::LoadChanged)));
    // half as often is a change of load
    let half = analysed(&[every_minute("a", |minute| minute < 1_440 || minute % 2 == 0)]);
    let job = half.job("a").unwrap();
    assert_eq!(edges(&job.silences), []);
    assert!(job.is_restricted_by(Restriction::LoadChanged));
}

#[test]
fn office_hours_and_rare_jobs_are_not_silence() {
    let office = |minute: i64| (9 * 60..17 * 60).contains(&(minute % 1_440));
    let six_hours = |minute: i64| minute % 360 < 5;
    let daily = |minute: i64| minute % 1_440 == 180;
    let quiet = analysed(&[
        every_minute("office", office),
        every_minute("six", six_hours),
        every_minute("daily", daily),
    ]);
    for job in &quiet.jobs {
        assert_eq!(job.silences, [], "{}", job.name);
    }
    assert_eq!(quiet.totals.silences, []);
}
