//! A number of the report back to where it came from: the query, what was bound, the rows it returned, and
//! the steps from there to the figure, its comparison and the targets that rest on it.

use std::collections::BTreeMap;

use super::model::{Number, Report};
use super::provenance::Provenance;
use crate::figure;
use crate::judgement::{TargetResult, UnknownMetric};
use crate::nearest::did_you_mean;

mod basis;
mod command;
mod comparison;
mod quantile;
mod steps;

pub use basis::Basis;
pub use command::{command, flags};

/// Most rows of a query that are shown.
const SHOWN_ROWS: usize = 20;

/// What a query returned, as text; `None` is NULL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedRows {
    pub query: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Option<String>>>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownNumber {
    #[error(transparent)]
    Metric(#[from] UnknownMetric),
    #[error("the report has no job '{asked}'{hint}")]
    Job { asked: String, hint: String },
    #[error("{0} is about all jobs together; leave the job out")]
    TotalsOnly(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What is explained: the metric, and whose.
    pub subject: String,
    /// The figures and the verdict.
    pub answer: Vec<String>,
    /// The queries that it rests on, with what was bound in each and the rows that matter here.
    pub sources: Vec<ExplainedQuery>,
    /// From the rows to the figures, a sentence each.
    pub steps: Vec<String>,
    /// The comparison, a sentence each.
    pub comparison: Vec<String>,
    /// Targets and triggers that rest on it, a sentence each.
    pub rests: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedQuery {
    /// File in `queries/`, without its ending.
    pub query: String,
    pub parameters: BTreeMap<String, serde_json::Value>,
    pub columns: Vec<String>,
    /// The first rows about the job, or of all jobs.
    pub rows: Vec<Vec<Option<String>>>,
    /// Further rows that are not shown.
    pub more: usize,
}

/// Explains `metric` of `job`, or of all jobs together.
pub fn explain(
    report: &Report,
    returned: &[ReturnedRows],
    job: Option<&str>,
    metric: &str,
) -> Result<Explanation, UnknownNumber> {
    let number = Number { metric: metric.to_owned(), job: job.map(str::to_owned) };
    let basis = basis(report, &number)?;
    let sources = basis.queries.iter().map(|query| source(report, returned, query, job)).collect();
    let labels = report.deployment.labels.iter();
    let answer = labels.clone().zip(basis.brief.iter()).map(|(label, figures)| format!("{label}: {figures}"));
    let answer = answer.chain(basis.verdict.clone()).collect();
    let windows = labels.zip(basis.windows.iter()).map(|(label, figures)| format!("{label}: {figures}"));
    Ok(Explanation {
        subject: format!("{metric} of {}", job.unwrap_or("all jobs together")),
        answer,
        sources,
        steps: std::iter::once(basis.rule.clone()).chain(windows).chain(copied(report)).collect(),
        comparison: basis.comparison,
        rests: rests(report, metric, job),
    })
}

pub fn basis(report: &Report, number: &Number) -> Result<Basis, UnknownNumber> {
    let metric = report.metric(&number.metric)?;
    let job = match &number.job {
        None => None,
        Some(name) => Some(report.jobs.iter().find(|job| job.name == *name).ok_or_else(|| {
            let names = report.jobs.iter().map(|job| job.name.as_str()).collect::<Vec<_>>();
            UnknownNumber::Job { asked: name.clone(), hint: did_you_mean(name, names) }
        })?),
    };
    if job.is_some() && !metric.per_job {
        return Err(UnknownNumber::TotalsOnly(number.metric.clone()));
    }
    Ok(Basis::of(report, &metric, job))
}

fn source(report: &Report, returned: &[ReturnedRows], query: &str, job: Option<&str>) -> ExplainedQuery {
    let of_windows = |ran: &&Provenance| ran.query == query && ran.is_of_windows();
    let ran: Vec<&Provenance> = report.provenance.iter().filter(of_windows).collect();
    let parameters =
        ran.iter().flat_map(|ran| ran.parameters.iter()).map(|(name, value)| (name.clone(), value.clone()));
    let found: Vec<&ReturnedRows> = returned.iter().filter(|rows| rows.query == query).collect();
    let columns = found.first().map(|rows| rows.columns.clone()).unwrap_or_default();
    let place = columns.iter().position(|column| column == "job_name");
    let about = |row: &&Vec<Option<String>>| match (place, job) {
        (Some(place), Some(job)) => row.get(place).is_some_and(|cell| cell.as_deref() == Some(job)),
        _ => true,
    };
    let rows: Vec<Vec<Option<String>>> =
        found.iter().flat_map(|rows| rows.rows.iter()).filter(about).cloned().collect();
    let more = rows.len().saturating_sub(SHOWN_ROWS);
    let rows = rows.into_iter().take(SHOWN_ROWS).collect();
    ExplainedQuery { query: query.to_owned(), parameters: parameters.collect(), columns, rows, more }
}

/// The queries were not asked of the table itself where it does not have all of the runs.
fn copied(report: &Report) -> Option<String> {
    let history = report.source.history.as_ref()?;
    let runs = figure::counted(history.runs, "recorded run", "recorded runs");
    Some(format!(
        "the queries were run on an SQLite copy of the table's rows and {runs}; `jobdelta sql` prints them for the table \
         alone"
    ))
}

fn rests(report: &Report, metric: &str, job: Option<&str>) -> Vec<String> {
    let about = |target: &&TargetResult| target.metric.name == metric && target.job.as_deref() == job;
    let targets = report.targets.iter().filter(about);
    let mut lines: Vec<String> = targets
        .map(|target| format!("target {} {}: {}", target.metric, target.target, target.reason))
        .collect();
    let triggers = report.triggers.iter();
    let triggers = triggers.filter(|t| t.metric.name == metric && t.job.as_deref() == job);
    lines.extend(triggers.map(|t| format!("trigger {} {}: {}", t.metric, t.trigger, t.reason)));
    lines
}
