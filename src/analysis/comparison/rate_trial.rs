//! A rate of a job, before against after.

use std::sync::Arc;

use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::enough::{self, LEAST_EFFECTIVE, Size, Stop};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::comparison::verdict::trial::{Evidence, Standing, Trial};
use crate::analysis::metric::{Better, Metric};
use crate::analysis::statistics::dependence;
use crate::analysis::statistics::newcombe::{self, ObservedShare};
use crate::analysis::statistics::tail;
use crate::observation::LagSums;
use crate::window::PerSide;

/// Runs that count in a rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// Runs in the numerator.
    pub hits: u64,
    /// Runs in the denominator.
    pub of: u64,
    /// The variance inflation of the 0/1 outcomes in their order, at least 1; `None` where it was not
    /// measured, and then the test takes the runs as independent and the reason says so.
    pub inflation: Option<f64>,
}

impl Proportion {
    /// `hits` of `of` runs whose outcomes resemble their predecessors as `lag` tells.
    pub fn new(hits: u64, of: u64, lag: Option<&LagSums>) -> Self {
        Self { hits, of, inflation: lag.map(dependence::inflation_of_outcomes) }
    }

    /// Several jobs together. Their outcomes are taken as independent of each other, so that the variances
    /// of their hits add up; `None` for an inflation where that of a job with runs is missing.
    pub fn together(jobs: &[Self]) -> Self {
        let (hits, of) = jobs.iter().fold((0, 0), |(hits, of), job| (hits + job.hits, of + job.of));
        let variance = |job: &Self| job.hits as f64 * (1.0 - job.value().unwrap_or_default());
        let plain: f64 = jobs.iter().map(variance).sum();
        let inflated = jobs
            .iter()
            .filter(|job| job.of > 0)
            .map(|job| job.inflation.map(|inflation| inflation * variance(job)))
            .sum::<Option<f64>>();
        let inflation = inflated.map(|inflated| if plain > 0.0 { (inflated / plain).max(1.0) } else { 1.0 });
        Self { hits, of, inflation }
    }

    /// The share; `None` of no runs.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.hits as f64 / self.of as f64)
    }

    fn size(self) -> Size {
        Size { runs: self.of, inflation: self.inflation.unwrap_or(1.0) }
    }
}

/// Compares a rate of one job (`completion_rate`, `failure_rate`, `on_time_rate`); figures are fractions.
pub fn compare_rates(
    metric: &'static Metric,
    baseline: Proportion,
    stagger: Proportion,
    rule: &Rule,
) -> Trial {
    let sizes = PerSide { baseline: baseline.size(), stagger: stagger.size() };
    let stopped = enough::stop(metric, &sizes, LEAST_EFFECTIVE, rule).map(Standing::Stopped);
    let tested = || test(metric, baseline, stagger, &sizes, rule);
    let standing = stopped.or_else(|| tested().map(|evidence| Standing::Tested(Arc::new(evidence))));
    let measured = baseline.inflation.is_some() && stagger.inflation.is_some();
    Trial {
        metric,
        values: PerSide { baseline: baseline.value(), stagger: stagger.value() },
        ranks: None,
        interval: match &standing {
            Some(Standing::Tested(evidence)) => Some(evidence.interval),
            _ => None,
        },
        inflation: measured.then_some(sizes.baseline.inflation.max(sizes.stagger.inflation)),
        matched: None,
        ordinary: None,
        standing: standing.unwrap_or(Standing::Stopped(UNTESTABLE)),
    }
}

/// What no test of rates fits.
const UNTESTABLE: Stop = Stop::Untestable(ComparisonVerdict::NotMeasured, "the counts do not make a rate");

fn test(
    metric: &'static Metric,
    baseline: Proportion,
    stagger: Proportion,
    sizes: &PerSide<Size>,
    rule: &Rule,
) -> Option<Evidence> {
    let inflation = sizes.baseline.inflation.max(sizes.stagger.inflation);
    let (before, after) = (baseline.value()?, stagger.value()?);
    let share = |value: f64, runs: u64| ObservedShare { value, of: runs as f64 / inflation };
    let interval = newcombe::interval(share(before, baseline.of), share(after, stagger.of))?;
    let hits = baseline.hits + stagger.hits;
    let failing = if metric.better == Some(Better::Lower) { before } else { 1.0 - before };
    Some(Evidence {
        estimate: after - before,
        interval,
        margin: rule.rate_margin(metric, failing),
        p: tail::two_shares((baseline.hits, baseline.of), (stagger.hits, stagger.of), inflation),
        informative: hits > 0 && hits < baseline.of + stagger.of,
        runs: PerSide { baseline: baseline.of, stagger: stagger.of },
        doubt: None,
        unit: ChangeUnit::Points,
        outlook: rule.outlook,
    })
}
