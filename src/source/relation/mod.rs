//! The normalised relation `runs`: what every query reads, as common table expressions over the native
//! table.
//!
//! | column | holds |
//! |---|---|
//! | `window_id` | the range that the row was read for: 0 baseline, 1 stagger |
//! | `job_name` | compared byte by byte; an earlier name (`was`) is already the present one |
//! | `started_us`, `finished_us`, `scheduled_us` | whole microseconds; the end as recorded, NULL when absent |
//! | `status` | one of the six words |
//! | `skip_reason` | `lock`, `overlap`, `other`; NULL unless skipped |
//! | `outcome` | `completed`, `failed`, `timed_out`, `cancelled`, `in_flight`, `orphaned`, `skipped` |
//! | `observed` | 1 when the run started in the observed part of its window, else 0 |
//! | `excluded_us` | the excluded time of its window before the start |
//! | `occupied_until_us` | end of the occupancy that begins at `started_us`; NULL when it occupies nothing |
//! | `occupied_us` | the part of the occupancy inside the observed part |
//! | `fire_us` | the fire that the run answers, less the job's offset: the moment that it was meant for, else its start; NULL without a schedule, and for a fire outside of the observed part |
//! | `on_time` | 1 when the run started on time, else 0; NULL where nothing says so, and for a retry |
//! | `error_line`, `attempt`, `schedule`, `effective_schedule`, `stagger_offset_s` | as recorded |
//! | `placed_us` | `started_us`; without a start `scheduled_us`, else `finished_us` |
//! | `zoneless` | 1 where a time has no zone and none is declared, else 0 |
//! | `clock_change` | 1 where a local time does not happen, or happens twice, else 0 |
//!
//! A row is there once for every window whose read range holds its start. Rows outside the scope and rows
//! that started at or after `as_of` are not there; `source_runs`, one step before, still has them. Rows
//! without a start are there for queries with `placed_us` only: in `runs` where that lies in the range, in
//! `source_runs` with NULL too.

mod bound;
mod by_job;
mod dedupe;
mod native;
mod occupancy;
mod punctual;
mod query;
mod stored;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use native::POSSIBLE;
pub use query::{Column, Parameter, Query, Reads};
pub use stored::{Numbers, Pass, PassRows};

use super::mapping::{Mapping, Native};
use super::native_time::TimeKind;
use crate::clock::{SECOND_US, Span, Timestamp};
use crate::database::{BoundValue, Dialect, Statement};
use crate::mapping::FieldSource;
use crate::observation::counting::CountingSettings;
use crate::observation::punctual::PunctualJobs;
use crate::run::Field;
use crate::window::{PerSide, Period, Side, Window};

/// A stretch of the table that is read, and which window it is read for.
#[derive(Clone, Debug)]
pub struct ReadRange {
    pub window_id: i64,
    /// Stem of the parameters' names.
    pub name: String,
    /// Starts from here …
    pub from: Timestamp,
    /// … up to, and without, here.
    pub until: Timestamp,
    /// The keys between which all of these rows lie, where the mapping has a bound.
    pub keys: Option<KeyRange>,
    /// Whether there can be rows without a start.
    pub has_startless: bool,
    /// The end of the window. Runs that start later, up to `until`, matter where they were meant for before.
    pub end: Timestamp,
    /// The window's own condition.
    pub condition: Option<String>,
    /// The observed part: starts here belong to the window.
    pub observed: Vec<Period>,
    /// The jobs with known on-time starts.
    pub punctual: Arc<PunctualJobs>,
}

impl ReadRange {
    /// The window that the range is read for.
    pub fn side(&self) -> Side {
        if self.window_id == Side::Baseline.id() { Side::Baseline } else { Side::Stagger }
    }
}

/// The keys, both included, outside of which no row of a range lies; `None` where there is no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRange {
    pub from: Option<i64>,
    pub until: Option<i64>,
}

/// What makes `runs` of a table, for one report.
#[derive(Clone, Debug)]
pub struct Relation<'a> {
    pub mapping: &'a Mapping,
    pub dialect: Dialect,
    pub settings: &'a CountingSettings,
    /// The instant up to which rows are looked at.
    pub as_of: Timestamp,
    /// Whether that is the server's clock, after which no run can have started.
    pub as_of_is_clock: bool,
}

