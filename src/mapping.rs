//! How the rows of a native table become runs, as a deployment file or a built-in mapping says it.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::clock::Span;
use crate::run::{Field, SkipReason, Status};
use crate::time_format::TimeFormat;

/// A mapping, complete: what its file leaves out is that of the mapping which it starts from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MappingSettings {
    pub name: String,
    pub rows: NativeRows,
    /// Where each field is found; of a query the columns that it returns.
    pub columns: BTreeMap<Field, MappedColumn>,
    pub time_unit: Option<EpochUnit>,
    pub duration_unit: EpochUnit,
    /// Zone of columns without one.
    pub time_zone: Option<Tz>,
    /// How times are written in columns of text; ISO 8601 where it is not given.
    pub time_format: Option<TimeFormat>,
    pub statuses: StatusWords,
    /// The number of a first attempt: 0 or 1.
    pub attempt_base: u8,
    pub bound: Option<KeyBound>,
    /// What the source cannot tell, a sentence each.
    pub known_limits: Vec<String>,
    /// A condition on the native rows.
    pub condition: Option<String>,
    /// Rows of a job closer to each other than this are one run.
    pub dedupe_within: Option<Span>,
    /// Of a query the table that most of its rows come from.
    pub main: Option<MainTable>,
    /// The scheduler's own table of jobs: a SELECT with the column `job_name` and, where they are known,
    /// `schedule`, `time_zone` and `enabled`.
    pub job_list: Option<SourceQuery>,
    /// What of the product's settings is needed.
    pub needs: Vec<Need>,
    /// What the source cannot tell and every reader of a report has to know.
    pub headline_limit: Option<String>,
}

impl MappingSettings {
    /// One that reads nothing yet, for others to start from.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            rows: NativeRows::Table(String::new()),
            columns: BTreeMap::new(),
            time_unit: None,
            duration_unit: EpochUnit::Milliseconds,
            time_zone: None,
            time_format: None,
            statuses: StatusWords::default(),
            attempt_base: 1,
            bound: None,
            known_limits: Vec::new(),
            condition: None,
            dedupe_within: None,
            main: None,
            job_list: None,
            needs: Vec::new(),
            headline_limit: None,
        }
    }
}

/// The table by which the size of a query is known, and the index that serves it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MainTable {
    pub table: String,
    /// The column of the start.
    pub started_at: String,
}

/// A setting of a product without which its rows lack a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Need {
    /// What rows lack it: a condition on the columns of the query.
    pub condition: String,
    /// What they lack.
    pub lacking: String,
    /// What to set.
    pub advice: String,
}

/// A product's own table, and the mapping for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSource {
    /// Whose table it is.
    pub product: String,
    /// The versions of the product whose table is mapped; `None` where it makes no difference.
    pub versions: Option<String>,
    /// What it reads that the product's main mapping does not, such as `single tries`; `None` for the main one.
    pub variant: Option<String>,
    /// On what rows the mapping was tried.
    pub tested_with: String,
    /// The tables by which it is recognised, the one with the runs first.
    pub signature: Vec<Signature>,
    pub mapping: MappingSettings,
}

impl KnownSource {
    /// The tables that hold the runs: those by which it is recognised first.
    pub fn tables(&self) -> Vec<&str> {
        match &self.mapping.rows {
            NativeRows::Table(table) => vec![table],
            NativeRows::Query(query) => {
                let recognised = self.signature.iter().map(|signature| signature.table.as_str()).collect();
                with_tables(recognised, query)
            }
        }
    }

    /// These, and those of the scheduler's own list of jobs.
    pub fn all_tables(&self) -> Vec<&str> {
        match &self.mapping.job_list {
            Some(list) => with_tables(self.tables(), list),
            None => self.tables(),
        }
    }

    /// The same for tables that are in `schema` on `PostgreSQL`.
    #[must_use]
    pub fn in_schema(self, schema: &str) -> Self {
        let of_table = |table: &str| format!("{schema}.{}", without_schema(table));
        let of_query = |query: SourceQuery| SourceQuery {
            postgres: query.postgres.map(|text| qualified(&text, schema)),
            ..query
        };
        let MappingSettings { rows, main, job_list, .. } = self.mapping;
        let rows = match rows {
            NativeRows::Table(table) => NativeRows::Table(of_table(&table)),
            NativeRows::Query(query) => NativeRows::Query(of_query(query)),
        };
        let main = main.map(|main| MainTable { table: of_table(&main.table), ..main });
        let mapping = MappingSettings { rows, main, job_list: job_list.map(of_query), ..self.mapping };
        Self { mapping, ..self }
    }
}

/// `tables` with those of a built-in query that are not among them.
fn with_tables<'a>(mut tables: Vec<&'a str>, query: &'a SourceQuery) -> Vec<&'a str> {
    for text in [&query.postgres, &query.mysql, &query.sqlite].into_iter().flatten() {
        for table in words_of(text).filter(|(_, is_table)| *is_table).map(|(word, _)| name_of(word)) {
            if !tables.iter().any(|known| known.eq_ignore_ascii_case(table)) {
                tables.push(table);
            }
        }
    }
    tables
}

