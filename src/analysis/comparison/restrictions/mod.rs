//! What restricts a comparison beside its own test: each restriction is found here, for the comparisons
//! that it touches. The report's caveat of the same code says it in words.

mod controls;
mod drift;
mod halves;
mod load;
mod missing;
mod mixture;
mod population;

use crate::analysis::Analysis;
use crate::analysis::comparison::PerSubject;
use crate::analysis::comparison::bench::Bench;
use crate::analysis::comparison::family::JudgedByMetric;
use crate::analysis::comparison::ordinary::OrdinaryChanges;
use crate::analysis::comparison::restriction::RestrictionsByMetric;

/// What restricts each comparison. The verdicts of its test are there already.
pub(in crate::analysis) fn find(
    analysis: &Analysis,
    bench: &Bench<'_>,
    judged: &PerSubject<JudgedByMetric>,
    ordinary: &OrdinaryChanges,
) -> PerSubject<RestrictionsByMetric> {
    let mut restrictions = halves::measure(analysis, bench);
    drift::find(&analysis.jobs, bench, &judged.jobs, &mut restrictions.jobs);
    halves::hold(&analysis.jobs, bench, judged, &mut restrictions);
    missing::find(analysis, bench, judged, &mut restrictions);
    mixture::find(analysis, &judged.totals, &mut restrictions.totals);
    controls::find(&analysis.jobs, bench, judged, ordinary, &mut restrictions.jobs);
    load::find(analysis, &mut restrictions);
    population::find(analysis, bench, &mut restrictions.totals);
    restrictions
}
