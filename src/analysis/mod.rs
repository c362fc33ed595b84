//! From observations to figures: pure functions, no I/O, no clock.

pub mod comparison;
pub mod figures;
#[cfg(test)]
pub(crate) mod fold;
pub mod metric;
mod parallel;
pub mod plan;
pub mod schedule;
pub mod statistics;

use std::collections::{BTreeMap, BTreeSet};

use self::comparison::evidence::Bench;
use self::figures::adherence::Adherence;
use self::figures::failure::FailureClass;
use self::figures::job::{JobReport, Totals};
use self::figures::totals::Sums;
use self::figures::trend::Trends;
use self::figures::window::JobWindow;
use self::metric::{Metric, Value};
use self::plan::{AnalysisSettings, JobPlan};
use crate::clock::SECOND_US;
use crate::observation::{JobObservations, Observations, RecordedSchedule};
use crate::window::{PerSide, Side};

/// Every figure that follows from the observations.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// All jobs together.
    pub totals: Totals,
    /// Declared and observed jobs, by the bytes of their names.
    pub jobs: Vec<JobReport>,
    /// Failed and timed-out runs by class of message: new classes first, then by runs.
    pub failures: Vec<FailureClass>,
    /// Each window over time.
    pub trends: Trends,
    /// Length of the observed part of each window, seconds.
    pub observed_seconds: PerSide<f64>,
    /// Pairs of enabled declared jobs that fire at one instant within 24 h of the stagger window's
    /// start; `None` when no enabled job has a schedule.
    pub collisions: Option<u64>,
}

impl Analysis {
    /// The job of a name, compared byte by byte.
    pub fn job(&self, name: &str) -> Option<&JobReport> {
        let place = self.jobs.binary_search_by(|job| job.name.as_str().cmp(name)).ok()?;
        self.jobs.get(place)
    }
}

/// Turns observations into figures. `jobs` are the declared ones; a job's earlier name has become its
/// present one where the rows were read.
pub fn analyse(observations: &Observations, settings: &AnalysisSettings, jobs: &[JobPlan]) -> Analysis {
    let failures =
        figures::failure::failure_classes(&observations.baseline.failures, &observations.stagger.failures);
    let mut new_errors: BTreeMap<&str, u64> = BTreeMap::new();
    for class in failures.iter().filter(|class| class.new) {
        *new_errors.entry(&class.job).or_default() += 1;
    }
    let subject = Subject { observations, settings, new_errors: &new_errors };
    let (reports, sums) = subject.jobs(jobs);
    let mut analysis = Analysis {
        totals: subject.totals(&sums),
        jobs: reports,
        trends: Trends::of(observations),
        observed_seconds: observed(observations, 1),
        collisions: schedule::collisions(jobs, observations.windows.stagger.period.start),
        failures,
    };
    let bench = Bench::new(observations, settings, jobs);
    comparison::evidence::weigh(&mut analysis, &bench);
    comparison::limits::attach(&mut analysis, &bench);
    analysis
}

/// Length of the observed parts in units of `seconds`.
fn observed(observations: &Observations, seconds: i64) -> PerSide<f64> {
    let unit = (seconds * SECOND_US) as f64;
    let length = |side| observations.windows.get(side).observed_length().us() as f64 / unit;
    PerSide::of(length)
}

/// What the figures are made of.
struct Subject<'a> {
    observations: &'a Observations,
    settings: &'a AnalysisSettings,
    new_errors: &'a BTreeMap<&'a str, u64>,
}

