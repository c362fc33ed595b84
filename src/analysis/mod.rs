//! From observations to figures: pure functions, no I/O, no clock.

pub mod comparison;
pub mod figures;
pub mod inference;
pub mod metric;
mod parallel;
pub mod plan;
pub mod power;
pub mod schedule;
pub mod slices;
pub mod statistics;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use self::comparison::Comparisons;
use self::comparison::bench::Bench;
use self::comparison::job_verdict::job_verdict;
use self::figures::job::{JobReport, Totals};
use self::figures::job_verdict::JobVerdict;
use self::figures::slow_start::slow_start;
use self::figures::totals::Sums;
use self::figures::trend::Trends;
use self::figures::window::{Adherence, JobWindow};
use self::plan::{AnalysisSettings, JobPlan};
pub use self::whole::Analysis;
use crate::clock::SECOND_US;
use crate::observation::{JobObservations, Observations, RecordedSchedule};
use crate::window::{PerSide, Side};

/// Turns observations into figures. `jobs` are the declared ones; a job's earlier name has become its
/// present one where the rows were read.
pub fn analyse(observations: &Observations, settings: &AnalysisSettings, jobs: &[JobPlan]) -> Analysis {
    let inputs = Inputs { observations, settings };
    let (reports, sums) = inputs.jobs(jobs);
    let mut analysis = Analysis {
        totals: inputs.totals(&sums),
        jobs: reports,
        failures: figures::failure::failure_classes(PerSide::of(|side| {
            observations.get(side).failures.as_slice()
        })),
        trends: Trends::of(observations),
        observed_seconds: PerSide::of(|side| observations.windows.get(side).observed_length().as_seconds()),
        collisions: schedule::collisions(jobs, observations.windows.stagger.period.start),
        rows_unplaced: PerSide::of(|side| observations.get(side).rows_unplaced),
        kpis: kpis(observations),
    };
    let answered = |job: &JobReport| {
        PerSide::of(|side| job.enabled == Some(false) || job.get(side).missed_runs == Some(0))
    };
    let names = analysis.jobs.iter().map(|job| (job.name.as_str(), answered(job)));
    let (silences, of_jobs) = figures::silence::find(observations, names);
    analysis.totals.silences = silences;
    for (job, silences) in analysis.jobs.iter_mut().zip(of_jobs) {
        job.silences = silences;
    }
    analysis.compare(&Bench::new(observations, settings, jobs));
    analysis
}

impl Analysis {
    fn compare(&mut self, bench: &Bench<'_>) {
        let compared = comparison::compare(self, bench);
        self.totals.comparison = compared.totals;
        for (job, comparison) in self.jobs.iter_mut().zip(compared.jobs) {
            job.comparison = comparison;
            job.verdict = job_verdict(job);
        }
    }

    /// With the figures of what was measured beside the runs since it was made.
    #[must_use]
    pub fn with_samples(self, observations: &Observations) -> Self {
        Self { kpis: kpis(observations), ..self }
    }
}

fn kpis(observations: &Observations) -> PerSide<figures::kpi::KpiFigures> {
    PerSide::of(|side| figures::kpi::figures(&observations.get(side).samples))
}

/// What the figures are made of.
struct Inputs<'a> {
    observations: &'a Observations,
    settings: &'a AnalysisSettings,
}

impl Inputs<'_> {
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
            sums.baseline.add(self.observations.baseline.job(name), &kept.baseline);
            sums.stagger.add(self.observations.stagger.job(name), &kept.stagger);
            reports.push(report);
        }
        (reports, sums)
    }

    /// The report of a job, and how it kept to its plan.
    fn job(&self, name: &str, plan: Option<&JobPlan>) -> (JobReport, PerSide<Adherence>) {
        let (baseline, kept_before) = self.job_window(name, plan, Side::Baseline);
        let (stagger, kept_after) = self.job_window(name, plan, Side::Stagger);
        let schedule = plan.and_then(|plan| plan.schedule.as_ref());
        let slow_start = slow_start(self.observations, name, baseline.inflation);
        let report = JobReport {
            name: name.to_owned(),
            was: plan.and_then(|plan| plan.was.clone()),
            schedule: schedule.map(|schedule| schedule.expression().to_owned()),
            offset_s: schedule.map(|schedule| schedule.offset().us() / SECOND_US),
            enabled: plan.map(|plan| plan.enabled),
            note: plan.and_then(|plan| plan.note.clone()),
            min_runs: self.settings.least_runs(plan, &metric::MEDIAN_DURATION),
            recorded_schedules: self.recorded_schedules(name),
            verdict: JobVerdict::default(),
            baseline,
            stagger,
            comparison: Comparisons::default(),
            silences: Vec::new(),
            slow_start,
        };
        (report, PerSide { baseline: kept_before, stagger: kept_after })
    }

    fn job_window(&self, name: &str, plan: Option<&JobPlan>, side: Side) -> (JobWindow, Adherence) {
        let seen = self.observations.get(side).job(name);
        let kept = Adherence::of(plan, seen, self.observations.windows.get(side), side, self.settings);
        (JobWindow::of(seen.unwrap_or(&JobObservations::default()), &kept), kept)
    }

    /// What the scheduler recorded of the job in both windows, most frequent first.
    fn recorded_schedules(&self, name: &str) -> Vec<RecordedSchedule> {
        let mut both = JobObservations::default();
        for side in Side::BOTH {
            if let Some(seen) = self.observations.get(side).job(name) {
                let schedules = seen.schedules.clone();
                both.merge(&JobObservations { schedules, ..JobObservations::default() }, &[]);
            }
        }
        both.schedules.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.cmp(b)));
        both.schedules
    }

    fn totals(&self, sums: &PerSide<Sums>) -> Totals {
        let window =
            |side| sums.get(side).totals(self.observations.get(side), self.observations.windows.get(side));
        Totals { baseline: window(Side::Baseline), stagger: window(Side::Stagger), ..Totals::default() }
    }
}
