//! From a comparison to a verdict: the rules, and what gives the reason.
//!
//! 0. Too few runs, or too few after correction for dependence: `inconclusive`, with what would do; no data:
//!    `not_measured`. These comparisons are in no family.
//! 1. `improved` or `regressed`: the adjusted p is at most [`FAMILY_LEVEL`], the interval excludes zero,
//!    and the estimate is at least the margin.
//! 2. `no_material_change`: the whole interval lies within the margin, and nothing else speaks against it.
//!    A finding, not the absence of one.
//! 3. `inconclusive` otherwise, with the reason and the further runs that would do.

pub mod answer;
pub(in crate::analysis) mod enough;
pub mod outlook;
pub mod rule;
pub mod trial;

use crate::analysis::comparison::verdict::answer::{ComparisonVerdict, Rules};
use crate::analysis::comparison::verdict::outlook::FurtherRuns;
use crate::analysis::comparison::verdict::trial::{Evidence, Standing, Trial};
use crate::analysis::metric::{Better, Metric};

/// The level of a family of comparisons: its false discovery rate.
pub const FAMILY_LEVEL: f64 = 0.025;

/// Why a verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Rule 0.
    Stopped,
    /// Rule 1.
    Shown,
    /// Rule 2.
    Within,
    /// Within the margin, but for a [`Doubt`](trial::Doubt).
    Doubted,
    /// Shown, but not to be material.
    Immaterial,
    /// Without the other comparisons it would be shown.
    Chance,
    /// The runs alone would show it, but ordinary days do as much.
    Days,
    /// The interval is wider than the margin.
    Wide,
    /// The interval reaches over the margin.
    Over,
}

/// A trial with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    pub verdict: ComparisonVerdict,
    pub why: Why,
    /// `None` where there are no data.
    pub rules: Option<Rules>,
    /// Runs that would do, where that can be said.
    pub further: Option<FurtherRuns>,
    /// Days a window that would do where days limit what can be told.
    pub further_days: Option<u64>,
}

impl Ruling {
    /// Whether it calls a change.
    pub const fn is_change(&self) -> bool {
        matches!(self.verdict, ComparisonVerdict::Improved | ComparisonVerdict::Regressed)
    }
}

/// The verdict of `trial` whose p value, adjusted over its family, is `p_adjusted`.
pub fn ruling(trial: &Trial, p_adjusted: Option<f64>) -> Ruling {
    match &trial.standing {
        Standing::Stopped(stop) => Ruling {
            verdict: stop.verdict(),
            why: Why::Stopped,
            rules: (stop.verdict() == ComparisonVerdict::Inconclusive).then_some(Rules::TooFew),
            further: stop.further(),
            further_days: None,
        },
        Standing::Tested(evidence) => weigh(trial, evidence, p_adjusted.unwrap_or(evidence.p)),
    }
}

/// Rules 1 to 3.
fn weigh(trial: &Trial, evidence: &Evidence, p_adjusted: f64) -> Ruling {
    let (significant, excludes_zero) = (p_adjusted <= FAMILY_LEVEL, evidence.interval.excludes_zero());
    let shown = significant && excludes_zero;
    let material = evidence.estimate.abs() >= evidence.margin;
    let within = evidence.interval.within(evidence.margin);
    let (verdict, why, further) = match (shown, material, within, &evidence.doubt) {
        (true, true, _, _) => (verdict_of(trial.metric, evidence.estimate), Why::Shown, None),
        (_, _, true, None) => (ComparisonVerdict::NoMaterialChange, Why::Within, None),
        (_, _, true, Some(doubt)) => (ComparisonVerdict::Inconclusive, Why::Doubted, doubt.further),
        _ => {
            let days = trial.ordinary.as_ref();
            let by_days = !shown && days.is_some_and(|days| days.runs_alone);
            let why = if by_days { Why::Days } else { why_open(evidence, shown) };
            let further = evidence.further_runs().filter(|_| !days.is_some_and(|days| days.limits));
            (ComparisonVerdict::Inconclusive, why, further)
        }
    };
    let doubted = why == Why::Doubted;
    let rules = Some(Rules::Asked { significant, excludes_zero, material, within, doubted });
    let open = matches!(why, Why::Days | Why::Immaterial | Why::Chance | Why::Wide | Why::Over);
    let days = trial.ordinary.as_ref().filter(|days| open && (why == Why::Days || days.limits));
    // What p has to pass where its adjustment stays as it is.
    let level = FAMILY_LEVEL * (evidence.p / p_adjusted).min(1.0);
    let further_days = days.and_then(|days| evidence.further_days(days, level));
    Ruling { verdict, why, rules, further, further_days }
}

fn why_open(evidence: &Evidence, shown: bool) -> Why {
    if shown {
        Why::Immaterial
    } else if evidence.interval.excludes_zero() && evidence.p <= FAMILY_LEVEL {
        Why::Chance
    } else if evidence.interval.half_width() > evidence.margin {
        Why::Wide
    } else {
        Why::Over
    }
}

/// What a shown change of `estimate` (stagger − baseline, not 0) is.
fn verdict_of(metric: &Metric, estimate: f64) -> ComparisonVerdict {
    if (estimate < 0.0) == (metric.better == Some(Better::Lower)) {
        ComparisonVerdict::Improved
    } else {
        ComparisonVerdict::Regressed
    }
}
