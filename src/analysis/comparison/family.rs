//! Many comparisons at once: one family over jobs and metrics, adjusted together.

use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::verdict::outlook::FurtherRuns;
use crate::analysis::comparison::verdict::{Standing, Trial, judge};
use crate::analysis::metric::Metric;
use crate::analysis::parallel;
use crate::analysis::statistics::benjamini_hochberg;

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

/// What a trial came to.
#[derive(Clone, Debug, PartialEq)]
pub struct TestOutcome {
    /// What was compared.
    pub metric: &'static Metric,
    /// All figures with adjusted p, verdict and reason.
    pub comparison: Comparison,
    /// Runs that would do, where that can be said.
    pub further: Option<FurtherRuns>,
}

impl TestOutcome {
    /// Writes what the test found into `comparison`, whose values and change are left as they are.
    pub fn merge_into(&self, comparison: &mut Comparison) {
        let tested = &self.comparison;
        comparison.shift = tested.shift;
        comparison.shift_relative = tested.shift_relative;
        comparison.shift_interval = tested.shift_interval;
        comparison.interval = tested.interval;
        comparison.p = tested.p;
        comparison.p_adjusted = tested.p_adjusted;
        comparison.margin = tested.margin;
        comparison.inflation = tested.inflation;
        comparison.probability_faster = tested.probability_faster;
        comparison.verdict = tested.verdict;
        comparison.reason.clone_from(&tested.reason);
    }
}

impl<K> Family<K> {
    /// A family without trials.
    pub fn new() -> Self {
        Self { keys: Vec::new(), trials: Vec::new() }
    }

    /// Adds a trial.
    pub fn add(&mut self, key: K, trial: Trial) {
        self.keys.push(key);
        self.trials.push(trial);
    }

    /// Adjusts the p values and judges every trial; outcomes in the order in which trials were added.
    pub fn finish(self) -> Vec<(K, TestOutcome)> {
        let p_values: Vec<f64> = self.trials.iter().filter_map(p_in_family).collect();
        let mut adjusted = benjamini_hochberg::adjust(&p_values).into_iter();
        let of = |trial: &Trial| match &trial.standing {
            Standing::Stopped { .. } => None,
            Standing::Tested(evidence) if evidence.informative => adjusted.next(),
            Standing::Tested(evidence) => Some(evidence.p),
        };
        let adjusted: Vec<Option<f64>> = self.trials.iter().map(of).collect();
        let outcomes = parallel::map(&self.trials, |place, trial| {
            outcome(trial, adjusted.get(place).copied().flatten())
        });
        self.keys.into_iter().zip(outcomes).collect()
    }
}

fn p_in_family(trial: &Trial) -> Option<f64> {
    match &trial.standing {
        Standing::Tested(evidence) if evidence.informative => Some(evidence.p),
        _ => None,
    }
}

fn outcome(trial: &Trial, p_adjusted: Option<f64>) -> TestOutcome {
    let finding = judge(trial, p_adjusted);
    let margin = match &trial.standing {
        Standing::Tested(evidence) => Some(evidence.margin),
        Standing::Stopped { .. } => None,
    };
    let comparison = Comparison {
        p_adjusted,
        margin,
        inflation: trial.inflation,
        verdict: Some(finding.verdict),
        reason: finding.reason,
        ..trial.comparison.clone()
    };
    TestOutcome { metric: trial.metric, comparison, further: finding.further }
}
