//! A mapping as a file writes it: `[source]` of a deployment file, or a built-in one.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::document::{Item, Section};
use crate::clock::Span;
use crate::mapping::{
    EpochUnit, FieldSource, KeyBound, MappedColumn, MappingSettings, NativeRows, SourceQuery, StatusMeaning,
    StatusWords,
};
use crate::nearest::did_you_mean;
use crate::run::{Field, SkipReason, Status};
use crate::sql_text::one_select;
use crate::time_format::TimeFormat;

/// A mapping as written. What is `None` or empty is that of the mapping which it starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WrittenMapping {
    pub(super) table: Option<String>,
    pub(super) query: Option<SourceQuery>,
    pub(super) columns: BTreeMap<Field, FieldSource>,
    time_unit: Option<EpochUnit>,
    duration_unit: Option<EpochUnit>,
    time_zone: Option<Tz>,
    time_format: Option<TimeFormat>,
    statuses: StatusWords,
    attempt_base: Option<u8>,
    bound: Option<KeyBound>,
    known_limits: Vec<String>,
    condition: Option<String>,
    pub(crate) dedupe_within: Option<Span>,
    job_list: Option<SourceQuery>,
}

pub(super) fn read(section: &mut Section<'_, '_>) -> WrittenMapping {
    let unit = |item: Item<'_, '_>| item.decided("s, ms or us")?.word(&EpochUnit::WORDS);
    let query = section.get("query");
    let written = WrittenMapping {
        table: section.get("table").and_then(table),
        columns: section.get("columns").map(columns).unwrap_or_default(),
        time_unit: section.get("time_unit").and_then(unit),
        duration_unit: section.get("duration_unit").and_then(unit),
        time_zone: section.get("time_zone").and_then(zone),
        time_format: section.get("time_format").and_then(time_format),
        statuses: StatusWords {
            words: section.get("statuses").map(statuses).unwrap_or_default(),
            null: section.get("null_status").and_then(meaning),
            other: section.get("other_statuses").and_then(meaning),
        },
        attempt_base: section.get("attempt_base").and_then(attempt_base),
        bound: section.get("bound").and_then(bound),
        known_limits: section.get("known_limits").map(known_limits).unwrap_or_default(),
        condition: condition(section),
        dedupe_within: section.get("dedupe_within").and_then(|item| item.positive_span()),
        job_list: section.get("job_list").and_then(query_of),
        query: None,
    };
    match query {
        Some(item) if written.table.is_some() || !written.columns.is_empty() => {
            item.wrong("a mapping is a query, or a table with columns; the query's columns are the fields");
            written
        }
        Some(item) => WrittenMapping { query: query_of(item), ..written },
        None => written,
    }
}

impl WrittenMapping {
    /// Whether it says itself where rows are found.
    pub(super) fn is_custom(&self) -> bool {
        self.table.is_some() || self.query.is_some() || !self.columns.is_empty()
    }

    /// Whether it names the table or the query of a database.
    pub fn names_rows(&self) -> bool {
        self.table.is_some() || self.query.is_some()
    }

