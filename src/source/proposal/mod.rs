//! A mapping proposed for a table that nobody has described: by the names of its columns, and by what they hold.

mod choose;
mod content;
mod expression;
mod meaning;
mod names;
pub mod sample;
mod words;
pub mod written;

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use self::choose::ChosenColumns;
pub use self::choose::{ColumnChoice, DurationUnit};
use self::sample::SampledTable;
use crate::database::{DatabaseError, Dialect, Session};
use crate::mapping::{
    EpochUnit, FieldSource, MappedColumn, MappingSettings, NativeRows, SourceQuery, StatusMeaning,
    StatusWords,
};
use crate::run::{Field, Status};
use crate::time_format::TimeFormat;

/// How a table could be read, and what is not decided about it.
#[derive(Debug)]
pub struct Proposal {
    pub table: SampledTable,
    /// The column of each field that was found.
    pub fields: BTreeMap<Field, ColumnChoice>,
    /// Each word of the status with its rows and what it probably means; `None`: not decided.
    pub statuses: Vec<(Option<String>, u64, Option<StatusMeaning>)>,
    /// Whether every other word means failed, as of exit codes.
    pub other_failed: bool,
    /// Of times in columns of text.
    pub time_format: Option<String>,
    /// Of whole-number times.
    pub time_unit: Option<EpochUnit>,
    /// Of a duration that is a number.
    pub duration_unit: DurationUnit,
    /// Whether the times have no zone.
    pub zoneless: bool,
    pub attempt_base: u8,
    /// The SELECT, where some column needs to be converted.
    pub query: Option<String>,
    /// Whether it is a file, whose table has no name.
    is_file: bool,
}

impl Proposal {
    pub fn of(table: SampledTable, dialect: Dialect) -> Self {
        let chosen = ChosenColumns::of(&table, dialect);
        let statuses = meaning::of_words(&table, &chosen);
        let query = expression::query(&table, &chosen, dialect);
        Self {
            other_failed: meaning::is_exit_code(&chosen),
            statuses,
            time_format: chosen.time_format(),
            time_unit: chosen.time_unit(),
            duration_unit: chosen.duration_unit(),
            zoneless: chosen.is_zoneless(),
            attempt_base: chosen.attempt_base(&table),
            query,
            is_file: false,
            fields: chosen.fields,
            table,
        }
    }

    /// A row without a status still runs, where none of them has an end in the whole table.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decide_rows_without_status(&mut self, session: &mut Session) -> Result<(), DatabaseError> {
        let end = self.fields.get(&Field::FinishedAt).or_else(|| self.fields.get(&Field::Duration));
        let (Some(status), Some(end)) = (self.fields.get(&Field::Status), end) else { return Ok(()) };
        let Some(found) = self.statuses.iter_mut().find(|(word, ..)| word.is_none()) else { return Ok(()) };
        if let Some(none_ends) = self.table.none_ends(&status.column, &end.column, session).await? {
            found.2 = none_ends.then_some(StatusMeaning::Is(Status::Running));
        }
        Ok(())
    }

    /// Whether a report could be made of it at all.
    pub fn is_plausible(&self) -> bool {
        let has = |field: Field| self.fields.contains_key(&field);
        has(Field::JobName) && has(Field::StartedAt) && (has(Field::FinishedAt) || has(Field::Duration))
    }

    /// How sure it is, to choose among tables.
    pub fn score(&self) -> u32 {
        self.fields.values().map(|finding| finding.score).sum()
    }

    /// Leaves out what only a database can do: a file is read by its columns.
    #[must_use]
    pub fn of_a_file(self) -> Self {
        Self { query: None, is_file: true, ..self }
    }

    /// The jobs of the sampled rows, by name.
    pub fn sampled_jobs(&self) -> BTreeSet<String> {
        let Some(finding) = self.fields.get(&Field::JobName) else { return BTreeSet::new() };
        let column = self.table.columns.iter().find(|column| column.name == finding.column);
        column.into_iter().flat_map(|column| column.present().map(str::to_owned)).collect()
    }

    /// The mapping with something in place of what is not decided, so that jobs can be listed: every unknown word is
    /// a success, a row without a status still runs.
    pub fn provisional(&self, time_zone: Option<Tz>) -> MappingSettings {
        let place = |finding: &ColumnChoice| MappedColumn {
            place: FieldSource::Column(finding.column.clone()),
            must_exist: true,
        };
        let (rows, columns) = match &self.query {
            Some(query) => (NativeRows::Query(SourceQuery::everywhere(query.clone())), BTreeMap::new()),
            None => (
                NativeRows::Table(self.table.name.to_string()),
                self.fields.iter().map(|(field, finding)| (*field, place(finding))).collect(),
            ),
        };
        let known = self.statuses.iter().filter_map(|(word, _, meaning)| Some((word.clone()?, (*meaning)?)));
        MappingSettings {
            rows,
            columns,
            time_unit: self.time_unit,
            duration_unit: match self.duration_unit {
                DurationUnit::Known(unit) => unit,
                DurationUnit::NotNeeded => EpochUnit::Seconds,
                DurationUnit::Undecided => EpochUnit::Milliseconds,
            },
            time_zone,
            time_format: self.time_format.as_deref().and_then(|format| TimeFormat::parse(format).ok()),
            statuses: StatusWords {
                words: known.collect(),
                null: Some(StatusMeaning::Is(Status::Running)),
                other: Some(StatusMeaning::Is(Status::Success)),
            },
            attempt_base: self.attempt_base,
            ..MappingSettings::named("custom")
        }
    }
}

#[cfg(test)]
mod tests;
