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
//! | `occupied_until_us` | end of the occupancy that begins at `started_us`; NULL when it occupies nothing |
//! | `occupied_us` | the part of the occupancy inside the observed part |
//! | `offset_us` | the job's offset in that window |
//! | `error_line`, `attempt`, `schedule`, `effective_schedule`, `stagger_offset_s` | as recorded |
//!
//! A row is there once for every window whose read range holds its start. Rows outside the scope and rows
//! that started at or after `as_of` are not there; `source_runs`, one step before, still has them.

use std::collections::BTreeMap;

use super::mapping::Mapping;
use super::preset::Place;
use crate::clock::{SECOND_US, Span, Timestamp};
use crate::database::{Dialect, Statement, Value};
use crate::run::{SkipReason, Status};
use crate::settings::{JobPlan, Scope, Settings};
use crate::window::{Period, Side, WindowPair};

/// A stretch of the table that is read, and which window it is read for.
#[derive(Clone, Debug)]
pub struct ReadRange {
    /// The value of `window_id`.
    pub window_id: i64,
    /// Stem of the parameters' names.
    pub name: String,
    /// Starts from here …
    pub from: Timestamp,
    /// … up to, and without, here.
    pub until: Timestamp,
    /// The window's own condition.
    pub condition: Option<String>,
    /// The observed part: starts here belong to the window.
    pub observed: Vec<Period>,
}

/// What makes `runs` of a table, for one report.
#[derive(Clone, Debug)]
pub struct Relation<'a> {
    /// The mapping.
    pub mapping: &'a Mapping,
    /// The flavour of SQL.
    pub dialect: Dialect,
    /// The thresholds and the declared jobs.
    pub settings: &'a Settings,
    /// The instant up to which rows are looked at.
    pub as_of: Timestamp,
}

