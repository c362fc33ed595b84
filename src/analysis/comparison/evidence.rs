//! The tests of all jobs, in one family.

use std::collections::BTreeMap;

use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::duration_trial::{Sample, compare_matched};
use crate::analysis::comparison::family::{Family, JudgedByMetric};
use crate::analysis::comparison::ordinary::OrdinaryChanges;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::rate_counts::RateCounts;
use crate::analysis::comparison::rate_trial::{Proportion, compare_rates};
use crate::analysis::comparison::verdict::trial::Trial;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::analysis::parallel;
use crate::observation::JobObservations;
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
        let samples = bench.seen(&job.name).map(Sample::of);
        compare_matched(&samples.baseline, &samples.stagger, &bench.rule(&job.name), bench.matched(&job.name))
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
        add(None, together(metric, &sides, bench));
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

fn together(metric: &'static Metric, sides: &PerSide<Vec<Proportion>>, bench: &Bench<'_>) -> Trial {
    let rule = bench.common_rule();
    let (before, after) = (Proportion::together(&sides.baseline), Proportion::together(&sides.stagger));
    compare_rates(metric, before, after, &rule)
}

/// The rates of a job; punctuality only where a schedule says what is on time.
fn rates(job: &JobReport, seen: &PerSide<&JobObservations>) -> Vec<(&'static Metric, PerSide<Proportion>)> {
    let both = |metric: &'static Metric| {
        let counts = |side: Side| Some(RateCounts::of(metric, job.get(side), seen.get(side))?.whole());
        Some((metric, PerSide::of(counts).both()?))
    };
    Metric::tested_rates().filter_map(both).collect()
}
