//! What limits a comparison beside its own test: each limit is found here, for the comparisons
//! that it touches. The report's caveat of the same code says it in words.

mod drift;
mod halves;
mod load;
mod population;
mod too_fast;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::analysis::comparison::PerSubject;
use crate::analysis::comparison::evidence::Bench;
use crate::analysis::comparison::family::Judged;
use crate::analysis::comparison::limit::Limit;
use crate::analysis::comparison::wording::ChangeUnit;
use crate::analysis::metric::{self, Metric};

/// What limits one comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The change in each half of the stagger window against the baseline.
    pub halves: Option<[f64; 2]>,
    pub caveats: BTreeSet<Limit>,
    /// The halves in which a verdict does not hold.
    pub against: Vec<Against>,
}

/// A half of the stagger window in which a verdict does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// `first` or `second`.
    pub half: &'static str,
    /// What changed there; `None` where too few runs tell.
    pub change: Option<(ChangeUnit, f64)>,
}

impl Limits {
    pub(in crate::analysis) fn is_too_fast(&self) -> bool {
        self.caveats.contains(&Limit::TooFast)
    }
}

type LimitsByMetric = BTreeMap<&'static Metric, Limits>;
type JudgedByMetric = BTreeMap<&'static Metric, Judged>;

/// What limits each comparison. The verdicts are there already, and stay as they are.
pub(in crate::analysis) fn find(
    analysis: &Analysis,
    bench: &Bench<'_>,
    judged: &PerSubject<JudgedByMetric>,
) -> PerSubject<LimitsByMetric> {
    let mut limits = halves::measure(analysis, bench);
    drift::find(&analysis.jobs, bench, &mut limits.jobs);
    halves::hold(&analysis.jobs, bench, judged, &mut limits);
    too_fast::find(&analysis.jobs, bench, &judged.jobs, &mut limits.jobs);
    load::find(analysis, &mut limits);
    population::find(analysis, bench, &mut limits.totals);
    limits
}

/// The tested metrics about outcomes.
const OUTCOMES: [&Metric; 2] = [&metric::COMPLETION_RATE, &metric::FAILURE_RATE];

/// Adds `limit` to those of `metrics`.
fn limit_all(limits: &mut LimitsByMetric, metrics: impl IntoIterator<Item = &'static Metric>, limit: Limit) {
    for metric in metrics {
        limits.entry(metric).or_default().caveats.insert(limit);
    }
}
