use std::borrow::Cow;

use jobdelta::analysis::comparison::{Comparison, ComparisonVerdict};
use jobdelta::analysis::metric::{self, Metric};
use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::{Analysis, analyse};
use jobdelta::clock::{HOUR_US, SECOND_US, Timestamp};
use jobdelta::observation::{LagSums, cell_index, representative};
use jobdelta::run::Status;
use jobdelta::window::Period;

use crate::fold::{TestRun, fold};

/// `n` runs of `job` spread over the hour that begins at `start`, around `centre` µs; every
/// `failing`-th fails.
fn runs(job: &str, start: i64, n: i64, centre: i64, failing: i64) -> Vec<TestRun> {
    let run = |i: i64| {
        let length = centre - centre / 10 + centre / 5 * ((i * 7_919) % n) / n;
        let mut run = TestRun::new(job, start + i * (HOUR_US / n), length);
        if i % failing == failing - 1 {
            run.status = Status::Failed;
        }
        run
    };
    (0..n).map(run).collect()
}

/// The two hours from 0 on, analysed with the dependence of the durations filled in.
fn weighed(runs: &[TestRun], as_of: i64) -> Analysis {
    let settings = AnalysisSettings::default();
    let hour = |n: i64| Period { start: Timestamp(n * HOUR_US), end: Timestamp((n + 1) * HOUR_US) };
    let mut observations = fold(runs, [hour(1), hour(2)], Timestamp(as_of), &[], &settings, &[]);
    for window in [&mut observations.baseline, &mut observations.stagger] {
        for (name, job) in &mut window.jobs {
            let (first, last) = (job.first_started, job.last_started);
            let own = runs.iter().filter(|run| {
                let start = Some(Timestamp(run.start));
                run.job == *name && run.status == Status::Success && first <= start && start <= last
            });
            let length = |run: &TestRun| cell_index(representative(run.end.unwrap_or(run.start) - run.start));
            job.dependence.durations = Some(own.map(length).collect::<LagSums>());
        }
    }
    analyse(&observations, &settings, &[])
}

fn comparison<'a>(analysis: &'a Analysis, job: &str, metric: &Metric) -> Cow<'a, Comparison> {
    let job = analysis.jobs.iter().find(|report| report.name == job).unwrap();
    job.comparison.any(metric).unwrap()
}

#[test]
fn every_tested_comparison_of_every_job_gets_its_verdict() {
    use ComparisonVerdict::{Inconclusive, NoMaterialChange, Regressed};
    use metric::{COMPLETION_RATE, FAILURE_RATE, MEAN_DURATION, MEDIAN_DURATION, P95_DURATION};
    let both = |job: &str, before: (i64, i64), after: (i64, i64)| {
        [runs(job, HOUR_US, 400, before.0, before.1), runs(job, 2 * HOUR_US, 400, after.0, after.1)].concat()
    };
    let all = [
        both("slower", (40_000, 1_000), (60_000, 1_000)),
        both("steady", (40_000, 1_000), (40_000, 1_000)),
        both("failing", (40_000, 1_000), (40_000, 5)),
        runs("rare", HOUR_US, 4, 40_000, 1_000),
        runs("rare", 2 * HOUR_US, 480, 30_000, 1_000),
    ]
    .concat();
    let analysis = weighed(&all, 3 * HOUR_US);
    let verdict = |job, metric| comparison(&analysis, job, metric).verdict.unwrap();
    for metric in [&MEDIAN_DURATION, &MEAN_DURATION, &P95_DURATION] {
        assert_eq!(verdict("slower", metric), Regressed, "{metric:?}");
        assert_eq!(verdict("steady", metric), NoMaterialChange, "{metric:?}");
        assert_eq!(verdict("rare", metric), Inconclusive, "{metric:?}");
    }
    for metric in [&COMPLETION_RATE, &FAILURE_RATE] {
        assert_eq!(verdict("failing", metric), Regressed, "{metric:?}");
        assert_eq!(analysis.totals.comparison.any(metric).unwrap().verdict, Some(Regressed), "{metric:?}");
    }
    assert_eq!(
        comparison(&analysis, "rare", &MEDIAN_DURATION).reason.to_string(),
        "4 baseline runs, at least 6 more are needed; nothing earlier is in the table, so waiting cannot help"
    );
    let slower = comparison(&analysis, "slower", &MEDIAN_DURATION);
    assert!((slower.shift.unwrap() - slower.change.unwrap()).abs() < 1.0, "{slower:?}");
    assert!(slower.p_adjusted >= slower.p && slower.p.is_some(), "{slower:?}");
    assert!(analysis.jobs[0].stagger.inflation.unwrap() >= 1.0);
}

#[test]
fn an_open_window_tells_when_the_runs_will_be_there() {
    let all = [
        runs("new", HOUR_US - HOUR_US / 2, 100, 40_000, 1_000),
        runs("new", HOUR_US, 100, 40_000, 1_000),
        runs("new", 2 * HOUR_US, 60, 40_000, 1_000),
    ]
    .concat();
    // six runs, one a minute, have started
    let analysis = weighed(&all, 2 * HOUR_US + 359 * SECOND_US);
    assert_eq!(
        comparison(&analysis, "new", &metric::MEDIAN_DURATION).reason.to_string(),
        "6 runs after the change, at least 4 more are needed; they will be there by 02:10 UTC at the present rate"
    );
}
