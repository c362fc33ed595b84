//! The durations of a job, before against after: median, mean and 95th percentile.

use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::verdict::enough::{self, LEAST_EFFECTIVE, Size};
use crate::analysis::comparison::verdict::outlook::{self, FurtherRuns};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::wording::{Unit, significant};
use crate::analysis::comparison::verdict::{Doubt, Evidence, Standing, Trial};
use crate::analysis::metric::{self, Metric, Test};
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::mann_whitney::Ordering;
use crate::analysis::statistics::mover::{self, Estimate};
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::analysis::statistics::welch::{self, MeanDifference, Moments};
use crate::analysis::statistics::{TAIL, dependence, hodges_lehmann, order_statistics, tail};
use crate::observation::{DurationTable, JobObservations, LagSums};
use crate::window::PerSide;

/// Fewest independent runs for the interval of a 95th percentile.
const LEAST_FOR_P95: f64 = 72.0;

/// Fewest independent runs a side for the finding that nothing changed: with fewer, a mode that holds a
/// tenth of the runs is missed with a probability above 5 % (0.9²⁹ = 4.7 %).
const LEAST_FOR_NO_CHANGE: f64 = 29.0;

const US_PER_MS: f64 = 1_000.0;

/// The durations of one job in one window.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Their frequency table.
    pub durations: &'a DurationTable,
    /// How they resemble their predecessors; `None` where that was not measured, and then the tests
    /// take the runs as independent and the reason says so.
    pub lag: Option<&'a LagSums>,
    /// Whether the source records whole seconds only, so that equal durations need not be equal.
    pub whole_seconds: bool,
}

impl<'a> Sample<'a> {
    /// The durations of what was seen of a job.
    pub fn of(seen: &'a JobObservations) -> Self {
        let started = seen.outcomes.started();
        Self {
            durations: &seen.durations,
            lag: seen.dependence.durations.as_ref(),
            whole_seconds: started > 0 && seen.anomalies.whole_seconds == started,
        }
    }

    /// A sample with times finer than seconds.
    pub fn new(durations: &'a DurationTable, lag: Option<&'a LagSums>) -> Self {
        Self { durations, lag, whole_seconds: false }
    }
}

/// Compares the durations of one job: trials of `median_duration` (rank test and shift), `mean_duration`
/// (Welch) and `p95_duration` (tail), figures in milliseconds.
///
/// The margin of each is 5 % of its own baseline value, and at least 1 ms.
pub fn compare_durations(baseline: &Sample, stagger: &Sample, rule: &Rule) -> [Trial; 3] {
    let pair = Pair::of(baseline, stagger);
    let trial = |metric: &'static Metric, comparison: Comparison, standing: Standing| Trial {
        metric,
        comparison,
        inflation: pair.measured.then_some(pair.inflation),
        standing,
    };
    let figures = [&metric::MEDIAN_DURATION, &metric::MEAN_DURATION, &metric::P95_DURATION]
        .map(|metric| (metric, pair.figures(metric)));
    let stopped = |metric| enough::stop(metric, &pair.sizes, LEAST_EFFECTIVE, rule);
    let any = figures.iter().any(|(metric, _)| stopped(*metric).is_none());
    let tested = any.then(|| Tested::of(&pair, rule)).flatten();
    figures.map(|(metric, comparison)| {
        let (comparison, standing) = match (stopped(metric), &tested) {
            (Some(standing), _) => (comparison, standing),
            (None, None) => (comparison, pair.stop(metric, LEAST_EFFECTIVE, rule)),
            (None, Some(tested)) => match metric.test() {
                Some(Test::Means) => tested.mean(comparison),
                Some(Test::Tail) => tested.tail(comparison),
                _ => tested.median(comparison),
            },
        };
        trial(metric, comparison, standing)
    })
}

/// Both samples, ready for counting.
struct Pair {
    before: Cells,
    after: Cells,
    sizes: PerSide<Size>,
    /// The larger of both sides.
    inflation: f64,
    /// Whether the dependence of both sides was measured.
    measured: bool,
    whole_seconds: bool,
}

impl Pair {
    fn of(baseline: &Sample, stagger: &Sample) -> Self {
        let (before, after) = (Cells::from(baseline.durations), Cells::from(stagger.durations));
        let size = |cells: &Cells, lag: Option<&LagSums>| Size {
            runs: cells.count(),
            inflation: lag.map_or(1.0, dependence::inflation),
        };
        let sizes = PerSide { baseline: size(&before, baseline.lag), stagger: size(&after, stagger.lag) };
        Self {
            inflation: sizes.baseline.inflation.max(sizes.stagger.inflation),
            measured: baseline.lag.is_some() && stagger.lag.is_some(),
            whole_seconds: baseline.whole_seconds || stagger.whole_seconds,
            before,
            after,
            sizes,
        }
    }