    /// The native columns that it names.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.values().map(FieldSource::column)
    }

    /// Whether it says how columns are to be read, whatever they are called.
    pub fn says_how_to_read(&self) -> bool {
        let silent = Self {
            dedupe_within: self.dedupe_within,
            known_limits: self.known_limits.clone(),
            bound: self.bound.clone(),
            ..Self::default()
        };
        *self != silent
    }

    /// The same with another zone, where one is given.
    #[must_use]
    pub fn in_zone(&self, zone: Option<Tz>) -> Self {
        Self { time_zone: zone.or(self.time_zone), ..self.clone() }
    }

    pub fn time_zone(&self) -> Option<Tz> {
        self.time_zone
    }

    /// What it says of columns alone, not where their rows are.
    #[must_use]
    pub fn of_columns(&self) -> Self {
        Self { table: None, query: None, ..self.clone() }
    }

    /// The mapping that starts from `base`.
    ///
    /// # Errors
    /// When a table or columns are to change a base that is a query.
    pub fn over(&self, base: MappingSettings) -> Result<MappingSettings, String> {
        let has_columns = self.table.is_some() || !self.columns.is_empty();
        if has_columns && matches!(base.rows, NativeRows::Query(_)) {
            let name = base.name;
            return Err(format!(
                "'{name}' reads by a query, which a table or columns cannot change; give a query of your own"
            ));
        }
        let mut columns = if self.query.is_some() { BTreeMap::new() } else { base.columns };
        let own = self.columns.iter();
        columns.extend(
            own.map(|(field, place)| (*field, MappedColumn { place: place.clone(), must_exist: true })),
        );
        let mut words = base.statuses.words;
        words.extend(self.statuses.words.clone());
        let mut known_limits = base.known_limits;
        known_limits.extend(self.known_limits.clone());
        Ok(MappingSettings {
            name: base.name,
            rows: match (&self.query, &self.table) {
                (Some(query), _) => NativeRows::Query(query.clone()),
                (None, Some(table)) => NativeRows::Table(table.clone()),
                (None, None) => base.rows,
            },
            columns,
            time_unit: self.time_unit.or(base.time_unit),
            duration_unit: self.duration_unit.unwrap_or(base.duration_unit),
            time_zone: self.time_zone.or(base.time_zone),
            time_format: self.time_format.clone().or(base.time_format),
            statuses: StatusWords {
                words,
                null: self.statuses.null.or(base.statuses.null),
                other: self.statuses.other.or(base.statuses.other),
            },
            attempt_base: self.attempt_base.unwrap_or(base.attempt_base),
            bound: self.bound.clone().or(base.bound),
            known_limits,
            condition: both(base.condition, self.condition.clone()),
            dedupe_within: self.dedupe_within.or(base.dedupe_within),
            // Rows from elsewhere are not those of the base's table.
            main: if self.is_custom() { None } else { base.main },
            job_list: self.job_list.clone().or(base.job_list),
            needs: base.needs,
            headline_limit: base.headline_limit,
        })
    }
}

/// A line break ends each, since it may end in a comment.
fn both(base: Option<String>, own: Option<String>) -> Option<String> {
    match (base, own) {
        (Some(base), Some(own)) => Some(format!("({base}\n) AND ({own}\n)")),
        (base, own) => own.or(base),
    }
}

fn table(item: Item<'_, '_>) -> Option<String> {
    let text = item.string()?;
    if text.is_empty() || text.split('.').any(str::is_empty) || text.contains('\0') {
        item.wrong(format!("'{text}' is not a table name; write table or schema.table"));
        return None;
    }
    Some(text)
}

pub(super) fn query_of(item: Item<'_, '_>) -> Option<SourceQuery> {
    let select = |item: &Item<'_, '_>| {
        item.parsed("a SELECT, or a table of them by database", |text| one_select(text).map(str::to_owned))
    };
    if !item.is_table() {
        return select(&item).map(SourceQuery::everywhere);
    }
    let mut section = item.section()?;
    let mut of = |database: &str| section.get(database).and_then(|item| select(&item));
    let query = SourceQuery { postgres: of("postgres"), mysql: of("mysql"), sqlite: of("sqlite") };
    section.finish();
    if query == SourceQuery::default() {
        item.wrong("no query for any database");
        return None;
    }
    Some(query)
}

/// A condition in SQL; an empty one is a slip, because it would read as "no rows" or "all rows".
pub(super) fn condition(section: &mut Section<'_, '_>) -> Option<String> {
    let item = section.get("where")?;
    let text = item.string()?;
    if text.trim().is_empty() {
        item.wrong("the condition is empty; leave the key out for all rows");
        return None;
    }
    Some(text)
}

fn columns(item: Item<'_, '_>) -> BTreeMap<Field, FieldSource> {
    let Some(mut section) = item.section() else { return BTreeMap::new() };
    let mut columns = BTreeMap::new();
    for (name, item) in section.entries() {
        let Some(field) = Field::from_name(&name) else {
            let nearest = did_you_mean(&name, Field::mapped().map(Field::name));
            item.wrong(format!("a run has no field '{name}'{nearest}"));
            continue;
        };
        let place = if item.is_table() { in_json(field, &item) } else { column(&item) };
        columns.extend(place.map(|place| (field, place)));
    }
    columns
}

fn column(item: &Item<'_, '_>) -> Option<FieldSource> {
    Some(FieldSource::Column(item.decided("the name of a column")?.string()?))
}

