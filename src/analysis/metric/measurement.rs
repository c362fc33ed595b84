//! Rows for the figures of a declared measurement (a KPI): made at run time, because names and units are the
//! deployment file's.

use std::borrow::Cow;

use crate::analysis::metric::row::{Method, Metric, Statistic, Value};
use crate::analysis::metric::unit::Unit;
use crate::legible;

/// Samples in a row resemble each other, and how much is not known: whether a difference is more than chance is not
/// said.
const UNTESTED: &str = "a measurement beside the runs: there is no test";

/// The metrics of the measurement called `name`: `NAME_mean`, `NAME_min` and `NAME_max`.
pub fn metrics_of(name: &str, unit: Option<&str>) -> [Metric; 3] {
    [Statistic::Mean, Statistic::Min, Statistic::Max].map(|statistic| {
        let (suffix, words) = statistic.words();
        let metric = format!("{name}_{suffix}");
        Metric {
            label: Cow::Owned(legible::capital(&metric.replace('_', " "))),
            name: Cow::Owned(metric),
            unit: Unit::Own(unit.map(str::to_owned)),
            better: None,
            per_job: false,
            method: match statistic {
                Statistic::Mean => Method::Description(UNTESTED),
                Statistic::Min | Statistic::Max => Method::Extreme(UNTESTED),
            },
            value: Value::Measurement { of: name.to_owned(), statistic },
            nouns: ["", ""],
            absent: "no sample of it was taken",
            rule: Cow::Owned(format!("{words} the values of {name} that were sampled in a window")),
            queries: &[],
        }
    })
}
