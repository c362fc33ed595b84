//! The change of a metric between two stretches of time, on the scale on which days add to it: the logarithm of
//! the ratio for durations, the difference for rates.

use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::metric::{DurationFigure, Metric, MetricMap, Test, Value};
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::hodges_lehmann;
use crate::analysis::statistics::mann_whitney::Ordering;
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::observation::HalfObservations;

/// What was seen of a job in a stretch, ready for comparing.
pub(super) struct Outline<'a> {
    seen: std::borrow::Cow<'a, HalfObservations>,
    cells: Cells,
}

impl<'a> From<std::borrow::Cow<'a, HalfObservations>> for Outline<'a> {
    fn from(seen: std::borrow::Cow<'a, HalfObservations>) -> Self {
        Self { cells: Cells::from(&seen.durations), seen }
    }
}

/// A change between two stretches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Effect {
    pub(super) change: f64,
    /// The sum of one over the runs of each: what the variance of the change grows with.
    pub(super) thinness: f64,
}

/// What the variance of a change grows with.
pub(super) fn thinness(before: u64, after: u64) -> f64 {
    1.0 / before.max(1) as f64 + 1.0 / after.max(1) as f64
}

/// The change of each tested metric from `before` to `after`, where both hold the runs that a verdict needs.
pub(super) fn effects(before: &Outline<'_>, after: &Outline<'_>, rule: &Rule) -> MetricMap<Effect> {
    let effect = |metric: &'static Metric| {
        let least = rule.min_runs.of(metric).unwrap_or(1).max(1);
        let effect = match metric.test()? {
            Test::Shares => of_share(metric, &before.seen, &after.seen, least),
            test => {
                let (runs, then) = (before.cells.count(), after.cells.count());
                let change = || of_durations(metric, test, &before.cells, &after.cells);
                let change = (runs.min(then) >= least).then(change).flatten();
                change.map(|change| Effect { change, thinness: thinness(runs, then) })
            }
        };
        effect.filter(|effect| effect.change.is_finite()).map(|effect| (metric, effect))
    };
    Metric::tested_durations().chain(Metric::tested_rates()).filter_map(effect).collect()
}

fn of_durations(metric: &Metric, test: Test, before: &Cells, after: &Cells) -> Option<f64> {
    let ratio = match (test, &metric.value) {
        (Test::Ranks, _) => {
            let median = quantile::estimate(before, Percentile::MEDIAN)?;
            let ordering = Ordering::of(before, after)?;
            let shift = hodges_lehmann::shift(before, after, &ordering, 1.0)?.estimate;
            (median + shift) / median
        }
        (_, Value::Duration { figure: DurationFigure::Quantile(percentile), .. }) => {
            quantile::estimate(after, *percentile)? / quantile::estimate(before, *percentile)?
        }
        _ => after.mean()? / before.mean()?,
    };
    (ratio > 0.0).then(|| ratio.ln())
}

/// The share that counts in a rate; of the counts of a stretch, as of those of half a window.
pub(super) fn share_of(metric: &Metric, seen: &HalfObservations) -> Option<(u64, u64)> {
    (metric.share()?.half)(seen)
}

fn of_share(
    metric: &Metric,
    before: &HalfObservations,
    after: &HalfObservations,
    least: u64,
) -> Option<Effect> {
    difference(share_of(metric, before)?, share_of(metric, after)?, least)
}

/// The difference of two shares, each of at least so many runs.
pub(super) fn difference(before: (u64, u64), after: (u64, u64), least: u64) -> Option<Effect> {
    let value = |(hits, of): (u64, u64)| (of >= least.max(1)).then(|| hits as f64 / of as f64);
    Some(Effect { change: value(after)? - value(before)?, thinness: thinness(before.1, after.1) })
}
