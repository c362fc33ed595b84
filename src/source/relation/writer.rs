//! The steps of a statement, and what they need beside its text.

use std::collections::BTreeMap;

use super::Relation;
use super::query::{Column, Query, Reads};
use super::range::{Extent, ReadRange};
use crate::database::{BoundValue, Dialect};

/// The first step, the only one that reads what is not ours; no table of anybody has this name.
pub(super) const ROWS: &str = "jobdelta_rows";

/// What comes before a query: the native rows, and the steps from them to what it reads.
pub(super) struct StatementSteps {
    pub(super) rows: String,
    pub(super) others: Vec<String>,
}

/// Which native rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowStarts {
    /// Those that started in a range.
    Inside,
    /// All those without a start that can be read.
    Missing,
    InsideOrMissing,
}

impl Relation<'_> {
    /// A query over steps, the first of which is all that reads what is not ours. `SQLite` takes a table of the
    /// user for a step of the same name, wherever in the statement the step stands, so that there the other
    /// steps stand deeper.
    pub(super) fn with_steps(&self, steps: &StatementSteps, body: &str) -> String {
        // A query may bring steps of its own after `WITH`.
        let body = body.trim();
        let body = match body.strip_prefix("WITH ") {
            Some(own) => format!(",\n{own}"),
            None => format!("\n{body}"),
        };
        let StatementSteps { rows, others } = steps;
        let others = others.join(",\n");
        match self.dialect {
            Dialect::Sqlite => {
                format!("WITH {ROWS} AS (\n{rows}\n)\nSELECT * FROM (\nWITH {others}{body}\n)")
            }
            _ => format!("WITH {ROWS} AS (\n{rows}\n),\n{others}{body}"),
        }
    }
}

/// Builds the steps of one statement and gathers its values.
pub(super) struct Writer<'a> {
    pub(super) relation: &'a Relation<'a>,
    pub(super) query: &'a Query,
    pub(super) extent: Extent,
    /// The only jobs that are asked about; all where it is empty.
    pub(super) only: &'a [String],
    pub(super) values: BTreeMap<String, BoundValue>,
    pub(super) fragments: BTreeMap<String, String>,
}

impl Writer<'_> {
    pub(super) fn dialect(&self) -> Dialect {
        self.relation.dialect
    }

    pub(super) fn int(&mut self, name: &str, value: i64) -> String {
        self.values.insert(name.to_owned(), BoundValue::Int(value));
        format!(":{name}")
    }

    pub(super) fn text(&mut self, name: &str, value: &str) -> String {
        self.values.insert(name.to_owned(), BoundValue::Text(value.to_owned()));
        format!(":{name}")
    }

    /// The columns of the native table that the query needs beside those that are always there.
    pub(super) fn carried(&self) -> Vec<Column> {
        Column::CARRIED.into_iter().filter(|column| self.query.needs(*column)).collect()
    }

    /// The query for one window; what it calls its own is that window's. Where other servers hold the rows, by job,
    /// groups are made by job first, so that each server can make its own.
    pub(super) fn window(&mut self, range: &ReadRange, body: &str) -> String {
        let steps = self.steps(std::slice::from_ref(range));
        // An order by bytes is the faster one, and hides the column by which a cluster keeps its rows.
        let job = if self.relation.mapping.is_local { "@in_bytes(job_name)" } else { "job_name" };
        let body = body.replace(":own_job", job);
        let body = body.replace(":own_id", &range.window_id.to_string());
        let body = body.replace(":own_", &format!(":{}_", range.name));
        let by_job = if self.relation.mapping.is_local { "" } else { ", job_name" };
        let body = body.replace(":and_job", by_job);
        format!("SELECT * FROM (\n{}\n) AS {}_rows", self.relation.with_steps(&steps, &body), range.name)
    }

    pub(super) fn steps(&mut self, ranges: &[ReadRange]) -> StatementSteps {
        let rows = self.rows(ranges);
        let mut others = self.source_runs(ranges);
        // A step that nobody reads would still be a second reader of the one before, and keep a server
        // from reading it in place.
        if ![Reads::SourceRuns, Reads::StoredRows].contains(&self.query.reads) {
            others.push(self.runs(ranges));
        }
        if self.query.reads == Reads::RunsAndSegments {
            others.push(segments(ranges));
        }
        StatementSteps { rows, others }
    }

    /// Whether rows without a start are read as well.
    pub(super) fn reads_startless(&self, ranges: &[ReadRange]) -> bool {
        self.query.needs(Column::PlacedUs) && ranges.iter().any(|range| range.has_startless)
    }

    fn rows(&mut self, ranges: &[ReadRange]) -> String {
        let starts: &[RowStarts] = match (self.reads_startless(ranges), self.dialect()) {
            (false, _) => &[RowStarts::Inside],
            // An index serves both at once, and another server is asked one question.
            (true, Dialect::Postgres) => &[RowStarts::InsideOrMissing],
            (true, _) => &[RowStarts::Inside, RowStarts::Missing],
        };
        let of_starts = starts.iter().flat_map(|starts| ranges.iter().map(move |range| (range, *starts)));
        let branches: Vec<String> = of_starts.map(|(range, starts)| self.native(range, starts)).collect();
        branches.join("\n  UNION ALL\n")
    }

    /// The steps from the native rows to `source_runs`.
    fn source_runs(&mut self, ranges: &[ReadRange]) -> Vec<String> {
        let mut steps = Vec::new();
        let mapped = self.mapped(ranges);
        let bounds = self.exact_bounds(ranges);
        if bounds.is_empty() {
            steps.push(format!("source_runs AS (\n{mapped}\n)"));
            return steps;
        }
        steps.push(format!("mapped_rows AS (\n{mapped}\n)"));
        let last = match self.relation.mapping.dedupe_within {
            None => "mapped_rows",
            Some(within) => {
                steps.extend(self.deduplicated(within));
                "joined_rows"
            }
        };
        let observed = if self.query.reads == Reads::SourceRuns && self.query.needs(Column::Observed) {
            format!(", {} AS observed", self.observed(ranges))
        } else {
            String::new()
        };
        steps.push(format!("source_runs AS (\n  SELECT {last}.*{observed} FROM {last}\n  WHERE {bounds}\n)"));
        steps
    }
}

/// The observed parts of the windows as a relation.
fn segments(ranges: &[ReadRange]) -> String {
    let rows: Vec<String> = ranges
        .iter()
        .flat_map(|range| {
            range.observed.iter().map(|part| {
                let (start, end) = (part.start.us(), part.end.us());
                format!("SELECT {} AS window_id, {start} AS start_us, {end} AS end_us", range.window_id)
            })
        })
        .collect();
    let rows = if rows.is_empty() {
        vec!["SELECT -1 AS window_id, 0 AS start_us, 0 AS end_us".to_owned()]
    } else {
        rows
    };
    format!("segments AS (\n  {}\n)", rows.join("\n  UNION ALL "))
}