    /// Value before and after with change and relative change, ms.
    fn figures(&self, metric: &'static Metric) -> Comparison {
        let value = |cells: &Cells| match metric.test() {
            Some(Test::Means) => cells.mean(),
            Some(Test::Tail) => quantile::estimate(cells, Percentile::P95),
            _ => quantile::estimate(cells, Percentile::MEDIAN),
        };
        let ms = |cells: &Cells| value(cells).map(|us| us / US_PER_MS);
        let (before, after) = (ms(&self.before), ms(&self.after));
        let change = before.zip(after).map(|(before, after)| after - before);
        let relative =
            change.zip(before).filter(|(_, before)| *before > 0.0).map(|(change, before)| change / before);
        Comparison {
            baseline: before,
            stagger: after,
            change,
            relative_change: relative,
            ..Comparison::default()
        }
    }

    fn stop(&self, metric: &'static Metric, least: f64, rule: &Rule) -> Standing {
        enough::stop(metric, &self.sizes, least, rule).unwrap_or_else(|| Standing::Stopped {
            verdict: crate::analysis::comparison::ComparisonVerdict::Inconclusive,
            reason: "the durations do not allow a test".to_owned(),
            further: None,
        })
    }

    /// The fewer independent runs of the two sides.
    fn effective(&self) -> f64 {
        self.sizes.baseline.effective().min(self.sizes.stagger.effective())
    }

    fn runs(&self) -> PerSide<u64> {
        PerSide { baseline: self.sizes.baseline.runs, stagger: self.sizes.stagger.runs }
    }

    /// Whether every run of both sides shares one cell.
    fn is_constant(&self) -> bool {
        self.before.is_constant() && self.before.values() == self.after.values()
    }

    /// The interval of the change of a quantile, µs: baseline times the interval of the ratio less 1,
    /// or of the plain difference where a value is 0.
    fn quantile_interval(&self, percentile: Percentile) -> Option<Interval> {
        let side = |cells: &Cells, inflation: f64| {
            let value = quantile::estimate(cells, percentile)?;
            let interval = order_statistics::interval(cells, percentile, inflation)?;
            // the extremes are exact and may lie within the cell of a limit
            let interval = Interval { low: interval.low.min(value), high: interval.high.max(value) };
            Some(Estimate { value, interval })
        };
        let before = side(&self.before, self.sizes.baseline.inflation)?;
        let after = side(&self.after, self.sizes.stagger.inflation)?;
        let by_ratio =
            mover::ratio(before, after).map(|ratio| ratio.map(|ratio| before.value * (ratio - 1.0)));
        Some(by_ratio.unwrap_or_else(|| mover::difference(before, after)))
    }

    fn mean_difference(&self) -> Option<MeanDifference> {
        let side = |cells: &Cells| {
            Some(Moments {
                runs: cells.count() as f64 / self.inflation,
                mean: cells.mean()?,
                variance: cells.variance()? + cells.rounding_variance(),
            })
        };
        welch::difference(side(&self.before)?, side(&self.after)?)
    }
}

/// A pair that rule 0 lets pass, with what all three trials need.
struct Tested<'a> {
    pair: &'a Pair,
    rule: &'a Rule,
    ordering: Ordering,
    mean: MeanDifference,
    tail: Option<(f64, Interval)>,
}

impl<'a> Tested<'a> {
    fn of(pair: &'a Pair, rule: &'a Rule) -> Option<Self> {
        let ordering = Ordering::of(&pair.before, &pair.after)?;
        let tail = tail::p_value(&pair.before, &pair.after, pair.inflation)
            .zip(pair.quantile_interval(Percentile::P95));
        Some(Self { pair, rule, ordering, mean: pair.mean_difference()?, tail })
    }

    fn median(&self, mut comparison: Comparison) -> (Comparison, Standing) {
        let pair = self.pair;
        let Some(shift) = hodges_lehmann::shift(&pair.before, &pair.after, &self.ordering, pair.inflation)
        else {
            let standing = pair.stop(&metric::MEDIAN_DURATION, LEAST_EFFECTIVE, self.rule);
            return (comparison, standing);
        };
        let median = comparison.baseline.unwrap_or_default();
        let (estimate, interval) = (shift.estimate / US_PER_MS, shift.interval.map(|us| us / US_PER_MS));
        comparison.shift = Some(estimate);
        comparison.shift_relative = (median > 0.0).then(|| estimate / median);
        comparison.shift_interval = Some(interval.to_array());
        comparison.interval = pair
            .quantile_interval(Percentile::MEDIAN)
            .map(|interval| interval.map(|us| us / US_PER_MS).to_array());
        comparison.probability_faster = Some(self.ordering.probability_faster());
        let margin = self.rule.duration_margin_ms(&metric::MEDIAN_DURATION, median);
        let doubt =
            self.doubt(margin).or_else(|| self.doubt_of_ranks(comparison.change.unwrap_or_default(), margin));
        let p = self.ordering.p_value(pair.inflation);
        self.stand(&metric::MEDIAN_DURATION, comparison, estimate, interval, p, doubt)
    }

    fn mean(&self, mut comparison: Comparison) -> (Comparison, Standing) {
        let interval = self.mean.interval.map(|us| us / US_PER_MS);
        comparison.interval = Some(interval.to_array());
        let doubt = self.doubt(
            self.rule.duration_margin_ms(&metric::MEAN_DURATION, comparison.baseline.unwrap_or_default()),
        );
        let estimate = self.mean.estimate / US_PER_MS;
        self.stand(&metric::MEAN_DURATION, comparison, estimate, interval, self.mean.p, doubt)
    }

