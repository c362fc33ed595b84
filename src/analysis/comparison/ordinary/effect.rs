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

/// The change of each tested metric from `before` to `after`, where both hold the runs that a verdict needs.
pub(super) fn effects(before: &Outline<'_>, after: &Outline<'_>, rule: &Rule) -> MetricMap<f64> {
    let effect = |metric: &'static Metric| {
        let least = rule.min_runs.of(metric).unwrap_or(1).max(1);
        let effect = match metric.test()? {
            Test::Shares => of_share(metric, &before.seen, &after.seen, least),
            test => {
                let enough = before.cells.count().min(after.cells.count()) >= least;
                enough.then(|| of_durations(metric, test, &before.cells, &after.cells)).flatten()
            }
        };
        effect.filter(|effect| effect.is_finite()).map(|effect| (metric, effect))
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

fn of_share(metric: &Metric, before: &HalfObservations, after: &HalfObservations, least: u64) -> Option<f64> {
    let value = |seen: &HalfObservations| {
        let (hits, of) = share_of(metric, seen)?;
        difference_of(hits, of, least)
    };
    Some(value(after)? - value(before)?)
}

pub(super) fn difference_of(hits: u64, of: u64, least: u64) -> Option<f64> {
    (of >= least.max(1)).then(|| hits as f64 / of as f64)
}
