//! The tests of all jobs, in one family, and what they are judged by.

use std::collections::BTreeMap;

use crate::analysis::comparison::duration_trial::{Sample, compare_durations};
use crate::analysis::comparison::family::{Family, JudgedByMetric};
use crate::analysis::comparison::ordinary::OrdinaryChanges;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::verdict::outlook::{Coming, Earlier, Outlook};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::trial::Trial;
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
    ordinary: &OrdinaryChanges,
) -> PerSubject<JudgedByMetric> {
    let mut family = Family::with_capacity((jobs.len() + 1) * Metric::tested().count());
    let mut add = |place: Option<usize>, trial: Trial| family.add(place, ordinary.hold(place, trial));
    let mut totals: BTreeMap<&'static Metric, PerSide<Vec<Proportion>>> = BTreeMap::new();
    let durations = parallel::map(jobs, |_, job| {
        let seen = bench.seen(&job.name);
        compare_durations(&Sample::of(seen.baseline), &Sample::of(seen.stagger), &bench.rule(&job.name))
    });
    for (place, (job, trials)) in jobs.iter().zip(durations).enumerate() {
        let (seen, rule) = (bench.seen(&job.name), bench.rule(&job.name));
        for trial in trials {
            add(Some(place), trial);
        }
        for (metric, sides) in rates(job, &seen) {
            add(Some(place), compare_rates(metric, sides.baseline, sides.stagger, &rule));
            let all = totals.entry(metric).or_default();
            all.baseline.push(sides.baseline);
            all.stagger.push(sides.stagger);
        }
    }
    for (metric, sides) in totals {
        add(None, bench.together(metric, &sides));
    }
    let nothing = JudgedByMetric::default;
    let mut judged = PerSubject { totals: nothing(), jobs: vec![nothing(); jobs.len()] };
    for (place, found) in family.verdicts() {
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

    /// What was seen in both, and on earlier days.
    pub(in crate::analysis) fn all_observations(&self) -> &'a Observations {
        self.observations
    }

    /// What figures of all jobs together are judged by.
    pub(in crate::analysis) fn common_rule(&self) -> Rule {
        Rule::of(self.settings, None, self.outlook)
    }

    /// What a job is judged by.
    pub(in crate::analysis) fn rule(&self, job: &str) -> Rule {
        Rule::of(self.settings, self.plans.get(job).copied(), self.outlook)
    }

    /// Whether a job is no part of the change.
    pub(in crate::analysis) fn is_control(&self, job: &str) -> bool {
        let declared = self.plans.get(job);
        declared.map_or(self.settings.undeclared_are_controls, |plan| plan.control)
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
