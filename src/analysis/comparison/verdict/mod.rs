//! From a comparison to a verdict: the rules, and the words that give the reason.
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
pub mod wording;

use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::metric::{Better, Metric, Test};
use crate::analysis::statistics::interval::Interval;
use crate::window::PerSide;
use outlook::{FurtherRuns, Outlook};
use wording::Unit;

/// The level of a family of comparisons: its false discovery rate.
pub const FAMILY_LEVEL: f64 = 0.025;

/// From this inflation on a reason mentions it.
const WORTH_A_WORD: f64 = 1.5;

/// A comparison with its figures, before it is known what else was tested beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What was compared.
    pub metric: &'static Metric,
    /// The figures, without adjusted p, verdict and reason.
    pub comparison: Comparison,
    /// The larger variance inflation of the two sides; `None` where neither was measured.
    pub inflation: Option<f64>,
    /// How far it came.
    pub standing: Standing,
}

/// How far a comparison came.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Rule 0 stopped it.
    Stopped {
        /// `inconclusive` or `not_measured`.
        verdict: ComparisonVerdict,
        /// Why, in words.
        reason: String,
        /// What would do.
        further: Option<FurtherRuns>,
    },
    /// It was tested.
    Tested(Box<Evidence>),
}

/// What the rules look at, all in the metric's own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The change; for `median_duration` the shift.
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
    /// The smallest change worth a word.
    pub margin: f64,
    /// The p value of the test.
    pub p: f64,
    /// Whether the test could have shown anything. Where all runs of both sides are equal it could not,
    /// whatever the truth, and the comparison stays out of the family.
    pub informative: bool,
    /// Runs compared.
    pub runs: PerSide<u64>,
    /// What keeps an interval within the margin from being the finding that nothing changed.
    pub doubt: Option<Doubt>,
    /// How changes are worded.
    pub unit: Unit,
    /// What more runs there could be.
    pub outlook: Outlook,
}

/// What an interval within the margin does not exclude.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// In words.
    pub reason: String,
    /// Runs that would remove it.
    pub further: Option<FurtherRuns>,
}

/// A verdict with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The verdict.
    pub verdict: ComparisonVerdict,
    /// Why, in words.
    pub reason: String,
    /// Runs that would do, where that can be said.
    pub further: Option<FurtherRuns>,
}

/// The verdict of `trial` whose p value, adjusted over its family, is `p_adjusted`.
pub fn judge(trial: &Trial, p_adjusted: Option<f64>) -> Finding {
    match &trial.standing {
        Standing::Stopped { verdict, reason, further } => {
            Finding { verdict: *verdict, reason: reason.clone(), further: *further }
        }
        Standing::Tested(evidence) => {
            let mut finding = weigh(trial.metric, evidence, p_adjusted.unwrap_or(evidence.p));
            finding.reason.push_str(&dependence_remark(trial.inflation));
            finding
        }
    }
}

/// Rules 1 to 3.
fn weigh(metric: &'static Metric, evidence: &Evidence, p_adjusted: f64) -> Finding {
    let shown = p_adjusted <= FAMILY_LEVEL && evidence.interval.excludes_zero();
    let material = evidence.estimate.abs() >= evidence.margin;
    let within = evidence.interval.within(evidence.margin);
    match (shown, material, within, &evidence.doubt) {
        (true, true, _, _) => settled(verdict_of(metric, evidence.estimate), metric, evidence, p_adjusted),
        (_, _, true, None) => {
            let reason = format!(
                "the whole interval {} lies within the margin of {}",
                evidence.unit.interval(evidence.interval),
                evidence.unit.size(evidence.margin)
            );
            Finding { verdict: ComparisonVerdict::NoMaterialChange, reason, further: None }
        }
        (_, _, true, Some(doubt)) => open(&doubt.reason, doubt.further, evidence, "settle"),
        _ => {
            open(&why_open(evidence, p_adjusted, shown), outlook::further_runs(evidence), evidence, "narrow")
        }
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

fn settled(
    verdict: ComparisonVerdict,
    metric: &'static Metric,
    evidence: &Evidence,
    p_adjusted: f64,
) -> Finding {
    let reason = format!(
        "{} {} ({}), adjusted p {}, margin {}",
        metric.test().map_or("change", Test::estimate),
        evidence.unit.change(evidence.estimate),
        evidence.unit.interval(evidence.interval),
        wording::p_value(p_adjusted),
        evidence.unit.size(evidence.margin)
    );
    Finding { verdict, reason, further: None }
}

/// `inconclusive`, with what more runs would do.
fn open(reason: &str, further: Option<FurtherRuns>, evidence: &Evidence, verb: &str) -> Finding {
    let advice = outlook::advice(further, &evidence.runs, evidence.outlook, verb);
    Finding { verdict: ComparisonVerdict::Inconclusive, reason: format!("{reason}; {advice}"), further }
}

fn why_open(evidence: &Evidence, p_adjusted: f64, shown: bool) -> String {
    let interval = evidence.unit.interval(evidence.interval);
    let margin = evidence.unit.size(evidence.margin);
    if shown {
        return format!(
            "a change is shown, but the interval {interval} reaches on both sides of the margin of {margin}"
        );
    }
    if evidence.interval.excludes_zero() && evidence.p <= FAMILY_LEVEL {
        let adjusted = wording::p_value(p_adjusted);
        return format!(
            "the interval {interval} excludes zero, but among so many comparisons that can be chance (adjusted p {adjusted})"
        );
    }
    if evidence.interval.half_width() > evidence.margin {
        return format!("the interval {interval} spans more than the margin of {margin}");
    }
    format!("the interval {interval} reaches over the margin of {margin}")
}

fn dependence_remark(inflation: Option<f64>) -> String {
    match inflation {
        None => "; how much runs resemble their predecessors was not measured".to_owned(),
        Some(inflation) if inflation >= WORTH_A_WORD => {
            format!("; runs may resemble their predecessors (variance × {})", wording::significant(inflation))
        }
        Some(_) => String::new(),
    }
}
