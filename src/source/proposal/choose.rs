//! Which column holds which field: what it contains decides whether it can, its name and its neighbours whether it
//! does.

use std::collections::BTreeMap;

use super::content::{LengthShape, TimeShape};
use super::sample::{SampledColumn, SampledTable};
use super::{names, words};
use crate::database::Dialect;
use crate::figure::counted;
use crate::mapping::EpochUnit;
use crate::run::Field;
use crate::source::native_duration::DurationKind;
use crate::source::native_time::{DeclaredTimes, TimeKind};

/// Most different words of a status.
const MOST_WORDS: usize = 12;

/// Unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    /// There is no duration, or it says so itself.
    NotNeeded,
    Known(EpochUnit),
    Undecided,
}

/// The column of a field.
#[derive(Clone, Debug)]
pub struct ColumnChoice {
    pub column: String,
    /// Why it is taken for this field.
    pub reason: String,
    pub score: u32,
}

/// A column that holds times.
#[derive(Clone, Debug)]
pub(super) struct TimeColumn {
    pub(super) name: String,
    pub(super) shape: TimeShape,
    /// Whether it is read as it is.
    pub(super) native: bool,
    /// Whether the column's type holds instants.
    zoned: bool,
    /// The `time_format` by which it could be read.
    pub(super) format: Option<String>,
    /// µs as if it were UTC, for each row.
    values: Vec<Option<i64>>,
}

/// The columns that were chosen.
#[derive(Debug)]
pub(super) struct ChosenColumns {
    pub fields: BTreeMap<Field, ColumnChoice>,
    pub(super) times: Vec<TimeColumn>,
    pub(super) length: Option<Length>,
}

/// How the duration is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    /// `None` for a type of the database's own.
    pub(super) shape: Option<LengthShape>,
    /// Whether the column is read as it is.
    pub(super) native: bool,
    unit: DurationUnit,
}

impl ChosenColumns {
    pub(super) fn of(table: &SampledTable, dialect: Dialect) -> Self {
        let times = table.columns.iter().filter_map(|column| TimeColumn::of(column, dialect)).collect();
        let mut chosen = Self { fields: BTreeMap::new(), times, length: None };
        chosen.choose_times();
        chosen.choose_status(table);
        chosen.choose_named(table, Field::ErrorMessage, |column| column.distinct() > 0 && is_text(column));
        chosen.choose_named(table, Field::Worker, |column| column.distinct() > 0 && is_text(column));
        chosen.choose_named(table, Field::Attempt, |column| {
            column.distinct() > 0 && column.present().all(|text| text.parse::<u8>().is_ok())
        });
        chosen.choose_job(table);
        chosen.choose_duration(table, dialect);
        chosen
    }

    fn is_free(&self, column: &str) -> bool {
        self.fields.values().all(|finding| finding.column != column)
    }

    fn take(&mut self, field: Field, column: &str, reason: impl Into<String>, score: u32) {
        let finding = ColumnChoice { column: column.to_owned(), reason: reason.into(), score };
        self.fields.insert(field, finding);
    }

    /// Start, end and scheduled time by name; what is left by which is earlier.
    fn choose_times(&mut self) {
        for field in [Field::ScheduledAt, Field::FinishedAt, Field::StartedAt] {
            let free = self
                .times
                .iter()
                .filter(|time| self.is_free(&time.name) && !names::is_bookkeeping(&time.name));
            let best = free.max_by_key(|time| names::score(&time.name, field));
            if let Some(time) = best.filter(|time| names::score(&time.name, field) > 0) {
                let (name, reason) = (time.name.clone(), format!("its name, and {}", time.describe()));
                self.take(field, &name, reason, 3);
            }
        }
        if !self.fields.contains_key(&Field::StartedAt) {
            let end = self.fields.get(&Field::FinishedAt).map(|finding| finding.column.clone());
            let free = self.times.iter().filter(|time| self.is_free(&time.name));
            let earliest = free.min_by_key(|time| {
                let nulls = time.values.iter().filter(|value| value.is_none()).count();
                (names::is_bookkeeping(&time.name), self.later_than(time), nulls)
            });
            if let Some(time) = earliest {
                let why =
                    if end.is_some() || self.times.len() > 1 { "the earlier time" } else { "the only time" };
                let (name, reason) = (time.name.clone(), format!("{why}, {}", time.describe()));
                self.take(Field::StartedAt, &name, reason, 1);
            }
        }
        self.choose_end();
    }

    /// A time that never lies before the start.
    fn choose_end(&mut self) {
        let Some(start) = self.fields.get(&Field::StartedAt).map(|finding| finding.column.clone()) else {
            return;
        };
        if self.fields.contains_key(&Field::FinishedAt) {
            return;
        }
        let Some(start) = self.times.iter().find(|time| time.name == start).cloned() else { return };
        let free =
            self.times.iter().filter(|time| self.is_free(&time.name) && !names::is_bookkeeping(&time.name));
        let later = free.filter(|time| !time.any_before(&start)).min_by_key(|time| time.name.clone());
        if let Some(time) = later {
            let (name, reason) = (time.name.clone(), format!("the later time, {}", time.describe()));
            self.take(Field::FinishedAt, &name, reason, 1);
        }
    }

