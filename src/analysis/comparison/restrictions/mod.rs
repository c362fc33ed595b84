//! What restricts a comparison beside its own test: each restriction is found here, for the comparisons
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
use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::wording::ChangeUnit;
use crate::analysis::metric::{self, Metric};

/// What restricts one comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restrictions {
    /// The change in each half of the stagger window against the baseline.
    pub halves: Option<[f64; 2]>,
    pub caveats: BTreeSet<Restriction>,
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

impl Restrictions {
    pub(in crate::analysis) fn is_too_fast(&self) -> bool {
        self.caveats.contains(&Restriction::TooFast)
    }
}

type RestrictionsByMetric = BTreeMap<&'static Metric, Restrictions>;
type JudgedByMetric = BTreeMap<&'static Metric, Judged>;

/// What restricts each comparison. The verdicts are there already, and stay as they are.
pub(in crate::analysis) fn find(
    analysis: &Analysis,
    bench: &Bench<'_>,
    judged: &PerSubject<JudgedByMetric>,
) -> PerSubject<RestrictionsByMetric> {
    let mut restrictions = halves::measure(analysis, bench);
    drift::find(&analysis.jobs, bench, &mut restrictions.jobs);
    halves::hold(&analysis.jobs, bench, judged, &mut restrictions);
    too_fast::find(&analysis.jobs, bench, &judged.jobs, &mut restrictions.jobs);
    load::find(analysis, &mut restrictions);
    population::find(analysis, bench, &mut restrictions.totals);
    restrictions
}

/// The tested metrics about outcomes.
const OUTCOMES: [&Metric; 2] = [&metric::COMPLETION_RATE, &metric::FAILURE_RATE];

/// Adds `restriction` to those of `metrics`.
fn restrict_all(
    restrictions: &mut RestrictionsByMetric,
    metrics: impl IntoIterator<Item = &'static Metric>,
    restriction: Restriction,
) {
    for metric in metrics {
        restrictions.entry(metric).or_default().caveats.insert(restriction);
    }
}
