//! Declared measurements: figures that no query of ours yields.

use super::Basis;
use crate::figure;
use crate::judgement::{KpiMetric, KpiStatistic};
use crate::report::model::{KpiFacts, Report};

/// What a figure of a declared measurement rests on.
pub(super) fn basis(report: &Report, kpi: &KpiMetric) -> Basis {
    let (words, pick): (&str, fn(&KpiFacts) -> f64) = match kpi.statistic {
        KpiStatistic::Mean => ("the mean of", |facts| facts.mean),
        KpiStatistic::Min => ("the smallest of", |facts| facts.min),
        KpiStatistic::Max => ("the largest of", |facts| facts.max),
    };
    let found = report.kpis.iter().find(|found| found.name == kpi.kpi);
    let figures = |facts: Option<KpiFacts>| match facts {
        Some(facts) => {
            let samples = figure::counted(facts.n, "sample", "samples");
            format!("{} of {samples}", figure::number(pick(&facts)))
        }
        None => "not sampled".to_owned(),
    };
    let windows = [found.and_then(|found| found.baseline), found.and_then(|found| found.stagger)];
    let windows = windows.map(figures);
    Basis {
        queries: Vec::new(),
        rule: format!("{words} the values of {} that were sampled in a window", kpi.kpi),
        brief: windows.clone(),
        windows,
        comparison: Vec::new(),
        verdict: None,
    }
}
