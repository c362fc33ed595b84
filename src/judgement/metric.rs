//! Metrics by name: those of the runs, and those of declared measurements.

use crate::analysis::metric::{self, Metric};
use crate::measurement::KpiSource;
use crate::nearest::did_you_mean_or_see;

/// A declared measurement beside the runs. Without a source it is not measured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KpiDeclaration {
    /// The stem of the metrics `NAME_mean`, `NAME_min`, `NAME_max`.
    pub name: String,
    pub unit: Option<String>,
    /// Where its samples come from.
    pub source: Option<KpiSource>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown metric '{name}'{hint}")]
pub struct UnknownMetric {
    pub name: String,
    /// The nearest known one, or what lists them, as a phrase.
    pub hint: String,
}

pub fn metric_named(name: &str, kpis: &[KpiDeclaration]) -> Result<Metric, UnknownMetric> {
    if let Some(metric) = Metric::from_name(name) {
        return Ok(metric.clone());
    }
    let measured = kpis.iter().flat_map(|kpi| metric::metrics_of(&kpi.name, kpi.unit.as_deref()));
    let measured: Vec<Metric> = measured.collect();
    let found = measured.iter().find(|metric| metric.name == name).cloned();
    found.ok_or_else(|| {
        let known = metric::ALL.into_iter().chain(&measured).map(Metric::name);
        UnknownMetric { name: name.to_owned(), hint: did_you_mean_or_see(name, known, "jobdelta metrics") }
    })
}
