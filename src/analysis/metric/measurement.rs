//! Rows for the figures of a declared measurement (a KPI): made at run time, because names and units are the
//! deployment file's.

use std::borrow::Cow;

use crate::analysis::metric::{Method, Metric, Unit, Value};
use crate::legible;

/// A figure of a measurement over a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    Mean,
    Min,
    Max,
}

impl Statistic {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Mean => ("mean", "the mean of"),
            Self::Min => ("min", "the smallest of"),
            Self::Max => ("max", "the largest of"),
        }
    }
}

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
            method: Method::Description("a measurement beside the runs: there is no test"),
            value: Value::Measurement { of: name.to_owned(), statistic },
            nouns: ["", ""],
            absent: "no sample of it was taken",
            rule: Cow::Owned(format!("{words} the values of {name} that were sampled in a window")),
            queries: &[],
        }
    })
}