    /// How many other times lie before this one.
    fn later_than(&self, time: &TimeColumn) -> usize {
        self.times.iter().filter(|other| other.name != time.name && other.any_before(time)).count()
    }

    fn choose_status(&mut self, table: &SampledTable) {
        let score = |column: &SampledColumn| {
            let distinct = column.distinct();
            let known = column.present().filter(|text| words::meaning(text).is_some()).count();
            let words = if 2 * known >= column.present().count().max(1) { 4 } else { 0 };
            let number = column.present().all(|text| text.parse::<i64>().is_ok());
            let flag = number && distinct <= 2 && column.present().all(|text| ["0", "1"].contains(&text));
            let named = 2 * names::score(&column.name, Field::Status);
            let fits = distinct > 0 && distinct <= MOST_WORDS && (words > 0 || flag || named > 0);
            if fits { words + named + u32::from(flag) } else { 0 }
        };
        let free =
            table.columns.iter().filter(|column| self.is_free(&column.name) && !self.is_time(&column.name));
        let best = free.map(|column| (score(column), column)).max_by_key(|(score, _)| *score);
        if let Some((score, column)) = best.filter(|(score, _)| *score > 0) {
            let reason = repeated(column, "word", "different words");
            self.take(Field::Status, &column.name.clone(), reason, score.min(4));
        }
    }

    fn is_time(&self, column: &str) -> bool {
        self.times.iter().any(|time| time.name == column)
    }

    fn choose_named(&mut self, table: &SampledTable, field: Field, fits: impl Fn(&SampledColumn) -> bool) {
        let free =
            table.columns.iter().filter(|column| self.is_free(&column.name) && !self.is_time(&column.name));
        let named = free.filter(|column| names::score(&column.name, field) > 0 && fits(column));
        let best = named.max_by_key(|column| names::score(&column.name, field));
        if let Some(column) = best.map(|column| column.name.clone()) {
            self.take(field, &column, "its name", 1);
        }
    }

    /// A text that repeats; of several the one whose name says so.
    fn choose_job(&mut self, table: &SampledTable) {
        let score = |column: &SampledColumn| {
            let (distinct, present) = (column.distinct(), column.present().count());
            let named = 4 * names::score(&column.name, Field::JobName);
            let whole = present == table.rows;
            let length = column.present().map(str::len).max().unwrap_or(0) < 200;
            let repeats = 2 * u32::from(2 * distinct <= present);
            let number = column.present().all(|text| text.parse::<f64>().is_ok());
            let legible = is_text(column) && LengthShape::of(column.present()).is_none();
            if distinct == 0 || !length || (number && named == 0) || !(legible || named > 0) {
                return 0;
            }
            named + repeats + u32::from(whole) + u32::from(distinct > 1)
        };
        let free =
            table.columns.iter().filter(|column| self.is_free(&column.name) && !self.is_time(&column.name));
        // Of equal ones the first.
        let best = free.map(|column| (score(column), column)).rev().max_by_key(|(score, _)| *score);
        if let Some((score, column)) = best.filter(|(score, _)| *score > 0) {
            let reason = repeated(column, "text", "different texts");
            self.take(Field::JobName, &column.name.clone(), reason, score.min(4));
        }
    }

    /// Where there is no end: a length of time.
    fn choose_duration(&mut self, table: &SampledTable, dialect: Dialect) {
        if self.fields.contains_key(&Field::FinishedAt) {
            return;
        }
        let lengths = table.columns.iter().filter_map(|column| {
            let free = self.is_free(&column.name) && !self.is_time(&column.name);
            let length = Length::of(column, dialect).filter(|_| free && column.distinct() > 0)?;
            let named = 4 * names::score(&column.name, Field::Duration);
            let told = if length.unit == DurationUnit::Undecided { 0 } else { 2 };
            // A number that is another one in every row is more likely to count the rows.
            let counts = column.distinct() == table.rows && named == 0 && told == 0;
            (!counts).then_some((1 + named + told, column, length))
        });
        if let Some((score, column, length)) = lengths.max_by_key(|(score, ..)| *score) {
            let reason = format!("there is no end, and it holds {}", length.describe());
            self.take(Field::Duration, &column.name.clone(), reason, score.min(4));
            self.length = Some(length);
        }
    }

    pub(super) fn time(&self, field: Field) -> Option<&TimeColumn> {
        let column = &self.fields.get(&field)?.column;
        self.times.iter().find(|time| time.name == *column)
    }

    fn used_times(&self) -> impl Iterator<Item = &TimeColumn> {
        Field::TIMES.into_iter().filter_map(|field| self.time(field))
    }

    pub(super) fn time_unit(&self) -> Option<EpochUnit> {
        self.used_times().find_map(|time| match time.shape {
            TimeShape::Epoch(unit) => Some(unit),
            _ => None,
        })
    }

