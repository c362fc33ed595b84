//! What a number rests on, in words: its rule, the rule worked out in both windows, and its comparison.

use std::borrow::Cow;

use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::{Metric, Value};
use crate::measurement::query_name;
use crate::report::explanation::comparison;
use crate::report::explanation::steps::{Detail, Figures};
use crate::report::model::Report;
use crate::window::PerSide;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Files in `queries/`, without their ending; of a measurement the name under which the report lists its query.
    pub queries: Vec<Cow<'static, str>>,
    /// How it is made of what they return, a sentence.
    pub rule: String,
    /// The rule worked out with the figures of each window.
    pub windows: PerSide<String>,
    /// The same in brief.
    pub brief: PerSide<String>,
    /// From both figures to the verdict, a sentence each, the verdict last; empty where nothing is
    /// compared.
    pub comparison: Vec<String>,
    /// The test and its outcome in one sentence; `None` where nothing is tested.
    pub verdict: Option<String>,
}

impl Basis {
    /// A figure of `job` or of all together.
    pub(super) fn of(report: &Report, metric: &Metric, job: Option<&JobReport>) -> Self {
        let comparisons = job.map_or(&report.totals.comparison, |job| &job.comparison);
        let compared = comparisons.any(metric);
        let figures = |detail| PerSide::of(|side| Figures { report, job, side }.worked(metric, detail));
        let limits = report.limits(metric.name());
        let mut queries: Vec<Cow<'static, str>> = match &metric.value {
            Value::Measurement { of, .. } => vec![query_name(of).into()],
            _ => metric.queries.iter().map(|query| Cow::Borrowed(*query)).collect(),
        };
        let is_placed = compared.as_deref().is_some_and(|found| found.moment.is_some());
        let placed_by = if job.is_some() { "slices" } else { "slices_of_all" };
        queries.extend(is_placed.then_some(Cow::Borrowed(placed_by)));
        Self {
            queries,
            rule: metric.rule.clone().into_owned(),
            windows: figures(Detail::Full),
            brief: figures(Detail::Brief),
            comparison: compared
                .as_deref()
                .map(|found| comparison::steps(metric, found, &limits))
                .unwrap_or_default(),
            verdict: compared.as_deref().and_then(|found| comparison::verdict(metric, found)),
        }
    }
}
