//! A number of the report back to where it came from: the query, what was bound, the rows it returned, and
//! the steps from there to the figure, its comparison and the targets that rest on it.

use std::collections::BTreeMap;

use super::model::Report;
use super::provenance::Provenance;
use crate::analysis::comparison::{Comparison, ComparisonVerdict};
use crate::analysis::job::JobWindow;
use crate::analysis::metric::{Metric, Unit};
use crate::figure;
use crate::judgement::TargetResult;
use crate::nearest::did_you_mean;
use crate::window::Side;

mod steps;

/// Most rows of a query that are shown.
const SHOWN_ROWS: usize = 20;

/// What a query returned, as text; `None` is NULL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedRows {
    /// The query.
    pub query: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Option<String>>>,
}

/// The report has no such number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownNumber {
    /// No such metric.
    #[error("there is no metric '{asked}'{hint}")]
    Metric {
        /// As given.
        asked: String,
        /// What it may have been.
        hint: String,
    },
    /// No such job.
    #[error("the report has no job '{asked}'{hint}")]
    Job {
        /// As given.
        asked: String,
        /// What it may have been.
        hint: String,
    },
    /// A metric of all jobs together only.
    #[error("{0} is about all jobs together; leave the job out")]
    TotalsOnly(&'static str),
}

/// Where a number came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What is explained: the metric, and whose.
    pub subject: String,
    /// The queries that it rests on, with what was bound in each and the rows that matter here.
    pub sources: Vec<Source>,
    /// From the rows to the figures, a sentence each.
    pub steps: Vec<String>,
    /// The comparison, a sentence each.
    pub comparison: Vec<String>,
    /// Targets and triggers that rest on it, a sentence each.
    pub rests: Vec<String>,
}

/// One query of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// File in `queries/`, without its ending.
    pub query: String,
    /// What was bound, by name.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The first rows about the job, or of all jobs.
    pub rows: Vec<Vec<Option<String>>>,
    /// Further rows that are not shown.
    pub more: usize,
}

/// Explains `metric` of `job`, or of all jobs together.
///
/// # Errors
/// When the report has no such number; the error names the nearest.
pub fn explain(
    report: &Report,
    returned: &[ReturnedRows],
    job: Option<&str>,
    metric: &str,
) -> Result<Explanation, UnknownNumber> {
    let metric = Metric::from_name(metric).ok_or_else(|| UnknownNumber::Metric {
        asked: metric.to_owned(),
        hint: did_you_mean(metric, Metric::ALL.map(Metric::name)),
    })?;
    let (windows, comparison) = match job {
        None => {
            let totals = &report.totals;
            ([&totals.baseline.job, &totals.stagger.job], totals.comparison.get(metric.name()))
        }
        Some(name) => {
            let names: Vec<&str> = report.jobs.iter().map(|job| job.name.as_str()).collect();
            let found = report.jobs.iter().find(|job| job.name == name).ok_or_else(|| {
                UnknownNumber::Job { asked: name.to_owned(), hint: did_you_mean(name, names) }
            })?;
            if metric.is_of_totals_only() {
                return Err(UnknownNumber::TotalsOnly(metric.name()));
            }
            ([&found.baseline, &found.stagger], found.comparison.get(metric.name()))
        }
    };
    let whose = job.map_or("all jobs together".to_owned(), str::to_owned);
    let sources = steps::queries(metric).iter().map(|query| source(report, returned, query, job)).collect();
    Ok(Explanation {
        subject: format!("{} of {whose}", metric.name()),
        sources,
        steps: steps_of(report, metric, windows),
        comparison: comparison.map(|found| compared(metric, found, windows)).unwrap_or_default(),
        rests: rests(report, metric, job),
    })
}

fn source(report: &Report, returned: &[ReturnedRows], query: &str, job: Option<&str>) -> Source {
    let ran: Vec<&Provenance> = report.provenance.iter().filter(|ran| ran.query == query).collect();
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
    Source { query: query.to_owned(), parameters: parameters.collect(), columns, rows, more }
}