impl Relation<'_> {
    /// The ranges that hold everything of the two windows: each from `longest_run` before its start.
    pub fn window_ranges(&self, windows: &WindowPair) -> Vec<ReadRange> {
        let back = Span(-self.settings.analysis.longest_run.us());
        let range = |side: Side| {
            let window = windows.get(side);
            ReadRange {
                window_id: side.id(),
                name: side.name().to_owned(),
                from: window.period.start.plus(back),
                until: window.period.end,
                condition: window.condition.clone(),
                observed: window.observed.clone(),
            }
        };
        Side::BOTH.into_iter().map(range).collect()
    }

    /// A statement: the relation over `ranges`, then `query`, with the query's own values. The columns
    /// that a query does not name are not read.
    pub fn statement(&self, ranges: &[ReadRange], query: &str, values: BTreeMap<String, Value>) -> Statement {
        let mut writer = Writer { relation: self, query, values, fragments: BTreeMap::new() };
        let mut ctes = writer.source_runs(ranges);
        // A step that nobody reads would still be a second reader of the one before, and keep a server
        // from reading it in place.
        if names(query, "runs") {
            ctes.push(writer.runs(ranges));
        }
        if names(query, "segments") {
            ctes.push(segments(ranges));
        }
        let (header, body) = split_header(query);
        // A query may bring steps of its own after `WITH`.
        let body = body.trim_start();
        let body = match body.strip_prefix("WITH ") {
            Some(steps) => format!(",\n{steps}"),
            None => format!("\n{body}"),
        };
        let text = format!("{header}WITH {}{body}", ctes.join(",\n"));
        Statement { text, values: writer.values, fragments: writer.fragments }
    }

    /// The statement for the first and last start in the table, whatever the windows are.
    pub fn coverage(&self, query: &str) -> Statement {
        let mut values = BTreeMap::new();
        let mut fragments = BTreeMap::new();
        let started = self.column("started_at");
        let mut ends = Vec::new();
        for (function, name) in [("MIN", "first_started_us"), ("MAX", "last_started_us")] {
            let kind = self.mapping.times.get("started_at");
            let native = format!("{function}({started})");
            let us = kind.map_or(native.clone(), |k| {
                k.microseconds(self.dialect, &native, (Timestamp(0), self.as_of))
            });
            let mut conditions = vec![format!("{started} IS NOT NULL")];
            if let Some(kind) = kind {
                let all = (Timestamp(0), self.as_of);
                conditions.push(kind.bounds(self.dialect, &started, "coverage", all, &mut values));
            }
            if let Some(condition) = &self.mapping.condition {
                fragments.insert("source_where".to_owned(), condition.clone());
                conditions.push(":source_where".to_owned());
            }
            ends.push(format!(
                "(SELECT {us} FROM {} WHERE {}) AS {name}",
                self.mapping.table.quoted(self.dialect),
                conditions.join(" AND ")
            ));
        }
        let (header, body) = split_header(query);
        let text = format!("{header}WITH coverage AS (SELECT {})\n{body}", ends.join(",\n  "));
        Statement { text, values, fragments }
    }

    /// The age from which a run of a job that is still running counts as lost, µs.
    pub fn orphan_after_us(&self, job_name: &str) -> i64 {
        let own =
            self.settings.jobs.iter().filter(|job| job.name == job_name).find_map(|job| job.orphan_after);
        own.unwrap_or(self.settings.analysis.orphan_after).us()
    }

    /// The offset of a declared job in a window, µs; `None` without a schedule.
    pub fn offset_us(&self, job_name: &str, side: Side) -> Option<i64> {
        let mut jobs = self.settings.jobs.iter().filter(|job| job.name == job_name);
        jobs.find_map(|job| offset_in(job, side.id())).map(Span::us)
    }

    fn column(&self, field: &str) -> String {
        let name = self.mapping.places.get(field).map_or(field, Place::column);
        self.dialect.identifier(name)
    }

    /// A text field, wherever it is found; NULL when the table does not record it.
    fn text(&self, field: &str) -> String {
        match self.mapping.places.get(field) {
            None => self.dialect.bytewise("NULL"),
            Some(Place::Column(column)) => self.dialect.bytewise(&self.dialect.identifier(column)),
            Some(Place::Json { json, key }) => {
                let column = self.dialect.identifier(json);
                let path = self.dialect.literal(key);
                let path_from_root = self.dialect.literal(&format!("$.\"{key}\""));
                self.dialect.bytewise(&match self.dialect {
                    Dialect::Postgres => format!("(CAST({column} AS jsonb) ->> {path})"),
                    Dialect::Sqlite => format!("json_extract({column}, {path_from_root})"),
                    Dialect::MySql | Dialect::MariaDb => format!("JSON_VALUE({column}, {path_from_root})"),
                })
            }
        }
    }

    /// A whole-number field; NULL when the table does not record it or the text is no number.
    fn whole_number(&self, field: &str) -> String {
        match self.mapping.places.get(field) {
            None => self.dialect.integer("NULL"),
            Some(Place::Column(column)) => self.dialect.integer(&self.dialect.identifier(column)),
            Some(Place::Json { .. }) => {
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

/// Builds the steps of one statement and gathers its values.
struct Writer<'a> {
    relation: &'a Relation<'a>,
    query: &'a str,
    values: BTreeMap<String, Value>,
    fragments: BTreeMap<String, String>,
}

impl Writer<'_> {
    fn dialect(&self) -> Dialect {
        self.relation.dialect
    }

    fn int(&mut self, name: &str, value: i64) -> String {
        self.values.insert(name.to_owned(), Value::Int(value));
        format!(":{name}")
    }

    fn text(&mut self, name: &str, value: &str) -> String {
        self.values.insert(name.to_owned(), Value::Text(value.to_owned()));
        format!(":{name}")
    }

    /// Whether the query needs an optional column.
    fn uses(&self, column: &str) -> bool {
        names(self.query, column)
    }

    /// The steps from the native table to `source_runs`.
    fn source_runs(&mut self, ranges: &[ReadRange]) -> Vec<String> {
        let branches: Vec<String> = ranges.iter().map(|range| self.native(range)).collect();
        let native = branches.join("\n  UNION ALL\n");
        let mapped = self.mapped();
        match self.relation.mapping.dedupe_within {
            None => vec![format!("native_rows AS (\n{native}\n)"), format!("source_runs AS (\n{mapped}\n)")],
            Some(within) => {
                let mut steps =
                    vec![format!("native_rows AS (\n{native}\n)"), format!("mapped_rows AS (\n{mapped}\n)")];
                steps.extend(self.deduplicated(within));
                steps
            }
        }
    }

    /// The native rows of one range, times in microseconds.
    fn native(&mut self, range: &ReadRange) -> String {
        let relation = self.relation;
        let (mapping, dialect) = (relation.mapping, relation.dialect);
        // A chain of rows that begins in the range may end beyond it.
        let chain =
            if mapping.dedupe_within.is_some() { relation.settings.analysis.longest_run } else { Span(0) };
        let around = (range.from, range.until.plus(chain));
        let time = |field: &str| -> Option<String> {
            let kind = mapping.times.get(field)?;
            Some(kind.microseconds(dialect, &relation.column(field), around))
        };
        let started = time("started_at").unwrap_or_default();
        let duration = mapping.has("duration").then(|| {
            let unit = mapping.duration_unit.us();
            format!("{started} + {}", dialect.integer(&format!("{} * {unit}", relation.column("duration"))))
        });
        let finished = match (time("finished_at"), duration) {
            (Some(finished), Some(computed)) => format!("COALESCE({finished}, {computed})"),
            (finished, computed) => finished.or(computed).unwrap_or_default(),
        };
        let mut columns = vec![
            format!("{} AS window_id", range.window_id),
            format!("{} AS job_name", relation.text("job_name")),
            format!("{started} AS started_us"),
            format!("{finished} AS finished_us"),
            format!("{} AS status_word", relation.text("status")),
        ];
        let optional = |column: &str, sql: String| format!("{sql} AS {column}");
        if self.uses("skip_reason") {
            columns.push(optional("skip_word", relation.text("skip_reason")));
        }
        if self.uses("scheduled_us") {
            let scheduled = time("scheduled_at").unwrap_or_else(|| dialect.integer("NULL"));
            columns.push(optional("scheduled_us", scheduled));
        }
        if self.uses("error_line") {
            columns.push(optional("error_line", format!("@first_line({})", relation.text("error_message"))));
        }
        for field in ["attempt", "stagger_offset_s"] {
            if self.uses(field) {
                columns.push(optional(field, relation.whole_number(field)));
            }
        }
        for field in ["schedule", "effective_schedule"] {
            if self.uses(field) {
                columns.push(optional(field, relation.text(field)));
            }
        }
        let conditions = self.conditions(range, around);
        format!(
            "  SELECT {}\n  FROM {}\n  WHERE {conditions}",
            columns.join(",\n    "),
            mapping.table.quoted(dialect)
        )
    }

    /// The bounds on the native start column, and the user's conditions.
    fn conditions(&mut self, range: &ReadRange, around: (Timestamp, Timestamp)) -> String {
        let relation = self.relation;
        let mut conditions = Vec::new();
        if let Some(kind) = relation.mapping.times.get("started_at") {
            let started = relation.column("started_at");
            conditions.push(kind.bounds(relation.dialect, &started, &range.name, around, &mut self.values));
        }
        if let Some(condition) = &relation.mapping.condition {
            self.fragments.insert("source_where".to_owned(), condition.clone());
            conditions.push(":source_where".to_owned());
        }
        if let Some(condition) = &range.condition {
            let name = format!("{}_where", range.name);
            self.fragments.insert(name.clone(), condition.clone());
            conditions.push(format!(":{name}"));
        }
        conditions.join("\n    AND ")
    }

    /// Status words mapped, earlier names replaced, the scope marked.
    fn mapped(&mut self) -> String {
        let relation = self.relation;
        let mut columns = vec![
            "window_id".to_owned(),
            format!("{} AS job_name", self.present_name()),
            "started_us".to_owned(),
            "finished_us".to_owned(),
            "status_word".to_owned(),
            format!("{} AS status", self.status()),
            format!("{} AS in_scope", self.in_scope()),
        ];
        if self.uses("skip_reason") {
            columns.push(format!("{} AS skip_reason", self.skip_reason()));
        }
        let optional =
            ["scheduled_us", "error_line", "attempt", "stagger_offset_s", "schedule", "effective_schedule"];
        columns.extend(optional.into_iter().filter(|c| self.uses(c)).map(str::to_owned));
        let exact = relation.mapping.times.get("started_at").is_none_or(|kind| kind.is_exact());
        // Where the native bounds are wider than the range, the microseconds decide; `runs` does it.
        let note = if exact { "" } else { "\n  WHERE started_us IS NOT NULL" };
        format!("  SELECT {}\n  FROM native_rows{note}", columns.join(", "))
    }

    fn present_name(&mut self) -> String {
        let mut branches = String::new();
        for (number, job) in self.relation.settings.jobs.iter().enumerate() {
            if let Some(was) = &job.was {
                let was = self.text(&format!("was_{number}"), was);
                let name = self.text(&format!("job_{number}"), &job.name);
                branches.push_str(&format!(" WHEN {was} THEN {name}"));
            }
        }
        if branches.is_empty() {
            return "job_name".to_owned();
        }
        self.dialect().bytewise(&format!("CASE job_name{branches} ELSE job_name END"))
    }

    fn in_scope(&mut self) -> String {
        if self.relation.settings.analysis.scope == Scope::All {
            return "1".to_owned();
        }
        let mut names = Vec::new();
        for (number, job) in self.relation.settings.jobs.iter().enumerate() {
            names.push(self.text(&format!("job_{number}"), &job.name));
            if let Some(was) = &job.was {
                names.push(self.text(&format!("was_{number}"), was));
            }
        }
        if names.is_empty() {
            return "1".to_owned();
        }
        format!("CASE WHEN job_name IN ({}) THEN 1 ELSE 0 END", names.join(", "))
    }

    /// A word that is not mapped becomes NULL; `statuses` finds it before anything is counted.
    fn status(&mut self) -> String {
        let statuses = &self.relation.mapping.statuses;
        let own_words = Status::ALL.iter().all(|status| {
            statuses.get(status.word()).is_some_and(|m| m.status == *status && m.skip_reason.is_none())
        });
        if own_words && statuses.len() == Status::ALL.len() {
            return "status_word".to_owned();
        }
        let mut branches = String::new();
        for (number, (word, mapped)) in statuses.iter().enumerate() {
            let word = self.text(&format!("status_{number}"), word);
            branches.push_str(&format!(" WHEN {word} THEN '{}'", mapped.status.word()));
        }
        format!("CASE status_word{branches} END")
    }

    fn skip_reason(&mut self) -> String {
        let mut branches = String::new();
        for (number, (word, mapped)) in self.relation.mapping.statuses.iter().enumerate() {
            let reason = match (mapped.status, mapped.skip_reason) {
                (Status::Skipped, Some(SkipReason::Lock)) => "'lock'",
                (Status::Skipped, Some(SkipReason::Overlap)) => "'overlap'",
                (Status::Skipped, _) => {
                    "CASE skip_word WHEN 'lock' THEN 'lock' WHEN 'overlap' THEN 'overlap' ELSE 'other' END"
                }
                _ => continue,
            };
            let word = self.text(&format!("status_{number}"), word);
            branches.push_str(&format!(" WHEN {word} THEN {reason}"));
        }
        if branches.is_empty() { "NULL".to_owned() } else { format!("CASE status_word{branches} END") }
    }

    /// Chains of rows of a job with gaps between starts below `within` become one run: first start, last
    /// end, the gravest status. Skipped rows stay as they are.
    fn deduplicated(&mut self, within: Span) -> Vec<String> {
        let within = self.int("dedupe_within_us", within.us());
        let as_of = self.int("as_of_us", self.relation.as_of.us());
        let optional: Vec<&str> = [
            "skip_reason",
            "scheduled_us",
            "error_line",
            "attempt",
            "stagger_offset_s",
            "schedule",
            "effective_schedule",
        ]
        .into_iter()
        .filter(|column| self.uses(column))
        .collect();
        let carried: String = optional.iter().map(|column| format!(", {column}")).collect();
        let merged: String = optional
            .iter()
            .map(|column| match *column {
                "error_line" | "scheduled_us" | "attempt" => format!(", MIN({column}) AS {column}"),
                column => format!(", MAX({column}) AS {column}"),
            })
            .collect();
        let rank = "CASE status WHEN 'failed' THEN 1 WHEN 'timeout' THEN 2 WHEN 'success' THEN 3 \
                    WHEN 'cancelled' THEN 4 WHEN 'running' THEN 5 END";
        let base = "window_id, job_name, in_scope, started_us, finished_us, status, status_word";
        vec![
            format!(
                "gaps AS (\n  SELECT {base}{carried}, {rank} AS gravity,\n    CASE WHEN started_us - LAG(started_us) OVER (PARTITION BY window_id, job_name \
                 ORDER BY started_us) < {within} THEN 0 ELSE 1 END AS opens\n  FROM mapped_rows\n  \
                 WHERE status <> 'skipped' AND started_us < {as_of}\n)"
            ),
            format!(
                "chains AS (\n  SELECT {base}{carried}, gravity,\n    SUM(opens) OVER (PARTITION BY window_id, job_name \
                 ORDER BY started_us ROWS UNBOUNDED PRECEDING) AS chain\n  FROM gaps\n)"
            ),
            format!(
                "source_runs AS (\n  SELECT window_id, job_name, MIN(in_scope) AS in_scope, MIN(started_us) AS started_us, \
                 MAX(finished_us) AS finished_us,\n    CASE MIN(gravity) WHEN 1 THEN 'failed' WHEN 2 THEN 'timeout' \
                 WHEN 3 THEN 'success' WHEN 4 THEN 'cancelled' WHEN 5 THEN 'running' END AS status, MIN(status_word) AS status_word{merged}\n  \
                 FROM chains GROUP BY window_id, job_name, chain\n  UNION ALL\n  \
                 SELECT window_id, job_name, in_scope, started_us, finished_us, status, status_word{carried}\n  \
                 FROM mapped_rows WHERE status = 'skipped' OR status IS NULL OR started_us >= {as_of}\n)"
            ),
        ]
    }

    /// The last step: what a run is in its window.
    fn runs(&mut self, ranges: &[ReadRange]) -> String {
        let as_of = self.int("as_of_us", self.relation.as_of.us());
        let mut columns: Vec<String> = ["window_id", "job_name", "started_us", "finished_us", "status"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        if self.uses("observed") {
            columns.push(format!("{} AS observed", self.observed(ranges)));
        }
        let occupied = ["occupied_until_us", "occupied_us"].into_iter().any(|column| self.uses(column));
        if self.uses("outcome") || occupied {
            columns.push(format!("{} AS outcome", self.outcome(&as_of)));
        }
        let optional = [
            "skip_reason",
            "scheduled_us",
            "error_line",
            "attempt",
            "stagger_offset_s",
            "schedule",
            "effective_schedule",
        ];
        columns.extend(optional.into_iter().filter(|c| self.uses(c)).map(str::to_owned));
        if self.uses("offset_us") {
            columns.push(format!("{} AS offset_us", self.offset(ranges)));
        }
        let rows = format!(
            "SELECT {}\n  FROM source_runs\n  WHERE in_scope = 1 AND started_us < {as_of}{}",
            columns.join(", "),
            self.exact_bounds(ranges)
        );
        if !occupied {
            return format!("runs AS (\n  {rows}\n)");
        }
        let until = self.occupied_until(ranges);
        let part = if self.uses("occupied_us") {
            format!(", {} AS occupied_us", occupied_part(ranges))
        } else {
            String::new()
        };
        format!(
            "run_outcomes AS (\n  {rows}\n),\noccupying AS (\n  SELECT r.*, {until} AS occupied_until_us FROM run_outcomes r\n),\n\
             runs AS (\n  SELECT o.*{part} FROM occupying o\n)"
        )
    }

    /// Exact bounds in microseconds, where the native ones are wider or chains reach beyond the range.
    fn exact_bounds(&mut self, ranges: &[ReadRange]) -> String {
        let mapping = self.relation.mapping;
        let exact = mapping.times.get("started_at").is_none_or(|kind| kind.is_exact());
        if exact && mapping.dedupe_within.is_none() {
            return String::new();
        }
        let cases: Vec<String> = ranges
            .iter()
            .map(|range| {
                let (from, until) = (range.from.us(), range.until.us());
                format!("(window_id = {} AND started_us >= {from} AND started_us < {until})", range.window_id)
            })
            .collect();
        format!("\n    AND ({})", cases.join(" OR "))
    }

    fn observed(&self, ranges: &[ReadRange]) -> String {
        let cases: Vec<String> = ranges
            .iter()
            .flat_map(|range| {
                range.observed.iter().map(|part| {
                    let (start, end) = (part.start.us(), part.end.us());
                    format!(
                        "window_id = {} AND started_us >= {start} AND started_us < {end}",
                        range.window_id
                    )
                })
            })
            .collect();
        if cases.is_empty() {
            return "0".to_owned();
        }
        format!("CASE WHEN {} THEN 1 ELSE 0 END", cases.join(" OR "))
    }

    fn outcome(&mut self, as_of: &str) -> String {
        let running = if self.relation.settings.analysis.nothing_in_flight {
            "'orphaned'".to_owned()
        } else {
            let after = self.orphan_after();
            format!("CASE WHEN {as_of} - started_us < {after} THEN 'in_flight' ELSE 'orphaned' END")
        };
        format!(
            "CASE status WHEN 'success' THEN 'completed' WHEN 'running' THEN {running} \
             WHEN 'timeout' THEN 'timed_out' ELSE status END"
        )
    }

    fn orphan_after(&mut self) -> String {
        let default = self.int("orphan_after_us", self.relation.settings.analysis.orphan_after.us());
        let mut branches = String::new();
        for (number, job) in self.relation.settings.jobs.iter().enumerate() {
            if let Some(after) = job.orphan_after {
                let name = self.text(&format!("job_{number}"), &job.name);
                let after = self.int(&format!("orphan_after_{number}_us"), after.us());
                branches.push_str(&format!(" WHEN {name} THEN {after}"));
            }
        }
        if branches.is_empty() { default } else { format!("CASE job_name{branches} ELSE {default} END") }
    }

    fn occupied_until(&self, ranges: &[ReadRange]) -> String {
        let ends: String = ranges
            .iter()
            .map(|range| {
                let end = range.observed.last().map_or(range.from, |part| part.end).us();
                format!(" WHEN {} THEN {end}", range.window_id)
            })
            .collect();
        format!(
            "CASE WHEN outcome = 'in_flight' THEN CASE window_id{ends} END \
             WHEN outcome IN ('skipped', 'orphaned') OR finished_us IS NULL OR finished_us < started_us THEN NULL \
             ELSE @greatest(finished_us, started_us + 1) END"
        )
    }

    fn offset(&mut self, ranges: &[ReadRange]) -> String {
        let mut windows = String::new();
        for range in ranges {
            let mut branches = String::new();
            for (number, job) in self.relation.settings.jobs.iter().enumerate() {
                let Some(offset) = offset_in(job, range.window_id) else { continue };
                let name = self.text(&format!("job_{number}"), &job.name);
                let offset = self.int(&format!("{}_offset_{number}_us", range.name), offset.us());
                branches.push_str(&format!(" WHEN {name} THEN {offset}"));
            }
            if !branches.is_empty() {
                windows.push_str(&format!(" WHEN {} THEN CASE job_name{branches} END", range.window_id));
            }
        }
        if windows.is_empty() {
            return self.dialect().integer("NULL");
        }
        format!("CASE window_id{windows} END")
    }
}

/// The offset of a declared job in a window; `None` without a schedule.
fn offset_in(job: &JobPlan, window_id: i64) -> Option<Span> {
    let schedule = if window_id == Side::Baseline.id() { &job.baseline_schedule } else { &job.schedule };
    schedule.as_ref().map(|schedule| schedule.offset())
}

/// The observed part of an occupancy, added up over the segments of its window.
fn occupied_part(ranges: &[ReadRange]) -> String {
    let windows: String = ranges
        .iter()
        .map(|range| {
            let parts: Vec<String> = range
                .observed
                .iter()
                .map(|part| {
                    let (start, end) = (part.start.us(), part.end.us());
                    format!("@greatest(@least(occupied_until_us, {end}) - @greatest(started_us, {start}), 0)")
                })
                .collect();
            let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
            format!(" WHEN {} THEN {sum}", range.window_id)
        })
        .collect();
    format!("CASE WHEN occupied_until_us IS NULL THEN 0 ELSE CASE window_id{windows} END END")
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

/// Whether `query` names `word`, outside its header.
fn names(query: &str, word: &str) -> bool {
    let (_, body) = split_header(query);
    let part_of_name = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    body.match_indices(word).any(|(at, found)| {
        !part_of_name(body[..at].chars().next_back())
            && !part_of_name(body[at + found.len()..].chars().next())
    })
}

/// One second, for queries that count starts closer than that.
pub const DUPLICATE_WITHIN_US: i64 = SECOND_US;