impl Relation<'_> {
    /// The ranges that hold everything of the two windows: each from `longest_run` before its start.
    /// `punctual` are the jobs with known on-time starts.
    pub fn window_ranges(
        &self,
        windows: &PerSide<Window>,
        punctual: &PerSide<Arc<PunctualJobs>>,
    ) -> Vec<ReadRange> {
        let back = Span(-self.settings.longest_run.us());
        let range = |side: Side| {
            let window = windows.get(side);
            ReadRange {
                window_id: side.id(),
                name: side.name().to_owned(),
                from: window.period.start.plus(back),
                until: window.period.end,
                keys: None,
                has_startless: true,
                end: window.period.end,
                condition: window.condition.clone(),
                observed: window.observed.clone(),
                punctual: Arc::clone(punctual.get(side)),
            }
        };
        Side::BOTH.into_iter().map(range).collect()
    }

    /// A statement: the relation over `ranges`, then `query`, with the query's own values; most queries look
    /// at one window, and stand there once for each. The columns that a query does not declare are not read.
    pub fn statement(
        &self,
        ranges: &[ReadRange],
        query: &Query,
        values: BTreeMap<String, BoundValue>,
        only: &[String],
    ) -> Statement {
        match query.reads {
            Reads::Coverage => self.coverage(query, None),
            Reads::StoredRows if self.mapping.dedupe_within.is_none() => self.shown(query, ranges),
            _ => self.relation_statement(ranges, query, values, only),
        }
    }

    fn relation_statement(
        &self,
        ranges: &[ReadRange],
        query: &Query,
        values: BTreeMap<String, BoundValue>,
        only: &[String],
    ) -> Statement {
        let ranges = &self.read_by(query, ranges);
        let extent = Extent::of(ranges);
        let mut writer = Writer { relation: self, query, extent, only, values, fragments: BTreeMap::new() };
        let (header, body) = split_header(query.text);
        let text = if query.is_by_window() {
            let windows: Vec<String> = ranges.iter().map(|range| writer.window(range, body)).collect();
            windows.join("\nUNION ALL\n")
        } else {
            self.with_steps(&writer.steps(ranges), body)
        };
        Statement { text: format!("{header}{text}"), values: writer.values, fragments: writer.fragments }
    }

    /// A query over steps, the first of which is all that reads what is not ours. `SQLite` takes a table of the
    /// user for a step of the same name, wherever in the statement the step stands, so that there the other
    /// steps stand deeper.
    fn with_steps(&self, steps: &StatementSteps, body: &str) -> String {
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

    /// The part of `ranges` that `query` can have rows of: what started at or after `as_of` is only in
    /// `source_runs`, and what started outside of the observed part matters only where occupancy does.
    /// Native bounds that say so leave a planner nothing to guess.
    pub fn read_by(&self, query: &Query, ranges: &[ReadRange]) -> Vec<ReadRange> {
        let mut ranges = ranges.to_vec();
        let late = [Reads::RunsAndLate, Reads::StoredRows].contains(&query.reads);
        if late && self.mapping.has(Field::ScheduledAt) {
            for range in &mut ranges {
                // What was meant for the window and has no start may be meant for later than was looked at.
                (range.until, range.has_startless) = (range.end.plus(self.settings.longest_run), true);
            }
        }
        if !self.bounds_are_exact() || [Reads::SourceRuns, Reads::StoredRows].contains(&query.reads) {
            return ranges;
        }
        for range in &mut ranges {
            range.until = range.until.min(self.as_of);
            if let ([first, ..], [.., last]) = (&range.observed[..], &range.observed[..])
                && query.reads == Reads::ObservedRuns
            {
                (range.from, range.until) = (first.start, last.end);
            }
        }
        ranges
    }

    /// Whether the bounds on the native column let exactly the rows of a range through.
    fn bounds_are_exact(&self) -> bool {
        let exact = self.mapping.times.get(&Field::StartedAt).is_none_or(TimeKind::is_exact);
        exact && self.mapping.dedupe_within.is_none()
    }

    /// The statement for the first and last start in the table, whatever the windows are; `keys` are those
    /// among which the one and the other is.
    pub fn coverage(&self, query: &Query, keys: Option<[KeyRange; 2]>) -> Statement {
        let mut values = BTreeMap::new();
        let mut fragments = BTreeMap::new();
        let started = self.column(Field::StartedAt);
        let mut ends = Vec::new();
        let keys = keys.map_or([None; 2], |keys| keys.map(Some));
        let of_ends = [("MIN", "first_started_us"), ("MAX", "last_started_us")];
        for ((function, name), keys) in of_ends.into_iter().zip(keys.iter().copied()) {
            let kind = self.mapping.times.get(&Field::StartedAt);
            let us = kind.map_or_else(
                || format!("{function}({started})"),
                |kind| kind.extreme_us(self.dialect, function, &started, (Timestamp(0), self.as_of)),
            );
            let mut conditions = vec![format!("{started} IS NOT NULL")];
            if let Some(kind) = kind {
                let all = (Timestamp(0), self.as_of);
                conditions.push(kind.bounds(self.dialect, &started, "coverage", all, &mut values));
            }
            conditions.extend(self.within_keys(keys));
            if let Some(condition) = &self.mapping.condition {
                fragments.insert("source_where".to_owned(), condition.clone());
                conditions.push(":source_where".to_owned());
            }
            ends.push(format!(
                "(SELECT {us} FROM {} WHERE {}) AS {name}",
                self.native(&mut fragments),
                conditions.join(" AND ")
            ));
        }
        ends.push(self.ahead(keys[1], &mut values, &mut fragments));
        let steps = StatementSteps {
            rows: format!("  SELECT {}", ends.join(",\n  ")),
            others: vec![format!("coverage AS (\n  SELECT * FROM {ROWS}\n)")],
        };
        let (header, body) = split_header(query.text);
        Statement { text: format!("{header}{}", self.with_steps(&steps, body)), values, fragments }
    }

    /// The column with the number of rows that start after the clock.
    fn ahead(
        &self,
        keys: Option<KeyRange>,
        values: &mut BTreeMap<String, BoundValue>,
        fragments: &mut BTreeMap<String, String>,
    ) -> String {
        let Some(kind) = self.mapping.times.get(&Field::StartedAt).filter(|_| self.as_of_is_clock) else {
            return format!("{} AS rows_ahead", self.dialect.integer("NULL"));
        };
        let started = self.column(Field::StartedAt);
        let from = self.as_of.plus(CLOCK_TOLERANCE);
        let us = kind.microseconds(self.dialect, &started, (from, FAR));
        let bounds = kind.bounds(self.dialect, &started, "ahead", (from, FAR), values);
        let mut conditions = vec![bounds, format!("{us} >= {}", from.us())];
        conditions.extend(self.within_keys(keys));
        if self.mapping.condition.is_some() {
            conditions.push(":source_where".to_owned());
        }
        let native = self.native(fragments);
        format!("(SELECT COUNT(*) FROM {native} WHERE {}) AS rows_ahead", conditions.join(" AND "))
    }

    /// The statement for starts that are there and cannot be read as times, each once.
    pub fn unreadable_starts(&self) -> Statement {
        let started = self.column(Field::StartedAt);
        let unreadable = match self.mapping.times.get(&Field::StartedAt) {
            Some(kind) => kind.missing(self.dialect, &started),
            None => format!("{started} IS NULL"),
        };
        self.distinct("start_text", &started, &unreadable)
    }

    /// The statement for durations that are there and cannot be read, each once; `None` where that cannot be.
    pub fn unreadable_durations(&self) -> Option<Statement> {
        let FieldSource::Column(column) = self.mapping.places.get(&Field::Duration)? else { return None };
        let value = self.dialect.identifier(column);
        let unreadable = self.mapping.duration.unreadable(self.dialect, &value)?;
        Some(self.distinct("duration_text", &value, &unreadable))
    }

    /// The statement for some of a column's values in the rows with a condition, each once.
    fn distinct(&self, name: &str, value: &str, condition: &str) -> Statement {
        let mut statement = Statement::default();
        let native = self.native(&mut statement.fragments);
        let mut conditions = format!("{value} IS NOT NULL AND {condition}");
        if let Some(condition) = &self.mapping.condition {
            statement.fragments.insert("source_where".to_owned(), condition.clone());
            conditions.push_str(" AND :source_where");
        }
        let text = self.dialect.bytewise(value);
        statement.text = format!("SELECT DISTINCT {text} AS {name} FROM {native} WHERE {conditions} LIMIT 3");
        statement
    }

    /// How far beyond a range a chain of rows that are one run may reach.
    fn chain(&self) -> Span {
        if self.mapping.dedupe_within.is_some() { self.settings.longest_run } else { Span(0) }
    }

    /// The bounds on the key of a mapping that has such a bound.
    fn within_keys(&self, keys: Option<KeyRange>) -> Vec<String> {
        let (Some(keys), Some(bound)) = (keys, &self.mapping.bound) else { return Vec::new() };
        let column = self.dialect.identifier(&bound.column);
        let from = keys.from.map(|key| format!("{column} >= {key}"));
        let until = keys.until.map(|key| format!("{column} <= {key}"));
        from.into_iter().chain(until).collect()
    }

    /// What is read, as it stands after FROM.
    fn native(&self, fragments: &mut BTreeMap<String, String>) -> String {
        match &self.mapping.rows {
            Native::Table(table) => table.quoted(self.dialect),
            Native::Query(query) => {
                fragments.insert("source_query".to_owned(), query.clone());
                ":source_query AS jobdelta_source".to_owned()
            }
        }
    }

    fn column(&self, field: Field) -> String {
        let name = self.mapping.places.get(&field).map_or(field.name(), FieldSource::column);
        self.dialect.identifier(name)
    }

    /// A text field, wherever it is found; NULL when the table does not record it. A column whose own equality
    /// is that of the bytes stays as it is, so that a server which keeps rows apart by it can tell.
    fn text(&self, field: Field) -> String {
        if let (Some(FieldSource::Column(column)), true) =
            (self.mapping.places.get(&field), self.mapping.bytewise.contains(&field))
        {
            return self.dialect.identifier(column);
        }
        self.dialect.bytewise(&match self.mapping.places.get(&field) {
            None => "NULL".to_owned(),
            Some(FieldSource::Column(column)) => self.dialect.identifier(column),
            Some(FieldSource::Json { column, keys }) => self.dialect.json_text(column, keys),
        })
    }

    /// A whole-number field; NULL when the table does not record it or the text is no number.
    fn whole_number(&self, field: Field) -> String {
        match self.mapping.places.get(&field) {
            None => self.dialect.integer("NULL"),
            Some(FieldSource::Column(column)) => self.dialect.integer(&self.dialect.identifier(column)),
            Some(FieldSource::Json { .. }) => {
                let text = self.text(field);
                let matches = match self.dialect {
                    Dialect::Postgres => format!("{text} ~ '^-?[0-9]{{1,15}}$'"),
                    Dialect::Sqlite => format!("{text} NOT GLOB '*[^-0-9]*'"),
                    Dialect::MySql | Dialect::MariaDb => format!("{text} REGEXP '^-?[0-9]{{1,15}}$'"),
                };
                format!("CASE WHEN {matches} THEN {} END", self.dialect.integer(&text))
            }
        }
    }
}

