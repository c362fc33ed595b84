//! What restricts a comparison beside its own test: each restriction is found here, for the comparisons
//! that it touches. The report's caveat of the same code says it in words.

mod drift;
mod halves;
mod load;
mod population;
mod too_fast;

use crate::analysis::Analysis;
use crate::analysis::comparison::PerSubject;
use crate::analysis::comparison::evidence::Bench;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::restriction::RestrictionsByMetric;

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
