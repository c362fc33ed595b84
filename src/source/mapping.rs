//! A mapping fitted to its table or query: which column holds what, checked against what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono_tz::Tz;

use super::files::FILE_TABLE;
use super::native_duration::DurationKind;
use super::native_time::{DeclaredTimes, NotATime, TimeKind};
use crate::clock::Span;
use crate::database::{ColumnInfo, DatabaseError, Dialect, Session, TableName};
use crate::mapping::{
    FieldSource, KeyBound, MainTable, MappedColumn, MappingSettings, NativeRows, Need, SourceLimits,
    SourceQuery, StatusWords,
};
use crate::nearest::{did_you_mean, nearest};
use crate::run::Field;

#[derive(Clone, Debug)]
pub struct Mapping {
    pub name: String,
    pub rows: Native,
    /// Only fields that the rows have.
    pub places: BTreeMap<Field, FieldSource>,
    /// Texts of which two are equal where their bytes are, whatever the database does about case.
    pub bytewise: BTreeSet<Field>,
    /// Whether the server that is asked holds the rows itself.
    pub is_local: bool,
    /// How each time column stores time.
    pub times: BTreeMap<Field, TimeKind>,
    /// The zone that is declared for columns without one.
    pub time_zone: Option<Tz>,
    pub duration: DurationKind,
    pub statuses: StatusWords,
    /// The number of a first attempt.
    pub attempt_base: u8,
    pub bound: Option<KeyBound>,
    /// The table that most rows come from, and its column that bounds them: the start, or a key. `None` for a
    /// query of which no table is known.
    pub main: Option<MainColumn>,
    /// The scheduler's own table of jobs, on this database.
    pub job_list: Option<String>,
    /// What of the product's settings is needed.
    pub needs: Vec<Need>,
    pub limits: SourceLimits,
    /// A condition on the native rows.
    pub condition: Option<String>,
    /// Rows of a job closer to each other than this are one run.
    pub dedupe_within: Option<Span>,
    /// Whether the rows say themselves which of their times were in doubt, in `zoneless` and `clock_change`.
    pub knows_doubts: bool,
}

/// A table, and the column that bounds its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainColumn {
    pub table: TableName,
    pub column: String,
    /// Whether rows are bounded by a key in place of the start.
    pub is_key: bool,
}

/// How the zone of a source's times is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneBasis {
    /// They are instants.
    Instants,
    Declared(Tz),
    /// Text has an offset, or is read as UTC.
    OffsetOrAssumed,
    /// Nothing says it: read as UTC.
    Assumed,
}

/// The native rows on one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Native {
    Table(TableName),
    Query(String),
}

impl Native {
    fn of(settings: &MappingSettings, dialect: Dialect) -> Result<Self, MappingError> {
        match &settings.rows {
            NativeRows::Table(text) => {
                TableName::parse(text).map(Self::Table).ok_or_else(|| MappingError::TableName(text.clone()))
            }
            NativeRows::Query(query) => select_on(query, dialect).map(Self::Query).ok_or_else(|| {
                MappingError::NoQuery { name: settings.name.clone(), database: dialect.family() }
            }),
        }
    }
}

/// The text for a database; `None` where there is none.
pub fn select_on(query: &SourceQuery, dialect: Dialect) -> Option<String> {
    let SourceQuery { postgres, mysql, sqlite } = query;
    match dialect {
        Dialect::Postgres => postgres.clone(),
        Dialect::MySql | Dialect::MariaDb => mysql.clone(),
        Dialect::Sqlite => sqlite.clone(),
    }
}

