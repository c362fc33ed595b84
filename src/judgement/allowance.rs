//! The size of a miss in runs: how many may be lost before a rate falls short.

use super::language::Op;
use super::measured::Subject;
use super::phrase::runs;
use crate::analysis::figures::rate::Rate;
use crate::analysis::metric::{Better, Metric};
use crate::figure::count;
use crate::window::Side;

/// How many runs count against a rate, and how many may.
pub(super) struct Allowance {
    /// Runs that count against it.
    pub(super) against: u64,
    /// The most of them that would still satisfy the target.
    pub(super) allowed: u64,
}

/// The allowance of a rate with a bound on its bad side; `None` for other operators, and where not
/// even a perfect rate would do.
pub(super) fn allowance(metric: &Metric, rate: &Rate, op: Op, threshold: f64) -> Option<Allowance> {
    let bounded = match metric.better? {
        Better::Higher => matches!(op, Op::Greater | Op::GreaterOrEqual),
        Better::Lower => matches!(op, Op::Less | Op::LessOrEqual),
    };
    let satisfied = |against: u64| {
        let hits = if metric.better == Some(Better::Higher) { rate.of - against } else { against };
        (hits as f64 / rate.of as f64).partial_cmp(&threshold).is_some_and(|order| op.admits(order))
    };
    if !bounded || rate.of == 0 || !satisfied(0) {
        return None;
    }
    // The more runs count against a rate the worse it is, so halving finds the last good number.
    let (mut good, mut bad) = (0, rate.of + 1);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if satisfied(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(Allowance { against: against(metric, rate), allowed: good })
}

/// Runs that count against a rate.
fn against(metric: &Metric, rate: &Rate) -> u64 {
    if metric.better == Some(Better::Higher) { rate.of - rate.hits } else { rate.hits }
}

/// `missed by one run: 20 never finished, 19 allowed`
pub(super) fn miss(metric: &Metric, subject: &Subject<'_>, allowance: &Allowance) -> String {
    let short = allowance.against.saturating_sub(allowance.allowed);
    let lost = lost(metric, subject, allowance.against);
    let joint = if lost.contains(',') { ";" } else { "," };
    format!("missed by {}: {lost}{joint} {} allowed", runs(short), count(allowance.allowed))
}

/// What became of the runs that count against a rate: `20 never finished, 2 failed`.
fn lost(metric: &Metric, subject: &Subject<'_>, against: u64) -> String {
    let window = subject.window(Side::Stagger);
    let told = |runs: u64, word: &str| format!("{} {word}", count(runs));
    let kinds = metric.share().map(|share| share.against).unwrap_or_default();
    if kinds.is_empty() {
        return told(against, &format!("not {}", metric.noun(against as f64)));
    }
    let kinds = kinds.iter().map(|(runs, word)| (runs(window), *word)).filter(|(runs, _)| *runs > 0);
    kinds.map(|(runs, word)| told(runs, word)).collect::<Vec<_>>().join(", ")
}
