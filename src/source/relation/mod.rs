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
mod clocks;
mod coverage;
mod dedupe;
mod native;
mod occupancy;
mod punctual;
mod query;
mod range;
mod statement;
mod stored;
mod stored_run;
mod unreadable;
mod writer;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use native::POSSIBLE;
pub use query::{Column, Parameter, Query, Reads};
pub use range::{KeyRange, ReadRange};
pub use stored::{Numbers, Pass, PassRows};
pub use stored_run::{RunPlaces, StoredRun};

use super::mapping::{Mapping, Native};
use crate::clock::{SECOND_US, Span, Timestamp};
use crate::database::Dialect;
use crate::mapping::FieldSource;
use crate::observation::counting::CountingSettings;
use crate::observation::punctual::PunctualJobs;
use crate::run::Field;
use crate::window::{PerSide, Side, Window};

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

/// One second, for queries that count starts closer than that.
pub const DUPLICATE_WITHIN_US: i64 = SECOND_US;