impl fmt::Display for Native {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) if table.name == FILE_TABLE => f.write_str("the file"),
            Self::Table(table) => write!(f, "table {table}"),
            Self::Query(_) => f.write_str("the query"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    #[error("'{0}' is not a table name; write table or schema.table")]
    TableName(String),
    #[error("the mapping {name} has no query for {database}; add it as query.{database} in [source]")]
    NoQuery { name: String, database: &'static str },
    #[error("there is no table {table} that this user may read on {identity}{nearest}")]
    Table { table: String, identity: String, nearest: String },
    /// The table is there, but nothing can be known of it.
    #[error(
        "table {table} is there on {identity}, but its columns are not shown; check this user's rights, and \
         that a plain SELECT from it works"
    )]
    Hidden { table: String, identity: String },
    #[error(
        "there is no table job_runs that this user may read on {identity}, and none of a known scheduler{nearest}{}; \
         name a mapping with --source (`jobdelta sources` lists them), or give table and columns in [source] of a \
         deployment file", likely.iter().map(|table| format!("; {table}")).collect::<String>()
    )]
    NoneKnown {
        identity: String,
        nearest: String,
        /// What tables that are called as known ones lack, in words.
        likely: Vec<String>,
    },
    #[error("the tables of several schedulers are on {identity}: {found}; choose one, {choice}")]
    SeveralKnown { identity: String, found: String, choice: String },
    #[error("the tables of {title} are on {identity}, but this role may not read {tables}; {grant}")]
    Unreadable { title: String, identity: String, tables: String, grant: String },
    #[error("{0}")]
    Known(String),
    #[error("{rows} has no column '{column}' for {field}{nearest}")]
    Column { rows: Native, column: String, field: &'static str, nearest: String },
    /// A column of a query that is not a field, but looks like one.
    #[error(
        "the query has a column '{column}', which is no field of a run; did you mean '{field}'? (Give it \
         another name if only a condition reads it.)"
    )]
    NoField { column: String, field: String },
    #[error("the query has two columns '{column}'")]
    Twice { column: String },
    #[error("column {column} of {rows} has type {type_name}, which {problem}")]
    Type { rows: Native, column: String, type_name: String, problem: String },
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Mapping {
    /// Looks at the table or the query and fits the mapping to it: what a built-in mapping names and the
    /// table lacks is left out, what the user names must be there.
    pub async fn resolve(settings: &MappingSettings, session: &mut Session) -> Result<Self, MappingError> {
        let rows = Native::of(settings, session.dialect())?;
        let columns = match &rows {
            Native::Table(table) => session.columns(table).await?,
            Native::Query(query) => session.query_columns(query).await?,
        };
        if let (Native::Table(table), true) = (&rows, columns.is_empty()) {
            let identity = session.identity().to_owned();
            let tables = session.tables().await?;
            let is_there = tables.contains(table);
            let table = table.to_string();
            if is_there {
                return Err(MappingError::Hidden { table, identity });
            }
            let tables: Vec<String> = tables.iter().map(TableName::to_string).collect();
            let nearest = did_you_mean(&table, tables.iter().map(String::as_str));
            return Err(MappingError::Table { table, identity, nearest });
        }
        let is_local = match &rows {
            Native::Table(table) => session.holds(table).await?,
            Native::Query(_) => true,
        };
        let fit = Fit { settings, rows, columns: &columns, dialect: session.dialect() };
        Ok(Mapping { is_local, ..fit.mapping()? })
    }

    /// The mapping for rows that have every column that it names, without looking: for showing queries
    /// without a database. A query is taken to return the fields that it names.
    pub fn unseen(settings: &MappingSettings, dialect: Dialect) -> Result<Self, MappingError> {
        let rows = Native::of(settings, dialect)?;
        let time = match dialect {
            _ if settings.time_format.is_some() => "text",
            Dialect::Sqlite if settings.time_unit.is_none() => "",
            Dialect::Sqlite => "integer",
            Dialect::Postgres => "timestamp with time zone",
            Dialect::MySql | Dialect::MariaDb => "datetime(6)",
        };
        let type_of = |field: &Field| if Field::TIMES.contains(field) { time } else { "bigint" };
        let info = |name: &str, type_name: &str| ColumnInfo {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
            is_bytewise: false,
        };
        let mut columns: Vec<ColumnInfo> = match &rows {
            Native::Table(_) => {
                let places = settings.columns.iter();
                places.map(|(field, column)| info(column.place.column(), type_of(field))).collect()
            }
            Native::Query(query) => {
                let named = Field::mapped().filter(|field| query.contains(field.name()));
                named.map(|field| info(field.name(), type_of(&field))).collect()
            }
        };
        columns.extend(settings.bound.iter().map(|bound| info(&bound.column, "bigint")));
        Fit { settings, rows, columns: &columns, dialect }.mapping()
    }

    pub fn zone_basis(&self) -> ZoneBasis {
        let any = |is: fn(&TimeKind) -> bool| self.times.values().any(is);
        let local = any(|kind| matches!(kind, TimeKind::Local(_) | TimeKind::Written(..)));
        let text = any(|kind| matches!(kind, TimeKind::Text(_)));
        match self.time_zone.filter(|_| local || text) {
            Some(zone) => ZoneBasis::Declared(zone),
            None if local => ZoneBasis::Assumed,
            None if text => ZoneBasis::OffsetOrAssumed,
            None => ZoneBasis::Instants,
        }
    }

    pub fn has(&self, field: Field) -> bool {
        self.places.contains_key(&field)
    }
}