fn steps_of(report: &Report, metric: Metric, windows: [&JobWindow; 2]) -> Vec<String> {
    let mut steps = vec![steps::rule(metric).to_owned()];
    for (side, window) in Side::BOTH.into_iter().zip(windows) {
        let label = match side {
            Side::Baseline => &report.deployment.labels[0],
            Side::Stagger => &report.deployment.labels[1],
        };
        let totals = report.totals.get(side);
        steps.push(format!("{label}: {}", steps::worked(metric, window, totals)));
    }
    steps
}

/// A value in its own unit.
fn value(metric: Metric, value: f64) -> String {
    match metric.unit() {
        Unit::Fraction => figure::percent(value),
        Unit::Milliseconds => figure::duration(value),
        Unit::Count | Unit::Level => figure::number(value),
    }
}

fn difference(metric: Metric, value: f64) -> String {
    match metric.unit() {
        Unit::Fraction => figure::points(value),
        Unit::Milliseconds => figure::duration_change(value),
        Unit::Count | Unit::Level => figure::number(value),
    }
}

fn compared(metric: Metric, comparison: &Comparison, windows: [&JobWindow; 2]) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(before), Some(after)) = (comparison.baseline, comparison.stagger) {
        let change = comparison.change.map(|change| format!(", change {}", difference(metric, change)));
        let relative = comparison.relative_change.map(|r| format!(" ({})", figure::change(r)));
        lines.push(format!(
            "{} before, {} after{}{}",
            value(metric, before),
            value(metric, after),
            change.unwrap_or_default(),
            relative.unwrap_or_default()
        ));
    }
    if let Some([low, high]) = comparison.shift_interval.or(comparison.interval) {
        let of = if comparison.shift_interval.is_some() { "shift" } else { "change" };
        let (low, high) = (difference(metric, low), difference(metric, high));
        lines.push(format!("95 % interval of the {of}: {low} to {high}"));
    }
    if let Some(p) = comparison.p {
        let adjusted = comparison.p_adjusted.map(|p| format!(", adjusted for all comparisons {p:.3e}"));
        lines.push(format!("p = {p:.3e}{}", adjusted.unwrap_or_default()));
    }
    let inflation = windows.iter().filter_map(|window| window.inflation).fold(1.0, f64::max);
    if inflation > 1.0 && matches!(metric.unit(), Unit::Milliseconds) {
        let inflation = figure::number(inflation);
        lines.push(format!(
            "consecutive runs resemble each other: variances are taken {inflation} times as large"
        ));
    }
    let verdict = comparison.verdict.map(|verdict| format!("{}: ", word(verdict))).unwrap_or_default();
    lines.push(format!("{verdict}{}", comparison.reason));
    lines
}

/// The word that readers see.
fn word(verdict: ComparisonVerdict) -> &'static str {
    match verdict {
        ComparisonVerdict::Improved => "improved",
        ComparisonVerdict::Regressed => "regressed",
        ComparisonVerdict::NoMaterialChange => "no material change",
        ComparisonVerdict::Inconclusive => "undecided",
        ComparisonVerdict::NotMeasured => "not measured",
    }
}

fn rests(report: &Report, metric: Metric, job: Option<&str>) -> Vec<String> {
    let about = |target: &&TargetResult| target.metric == metric.name() && target.job.as_deref() == job;
    let targets = report.targets.iter().filter(about);
    let mut lines: Vec<String> = targets
        .map(|target| format!("target {} {}: {}", target.metric, target.target, target.reason))
        .collect();
    let triggers = report.triggers.iter();
    let triggers = triggers.filter(|t| t.metric == metric.name() && t.job.as_deref() == job);
    lines.extend(triggers.map(|t| format!("trigger {} {}: {}", t.metric, t.trigger, t.reason)));
    lines
}
