//! The native rows as they are stored, for the program to count: where a column holds what the program can
//! read, the database does no arithmetic.

use std::collections::BTreeMap;

use super::Relation;
use super::clocks::Clocks;
use super::query::{Column, Query};
use super::range::{Extent, ReadRange};
use super::statement::split_header;
use super::writer::{RowStarts, Writer};
use crate::clock::Timestamp;
use crate::database::{BoundValue, ColumnType, Dialect, Statement, StreamColumn, UNREADABLE};
use crate::mapping::StatusMeaning;
use crate::run::{Field, Status};
use crate::source::native_time::TimeKind;
use crate::window::Side;

/// Rows that are read in one stream.
#[derive(Clone, Debug)]
pub struct Pass {
    text: PassText,
    values: BTreeMap<String, BoundValue>,
    fragments: BTreeMap<String, String>,
    /// Those that the source records, in the order of the statement.
    pub columns: Vec<StreamColumn>,
    pub rows: PassRows,
    /// The windows that a row may belong to.
    pub sides: Vec<Side>,
    /// Whether every row has a time without a zone.
    pub zoneless: bool,
}

#[derive(Clone, Debug)]
enum PassText {
    Whole(String),
    /// Can be cut by further conditions.
    Parts {
        select: String,
        from: String,
        conditions: String,
    },
}

/// A part of a table by the numbers of its rows or blocks: from the first, below the second.
pub type Numbers = (Option<i64>, Option<i64>);

impl Pass {
    /// The place of a column; `None` where the source does not record it.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub fn statement(&self) -> Statement {
        self.with("", &[])
    }

    /// The rows of a part of the table, which the pass has to read as a whole: of `SQLite` by the numbers of
    /// rows, of `PostgreSQL` by those of blocks.
    pub fn part(&self, dialect: Dialect, (from, until): Numbers) -> Statement {
        let bound = |operator: &str, number: i64| match dialect {
            Dialect::Postgres => format!("ctid {operator} CAST('({number},0)' AS tid)"),
            _ => format!("_rowid_ {operator} {number}"),
        };
        let bounds = from.map(|from| bound(">=", from)).into_iter();
        let bounds: Vec<String> = bounds.chain(until.map(|until| bound("<", until))).collect();
        self.with(if dialect == Dialect::Sqlite { " NOT INDEXED" } else { "" }, &bounds)
    }

    /// Whether each native row that the pass reads is one of a table's.
    pub fn can_be_cut(&self) -> bool {
        self.rows == PassRows::Started && matches!(self.text, PassText::Parts { .. })
    }

    fn with(&self, hint: &str, bounds: &[String]) -> Statement {
        let text = match &self.text {
            PassText::Whole(text) => text.clone(),
            PassText::Parts { select, from, conditions } => {
                let bounds: String = bounds.iter().map(|bound| format!("\n    AND {bound}")).collect();
                format!("{select}\nFROM {from}{hint}\nWHERE {conditions}{bounds}")
            }
        };
        Statement { text, values: self.values.clone(), fragments: self.fragments.clone() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassRows {
    /// Native rows with a start.
    Started,
    /// Native rows whose start is missing or cannot be read.
    Startless,
    /// Rows of `source_runs`, each of one window.
    Mapped,
}

/// What is the same in every row of a pass: known without being sent; in one statement with other passes each
/// has the same columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Constants {
    LeftOut,
    Selected,
}

/// A column of a pass with its SQL.
type Selected = (StreamColumn, String);

impl Relation<'_> {
    /// Everything that is to be counted in the windows of `ranges`.
    pub fn passes(&self, query: &Query, ranges: &[ReadRange]) -> Vec<Pass> {
        self.passes_with(query, ranges, Constants::LeftOut)
    }

    fn passes_with(&self, query: &Query, ranges: &[ReadRange], constants: Constants) -> Vec<Pass> {
        if self.mapping.dedupe_within.is_some() {
            return vec![self.mapped_pass(query, ranges)];
        }
        let ranges = self.read_by(query, ranges);
        let shares = self.shares_rows(&ranges);
        let apart = || ranges.iter().map(JoinedRange::of).collect();
        let (joined, startless) = if shares { (joined(&ranges), whole(&ranges)) } else { (apart(), apart()) };
        let started = joined.iter().map(|range| self.stored_pass(query, range, false, constants));
        started.chain(startless.iter().map(|range| self.stored_pass(query, range, true, constants))).collect()
    }

    /// The passes as one statement, for showing.
    pub(super) fn shown(&self, query: &Query, ranges: &[ReadRange]) -> Statement {
        let (header, _) = split_header(query.text);
        let mut shown = Statement::default();
        let mut texts = Vec::new();
        for pass in self.passes_with(query, ranges, Constants::Selected) {
            let statement = pass.statement();
            texts.push(statement.text);
            shown.values.extend(statement.values);
            shown.fragments.extend(statement.fragments);
        }
        shown.text = format!("{header}{}", texts.join("\nUNION ALL\n"));
        shown
    }

    /// Whether one look at a row serves both windows: nothing but its time says which it belongs to.
    fn shares_rows(&self, ranges: &[ReadRange]) -> bool {
        let zoned = |kind: &TimeKind| {
            matches!(kind, TimeKind::Local(Some(_)) | TimeKind::Text(Some(_)) | TimeKind::Written(_, Some(_)))
        };
        self.mapping.bound.is_none()
            && !self.mapping.times.values().any(zoned)
            && ranges.iter().all(|range| range.condition.is_none())
    }

    fn mapped_pass(&self, query: &Query, ranges: &[ReadRange]) -> Pass {
        let text = |name| StreamColumn { name, kind: ColumnType::Text };
        let int = |name| StreamColumn { name, kind: ColumnType::Int };
        let columns = vec![
            int("window_id"),
            text("job_name"),
            int("in_scope"),
            int("started_us"),
            int("finished_us"),
            text("status"),
            text("status_word"),
            text("skip_reason"),
            int("attempt"),
            int("scheduled_us"),
            int("placed_us"),
            text("error_line"),
            text("schedule"),
            text("effective_schedule"),
            int("stagger_offset_s"),
            int("zoneless"),
            int("clock_change"),
        ];
        let Statement { text, values, fragments } =
            self.relation_statement(ranges, query, BTreeMap::new(), &[]);
        let text = PassText::Whole(text);
        Pass {
            text,
            values,
            fragments,
            columns,
            rows: PassRows::Mapped,
            sides: Side::BOTH.into(),
            zoneless: false,
        }
    }

    fn stored_pass(&self, query: &Query, range: &JoinedRange, startless: bool, constants: Constants) -> Pass {
        let mut writer = Writer {
            relation: self,
            query,
            extent: Extent::of(std::slice::from_ref(&range.range)),
            only: &[],
            values: BTreeMap::new(),
            fragments: BTreeMap::new(),
        };
        let around = (range.range.from, range.range.until);
        let starts = if startless { RowStarts::Missing } else { RowStarts::Inside };
        let selected = writer.stored(around, startless, constants);
        let conditions = writer.conditions(&range.range, around, starts);
        let (columns, expressions): (Vec<StreamColumn>, Vec<String>) = selected.into_iter().unzip();
        let named = expressions.iter().zip(&columns).map(|(sql, column)| format!("{sql} AS {}", column.name));
        let select = format!("SELECT {}", named.collect::<Vec<_>>().join(",\n  "));
        let from = self.native(&mut writer.fragments);
        let text = PassText::Parts { select, from, conditions };
        let started = self.mapping.times.get(&Field::StartedAt);
        let zoneless =
            !startless && self.mapping.time_zone.is_none() && started == Some(&TimeKind::Local(None));
        let rows = if startless { PassRows::Startless } else { PassRows::Started };
        let Writer { values, fragments, .. } = writer;
        Pass { text, values, fragments, columns, rows, sides: range.sides.clone(), zoneless }
    }
}