/// A mapping, and the columns that it has to fit.
struct Fit<'a> {
    settings: &'a MappingSettings,
    rows: Native,
    columns: &'a [ColumnInfo],
    dialect: Dialect,
}

impl Fit<'_> {
    fn mapping(self) -> Result<Mapping, MappingError> {
        let places = match &self.rows {
            Native::Table(_) => self.places_in_table()?,
            Native::Query(_) => self.places_in_query()?,
        };
        for field in Field::REQUIRED {
            if !places.contains_key(&field) {
                return Err(self.missing(field));
            }
        }
        if !places.contains_key(&Field::FinishedAt) && !places.contains_key(&Field::Duration) {
            return Err(self.missing(Field::FinishedAt));
        }
        let times = self.times(&places)?;
        let duration = self.duration(&places)?;
        let bytewise = places.keys().copied().filter(|field| self.is_bytewise(&places, *field)).collect();
        self.check_bound()?;
        let main = self.main(&places)?;
        let settings = self.settings.clone();
        Ok(Mapping {
            name: settings.name,
            rows: self.rows,
            places,
            bytewise,
            is_local: true,
            times,
            time_zone: settings.time_zone,
            duration,
            statuses: settings.statuses,
            attempt_base: settings.attempt_base,
            limits: SourceLimits {
                headline: settings.headline_limit,
                known: settings.known_limits,
                bound: settings.bound.clone(),
            },
            bound: settings.bound,
            main,
            job_list: settings.job_list.and_then(|query| select_on(&query, self.dialect)),
            needs: settings.needs,
            condition: settings.condition,
            dedupe_within: settings.dedupe_within,
            knows_doubts: false,
        })
    }

    /// A key is not looked for under the name that a query gives it: it has an index, or would not be one.
    fn main(&self, places: &BTreeMap<Field, FieldSource>) -> Result<Option<MainColumn>, MappingError> {
        let bound = self.settings.bound.as_ref().map(|bound| bound.column.clone());
        match (&self.rows, &self.settings.main) {
            (Native::Table(table), _) => {
                let started = places.get(&Field::StartedAt).map_or("started_at", |place| place.column());
                let column = bound.unwrap_or_else(|| started.to_owned());
                Ok(Some(MainColumn { table: table.clone(), column, is_key: self.settings.bound.is_some() }))
            }
            (Native::Query(_), Some(MainTable { table, started_at })) => {
                let table = TableName::parse(table).ok_or_else(|| MappingError::TableName(table.clone()))?;
                let is_key = bound.is_some();
                Ok(Some(MainColumn { table, column: started_at.clone(), is_key }))
            }
            (Native::Query(_), None) => Ok(None),
        }
    }

    fn is_bytewise(&self, places: &BTreeMap<Field, FieldSource>, field: Field) -> bool {
        match places.get(&field) {
            Some(FieldSource::Column(column)) => self.find(column).is_some_and(|column| column.is_bytewise),
            _ => false,
        }
    }

    fn find(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.iter().find(|column| column.name == name)
    }

    fn places_in_table(&self) -> Result<BTreeMap<Field, FieldSource>, MappingError> {
        let mut places = BTreeMap::new();
        for (field, MappedColumn { place, must_exist }) in &self.settings.columns {
            if self.find(place.column()).is_some() {
                places.insert(*field, place.clone());
            } else if *must_exist {
                return Err(self.missing(*field));
            }
        }
        Ok(places)
    }

    /// Each column under its own name. Other columns may be there for conditions to read.
    fn places_in_query(&self) -> Result<BTreeMap<Field, FieldSource>, MappingError> {
        let mut places = BTreeMap::new();
        let mut others = Vec::new();
        for column in self.columns {
            let name = &column.name;
            match Field::from_name(name) {
                None => others.push(name),
                Some(field) if places.insert(field, FieldSource::Column(name.clone())).is_none() => {}
                Some(_) => return Err(MappingError::Twice { column: name.clone() }),
            }
        }
        let bound = self.settings.bound.as_ref().map(|bound| &bound.column);
        let unused = || Field::mapped().filter(|field| !places.contains_key(field)).map(Field::name);
        for column in others.into_iter().filter(|name| Some(*name) != bound) {
            if let Some(field) = nearest(column, unused()) {
                return Err(MappingError::NoField { column: column.clone(), field: field.to_owned() });
            }
        }
        Ok(places)
    }

    fn missing(&self, field: Field) -> MappingError {
        let column = self.settings.columns.get(&field).map_or(field.name(), |column| column.place.column());
        self.no_column(column, field.name())
    }

    fn no_column(&self, column: &str, field: &'static str) -> MappingError {
        MappingError::Column {
            rows: self.rows.clone(),
            column: column.to_owned(),
            field,
            nearest: did_you_mean(column, self.columns.iter().map(|c| c.name.as_str())),
        }
    }

    fn wrong_type(&self, column: &ColumnInfo, problem: impl Into<String>) -> MappingError {
        MappingError::Type {
            rows: self.rows.clone(),
            column: column.name.clone(),
            type_name: column.type_name.clone(),
            problem: problem.into(),
        }
    }

    fn needs_cast(&self, column: &ColumnInfo, problem: &str, type_name: &str, field: Field) -> MappingError {
        let name = &column.name;
        self.wrong_type(
            column,
            format!(
                "{problem}; give the rows by a query in [source] with CAST({name} AS {type_name}) AS {field}"
            ),
        )
    }

    fn times(
        &self,
        places: &BTreeMap<Field, FieldSource>,
    ) -> Result<BTreeMap<Field, TimeKind>, MappingError> {
        let settings = self.settings;
        let format = settings.time_format.as_ref();
        let declared = DeclaredTimes { unit: settings.time_unit, zone: settings.time_zone, format };
        let mut times = BTreeMap::new();
        for field in Field::TIMES {
            let Some(column) = places.get(&field).and_then(|place| self.find(place.column())) else {
                continue;
            };
            let kind = TimeKind::of(self.dialect, &column.type_name, declared);
            let kind = kind.map_err(|problem| match problem {
                NotATime::NeedsUnit => {
                    self.wrong_type(column, "needs `time_unit = \"s\"`, \"ms\" or \"us\" in [source]")
                }
                NotATime::TextOfNumbers => {
                    let problem = "holds text, which does not sort as the numbers of `time_unit`";
                    self.needs_cast(column, problem, "INTEGER", field)
                }
                NotATime::Text => self.wrong_type(
                    column,
                    "holds text; say how its times are written with `time_format` in [source], such as \
                     \"%Y-%m-%d %H:%M:%S\"",
                ),
                NotATime::WrongType => {
                    let time = if self.dialect == Dialect::Postgres { "timestamp" } else { "DATETIME(6)" };
                    self.needs_cast(column, "holds no times", time, field)
                }
            })?;
            times.insert(field, kind);
        }
        Ok(times)
    }

    fn duration(&self, places: &BTreeMap<Field, FieldSource>) -> Result<DurationKind, MappingError> {
        let unit = self.settings.duration_unit;
        let Some(FieldSource::Column(name)) = places.get(&Field::Duration) else {
            return Ok(DurationKind::Whole(unit));
        };
        let Some(column) = self.find(name) else { return Ok(DurationKind::Whole(unit)) };
        DurationKind::of(self.dialect, &column.type_name, unit).ok_or_else(|| {
            self.wrong_type(
                column,
                "holds no durations; give the rows by a query in [source] whose duration is a number, with its unit \
                 as duration_unit",
            )
        })
    }

    fn check_bound(&self) -> Result<(), MappingError> {
        let Some(bound) = &self.settings.bound else { return Ok(()) };
        let Some(column) = self.find(&bound.column) else {
            return Err(self.no_column(&bound.column, "bound"));
        };
        let whole = column.type_name.contains("int") && !column.type_name.contains("interval");
        if whole || self.dialect == Dialect::Sqlite {
            return Ok(());
        }
        Err(self.wrong_type(column, "cannot bound the rows; `bound` needs a whole number"))
    }
}
