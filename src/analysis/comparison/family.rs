//! Many comparisons at once: one family over jobs and metrics, adjusted together.

use std::sync::Arc;

use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::reason::{ComparisonReason, TrialGrounds};
use crate::analysis::comparison::restriction::Restrictions;
use crate::analysis::comparison::result::Comparison;
use crate::analysis::comparison::verdict::answer::ComparisonVerdict;
use crate::analysis::comparison::verdict::trial::{Standing, Trial};
use crate::analysis::comparison::verdict::{Ruling, Why, ruling};
use crate::analysis::metric::MetricMap;
use crate::analysis::statistics::benjamini_hochberg;
use crate::analysis::statistics::interval::Interval;
use crate::window::PerSide;

/// Trials that are judged together, each under a key (the job).
///
/// Comparisons stopped by rule 0, and those that could not have shown anything because all runs of both
/// sides are equal, are outside the adjustment: whether they are is decided by the pooled runs alone, so
/// leaving them out does not favour a finding.
#[derive(Clone, Debug, Default)]
pub struct Family<K> {
    keys: Vec<K>,
    trials: Vec<Trial>,
}

/// A trial with its verdict among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub trial: Trial,
    pub p_adjusted: Option<f64>,
    pub ruling: Ruling,
}

pub(in crate::analysis) type JudgedByMetric = MetricMap<Judged>;

impl Judged {
    /// The finished comparison of `values`, which the windows show, under its restrictions.
    pub fn comparison(&self, values: PerSide<Option<f64>>, restrictions: &Restrictions) -> Comparison {
        let Self { trial, p_adjusted, ruling } = self;
        let evidence = match &trial.standing {
            Standing::Tested(evidence) => Some(evidence),
            Standing::Stopped(_) => None,
        };
        let relative = |shift: f64| trial.values.baseline.filter(|before| *before > 0.0).map(|b| shift / b);
        Comparison {
            shift: trial.ranks.map(|ranks| ranks.shift),
            shift_relative: trial.ranks.and_then(|ranks| relative(ranks.shift)),
            shift_interval: trial.ranks.map(|ranks| ranks.interval.to_array()),
            interval: trial.interval.map(Interval::to_array),
            p: evidence.map(|evidence| evidence.p),
            p_adjusted: *p_adjusted,
            margin: evidence.map(|evidence| evidence.margin),
            inflation: trial.inflation,
            same_hours: trial.matched,
            probability_faster: trial.ranks.map(|ranks| ranks.probability_faster),
            halves: restrictions.halves,
            baseline_halves: restrictions.baseline_halves,
            caveats: restrictions.caveats.iter().copied().collect(),
            missing: restrictions.missing,
            within_jobs: restrictions.within_jobs,
            controls: restrictions.controls,
            verdict: Some(if restrictions.withhold() {
                ComparisonVerdict::Inconclusive
            } else {
                ruling.verdict
            }),
            reason: self.reason(restrictions),
            rules: ruling.rules,
            ordinary_days: self.ordinary_days().map(Box::new),
            ..Comparison::of(values, values)
        }
    }

    /// What ordinary days say; each day only where a change is shown, or where days decide.
    fn ordinary_days(&self) -> Option<OrdinaryFacts> {
        let facts = self.trial.ordinary.as_deref()?;
        let told = self.ruling.is_change() || self.ruling.why == Why::Days;
        Some(OrdinaryFacts { changes: if told { facts.changes.clone() } else { Vec::new() }, ..*facts })
    }

    fn reason(&self, restrictions: &Restrictions) -> ComparisonReason {
        let Self { trial, p_adjusted, ruling } = self;
        ComparisonReason::Judged(Arc::new(TrialGrounds {
            metric: trial.metric,
            standing: trial.standing.clone(),
            why: ruling.why,
            further: ruling.further,
            further_days: ruling.further_days,
            p_adjusted: *p_adjusted,
            inflation: trial.inflation,
            matched: trial.matched,
            ordinary: trial.ordinary.clone(),
            against: restrictions.against.clone(),
            moment: None,
            withheld: restrictions
                .caveats
                .iter()
                .filter_map(|caveat| restrictions.withheld(*caveat))
                .collect(),
        }))
    }
}

impl<K> Family<K> {
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// One with room for so many trials.
    pub fn with_capacity(trials: usize) -> Self {
        Self { keys: Vec::with_capacity(trials), trials: Vec::with_capacity(trials) }
    }

    pub fn add(&mut self, key: K, trial: Trial) {
        self.keys.push(key);
        self.trials.push(trial);
    }

    /// Every trial with its verdict after the p values are adjusted, in the order in which trials were added.
    pub fn verdicts(self) -> impl Iterator<Item = (K, Judged)> {
        let p_values: Vec<f64> = self.trials.iter().filter_map(p_in_family).collect();
        let mut adjusted = benjamini_hochberg::adjust(&p_values).into_iter();
        let of = |trial: &Trial| match &trial.standing {
            Standing::Stopped(_) => None,
            Standing::Tested(evidence) if evidence.informative => adjusted.next(),
            Standing::Tested(evidence) => Some(evidence.p),
        };
        let adjusted: Vec<Option<f64>> = self.trials.iter().map(of).collect();
        let judged = self.trials.into_iter().zip(adjusted).map(|(trial, p_adjusted)| {
            let ruling = ruling(&trial, p_adjusted);
            Judged { trial, p_adjusted, ruling }
        });
        self.keys.into_iter().zip(judged)
    }
}

fn p_in_family(trial: &Trial) -> Option<f64> {
    match &trial.standing {
        Standing::Tested(evidence) if evidence.informative => Some(evidence.p),
        _ => None,
    }
}