/// `{ json = "metadata", key = "schedule" }`, or a list of keys that leads down.
fn in_json(field: Field, item: &Item<'_, '_>) -> Option<FieldSource> {
    let mut section = item.section()?;
    let column = section.required_string("json");
    let keys = section.get("key");
    section.missing(&["key"]);
    section.finish();
    let keys = keys?;
    let list = if keys.is_list() { keys.list()? } else { vec![keys] };
    let keys: Vec<String> = list.iter().map(json_key).collect::<Option<_>>()?;
    if Field::TIMES.contains(&field) {
        item.wrong("a time cannot be read from JSON; write a query that makes it a column");
        return None;
    }
    if keys.is_empty() {
        item.wrong("'key' is an empty list");
        return None;
    }
    Some(FieldSource::Json { column: column?, keys })
}

/// The databases escape keys differently, so that those which need it are refused.
fn json_key(item: &Item<'_, '_>) -> Option<String> {
    let key = item.string()?;
    if key.is_empty() || key.contains(['"', '\\']) || key.contains(char::is_control) {
        item.wrong(format!("'{}' cannot be named as a key of JSON here; write a query", key.escape_debug()));
        return None;
    }
    Some(key)
}

fn statuses(item: Item<'_, '_>) -> BTreeMap<String, StatusMeaning> {
    let Some(mut section) = item.section() else { return BTreeMap::new() };
    let read = |(word, item): (String, Item<'_, '_>)| Some((word, meaning(item)?));
    section.entries().into_iter().filter_map(read).collect()
}

fn meaning(item: Item<'_, '_>) -> Option<StatusMeaning> {
    let item = item.decided(&format!("one of {}", status_words().join(", ")))?;
    item.parsed("a status such as \"success\"", status)
}

/// `success`, `skipped`, `skipped:lock`, `open`.
fn status(text: &str) -> Result<StatusMeaning, String> {
    let (word, reason) = match text.split_once(':') {
        Some((word, reason)) => (word, Some(reason)),
        None => (text, None),
    };
    let status = Status::from_word(word);
    if status.is_none() && word != StatusMeaning::Open.word() {
        let words = status_words();
        return Err(format!("'{word}' is none of {}{}", words.join(", "), hint(word, &words)));
    }
    match (status, reason) {
        (None, None) => Ok(StatusMeaning::Open),
        (Some(status), None) => Ok(StatusMeaning::Is(status)),
        (Some(Status::Skipped), Some("lock")) => Ok(StatusMeaning::Skipped(SkipReason::Lock)),
        (Some(Status::Skipped), Some("overlap")) => Ok(StatusMeaning::Skipped(SkipReason::Overlap)),
        (Some(Status::Skipped), Some("other")) => Ok(StatusMeaning::Skipped(SkipReason::Other)),
        (Some(Status::Skipped), Some(reason)) => {
            Err(format!("'{reason}' is none of the reasons for skipping: lock, overlap, other"))
        }
        _ => Err(format!("only skipped has a reason, as in 'skipped:lock'; write '{word}'")),
    }
}

fn status_words() -> Vec<&'static str> {
    Status::ALL.map(Status::word).into_iter().chain([StatusMeaning::Open.word()]).collect()
}

/// The nearest word as a phrase; the message has the words themselves.
fn hint(word: &str, words: &[&str]) -> String {
    crate::nearest::nearest(word, words.iter().copied())
        .map(|near| format!("; did you mean '{near}'?"))
        .unwrap_or_default()
}

fn zone(item: Item<'_, '_>) -> Option<Tz> {
    item.decided("\"UTC\", or a name such as \"Europe/Berlin\"")?.zone()
}

fn time_format(item: Item<'_, '_>) -> Option<TimeFormat> {
    item.parsed("a format such as \"%d.%m.%Y %H:%M:%S\"", TimeFormat::parse)
}

fn attempt_base(item: Item<'_, '_>) -> Option<u8> {
    let base = item.whole_number()?;
    let known = u8::try_from(base).ok().filter(|base| *base <= 1);
    if known.is_none() {
        item.wrong(format!("{base} is not the number of a first attempt: 0 or 1"));
    }
    known
}

/// `{ column = "runid", within = "6h" }`.
fn bound(item: Item<'_, '_>) -> Option<KeyBound> {
    let mut section = item.section()?;
    let column = section.required_string("column");
    let within = section.get("within").and_then(|item| item.positive_span());
    section.finish();
    Some(KeyBound { column: column?, within })
}

fn known_limits(item: Item<'_, '_>) -> Vec<String> {
    item.list().unwrap_or_default().iter().filter_map(Item::string).collect()
}