/// The first step, the only one that reads what is not ours; no table of anybody has this name.
const ROWS: &str = "jobdelta_rows";

/// What comes before a query: the native rows, and the steps from them to what it reads.
struct StatementSteps {
    rows: String,
    others: Vec<String>,
}

/// Which native rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowStarts {
    /// Those that started in a range.
    Inside,
    /// All those without a start that can be read.
    Missing,
    InsideOrMissing,
}

/// From the first to the last instant that any of the ranges reads.
#[derive(Clone, Copy, Debug)]
struct Extent {
    from: Timestamp,
    until: Timestamp,
}

impl Extent {
    fn of(ranges: &[ReadRange]) -> Self {
        Self {
            from: ranges.iter().map(|range| range.from).min().unwrap_or(Timestamp(0)),
            until: ranges.iter().map(|range| range.until).max().unwrap_or(Timestamp(0)),
        }
    }
}

/// Builds the steps of one statement and gathers its values.
struct Writer<'a> {
    relation: &'a Relation<'a>,
    query: &'a Query,
    extent: Extent,
    /// The only jobs that are asked about; all where it is empty.
    only: &'a [String],
    values: BTreeMap<String, BoundValue>,
    fragments: BTreeMap<String, String>,
}

impl Writer<'_> {
    fn dialect(&self) -> Dialect {
        self.relation.dialect
    }

    fn int(&mut self, name: &str, value: i64) -> String {
        self.values.insert(name.to_owned(), BoundValue::Int(value));
        format!(":{name}")
    }

    fn text(&mut self, name: &str, value: &str) -> String {
        self.values.insert(name.to_owned(), BoundValue::Text(value.to_owned()));
        format!(":{name}")
    }

    /// The columns of the native table that the query needs beside those that are always there.
    fn carried(&self) -> Vec<Column> {
        Column::CARRIED.into_iter().filter(|column| self.query.needs(*column)).collect()
    }

    /// The query for one window; what it calls its own is that window's. Where other servers hold the rows, by job,
    /// groups are made by job first, so that each server can make its own.
    fn window(&mut self, range: &ReadRange, body: &str) -> String {
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

    fn steps(&mut self, ranges: &[ReadRange]) -> StatementSteps {
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
    fn reads_startless(&self, ranges: &[ReadRange]) -> bool {
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

/// The comment at the head of a query, and the query.
fn split_header(query: &str) -> (&str, &str) {
    let mut length = 0;
    for line in query.split_inclusive('\n') {
        if !line.trim().is_empty() && !line.trim_start().starts_with("--") {
            break;
        }
        length += line.len();
    }
    query.split_at(length)
}

/// Clocks of servers differ by less.
const CLOCK_TOLERANCE: Span = Span::seconds(60);

/// In the year 9987: every database holds it.
const FAR: Timestamp = Timestamp(253_000_000_000_000_000);

/// One second, for queries that count starts closer than that.
pub const DUPLICATE_WITHIN_US: i64 = SECOND_US;