    fn tail(&self, mut comparison: Comparison) -> (Comparison, Standing) {
        let stopped = enough::stop(&metric::P95_DURATION, &self.pair.sizes, LEAST_FOR_P95, self.rule);
        let (Some((p, interval)), Some(change), None) = (self.tail, comparison.change, &stopped) else {
            let standing =
                stopped.unwrap_or_else(|| self.pair.stop(&metric::P95_DURATION, LEAST_FOR_P95, self.rule));
            return (comparison, standing);
        };
        let interval = interval.map(|us| us / US_PER_MS);
        comparison.interval = Some(interval.to_array());
        let doubt = self.doubt_of_mean("the 95th percentile lies within the margin, but");
        self.stand(&metric::P95_DURATION, comparison, change, interval, p, doubt)
    }

    fn stand(
        &self,
        metric: &'static Metric,
        mut comparison: Comparison,
        estimate: f64,
        interval: Interval,
        p: f64,
        doubt: Option<Doubt>,
    ) -> (Comparison, Standing) {
        let baseline = comparison.baseline.unwrap_or_default();
        comparison.p = Some(p);
        let evidence = Evidence {
            estimate,
            interval,
            margin: self.rule.duration_margin_ms(metric, baseline),
            p,
            informative: !self.pair.is_constant(),
            runs: self.pair.runs(),
            doubt,
            unit: Unit::of_duration(baseline),
            outlook: self.rule.outlook,
        };
        (comparison, Standing::Tested(Box::new(evidence)))
    }

    /// Too few runs to see a second mode. A job whose runs all took equally long has none, unless its
    /// times are too coarse to tell.
    fn doubt(&self, margin_ms: f64) -> Option<Doubt> {
        let told_apart = !self.pair.whole_seconds || margin_ms >= US_PER_MS;
        let effective = self.pair.effective();
        if effective >= LEAST_FOR_NO_CHANGE || (self.pair.is_constant() && told_apart) {
            return None;
        }
        let lacking =
            |size: Size| outlook::ceiling(LEAST_FOR_NO_CHANGE * size.inflation).saturating_sub(size.runs);
        let (baseline, stagger) = (lacking(self.pair.sizes.baseline), lacking(self.pair.sizes.stagger));
        let reason = format!(
            "the interval lies within the margin, but {} independent runs a side, fewer than {}, can miss a slow mode",
            significant(effective.floor()),
            significant(LEAST_FOR_NO_CHANGE)
        );
        let stagger_alone = (baseline == 0).then_some(stagger);
        Some(Doubt { reason, further: Some(FurtherRuns { baseline, stagger, stagger_alone }) })
    }

    /// What ranks hide: medians, means or tails that moved, or may have.
    fn doubt_of_ranks(&self, median_change: f64, margin: f64) -> Option<Doubt> {
        let typical = "the shift lies within the margin, but";
        if median_change.abs() > margin {
            let reason = format!(
                "{typical} the medians differ by more: two modes, or coarse times, hide a change from ranks"
            );
            return Some(Doubt { reason, further: None });
        }
        self.doubt_of_mean(typical).or_else(|| self.doubt_of_tail(typical))
    }

    fn doubt_of_mean(&self, typical: &str) -> Option<Doubt> {
        let mean = self.pair.before.mean()? / US_PER_MS;
        let margin = self.rule.duration_margin_ms(&metric::MEAN_DURATION, mean);
        let interval = self.mean.interval.map(|us| us / US_PER_MS);
        if interval.within(margin) {
            return None;
        }
        let (unit, moved) = (Unit::of_duration(mean), self.mean.p <= 2.0 * TAIL);
        let verb = if moved { "the mean moved" } else { "the mean may have moved" };
        let reason = format!(
            "{typical} {verb} by {} ({}): two modes, rare long runs, or coarse times, hide a change from ranks",
            unit.change(self.mean.estimate / US_PER_MS),
            unit.interval(interval)
        );
        let growth = (interval.half_width() / margin).powi(2) - 1.0;
        let runs = self.pair.runs();
        let further = (!moved && growth > 0.0 && growth <= 50.0).then(|| FurtherRuns {
            baseline: outlook::ceiling(runs.baseline as f64 * growth),
            stagger: outlook::ceiling(runs.stagger as f64 * growth),
            stagger_alone: None,
        });
        Some(Doubt { reason, further })
    }

    fn doubt_of_tail(&self, typical: &str) -> Option<Doubt> {
        let (p, interval) = self.tail?;
        let change = self.pair.figures(&metric::P95_DURATION);
        let (before, change) = (change.baseline?, change.change?);
        if p > TAIL
            || !interval.excludes_zero()
            || change.abs() < self.rule.duration_margin_ms(&metric::P95_DURATION, before)
        {
            return None;
        }
        let moved = Unit::of_duration(before).change(change);
        Some(Doubt {
            reason: format!("{typical} the slowest runs moved (95th percentile {moved})"),
            further: None,
        })
    }
}