/// A stretch of the table, and the windows whose rows are in it.
#[derive(Clone, Debug)]
struct JoinedRange {
    range: ReadRange,
    sides: Vec<Side>,
}

impl JoinedRange {
    fn of(range: &ReadRange) -> Self {
        Self { range: range.clone(), sides: vec![range.side()] }
    }

    fn absorb(&mut self, other: &ReadRange) {
        "both".clone_into(&mut self.range.name);
        self.range.from = self.range.from.min(other.from);
        self.range.until = self.range.until.max(other.until);
        self.range.end = self.range.end.max(other.end);
        self.sides.push(other.side());
    }
}

/// Ranges that touch, as one.
fn joined(ranges: &[ReadRange]) -> Vec<JoinedRange> {
    let mut ordered: Vec<&ReadRange> = ranges.iter().collect();
    ordered.sort_by_key(|range| range.from);
    let mut joined: Vec<JoinedRange> = Vec::new();
    for range in ordered {
        match joined.last_mut() {
            Some(last) if range.from <= last.range.until => last.absorb(range),
            _ => joined.push(JoinedRange::of(range)),
        }
    }
    joined
}

/// All ranges as one, whatever lies between them.
fn whole(ranges: &[ReadRange]) -> Vec<JoinedRange> {
    let mut ranges = ranges.iter();
    let Some(first) = ranges.next() else { return Vec::new() };
    let mut whole = JoinedRange::of(first);
    for range in ranges {
        whole.absorb(range);
    }
    vec![whole]
}

