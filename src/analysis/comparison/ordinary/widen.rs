//! A trial held against ordinary days: its p and its intervals are those of the larger of two errors, that of
//! the runs and that of the days.

use std::sync::Arc;

use super::spread::DaySpread;
use crate::analysis::comparison::change_unit::ChangeUnit;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::verdict::FAMILY_LEVEL;
use crate::analysis::comparison::verdict::trial::{Evidence, Ranks, Standing, Trial};
use crate::analysis::statistics::interval::Interval;
use crate::analysis::statistics::student_t;

/// The degrees of freedom beyond which Student's distribution is the normal one.
const AS_GOOD_AS_NORMAL: f64 = 1e6;

/// The scale of a change: to where days add to it, and back to the metric's unit.
#[derive(Clone, Copy)]
enum Scale {
    /// Of a duration whose baseline is so many milliseconds: the logarithm of the ratio.
    Ratio(f64),
    Difference,
}

/// The smallest ratio: nothing gets faster than a thousandth of a thousandth.
const LEAST_RATIO: f64 = 1e-6;

impl Scale {
    fn of(trial: &Trial, evidence: &Evidence) -> Option<Self> {
        match evidence.unit {
            ChangeUnit::Points => Some(Self::Difference),
            ChangeUnit::PercentOf(_) | ChangeUnit::Milliseconds => {
                trial.values.baseline.filter(|before| *before > 0.0).map(Self::Ratio)
            }
        }
    }

    fn to(self, change: f64) -> f64 {
        match self {
            Self::Ratio(before) => ((before + change) / before).max(LEAST_RATIO).ln(),
            Self::Difference => change,
        }
    }

    fn back(self, effect: f64) -> f64 {
        match self {
            Self::Ratio(before) => before * effect.exp_m1(),
            Self::Difference => effect,
        }
    }

    /// `interval` around `estimate`, so that it reaches at least so far on this scale.
    fn widened(self, interval: Interval, estimate: f64, reach: f64) -> Interval {
        let centre = self.to(estimate);
        Interval {
            low: interval.low.min(self.back(centre - reach)),
            high: interval.high.max(self.back(centre + reach)),
        }
    }
}

/// `trial` with p and intervals that include what days do; untouched where no test was made.
pub(super) fn held(trial: Trial, spread: &DaySpread) -> Trial {
    let Standing::Tested(evidence) = &trial.standing else { return trial };
    let Some(scale) = Scale::of(&trial, evidence) else { return trial };
    let effect = scale.to(evidence.estimate);
    let deviation = spread.variance.value.sqrt();
    let df = spread.variance.df.min(AS_GOOD_AS_NORMAL);
    let facts = facts(scale, effect, deviation, spread);
    let (p, reach) = if deviation > 0.0 {
        (student_t::two_sided(effect / deviation, df), student_t::reach(df) * deviation)
    } else {
        (0.0, 0.0)
    };
    let interval = scale.widened(evidence.interval, evidence.estimate, reach);
    let runs_alone = evidence.p <= FAMILY_LEVEL
        && evidence.interval.excludes_zero()
        && evidence.estimate.abs() >= evidence.margin;
    let limits = interval.half_width() > evidence.interval.half_width() * (1.0 + 1e-9);
    let evidence = Evidence { p: evidence.p.max(p), interval, ..(**evidence).clone() };
    let change = trial.values.both().map_or(evidence.estimate, |values| values.stagger - values.baseline);
    Trial {
        interval: trial.interval.map(|interval| scale.widened(interval, change, reach)),
        ranks: trial.ranks.map(|ranks| Ranks { interval: evidence.interval, ..ranks }),
        ordinary: Some(Arc::new(OrdinaryFacts { limits, runs_alone, ..facts })),
        standing: Standing::Tested(Arc::new(evidence)),
        ..trial
    }
}

fn facts(scale: Scale, effect: f64, deviation: f64, spread: &DaySpread) -> OrdinaryFacts {
    let earlier: Vec<f64> = spread.changes.changes.iter().map(|(_, change)| *change).collect();
    let largest = earlier.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0);
    OrdinaryFacts {
        days: earlier.len() as u64,
        as_large: earlier.iter().filter(|change| change.abs() >= effect.abs()).count() as u64,
        largest: scale.back(largest),
        deviation: scale.back(deviation),
        limits: false,
        runs_alone: false,
        changes: earlier.into_iter().map(|change| scale.back(change)).collect(),
    }
}