/// The words of a built-in query, each with the space after it, and whether it names a table: it follows FROM or
/// JOIN, and is not what the query itself makes by WITH.
fn words_of(query: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut follows = false;
    query.split_inclusive(char::is_whitespace).map(move |piece| {
        let word = piece.trim_end();
        if word.is_empty() {
            return (piece, false);
        }
        let is_name = !word.starts_with('(') && !query.contains(&format!("{} AS (", name_of(word)));
        let is_table = std::mem::replace(&mut follows, ["FROM", "JOIN"].contains(&word)) && is_name;
        (piece, is_table)
    })
}

/// The name at the beginning of a word.
fn name_of(word: &str) -> &str {
    word.trim_end().trim_end_matches([')', ',', ';'])
}

fn without_schema(table: &str) -> &str {
    table.split_once('.').map_or(table, |(_, name)| name)
}

/// A built-in query with each of its tables called by its schema.
fn qualified(query: &str, schema: &str) -> String {
    let schema = schema.replace('"', "\"\"");
    let of_word = |(word, is_table)| {
        if is_table { format!("\"{schema}\".{}", without_schema(word)) } else { str::to_owned(word) }
    };
    words_of(query).map(of_word).collect()
}

/// A table of a product, and some of its columns that other tables of this name and other versions lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `table` or `schema.table`.
    pub table: String,
    pub columns: Vec<String>,
}

/// What is known that a source cannot tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLimits {
    /// What every reader has to know.
    pub headline: Option<String>,
    /// A sentence each.
    pub known: Vec<String>,
    pub bound: Option<KeyBound>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NativeRows {
    /// `table` or `schema.table`.
    Table(String),
    Query(SourceQuery),
}

/// One SELECT whose columns are fields of a run, for the databases on which it can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SourceQuery {
    pub postgres: Option<String>,
    pub mysql: Option<String>,
    pub sqlite: Option<String>,
}

impl SourceQuery {
    /// The same text for every database.
    pub fn everywhere(text: String) -> Self {
        Self { postgres: Some(text.clone()), mysql: Some(text.clone()), sqlite: Some(text) }
    }
}

/// Where a field is found, and whether it has to be there: what a file names must be, what it takes from a
/// built-in mapping may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MappedColumn {
    pub place: FieldSource,
    pub must_exist: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldSource {
    Column(String),
    /// Under `keys`, from the outermost to the innermost, in a column that holds JSON.
    Json {
        column: String,
        keys: Vec<String>,
    },
}

impl FieldSource {
    /// The native column that has to exist.
    pub fn column(&self) -> &str {
        match self {
            Self::Column(column) | Self::Json { column, .. } => column,
        }
    }
}

/// A source's own status words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StatusWords {
    pub words: BTreeMap<String, StatusMeaning>,
    /// What NULL means; without it NULL is an error.
    pub null: Option<StatusMeaning>,
    /// What every other word means; without it another word is an error.
    pub other: Option<StatusMeaning>,
}

impl StatusWords {
    /// What the status of a row means; `None` where nothing says so.
    pub fn meaning(&self, word: Option<&str>) -> Option<StatusMeaning> {
        match word {
            None => self.null,
            Some(word) => self.words.get(word).copied().or(self.other),
        }
    }

    /// Whether rows may have a status of what has not started yet.
    pub fn has_open(&self) -> bool {
        self.words
            .values()
            .chain(&self.null)
            .chain(&self.other)
            .any(|meaning| *meaning == StatusMeaning::Open)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusMeaning {
    /// Known and not started yet: the row is left out and counted.
    Open,
    Is(Status),
    /// Skipped, and the word says why.
    Skipped(SkipReason),
}

impl StatusMeaning {
    /// The word of the six, or `open`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Is(status) => status.word(),
            Self::Skipped(_) => Status::Skipped.word(),
        }
    }
}

/// A whole-number key that grows with time and has an index, where the start has none. It is taken for
/// granted that no row started more than `within` before a row with a smaller key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyBound {
    pub column: String,
    /// `longest_run` when `None`.
    pub within: Option<Span>,
}

/// Unit of a whole number of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EpochUnit {
    Seconds,
    Milliseconds,
    Microseconds,
}

impl EpochUnit {
    /// The units by the words that files use for them.
    pub const WORDS: [(&'static str, Self); 3] =
        [("s", Self::Seconds), ("ms", Self::Milliseconds), ("us", Self::Microseconds)];

    /// The unit of a whole number since the epoch by its size: seconds below 10¹¹, milliseconds below 10¹⁴,
    /// else microseconds. The sign does not matter.
    pub const fn by_size(number: u64) -> Self {
        match number {
            0..100_000_000_000 => Self::Seconds,
            100_000_000_000..100_000_000_000_000 => Self::Milliseconds,
            _ => Self::Microseconds,
        }
    }

    pub const fn us(self) -> i64 {
        match self {
            Self::Seconds => 1_000_000,
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1,
        }
    }
}
