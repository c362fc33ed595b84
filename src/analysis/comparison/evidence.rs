//! The tests of all jobs, in one family, and what they are judged by.

use std::collections::BTreeMap;

use crate::analysis::comparison::PerSubject;
use crate::analysis::comparison::duration_trial::{Sample, compare_durations};
use crate::analysis::comparison::family::{Family, Judged};
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::verdict::Trial;
use crate::analysis::comparison::verdict::outlook::{Coming, Earlier, Outlook};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::analysis::parallel;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::observation::{JobObservations, Observations, WindowObservations};
use crate::window::{PerSide, Side};

/// Tests every tested metric of every job, and the rates of all jobs together, in one family.
pub(in crate::analysis) fn judged(
    jobs: &[JobReport],
    bench: &Bench<'_>,
) -> PerSubject<BTreeMap<&'static Metric, Judged>> {
    let mut family = Family::new();
    let mut totals: BTreeMap<&'static Metric, PerSide<Vec<Proportion>>> = BTreeMap::new();
    let durations = parallel::map(jobs, |_, job| {
        let seen = bench.seen(&job.name);
        compare_durations(&Sample::of(seen.baseline), &Sample::of(seen.stagger), &bench.rule(&job.name))
    });
    for (place, (job, trials)) in jobs.iter().zip(durations).enumerate() {
        let (seen, rule) = (bench.seen(&job.name), bench.rule(&job.name));
        for trial in trials {
            family.add(Some(place), trial);
        }
        for (metric, sides) in rates(job, &seen) {
            family.add(Some(place), compare_rates(metric, sides.baseline, sides.stagger, &rule));
            let all = totals.entry(metric).or_default();
            all.baseline.push(sides.baseline);
            all.stagger.push(sides.stagger);
        }
    }
    for (metric, sides) in totals {
        family.add(None, bench.together(metric, &sides));
    }
    let mut judged = PerSubject { totals: BTreeMap::new(), jobs: vec![BTreeMap::new(); jobs.len()] };
    for (place, found) in family.judge() {
        let subject = match place {
            Some(place) => &mut judged.jobs[place],
            None => &mut judged.totals,
        };
        subject.insert(found.trial.metric, found);
    }
    judged
}

/// What was seen, and what it is judged by.
pub(in crate::analysis) struct Bench<'a> {
    observations: &'a Observations,
    settings: &'a AnalysisSettings,
    plans: BTreeMap<&'a str, &'a JobPlan>,
    outlook: Outlook,
    /// What was seen of a job that was not there.
    nothing: JobObservations,
}

impl<'a> Bench<'a> {
    pub(in crate::analysis) fn new(
        observations: &'a Observations,
        settings: &'a AnalysisSettings,
        plans: &'a [JobPlan],
    ) -> Self {
        Self {
            observations,
            settings,
            plans: plans.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
            outlook: outlook(observations),
            nothing: JobObservations::default(),
        }
    }

    /// What was seen in a window.
    pub(in crate::analysis) fn observations(&self, side: Side) -> &WindowObservations {
        self.observations.get(side)
    }

    /// What figures of all jobs together are judged by.
    pub(in crate::analysis) fn common_rule(&self) -> Rule {
        Rule::of(self.settings, None, self.outlook)
    }

    /// What a job is judged by.
    pub(in crate::analysis) fn rule(&self, job: &str) -> Rule {
        Rule::of(self.settings, self.plans.get(job).copied(), self.outlook)
    }

    /// What was seen of a job.
    pub(in crate::analysis) fn seen(&self, job: &str) -> PerSide<&JobObservations> {
        let seen = |side| self.observations.get(side).jobs.get(job).unwrap_or(&self.nothing);
        PerSide::of(seen)
    }

    fn together(&self, metric: &'static Metric, sides: &PerSide<Vec<Proportion>>) -> Trial {
        let rule = self.common_rule();
        let (before, after) = (Proportion::together(&sides.baseline), Proportion::together(&sides.stagger));
        compare_rates(metric, before, after, &rule)
    }
}

/// The rates of a job; punctuality only where a schedule says what is on time.
fn rates(job: &JobReport, seen: &PerSide<&JobObservations>) -> Vec<(&'static Metric, PerSide<Proportion>)> {
    let both = |metric: &'static Metric| {
        let counts = |side: Side| Some(RateCounts::of(metric, job.get(side), seen.get(side))?.whole());
        Some((metric, PerSide::of(counts).both()?))
    };
    Metric::tested_rates().filter_map(both).collect()
}

/// What more runs there could be: after the change while the window is open, before it as far as the table
/// reaches back.
fn outlook(observations: &Observations) -> Outlook {
    let (windows, as_of) = (&observations.windows, observations.as_of);
    let observed = windows.stagger.observed_length();
    let baseline = windows.baseline.period.start;
    Outlook {
        coming: (windows.stagger.period.end > as_of && observed.us() > 0)
            .then_some(Coming { as_of, observed }),
        earlier: match observations.coverage.first_started {
            None => Earlier::Unknown,
            Some(first) if first < baseline => Earlier::Since(first),
            Some(_) => Earlier::Nothing,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::analysis::analyse;
    use crate::analysis::comparison::{Comparison, ComparisonVerdict};
    use crate::analysis::fold::{TestRun, fold};
    use crate::analysis::metric;
    use crate::clock::{HOUR_US, SECOND_US, Timestamp};
    use crate::observation::{LagSums, cell_index, representative};
    use crate::run::Status;
    use crate::window::Period;

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
                let length =
                    |run: &TestRun| cell_index(representative(run.end.unwrap_or(run.start) - run.start));
                job.dependence.durations = Some(own.map(length).collect::<LagSums>());
            }
        }
        analyse(&observations, &settings, &[])
    }

    fn comparison<'a>(analysis: &'a Analysis, job: &str, metric: &'static Metric) -> &'a Comparison {
        let job = analysis.jobs.iter().find(|report| report.name == job).unwrap();
        &job.comparison[metric.name()]
    }

    #[test]
    fn every_tested_comparison_of_every_job_gets_its_verdict() {
        use ComparisonVerdict::{Inconclusive, NoMaterialChange, Regressed};
        use metric::{COMPLETION_RATE, FAILURE_RATE, MEAN_DURATION, MEDIAN_DURATION, P95_DURATION};
        let both = |job: &str, before: (i64, i64), after: (i64, i64)| {
            [runs(job, HOUR_US, 400, before.0, before.1), runs(job, 2 * HOUR_US, 400, after.0, after.1)]
                .concat()
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
            assert_eq!(analysis.totals.comparison[metric.name()].verdict, Some(Regressed), "{metric:?}");
        }
        assert_eq!(
            comparison(&analysis, "rare", &MEDIAN_DURATION).reason,
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
            comparison(&analysis, "new", &metric::MEDIAN_DURATION).reason,
            "6 runs after the change, at least 4 more are needed; they will be there by 02:10 UTC at the present rate"
        );
    }
}
