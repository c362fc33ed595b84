//! How a finding is put together.

use crate::analysis::metric::Metric;
use crate::report::model::{Finding, Number};

/// Names that a sentence has room for.
pub(super) const NAMED: usize = 3;

pub(super) fn finding(code: &str, headline: String, detail: Vec<String>, queries: &[&str]) -> Finding {
    Finding {
        code: code.to_owned(),
        headline,
        detail: detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        queries: queries.iter().map(|q| (*q).to_owned()).collect(),
        numbers: Vec::new(),
        says: None,
        but: Vec::new(),
    }
}

impl Finding {
    /// With numbers of all jobs together.
    pub(super) fn of_all(mut self, metrics: &[&Metric]) -> Self {
        self.numbers.extend(metrics.iter().map(|metric| Number::of_all(metric)));
        self
    }

    /// With numbers of each of `jobs`.
    pub(super) fn of_jobs<'a>(
        mut self,
        jobs: impl IntoIterator<Item = &'a str>,
        metrics: &[&Metric],
    ) -> Self {
        for job in jobs {
            self.numbers.extend(metrics.iter().map(|metric| Number::of_job(metric, job)));
        }
        self
    }
}
