use jobdelta::analysis::comparison::restriction::Restriction;
use jobdelta::analysis::figures::silence::{Edge, Silence};
use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::clock::{HOUR_US, MINUTE_US, Timestamp};
use jobdelta::observation::{Observations, Trend, TrendPoint};
use jobdelta::window::{Exclusion, Period, Side};

use crate::fold::{TestRun, fold};

/// A run of `job` in each minute of two days for which `runs` holds; the second day is after the change.
fn every_minute(job: &str, runs: impl Fn(i64) -> bool) -> Vec<TestRun> {
    (0..2 * 1_440)
        .filter(|minute| runs(*minute))
        .map(|minute| TestRun::new(job, minute * MINUTE_US, 40_000))
        .collect()
}

fn observed(runs: &[Vec<TestRun>], exclusions: &[Exclusion]) -> Observations {
    let settings = AnalysisSettings::default();
    let days = [hours(0, 24), hours(24, 48)];
    fold(&runs.concat(), days, Timestamp(50 * HOUR_US), exclusions, &settings, &[])
}

fn hours(start: i64, end: i64) -> Period {
    Period { start: Timestamp(start * HOUR_US), end: Timestamp(end * HOUR_US) }
}

fn analysed(runs: &[Vec<TestRun>]) -> Analysis {
    analyse(&observed(runs, &[]), &AnalysisSettings::default(), &[])
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

#[test]
fn an_excluded_period_hides_no_shorter_pause() {
    // Excluded from noon to six after the change; one job paused from one to five as well.
    let excluded = Exclusion { period: hours(36, 42), reason: "maintenance".to_owned() };
    let runs = |minute: i64| !(36 * 60..42 * 60).contains(&minute);
    let pauses = |minute: i64| runs(minute) && !(25 * 60..29 * 60).contains(&minute);
    let mut seen = observed(&[every_minute("a", pauses), every_minute("b", runs)], &[excluded]);
    let point = |hour: i64| TrendPoint {
        job: Some("b".to_owned()),
        at: Timestamp(hour * HOUR_US),
        runs: 60,
        failed: 0,
        durations: 60,
        sum_us: 60 * 40_000,
        min_us: 40_000,
        max_us: 40_000,
        p95_low_us: 40_000,
        p95_high_us: 40_000,
    };
    seen.stagger.trend = Trend { bucket_us: HOUR_US, points: (24..48).map(point).collect() };
    let analysis = analyse(&seen, &AnalysisSettings::default(), &[]);
    let silences = &analysis.job("a").unwrap().silences;
    assert_eq!(edges(silences), [(Side::Stagger, Edge::Inside)]);
    assert_eq!((silences[0].run_at, silences[0].seconds), (Timestamp(29 * HOUR_US), 241.0 * 60.0));
    assert_eq!(edges(&analysis.job("b").unwrap().silences), []);
}
