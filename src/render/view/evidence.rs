//! How each headline is known: from its queries to its numbers, and how these were made.

use std::collections::BTreeSet;

use serde::Serialize;

use super::metric;
use crate::legible;
use crate::report::explanation::{Basis, basis, command};
use crate::report::model::{Number, Report};

/// What a headline rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceRow {
    pub headline: String,
    /// The queries it rests on; empty for what was not measured.
    pub queries: Vec<String>,
    pub numbers: Vec<NumberRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberRow {
    /// The metric in words: `Median duration`.
    pub label: String,
    /// Whose; `null` for all jobs together.
    pub job: Option<String>,
    /// How it is made of what the queries return, a sentence; `null` where the headline's numbers have
    /// said it already.
    pub rule: Option<String>,
    pub before: String,
    pub after: String,
    /// The test and its outcome; `null` where nothing is tested.
    pub verdict: Option<String>,
    /// The command that goes on to the rows and every step.
    pub command: String,
}

pub(super) fn rows(report: &Report) -> Vec<EvidenceRow> {
    let found = report.findings.iter();
    found
        .map(|finding| EvidenceRow {
            headline: finding.headline.clone(),
            queries: finding.queries.clone(),
            numbers: numbers(report, &finding.numbers),
        })
        .collect()
}

/// A report read from a file may name a number that this version does not know; it is left out then.
fn numbers(report: &Report, numbers: &[Number]) -> Vec<NumberRow> {
    let mut said = BTreeSet::new();
    let known = numbers.iter().filter_map(|number| Some((number, basis(report, number).ok()?)));
    known
        .map(|(number, Basis { rule, brief, verdict, .. })| NumberRow {
            label: metric::label(report, &number.metric),
            job: number.job.clone(),
            command: command(report, number),
            rule: said.insert(number.metric.as_str()).then(|| legible::capital(&rule)),
            before: brief.baseline,
            after: brief.stagger,
            verdict: verdict.map(|verdict| legible::capital(&verdict)),
        })
        .collect()
}
