//! Whether a change exceeds what ordinary days do: the very same comparison on earlier days, on which nothing
//! changed.

mod effect;
mod spread;
mod widen;

use std::collections::BTreeMap;

use self::effect::{Outline, effects, share_of};
use self::spread::{DaySpread, EarlierChanges, spreads};
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::per_subject::PerSubject;
use crate::analysis::comparison::verdict::trial::Trial;
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{Metric, MetricMap};
use crate::analysis::parallel;
use crate::analysis::statistics::moderation::Variance;
use crate::observation::ordinary::EarlierPair;
use crate::observation::{JobObservations, Observations};
use crate::window::{PerSide, Period};

/// What ordinary days do to each comparison.
#[derive(Debug, Default)]
pub(in crate::analysis) struct OrdinaryChanges {
    spreads: PerSubject<MetricMap<DaySpread>>,
    /// By how much the durations of each job scatter more after the change, as a ratio of variances.
    scatter: Vec<f64>,
}

/// The smallest growth of the scatter that is taken for one: less is chance.
const MORE_SCATTER: f64 = 1.5;

impl OrdinaryChanges {
    /// The changes on earlier days of every job, and of the rates of all together.
    pub(in crate::analysis) fn of(jobs: &[JobReport], bench: &Bench<'_>) -> Self {
        let observations = bench.all_observations();
        let pairs = &observations.ordinary.pairs;
        if pairs.is_empty() {
            return Self::default();
        }
        let changes = parallel::map(jobs, |_, job| changes_of(&job.name, observations, bench));
        let mut found =
            PerSubject { totals: MetricMap::default(), jobs: vec![MetricMap::default(); jobs.len()] };
        for metric in Metric::tested_durations().chain(Metric::tested_rates()) {
            let of_metric: Vec<EarlierChanges> =
                changes.iter().map(|changes| changes.get(metric).cloned().unwrap_or_default()).collect();
            for (spreads, spread) in found.jobs.iter_mut().zip(spreads(&of_metric, pairs)) {
                if let Some(spread) = spread {
                    spreads.insert(metric, spread);
                }
            }
        }
        let names: Vec<&str> = jobs.iter().map(|job| job.name.as_str()).collect();
        for metric in Metric::tested_rates() {
            let together = changes_together(metric, &names, observations);
            let spread = spreads(&[together], pairs).into_iter().flatten();
            spread.for_each(|spread| found.totals.insert(metric, spread));
        }
        let scatter = jobs.iter().map(|job| more_scatter(&bench.seen(&job.name))).collect();
        Self { spreads: found, scatter }
    }

    /// The changes of a metric of a job on earlier days, by the place of the day; empty where there were none.
    pub(in crate::analysis) fn earlier(&self, job: usize, metric: &Metric) -> Vec<(usize, f64)> {
        let spread = self.spreads.jobs.get(job).and_then(|spreads| spreads.get(metric));
        let changes = spread.map(|spread| spread.changes.changes.as_slice()).unwrap_or_default();
        changes.iter().map(|(place, effect)| (*place, effect.change)).collect()
    }

    /// The variance of the change of a metric of a job between two ordinary days, on the scale of days; `None` where
    /// there are too few.
    pub(in crate::analysis) fn between_days(&self, job: usize, metric: &Metric) -> Option<Variance> {
        let spread = self.spreads.jobs.get(job)?.get(metric)?;
        spread.changes.are_enough().then_some(spread.variance)
    }

    /// `trial` of a job by its place, or of all together, held against ordinary days.
    pub(in crate::analysis) fn hold(&self, place: Option<usize>, trial: Trial) -> Trial {
        let (spreads, scatter) = match place {
            Some(place) => (self.spreads.jobs.get(place), self.scatter.get(place)),
            None => (Some(&self.spreads.totals), None),
        };
        match spreads.and_then(|spreads| spreads.get(trial.metric)) {
            Some(spread) => widen::held(trial, spread, scatter.copied().unwrap_or(1.0)),
            None => trial,
        }
    }
}

/// How much more the logarithms of the durations of a job scatter after the change than before.
fn more_scatter(seen: &PerSide<&JobObservations>) -> f64 {
    let variance = |seen: &JobObservations| {
        let cells = &seen.durations.cells;
        let runs = seen.durations.count() as f64;
        let mean_of = |of: &dyn Fn(f64) -> f64| {
            cells.iter().map(|(us, runs)| of((*us).max(1) as f64) * *runs as f64).sum::<f64>() / runs
        };
        let mean = mean_of(&f64::ln);
        Some(mean_of(&|us: f64| (us.ln() - mean).powi(2))).filter(|variance| *variance > 0.0)
    };
    let ratio = variance(seen.baseline).zip(variance(seen.stagger)).map(|(before, after)| after / before);
    ratio.filter(|ratio| *ratio > MORE_SCATTER).unwrap_or(1.0)
}

/// The change of each metric of a job on each earlier day.
fn changes_of(job: &str, observations: &Observations, bench: &Bench<'_>) -> MetricMap<EarlierChanges> {
    let rule = bench.rule(job);
    let mut outlines: BTreeMap<Period, Outline<'_>> = BTreeMap::new();
    for pair in &observations.ordinary.pairs {
        for period in pair.periods.iter() {
            if !outlines.contains_key(period)
                && let Some(seen) = observations.seen_earlier(*period, job)
            {
                outlines.insert(*period, Outline::from(seen));
            }
        }
    }
    let mut changes: MetricMap<EarlierChanges> = MetricMap::default();
    for (place, pair) in observations.ordinary.pairs.iter().enumerate() {
        let PerSide { baseline, stagger } = pair.periods.as_ref().map(|period| outlines.get(period));
        if let (Some(before), Some(after)) = (baseline, stagger) {
            for (metric, effect) in effects(before, after, &rule).iter() {
                changes.or_default(metric).changes.push((place, *effect));
            }
        }
    }
    changes
}

/// The change of a rate of all jobs together on each earlier day.
fn changes_together(metric: &'static Metric, jobs: &[&str], observations: &Observations) -> EarlierChanges {
    let mut shares: BTreeMap<Period, (u64, u64)> = BTreeMap::new();
    let mut share = |period: Period| {
        *shares.entry(period).or_insert_with(|| {
            let seen = jobs.iter().filter_map(|job| observations.seen_earlier(period, job));
            let (hits, of) = seen
                .filter_map(|seen| share_of(metric, &seen))
                .fold((0, 0), |(hits, of), (more, runs)| (hits + more, of + runs));
            (hits, of)
        })
    };
    let pairs = observations.ordinary.pairs.iter().enumerate();
    let change = |(place, pair): (usize, &EarlierPair)| {
        Some((place, effect::difference(share(pair.periods.baseline), share(pair.periods.stagger), 1)?))
    };
    EarlierChanges { changes: pairs.filter_map(change).collect() }
}
