//! A trial held against ordinary days.
//!
//! Days say how far apart two of them are whatever the reason: the number of runs, how they resemble each other, a
//! season that both have, and days that are slow from morning to night. For the ranks, whose shift is close to
//! normal, their error takes the place of that of the runs, which cannot tell a season from dependence. Means, tails
//! and rates of rare failures are not close to normal: there p and the intervals are those of the larger error.

use std::sync::Arc;

use super::effect::thinness;
use super::spread::DaySpread;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::scale::Scale;
use crate::analysis::comparison::verdict::FAMILY_LEVEL;
use crate::analysis::comparison::verdict::trial::{Evidence, Ranks, Standing, Trial};
use crate::analysis::metric::Test;
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::student_t;

/// The degrees of freedom beyond which Student's distribution is the normal one.
const AS_GOOD_AS_NORMAL: f64 = 1e6;

/// The error of a change between days.
struct DayError {
    p: f64,
    /// Half of a 95 % interval, on the scale of days.
    reach: f64,
}

impl DayError {
    fn of(effect: f64, deviation: f64, df: f64) -> Self {
        if deviation <= 0.0 {
            return Self { p: 0.0, reach: 0.0 };
        }
        let df = df.min(AS_GOOD_AS_NORMAL);
        Self { p: student_t::two_sided(effect / deviation, df), reach: student_t::reach(df) * deviation }
    }
}

/// `trial` with the p and the intervals that days allow; untouched where no test was made. `scatter`: the growth of
/// the variance of durations since the baseline.
pub(super) fn held(trial: Trial, spread: &DaySpread, scatter: f64) -> Trial {
    let Standing::Tested(evidence) = &trial.standing else { return trial };
    let Some(scale) = Scale::of(&trial, evidence) else { return trial };
    let effect = scale.to(evidence.estimate);
    let thinned = spread.changes.thinned(thinness(evidence.runs.baseline, evidence.runs.stagger));
    let deviation = (spread.variance.value * thinned * scatter).sqrt();
    let days = DayError::of(effect, deviation, spread.variance.df);
    let replaces = trial.metric.test() == Some(Test::Ranks) && spread.changes.are_enough() && deviation > 0.0;
    let interval_of = |interval: Interval, estimate: f64| {
        let around = scale.around(estimate, days.reach);
        if replaces { around } else { interval.and(around) }
    };
    let interval = interval_of(evidence.interval, evidence.estimate);
    let held = Evidence {
        p: if replaces { days.p } else { evidence.p.max(days.p) },
        interval,
        ..(**evidence).clone()
    };
    let facts = OrdinaryFacts {
        limits: interval.half_width() > evidence.interval.half_width() * (1.0 + 1e-9),
        runs_alone: shows(evidence),
        in_place_of_runs: replaces,
        ..facts(scale, effect, deviation, spread)
    };
    let change = trial.values.both().map_or(evidence.estimate, |values| values.stagger - values.baseline);
    Trial {
        interval: trial.interval.map(|interval| interval_of(interval, change)),
        ranks: trial.ranks.map(|ranks| Ranks { interval, ..ranks }),
        ordinary: Some(Arc::new(facts)),
        standing: Standing::Tested(Arc::new(held)),
        ..trial
    }
}

/// Whether the evidence would show a material change, were it the only one.
fn shows(evidence: &Evidence) -> bool {
    evidence.p <= FAMILY_LEVEL
        && evidence.interval.excludes_zero()
        && evidence.estimate.abs() >= evidence.margin
}

fn facts(scale: Scale, effect: f64, deviation: f64, spread: &DaySpread) -> OrdinaryFacts {
    let earlier: Vec<f64> = spread.changes.changes.iter().map(|(_, change)| change.change).collect();
    let largest = earlier.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0);
    OrdinaryFacts {
        days: earlier.len() as u64,
        as_large: earlier.iter().filter(|change| change.abs() >= effect.abs()).count() as u64,
        largest: scale.back(largest),
        deviation: scale.back(deviation),
        limits: false,
        runs_alone: false,
        in_place_of_runs: false,
        changes: earlier.into_iter().map(|change| scale.back(change)).collect(),
    }
}
