//! The durations of a job, before against after: median, mean and 95th percentile.

use std::sync::Arc;

use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::enough::{self, LEAST_EFFECTIVE, Size, Stop};
use crate::analysis::comparison::verdict::outlook::{self, FurtherRuns};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::trial::{Doubt, Doubted, Evidence, Ranks, Standing, Trial};
use crate::analysis::metric::{self, DurationFigure, Metric, Test, Value};
use crate::analysis::statistics::cells::Cells;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::mann_whitney::Ordering;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::analysis::statistics::mover::{self, Estimate};
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::analysis::statistics::welch::{self, MeanDifference, Moments};
use crate::analysis::statistics::{TAIL, dependence, hodges_lehmann, order_statistics, tail};
use crate::observation::{DurationTable, JobObservations, LagSums};
use crate::window::PerSide;

/// Fewest independent runs for the interval of a 95th percentile.
const LEAST_FOR_P95: f64 = 72.0;

/// Fewest independent runs per window for the finding that nothing changed: with fewer, a mode that holds a
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

/// Compares the durations of one job: a trial of each tested duration by its own test (rank test and shift,
/// Welch, tail), figures in milliseconds.
///
/// The margin of each is 5 % of its own baseline value, and at least 1 ms.
pub fn compare_durations(baseline: &Sample, stagger: &Sample, rule: &Rule) -> Vec<Trial> {
    compare_matched(baseline, stagger, rule, None)
}