impl Writer<'_> {
    /// The columns of a pass. Where the start is missing, a start that is there has [`UNREADABLE`].
    fn stored(&self, around: (Timestamp, Timestamp), startless: bool, constants: Constants) -> Vec<Selected> {
        let relation = self.relation;
        let (mapping, dialect) = (relation.mapping, relation.dialect);
        let clocks = Clocks { relation, around };
        let text = |name, sql| (StreamColumn { name, kind: ColumnType::Text }, sql);
        let int = |name, sql| (StreamColumn { name, kind: ColumnType::Int }, sql);
        let native = |name, field| (StreamColumn { name, kind: ColumnType::Instant }, relation.column(field));
        let plain = |field| mapping.times.get(&field).is_some_and(|kind| is_stored_plainly(kind, dialect));
        let started_us = if startless { dialect.integer("NULL") } else { clocks.started_us() };
        let started = match (plain(Field::StartedAt), startless) {
            (true, false) => native("started_us", Field::StartedAt),
            // The program distinguishes an infinite time from NULL.
            (true, true) if dialect == Dialect::Postgres => native("started_us", Field::StartedAt),
            (false, false) => int("started_us", started_us.clone()),
            // A driver may take a date of noughts for NULL.
            (_, true) => {
                let (column, null) = (relation.column(Field::StartedAt), dialect.integer("NULL"));
                int("started_us", format!("CASE WHEN {column} IS NULL THEN {null} ELSE {UNREADABLE} END"))
            }
        };
        let finished = if plain(Field::FinishedAt) && !mapping.has(Field::Duration) {
            native("finished_us", Field::FinishedAt)
        } else {
            int("finished_us", clocks.finished_us(&started_us))
        };
        let mut columns = vec![
            text("job_name", relation.text(Field::JobName)),
            started,
            finished,
            text("status_word", relation.text(Field::Status)),
        ];
        if plain(Field::ScheduledAt) {
            columns.push(native("scheduled_us", Field::ScheduledAt));
        } else if let Some(scheduled) = clocks.microseconds(Field::ScheduledAt) {
            columns.push(int("scheduled_us", scheduled));
        }
        let recorded = |field| mapping.has(field);
        columns.extend(
            recorded(Field::SkipReason).then(|| text("skip_reason", relation.text(Field::SkipReason))),
        );
        columns.extend(recorded(Field::Attempt).then(|| int("attempt", self.attempt())));
        columns.extend(recorded(Field::ErrorMessage).then(|| text("error_line", self.error_line())));
        columns.extend(recorded(Field::Schedule).then(|| text("schedule", relation.text(Field::Schedule))));
        columns.extend(
            recorded(Field::EffectiveSchedule)
                .then(|| text("effective_schedule", relation.text(Field::EffectiveSchedule))),
        );
        columns.extend(
            recorded(Field::StaggerOffsetS)
                .then(|| int("stagger_offset_s", relation.whole_number(Field::StaggerOffsetS))),
        );
        let identified = self.query.needs(Column::RunId) && recorded(Field::RunId);
        columns.extend(identified.then(|| text("run_id", relation.text(Field::RunId))));
        let constant = |sql: &String| sql == "0";
        let always = constants == Constants::LeftOut
            && !startless
            && mapping.times.get(&Field::StartedAt) == Some(&TimeKind::Local(None));
        columns.extend(
            Some(clocks.zoneless()).filter(|sql| !constant(sql) && !always).map(|sql| int("zoneless", sql)),
        );
        columns
            .extend(Some(clocks.doubtful()).filter(|sql| !constant(sql)).map(|sql| int("clock_change", sql)));
        columns
    }

    /// The message of a row that failed; few rows have one, so that its being there is asked first.
    fn error_line(&self) -> String {
        let relation = self.relation;
        let statuses = &relation.mapping.statuses;
        let fails =
            |meaning: &StatusMeaning| matches!(meaning, StatusMeaning::Is(Status::Failed | Status::Timeout));
        let message = relation.text(Field::ErrorMessage);
        let mut condition = format!("{message} IS NOT NULL");
        if !statuses.null.iter().chain(&statuses.other).any(fails) {
            let words = statuses.words.iter().filter(|(_, meaning)| fails(meaning));
            let words: Vec<String> = words.map(|(word, _)| relation.dialect.literal(word)).collect();
            if words.is_empty() {
                return "NULL".to_owned();
            }
            condition.push_str(&format!(" AND {} IN ({})", relation.text(Field::Status), words.join(", ")));
        }
        format!("CASE WHEN {condition} THEN @first_line({message}) END")
    }
}

/// Whether the program reads a kind of time from the bytes of its column.
const fn is_stored_plainly(kind: &TimeKind, dialect: Dialect) -> bool {
    !matches!(dialect, Dialect::Sqlite) && matches!(kind, TimeKind::Instant | TimeKind::Local(None))
}