    pub(super) fn duration_unit(&self) -> DurationUnit {
        self.length.map_or(DurationUnit::NotNeeded, |length| length.unit)
    }

    pub(super) fn is_zoneless(&self) -> bool {
        self.used_times().any(|time| {
            !time.zoned && !matches!(time.shape, TimeShape::Epoch(_) | TimeShape::Iso { offset: true })
        })
    }

    /// The `time_format` by which all texts that hold times can be read.
    pub(super) fn time_format(&self) -> Option<String> {
        let mut formats = self.used_times().filter(|time| !time.native).map(|time| time.format.clone());
        let first = formats.next()??;
        formats.all(|format| format.as_ref() == Some(&first)).then_some(first)
    }

    /// 0 where some try has that number.
    pub(super) fn attempt_base(&self, table: &SampledTable) -> u8 {
        let column = self.fields.get(&Field::Attempt).map(|finding| &finding.column);
        let column = table.columns.iter().find(|found| Some(&found.name) == column);
        u8::from(!column.is_some_and(|column| column.present().any(|text| text == "0")))
    }
}

/// `3 different words, repeated`.
fn repeated(column: &SampledColumn, one: &str, many: &str) -> String {
    let counted = counted(column.distinct() as u64, one, many);
    if column.distinct() < column.present().count() { format!("{counted}, repeated") } else { counted }
}

/// Not declared as a number; what `SQLite` declares binds nothing.
fn is_text(column: &SampledColumn) -> bool {
    let kind = &column.type_name;
    ["char", "text", "clob", "enum", "name", "uuid", "json"].iter().any(|word| kind.contains(word))
        || kind.is_empty()
}

impl TimeColumn {
    fn of(column: &SampledColumn, dialect: Dialect) -> Option<Self> {
        let shape = TimeShape::of(column.present())?;
        let unit = match shape {
            TimeShape::Epoch(unit) => Some(unit),
            _ => None,
        };
        let declared = DeclaredTimes { unit, zone: None, format: None };
        let kind = TimeKind::of(dialect, &column.type_name, declared).ok();
        let native = kind.as_ref().is_some_and(|kind| match (kind, shape) {
            // What SQLite declares binds nothing.
            (TimeKind::Text(_), TimeShape::Iso { .. }) | (TimeKind::Epoch(_), TimeShape::Epoch(_)) => true,
            (TimeKind::Text(_) | TimeKind::Epoch(_) | TimeKind::EpochFraction, _) => false,
            _ => dialect != Dialect::Sqlite,
        });
        let zoned = native && kind == Some(TimeKind::Instant);
        let values = column.values.iter().map(|text| shape.read(text.as_deref()?)).collect();
        let format = if native { None } else { shape.format(column.present()) };
        Some(Self { name: column.name.clone(), shape, native, zoned, format, values })
    }

    fn any_before(&self, other: &Self) -> bool {
        let pairs = self.values.iter().zip(&other.values);
        pairs.filter_map(|(own, other)| Some((*own)? < (*other)?)).any(|before| before)
    }

    /// What it holds, in words.
    fn describe(&self) -> &'static str {
        match (self.shape, self.zoned) {
            (TimeShape::Epoch(EpochUnit::Seconds), _) => "seconds since 1970",
            (TimeShape::Epoch(EpochUnit::Milliseconds), _) => "milliseconds since 1970",
            (TimeShape::Epoch(EpochUnit::Microseconds), _) => "microseconds since 1970",
            (_, true) | (TimeShape::Iso { offset: true }, _) => "with its offset from UTC",
            (TimeShape::Iso { .. }, _) => "without a zone",
            (TimeShape::DayFirst { .. }, _) => "text with the day first, without a zone",
            (TimeShape::MonthFirst { .. }, _) => "text with the month first, without a zone",
        }
    }
}

impl Length {
    fn of(column: &SampledColumn, dialect: Dialect) -> Option<Self> {
        let kind = DurationKind::of(dialect, &column.type_name, EpochUnit::Seconds);
        if kind == Some(DurationKind::Interval) {
            return Some(Self { shape: None, native: true, unit: DurationUnit::NotNeeded });
        }
        let shape = LengthShape::of(column.present())?;
        let unit = match (shape, names::unit(&column.name)) {
            (LengthShape::Clock, _) => DurationUnit::NotNeeded,
            (LengthShape::WithUnit(unit), _) | (_, Some(unit)) => DurationUnit::Known(unit),
            _ => DurationUnit::Undecided,
        };
        let native = kind.is_some() && !matches!(shape, LengthShape::WithUnit(_));
        Some(Self { shape: Some(shape), native, unit })
    }

    fn describe(self) -> &'static str {
        match self.shape {
            None => "intervals",
            Some(LengthShape::Clock) => "lengths of time such as 00:01:30",
            Some(LengthShape::WithUnit(_)) => "lengths of time with their unit",
            Some(LengthShape::Number { .. }) => "numbers",
        }
    }
}
