//! How the figures were made: caveats, source and queries.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::figure;
use crate::legible;
use crate::report::caveat::{Caveat, CaveatKind};
use crate::report::explanation;
use crate::report::model::{
    ExecutionBasis, RecognisedSource, Report, SourceFacts, TimeZoneBasis, TimeZoneFacts,
};
use crate::report::provenance::Provenance;
use crate::window::Side;

/// The query whose rows the program counts.
const SCAN: &str = "scan";

/// Parameters that are written out.
const SHOWN: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What limits the statements of the report, but for excluded periods, which have rows of their own.
    pub caveats: Vec<CaveatRow>,
    /// `sqlite, demo.db`
    pub source: String,
    pub server_version: String,
    pub preset: String,
    /// Whether the mapping was found by its tables.
    pub is_recognised: bool,
    /// `scan: the table is small enough to be read once`
    pub execution: String,
    /// `recorded in Europe/Istanbul, as the mapping says`
    pub times: String,
    pub rows_read: String,
    pub rows_out_of_scope: String,
    pub rows_after_as_of: String,
    pub queries: Vec<QueryRow>,
    /// What several queries bind, to one and the same value.
    pub parameters: Vec<String>,
    /// `jobdelta 0.1.0`
    pub tool: String,
    /// What `jobdelta explain [JOB] METRIC` needs to read the same rows: windows and instant.
    pub explain_flags: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaveatRow {
    pub code: String,
    pub message: String,
    /// What it touches: `before, Live Stats Sync, 3 runs`; `null` when that is all.
    pub about: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueryRow {
    /// File in `queries/`, without its ending.
    pub query: String,
    /// What was bound in this query alone: `burst_us = 1000000`.
    pub parameters: Vec<String>,
    pub rows: String,
}

pub(super) fn view(report: &Report) -> Reading {
    let source = &report.source;
    let common = common_parameters(&report.provenance);
    Reading {
        caveats: report
            .caveats
            .iter()
            .filter(|caveat| !told(caveat))
            .map(|caveat| row(report, caveat))
            .collect(),
        source: format!("{}, {}", source.database, source.identity),
        server_version: source.server_version.clone(),
        preset: preset(source),
        is_recognised: source.recognised.is_some(),
        execution: execution(source),
        times: times(source.time_zone.as_ref()),
        rows_read: figure::count(source.rows_read),
        rows_out_of_scope: figure::count(source.rows_out_of_scope),
        rows_after_as_of: figure::count(source.rows_after_as_of),
        queries: queries(report, &common),
        parameters: shown(&common),
        explain_flags: explanation::flags(report),
        tool: format!("{} {}", report.tool.name, report.tool.version),
    }
}

/// `airflow, found by its tables (Airflow 3); single tries of tasks with --source airflow_tasks`
fn preset(source: &SourceFacts) -> String {
    let Some(RecognisedSource { product, versions, schema, others }) = &source.recognised else {
        return source.preset.clone();
    };
    let versions = versions.as_ref().map(|versions| format!(" {versions}")).unwrap_or_default();
    let schema =
        schema.as_ref().map(|schema| format!(" in schema {}", legible::name(schema))).unwrap_or_default();
    let mut text = format!("{}, found by its tables ({product}{versions}{schema})", source.preset);
    for other in others {
        text.push_str(&format!("; {} with --source {}", other.reads, other.name));
    }
    text
}

fn execution(source: &SourceFacts) -> String {
    let why = source.execution_basis.map(|basis| match basis {
        ExecutionBasis::Asked => ", as asked",
        ExecutionBasis::Small => ": the table is small enough to be read once",
        ExecutionBasis::Large => ": the table is too large to be read once",
        ExecutionBasis::UnknownSize => ": the size of what is read is not known",
        ExecutionBasis::Distributed => ": other servers hold the rows",
    });
    format!("{}{}", source.execution, why.unwrap_or_default())
}

fn times(zone: Option<&TimeZoneFacts>) -> String {
    match zone {
        None => "read as UTC".to_owned(),
        Some(TimeZoneFacts { name, basis }) => match basis {
            TimeZoneBasis::Recorded => "recorded with their zone".to_owned(),
            TimeZoneBasis::Declared => format!("recorded in {name}, as the mapping says"),
            TimeZoneBasis::Assumed => format!("recorded without a zone, read as {name}"),
        },
    }
}

/// Whether the rows of excluded periods say it already.
fn told(caveat: &Caveat) -> bool {
    matches!(caveat.kind, CaveatKind::ExcludedBetween { .. } | CaveatKind::ExcludedInside { .. })
}

fn row(report: &Report, caveat: &Caveat) -> CaveatRow {
    let [before, after] = &report.deployment.labels;
    let window = caveat.window.map(|side| match side {
        Side::Baseline => legible::name(before),
        Side::Stagger => legible::name(after),
    });
    let job = caveat.jobs.only().map(legible::name);
    let runs = caveat.runs.map(|runs| figure::counted(runs, "run", "runs"));
    let about: Vec<String> = [window, job, runs].into_iter().flatten().collect();
    CaveatRow {
        code: caveat.code().to_owned(),
        message: caveat.message(),
        about: (!about.is_empty()).then(|| about.join(", ")),
    }
}

/// What was run, and below it the questions that the program answered from the rows of a scan.
fn queries(report: &Report, common: &BTreeMap<&str, &Value>) -> Vec<QueryRow> {
    let mut queries: Vec<QueryRow> = report.provenance.iter().map(|found| query(found, common)).collect();
    if report.provenance.iter().any(|found| found.query == SCAN) {
        let rested_on: BTreeSet<&String> =
            report.findings.iter().flat_map(|finding| &finding.queries).collect();
        let run = |name: &str| report.provenance.iter().any(|found| found.query == name);
        queries.extend(rested_on.into_iter().filter(|name| !run(name)).map(|name| QueryRow {
            query: name.clone(),
            parameters: vec![format!("counted in the program, from the rows of {SCAN}")],
            rows: figure::ABSENT.to_owned(),
        }));
    }
    queries
}

fn query(provenance: &Provenance, common: &BTreeMap<&str, &Value>) -> QueryRow {
    let own = provenance.parameters.iter().filter(|(name, _)| !common.contains_key(name.as_str()));
    let own: BTreeMap<&str, &Value> = own.map(|(name, value)| (name.as_str(), value)).collect();
    QueryRow {
        query: provenance.query.clone(),
        parameters: shown(&own),
        rows: figure::count(provenance.rows),
    }
}

/// `baseline_start_us = 1769979360000000`
fn bound(name: &str, value: &Value) -> String {
    format!("{name} = {value}")
}

/// The parameters that several queries bind, each to one and the same value.
fn common_parameters(queries: &[Provenance]) -> BTreeMap<&str, &Value> {
    let mut values: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for (name, value) in queries.iter().flat_map(|query| &query.parameters) {
        values.entry(name).or_default().push(value);
    }
    let same = |values: &[&Value]| values.len() > 1 && values.windows(2).all(|pair| pair[0] == pair[1]);
    values
        .into_iter()
        .filter(|(_, values)| same(values))
        .filter_map(|(n, v)| Some((n, *v.first()?)))
        .collect()
}

/// The first [`SHOWN`] of them, and how many there are besides.
fn shown(parameters: &BTreeMap<&str, &Value>) -> Vec<String> {
    let mut lines: Vec<String> =
        parameters.iter().take(SHOWN).map(|(name, value)| bound(name, value)).collect();
    if parameters.len() > SHOWN {
        let more = (parameters.len() - SHOWN) as u64;
        lines.push(format!("and {} more in the JSON report", figure::count(more)));
    }
    lines
}