impl Subject<'_> {
    /// The reports of the declared and observed jobs by name, and their sums.
    fn jobs(&self, declared: &[JobPlan]) -> (Vec<JobReport>, PerSide<Sums>) {
        let plans: BTreeMap<&str, &JobPlan> = declared.iter().map(|job| (job.name.as_str(), job)).collect();
        let seen = Side::BOTH.into_iter().flat_map(|side| self.observations.get(side).jobs.keys());
        let names: BTreeSet<&str> = plans.keys().copied().chain(seen.map(String::as_str)).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let jobs = parallel::map(&names, |_, name| self.job(name, plans.get(name).copied()));
        let mut sums: PerSide<Sums> = PerSide::default();
        let mut reports = Vec::with_capacity(jobs.len());
        for (name, (report, kept)) in names.into_iter().zip(jobs) {
            sums.baseline.add(self.observations.baseline.jobs.get(name), &kept.baseline);
            sums.stagger.add(self.observations.stagger.jobs.get(name), &kept.stagger);
            reports.push(report);
        }
        (reports, sums)
    }

    /// The report of a job, and how it kept to its plan.
    fn job(&self, name: &str, plan: Option<&JobPlan>) -> (JobReport, PerSide<Adherence>) {
        let (baseline, kept_before) = self.job_window(name, plan, Side::Baseline);
        let (stagger, kept_after) = self.job_window(name, plan, Side::Stagger);
        let values = |metric: &Metric| match metric.value {
            Value::NewErrors => {
                let new = self.new_errors.get(name).copied().unwrap_or(0);
                PerSide { baseline: None, stagger: Some(new as f64) }
            }
            _ => PerSide { baseline: metric.in_window(&baseline), stagger: metric.in_window(&stagger) },
        };
        let comparison = comparison::of_job(values, self.hours());
        let schedule = plan.and_then(|plan| plan.schedule.as_ref());
        let report = JobReport {
            name: name.to_owned(),
            was: plan.and_then(|plan| plan.was.clone()),
            schedule: schedule.map(|schedule| schedule.expression().to_owned()),
            offset_s: schedule.map(|schedule| schedule.offset().us() / SECOND_US),
            enabled: plan.map(|plan| plan.enabled),
            note: plan.and_then(|plan| plan.note.clone()),
            recorded_schedules: self.recorded_schedules(name),
            baseline,
            stagger,
            comparison,
        };
        (report, PerSide { baseline: kept_before, stagger: kept_after })
    }

    fn job_window(&self, name: &str, plan: Option<&JobPlan>, side: Side) -> (JobWindow, Adherence) {
        let seen = self.observations.get(side).jobs.get(name);
        let kept = Adherence::of(plan, seen, self.observations.windows.get(side), side, self.settings);
        (JobWindow::of(seen.unwrap_or(&JobObservations::default()), &kept), kept)
    }

    /// What the scheduler recorded of the job in both windows, most frequent first.
    fn recorded_schedules(&self, name: &str) -> Vec<RecordedSchedule> {
        let mut both = JobObservations::default();
        for side in Side::BOTH {
            if let Some(seen) = self.observations.get(side).jobs.get(name) {
                both.merge(&JobObservations {
                    schedules: seen.schedules.clone(),
                    ..JobObservations::default()
                });
            }
        }
        both.schedules.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.cmp(b)));
        both.schedules
    }

    fn totals(&self, sums: &PerSide<Sums>) -> Totals {
        let window =
            |side| sums.get(side).totals(self.observations.get(side), self.observations.windows.get(side));
        let (baseline, stagger) = (window(Side::Baseline), window(Side::Stagger));
        let values = |metric: &Metric| match metric.value {
            Value::NewErrors => {
                let new: u64 = self.new_errors.values().sum();
                PerSide { baseline: None, stagger: Some(new as f64) }
            }
            _ => PerSide { baseline: metric.in_totals(&baseline), stagger: metric.in_totals(&stagger) },
        };
        let comparison = comparison::of_totals(values, self.hours());
        Totals { baseline, stagger, comparison }
    }

    fn hours(&self) -> PerSide<Option<f64>> {
        let hours = observed(self.observations, 3_600);
        PerSide { baseline: Some(hours.baseline), stagger: Some(hours.stagger) }
    }
}

#[cfg(test)]
mod tests;
