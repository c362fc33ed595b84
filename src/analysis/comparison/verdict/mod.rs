//! From a comparison to a verdict: the rules, and what gives the reason.
//!
//! 0. Too few runs, or too few independent ones: `inconclusive`, with what would do; no data:
//!    `not_measured`. These comparisons are in no family.
//! 1. `improved` or `regressed`: the adjusted p is at most [`FAMILY_LEVEL`], the interval excludes zero,
//!    and the estimate is at least the margin.
//! 2. `no_material_change`: the whole interval lies within the margin, and nothing else speaks against it.
//!    A finding, not the absence of one.
//! 3. `inconclusive` otherwise, with the reason and the further runs that would do.

pub(in crate::analysis) mod enough;
pub mod outlook;
pub mod rule;

use crate::analysis::comparison::ComparisonVerdict;
use crate::analysis::comparison::verdict::enough::Stop;
use crate::analysis::comparison::verdict::outlook::{FurtherRuns, Outlook};
use crate::analysis::comparison::wording::ChangeUnit;
use crate::analysis::metric::{Better, Metric};
use crate::analysis::statistics::interval::Interval;
use crate::window::PerSide;

/// The level of a family of comparisons: its false discovery rate.
pub const FAMILY_LEVEL: f64 = 0.025;

/// One metric before and after, before it is known what else was tested beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    pub metric: &'static Metric,
    /// The values of the runs that were compared, in the metric's unit.
    pub values: PerSide<Option<f64>>,
    /// What only ranks show.
    pub ranks: Option<Ranks>,
    /// Interval of the change, where it was tested.
    pub interval: Option<Interval>,
    /// The larger variance inflation of the two sides; `None` where neither was measured.
    pub inflation: Option<f64>,
    pub standing: Standing,
}

/// The Hodges–Lehmann shift with its interval, and the probability that a run after is the faster one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    pub shift: f64,
    pub interval: Interval,
    pub probability_faster: f64,
}

/// How far a trial came.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Rule 0 stopped it.
    Stopped(Stop),
    Tested(Box<Evidence>),
}

/// What the rules look at, all in the metric's own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The change; for `median_duration` the shift.
    pub estimate: f64,
    pub interval: Interval,
    /// The smallest change worth a word.
    pub margin: f64,
    pub p: f64,
    /// Whether the test could have shown anything. Where all runs of both sides are equal it could not,
    /// whatever the truth, and the comparison stays out of the family.
    pub informative: bool,
    /// Runs compared.
    pub runs: PerSide<u64>,
    /// What keeps an interval within the margin from being the finding that nothing changed.
    pub doubt: Option<Doubt>,
    pub unit: ChangeUnit,
    pub outlook: Outlook,
}

/// What an interval within the margin does not exclude.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub what: Doubted,
    /// Runs that would remove it.
    pub further: Option<FurtherRuns>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Doubted {
    /// Too few independent runs a side to see a slow mode.
    FewRuns { effective: f64, needed: f64 },
    /// The medians differ by more than the margin.
    Medians,
    /// The mean moved, or may have, by more than its own margin.
    Mean { moved: bool, estimate: f64, interval: Interval, unit: ChangeUnit },
    /// The 95th percentile moved.
    Tail { change: f64, unit: ChangeUnit },
}

/// What each rule was answered, for those who want to follow the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Rule 0: too few runs for a statement.
    TooFew,
    /// Rules 1 and 2.
    Asked {
        /// The adjusted p is at most [`FAMILY_LEVEL`].
        significant: bool,
        excludes_zero: bool,
        /// The estimate is at least the margin.
        material: bool,
        /// The whole interval lies within the margin.
        within: bool,
        /// Something else moved, or runs are too few for rule 2.
        doubted: bool,
    },
}

/// Why a verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Rule 0.
    Stopped,
    /// Rule 1.
    Shown,
    /// Rule 2.
    Within,
    /// Within the margin, but for a [`Doubt`].
    Doubted,
    /// Shown, but not to be material.
    Immaterial,
    /// Without the other comparisons it would be shown.
    Chance,
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
        },
        Standing::Tested(evidence) => weigh(trial.metric, evidence, p_adjusted.unwrap_or(evidence.p)),
    }
}

/// Rules 1 to 3.
fn weigh(metric: &Metric, evidence: &Evidence, p_adjusted: f64) -> Ruling {
    let (significant, excludes_zero) = (p_adjusted <= FAMILY_LEVEL, evidence.interval.excludes_zero());
    let shown = significant && excludes_zero;
    let material = evidence.estimate.abs() >= evidence.margin;
    let within = evidence.interval.within(evidence.margin);
    let (verdict, why, further) = match (shown, material, within, &evidence.doubt) {
        (true, true, _, _) => (verdict_of(metric, evidence.estimate), Why::Shown, None),
        (_, _, true, None) => (ComparisonVerdict::NoMaterialChange, Why::Within, None),
        (_, _, true, Some(doubt)) => (ComparisonVerdict::Inconclusive, Why::Doubted, doubt.further),
        _ => {
            let further = outlook::further_runs(evidence);
            (ComparisonVerdict::Inconclusive, why_open(evidence, shown), further)
        }
    };
    let doubted = why == Why::Doubted;
    let rules = Some(Rules::Asked { significant, excludes_zero, material, within, doubted });
    Ruling { verdict, why, rules, further }
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
