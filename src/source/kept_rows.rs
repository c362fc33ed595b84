//! Rows that outlive their table: how they are read to be kept, how they are read again, and by what the two belong
//! together.

use std::collections::BTreeMap;

use super::mapping::{MainColumn, Mapping, Native};
use super::native_duration::DurationKind;
use super::native_time::TimeKind;
use crate::database::{Dialect, TableName};
use crate::mapping::{EpochUnit, FieldSource, StatusMeaning, StatusWords};
use crate::run::{Field, Status};

/// Fields that kept rows do not have: who ran it is in no report, and the end says what the duration does.
const NOT_KEPT: [Field; 3] = [Field::RunId, Field::Worker, Field::Duration];

impl Mapping {
    /// How native rows become runs, in lines: what was kept by another reading is not of the same series. Status words
    /// are kept as they are, and several rows of one run apart, so that neither is part of it.
    pub fn reading(&self) -> String {
        let mut lines = vec![match &self.rows {
            Native::Table(table) => format!("table {table}"),
            Native::Query(query) => {
                format!("query {}", query.split_whitespace().collect::<Vec<_>>().join(" "))
            }
        }];
        for (field, place) in self.places.iter().filter(|(field, _)| **field != Field::Worker) {
            let place = match place {
                FieldSource::Column(column) => format!("column {column}"),
                FieldSource::Json { column, keys } => format!("column {column}, key {}", keys.join(" ")),
            };
            let kind =
                self.times.get(field).map(|kind| format!(", {}", time_words(kind))).unwrap_or_default();
            lines.push(format!("{field}: {place}{kind}"));
        }
        if self.has(Field::Duration) {
            lines.push(format!("durations: {}", duration_words(self.duration)));
        }
        lines.extend(self.time_zone.map(|zone| format!("zone: {}", zone.name())));
        lines.extend((self.has(Field::Attempt)).then(|| format!("first attempt: {}", self.attempt_base)));
        lines.extend(self.condition.as_ref().map(|condition| format!("where: {condition}")));
        lines.join("\n")
    }

    /// The same rows as they are to be kept: each by itself, with the message of every row that has one.
    #[must_use]
    pub fn to_keep(&self) -> Self {
        let failed = Some(StatusMeaning::Is(Status::Failed));
        let statuses = StatusWords { words: BTreeMap::new(), null: failed, other: failed };
        Self { statuses, dedupe_within: None, ..self.clone() }
    }

    /// The same runs, of an `SQLite` table with kept rows: a column for each field, times in microseconds.
    #[must_use]
    pub fn of_kept(&self, table: &str) -> Self {
        let fields = self.places.keys().copied().filter(|field| !NOT_KEPT.contains(field));
        let fields = fields.chain([Field::FinishedAt]);
        let places: BTreeMap<Field, FieldSource> =
            fields.map(|field| (field, FieldSource::Column(field.name().to_owned()))).collect();
        let times = Field::TIMES.into_iter().filter(|field| places.contains_key(field));
        let table = TableName { schema: None, name: table.to_owned() };
        let started = Field::StartedAt.name().to_owned();
        Self {
            rows: Native::Table(table.clone()),
            times: times.map(|field| (field, TimeKind::Epoch(EpochUnit::Microseconds))).collect(),
            places,
            bytewise: std::collections::BTreeSet::new(),
            is_local: true,
            time_zone: None,
            duration: DurationKind::Whole(EpochUnit::Microseconds),
            attempt_base: 1,
            bound: None,
            main: Some(MainColumn { table, column: started, is_key: false }),
            job_list: None,
            needs: Vec::new(),
            condition: None,
            knows_doubts: true,
            ..self.clone()
        }
    }

    /// The database on which kept rows are.
    pub const KEPT_ON: Dialect = Dialect::Sqlite;
}

fn time_words(kind: &TimeKind) -> String {
    let zone =
        |zone: &Option<chrono_tz::Tz>| zone.map(|zone| format!(" in {}", zone.name())).unwrap_or_default();
    match kind {
        TimeKind::Epoch(unit) => format!("{} since the epoch", unit_word(*unit)),
        TimeKind::EpochFraction => "seconds with a fraction since the epoch".to_owned(),
        TimeKind::Instant => "an instant".to_owned(),
        TimeKind::Local(of) => format!("a local time{}", zone(of)),
        TimeKind::Text(of) => format!("text{}", zone(of)),
        TimeKind::Written(format, of) => format!("text as {format}{}", zone(of)),
    }
}

fn duration_words(kind: DurationKind) -> String {
    match kind {
        DurationKind::Whole(unit) => format!("whole {}", unit_word(unit)),
        DurationKind::Fraction(unit) => format!("{} with a fraction", unit_word(unit)),
        DurationKind::Interval => "interval".to_owned(),
        DurationKind::Clock => "time of day".to_owned(),
        DurationKind::Text(unit) => format!("text, {}", unit_word(unit)),
    }
}

fn unit_word(unit: EpochUnit) -> &'static str {
    EpochUnit::WORDS.into_iter().find(|(_, known)| *known == unit).map_or("", |(word, _)| word)
}