/// The same; the ranks with the variance that pairs of the same time of day show, where there are any.
pub(in crate::analysis) fn compare_matched(
    baseline: &Sample,
    stagger: &Sample,
    rule: &Rule,
    matched: Option<MatchedPairs>,
) -> Vec<Trial> {
    let pair = Pair::of(baseline, stagger);
    let matched = matched.map(|matched| pair.at_the_same_hours(matched));
    let of_ranks = matched.as_ref().unwrap_or(&pair);
    let stops: Vec<(&'static Metric, Option<Stop>)> = Metric::tested_durations()
        .map(|metric| (metric, enough::stop(metric, &pair.sizes, LEAST_EFFECTIVE, rule)))
        .collect();
    let any = stops.iter().any(|(_, stop)| stop.is_none());
    let tested = any.then(|| Tested::of(&pair, rule)).flatten();
    let trial = |(metric, stop): (&'static Metric, Option<Stop>)| match (stop, tested, metric.test()) {
        (Some(stop), ..) => pair.stopped(metric, stop),
        (None, Some(tested), Some(Test::Ranks)) => Tested { pair: of_ranks, ..tested }.median(metric),
        (None, Some(tested), Some(Test::Means)) => tested.mean(metric),
        (None, Some(tested), Some(Test::Tail)) => tested.tail(metric),
        (None, ..) => pair.stopped(metric, UNTESTABLE),
    };
    stops.into_iter().map(trial).collect()
}

/// What no test of durations fits.
const UNTESTABLE: Stop =
    Stop::Untestable(ComparisonVerdict::Inconclusive, "the durations do not allow a test");

/// Both samples, ready for counting.
#[derive(Clone)]
struct Pair {
    before: Cells,
    after: Cells,
    sizes: PerSide<Size>,
    /// The larger of both sides.
    inflation: f64,
    /// Whether the dependence of both sides was measured.
    measured: bool,
    /// What pairs of the same time of day say of the ranks.
    matched: Option<MatchedPairs>,
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
            matched: None,
            whole_seconds: baseline.whole_seconds || stagger.whole_seconds,
            before,
            after,
            sizes,
        }
    }

    /// Value before and after, ms.
    fn values(&self, metric: &Metric) -> PerSide<Option<f64>> {
        let value = |cells: &Cells| match metric.value {
            Value::Duration { figure: DurationFigure::Quantile(percentile), .. } => {
                quantile::estimate(cells, percentile)
            }
            _ => cells.mean(),
        };
        PerSide { baseline: &self.before, stagger: &self.after }
            .map(|cells| value(cells).map(|us| us / US_PER_MS))
    }

    fn trial(&self, metric: &'static Metric, standing: Standing) -> Trial {
        Trial {
            metric,
            values: self.values(metric),
            ranks: None,
            interval: None,
            inflation: self.measured.then_some(self.inflation),
            matched: self.matched,
            ordinary: None,
            standing,
        }
    }

    fn stopped(&self, metric: &'static Metric, stop: Stop) -> Trial {
        self.trial(metric, Standing::Stopped(stop))
    }

    /// The fewer independent runs of the two sides.
    fn effective(&self) -> f64 {
        self.sizes.baseline.effective().min(self.sizes.stagger.effective())
    }

    /// With the variance of ranks that pairs of the same time of day show.
    fn at_the_same_hours(&self, matched: MatchedPairs) -> Self {
        let sizes = self.sizes.map(|size| Size { inflation: matched.inflation, ..size });
        let inflation = matched.variance_of_interval();
        Self { sizes, inflation, matched: Some(matched), ..self.clone() }
    }

    fn p_of_ranks(&self, ordering: &Ordering) -> f64 {
        match self.matched {
            Some(matched) => matched.p_value(ordering.deviations(matched.variance)),
            None => ordering.p_value(self.inflation),
        }
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
#[derive(Clone, Copy)]
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

    fn median(&self, metric: &'static Metric) -> Trial {
        let pair = self.pair;
        let Some(shift) = hodges_lehmann::shift(&pair.before, &pair.after, &self.ordering, pair.inflation)
        else {
            return pair.stopped(metric, UNTESTABLE);
        };
        let values = pair.values(metric);
        let margin = self.rule.duration_margin_ms(metric, values.baseline.unwrap_or_default());
        let (estimate, interval) = (shift.estimate / US_PER_MS, shift.interval.map(|us| us / US_PER_MS));
        let doubt =
            self.doubt(margin).or_else(|| self.doubt_of_ranks(change_of(values).unwrap_or_default(), margin));
        let p = pair.p_of_ranks(&self.ordering);
        let evidence = self.evidence(metric, estimate, interval, p, doubt);
        let probability_faster = self.ordering.probability_faster();
        Trial {
            ranks: Some(Ranks { shift: estimate, interval, probability_faster }),
            interval: pair
                .quantile_interval(Percentile::MEDIAN)
                .map(|interval| interval.map(|us| us / US_PER_MS)),
            ..pair.trial(metric, evidence)
        }
    }

    fn mean(&self, metric: &'static Metric) -> Trial {
        let interval = self.mean.interval.map(|us| us / US_PER_MS);
        let baseline = self.pair.values(metric).baseline.unwrap_or_default();
        let doubt = self.doubt(self.rule.duration_margin_ms(metric, baseline));
        let estimate = self.mean.estimate / US_PER_MS;
        let evidence = self.evidence(metric, estimate, interval, self.mean.p, doubt);
        Trial { interval: Some(interval), ..self.pair.trial(metric, evidence) }
    }

    fn tail(&self, metric: &'static Metric) -> Trial {
        if let Some(stop) = enough::stop(metric, &self.pair.sizes, LEAST_FOR_P95, self.rule) {
            return self.pair.stopped(metric, stop);
        }
        let (Some((p, interval)), Some(change)) = (self.tail, change_of(self.pair.values(metric))) else {
            return self.pair.stopped(metric, UNTESTABLE);
        };
        let interval = interval.map(|us| us / US_PER_MS);
        let evidence = self.evidence(metric, change, interval, p, self.doubt_of_mean());
        Trial { interval: Some(interval), ..self.pair.trial(metric, evidence) }
    }

    fn evidence(
        &self,
        metric: &'static Metric,
        estimate: f64,
        interval: Interval,
        p: f64,
        doubt: Option<Doubt>,
    ) -> Standing {
        let baseline = self.pair.values(metric).baseline.unwrap_or_default();
        Standing::Tested(Arc::new(Evidence {
            estimate,
            interval,
            margin: self.rule.duration_margin_ms(metric, baseline),
            p,
            informative: !self.pair.is_constant(),
            runs: self.pair.runs(),
            doubt,
            unit: ChangeUnit::of_duration(baseline),
            outlook: self.rule.outlook,
        }))
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
        let stagger_alone = (baseline == 0).then_some(stagger);
        Some(Doubt {
            what: Doubted::FewRuns { effective, needed: LEAST_FOR_NO_CHANGE },
            further: Some(FurtherRuns { baseline, stagger, stagger_alone }),
        })
    }

    /// What ranks hide: medians, means or tails that moved, or may have.
    fn doubt_of_ranks(&self, median_change: f64, margin: f64) -> Option<Doubt> {
        if median_change.abs() > margin {
            return Some(Doubt { what: Doubted::Medians, further: None });
        }
        self.doubt_of_mean().or_else(|| self.doubt_of_tail())
    }

    fn doubt_of_mean(&self) -> Option<Doubt> {
        let mean = self.pair.before.mean()? / US_PER_MS;
        let margin = self.rule.duration_margin_ms(&metric::MEAN_DURATION, mean);
        let interval = self.mean.interval.map(|us| us / US_PER_MS);
        if interval.within(margin) {
            return None;
        }
        let moved = self.mean.p <= 2.0 * TAIL;
        let growth = (interval.half_width() / margin).powi(2) - 1.0;
        let runs = self.pair.runs();
        let further = (!moved && growth > 0.0 && growth <= 50.0).then(|| FurtherRuns {
            baseline: outlook::ceiling(runs.baseline as f64 * growth),
            stagger: outlook::ceiling(runs.stagger as f64 * growth),
            stagger_alone: None,
        });
        let (estimate, unit) = (self.mean.estimate / US_PER_MS, ChangeUnit::of_duration(mean));
        Some(Doubt { what: Doubted::Mean { moved, estimate, interval, unit }, further })
    }

    fn doubt_of_tail(&self) -> Option<Doubt> {
        let (p, interval) = self.tail?;
        let values = self.pair.values(&metric::P95_DURATION);
        let (before, change) = (values.baseline?, change_of(values)?);
        if p > TAIL
            || !interval.excludes_zero()
            || change.abs() < self.rule.duration_margin_ms(&metric::P95_DURATION, before)
        {
            return None;
        }
        let unit = ChangeUnit::of_duration(before);
        Some(Doubt { what: Doubted::Tail { change, unit }, further: None })
    }
}

fn change_of(values: PerSide<Option<f64>>) -> Option<f64> {
    values.both().map(|PerSide { baseline, stagger }| stagger - baseline)
}
