//! How a native table becomes runs: which column holds what, checked against the table as it is.

use std::collections::BTreeMap;

use super::native_time::{NotATime, TimeKind};
use super::preset::{self, Place};
use crate::clock::Span;
use crate::database::{ColumnInfo, DatabaseError, Dialect, Session, TableName};
use crate::nearest::did_you_mean;
use crate::run::{FIELDS, SkipReason, Status};
use crate::settings::{EpochUnit, MappingSettings, StatusMapping};

/// The fields that have to be found in every table, `finished_at` or `duration` beside them.
const REQUIRED: [&str; 3] = ["job_name", "started_at", "status"];

/// A mapping that fits its table.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Name of the preset, or `custom`.
    pub name: String,
    /// The table.
    pub table: TableName,
    /// Field of a run to its place; only fields that the table has.
    pub places: BTreeMap<String, Place>,
    /// How each time column stores time.
    pub times: BTreeMap<String, TimeKind>,
    /// Unit of the duration column.
    pub duration_unit: EpochUnit,
    /// The table's status words.
    pub statuses: BTreeMap<String, StatusMapping>,
    /// A condition on the native table.
    pub condition: Option<String>,
    /// Rows of a job closer to each other than this are one run.
    pub dedupe_within: Option<Span>,
}

/// Why a table cannot be mapped.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// No such preset.
    #[error("unknown source preset '{name}'; the built-in ones are {known}")]
    Preset {
        /// As given.
        name: String,
        /// The known ones.
        known: String,
    },
    /// A built-in mapping cannot be read: a mistake of ours.
    #[error("the built-in mapping {name} cannot be read")]
    Builtin {
        /// Which.
        name: String,
        /// How.
        source: toml::de::Error,
    },
    /// The table's name is not one.
    #[error("'{0}' is not a table name; write table or schema.table")]
    TableName(String),
    /// There is no such table.
    #[error("there is no table {table} that this user may read on {identity}{nearest}")]
    Table {
        /// As given.
        table: String,
        /// Where.
        identity: String,
        /// The nearest name, as a phrase.
        nearest: String,
    },
    /// The table is there, but nothing can be known of it.
    #[error(
        "table {table} is there on {identity}, but its columns are not shown; check this user's rights, and \
         that a plain SELECT from it works"
    )]
    Hidden {
        /// As given.
        table: String,
        /// Where.
        identity: String,
    },
    /// There is no such column.
    #[error("table {table} has no column '{column}' for {field}{nearest}")]
    Column {
        /// The table.
        table: String,
        /// The missing column.
        column: String,
        /// The field of a run.
        field: String,
        /// The nearest name, as a phrase.
        nearest: String,
    },
    /// A field of a run is not known.
    #[error("a run has no field '{field}'{nearest}")]
    Field {
        /// As given.
        field: String,
        /// The nearest name, as a phrase.
        nearest: String,
    },
    /// A column cannot hold times.
    #[error("column {column} of table {table} has type {type_name}, which {problem}")]
    Time {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Its type.
        type_name: String,
        /// What to do.
        problem: &'static str,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Mapping {
    /// Looks at the table and fits the mapping to it: what a preset names and the table lacks is left
    /// out, what the user names must be there.
    ///
    /// # Errors
    /// When the preset, the table or a column is missing, or a column cannot hold times.
    pub async fn resolve(settings: &MappingSettings, session: &mut Session) -> Result<Self, MappingError> {
        let mut mapping = Self::wanted(settings)?;
        let columns = session.columns(&mapping.table).await?;
        if columns.is_empty() {
            let table = mapping.table.to_string();
            let tables = session.tables().await?;
            if tables.contains(&table) {
                return Err(MappingError::Hidden { table, identity: session.identity().to_owned() });
            }
            let nearest = did_you_mean(&table, tables.iter().map(String::as_str));
            return Err(MappingError::Table { table, identity: session.identity().to_owned(), nearest });
        }
        mapping.fit(settings, &columns, session.dialect())?;
        Ok(mapping)
    }

    /// The mapping for a table that has every column of the preset, without looking: for showing
    /// queries without a database.
    ///
    /// # Errors
    /// When the preset is missing or a field is unknown.
    pub fn unseen(settings: &MappingSettings, dialect: Dialect) -> Result<Self, MappingError> {
        let mut mapping = Self::wanted(settings)?;
        let time = match dialect {
            Dialect::Sqlite => "integer",
            Dialect::Postgres => "timestamp with time zone",
            Dialect::MySql | Dialect::MariaDb => "datetime(6)",
        };
        let columns: Vec<ColumnInfo> = mapping
            .places
            .values()
            .map(|place| ColumnInfo { name: place.column().to_owned(), type_name: time.to_owned() })
            .collect();
        mapping.fit(settings, &columns, dialect)?;
        Ok(mapping)
    }

    fn wanted(settings: &MappingSettings) -> Result<Self, MappingError> {
        let name = settings.preset.as_deref().unwrap_or("job_runs");
        let preset = preset::find(name).ok_or_else(|| MappingError::Preset {
            name: name.to_owned(),
            known: preset::names().collect::<Vec<_>>().join(", "),
        })?;
        let preset = preset.map_err(|source| MappingError::Builtin { name: name.to_owned(), source })?;
        let table = settings.table.as_deref().unwrap_or(&preset.table);
        let mut places = preset.columns;
        for (field, column) in &settings.columns {
            if !FIELDS.contains(&field.as_str()) {
                let nearest = did_you_mean(field, FIELDS);
                return Err(MappingError::Field { field: field.clone(), nearest });
            }
            places.insert(field.clone(), Place::Column(column.clone()));
        }
        let custom = settings.preset.is_none() && (settings.table.is_some() || !settings.columns.is_empty());
        Ok(Self {
            name: if custom { "custom" } else { name }.to_owned(),
            table: TableName::parse(table).ok_or_else(|| MappingError::TableName(table.to_owned()))?,
            places,
            times: BTreeMap::new(),
            duration_unit: settings
                .duration_unit
                .or(preset.duration_unit.as_deref().and_then(unit))
                .unwrap_or(EpochUnit::Milliseconds),
            statuses: statuses(&preset.statuses, &settings.statuses),
            condition: settings.condition.clone(),
            dedupe_within: settings.dedupe_within,
        })
    }

    fn fit(
        &mut self,
        settings: &MappingSettings,
        columns: &[ColumnInfo],
        dialect: Dialect,
    ) -> Result<(), MappingError> {
        let find = |name: &str| columns.iter().find(|c| c.name == name);
        let missing = |field: &str, column: &str| MappingError::Column {
            table: self.table.to_string(),
            column: column.to_owned(),
            field: field.to_owned(),
            nearest: did_you_mean(column, columns.iter().map(|c| c.name.as_str())),
        };
        for (field, column) in &settings.columns {
            if find(column).is_none() {
                return Err(missing(field, column));
            }
        }
        let mut places = self.places.clone();
        places.retain(|_, place| find(place.column()).is_some());
        for field in REQUIRED {
            if !places.contains_key(field) {
                return Err(missing(field, self.places.get(field).map_or(field, Place::column)));
            }
        }
        if !places.contains_key("finished_at") && !places.contains_key("duration") {
            return Err(missing("finished_at", self.places.get("finished_at").map_or("", Place::column)));
        }
        // Whole numbers need a unit from the user, but for the preset's own table.
        let unit = settings.time_unit.or(match (self.name.as_str(), dialect) {
            ("custom", _) => None,
            (name, _) => {
                preset::find(name).and_then(Result::ok).and_then(|p| p.time_unit).as_deref().and_then(unit)
            }
        });
        for field in ["started_at", "finished_at", "scheduled_at"] {
            let Some(column) = places.get(field).and_then(|place| find(place.column())) else { continue };
            let kind = TimeKind::of(dialect, &column.type_name, unit, settings.time_zone);
            let kind = kind.map_err(|problem| MappingError::Time {
                table: self.table.to_string(),
                column: column.name.clone(),
                type_name: column.type_name.clone(),
                problem: match problem {
                    NotATime::NeedsUnit => "needs `time_unit = \"s\"`, \"ms\" or \"us\" in [source]",
                    NotATime::WrongType => "holds no times",
                },
            })?;
            self.times.insert(field.to_owned(), kind);
        }
        self.places = places;
        Ok(())
    }

    /// Whether the table records the field.
    pub fn has(&self, field: &str) -> bool {
        self.places.contains_key(field)
    }
}

fn statuses(
    preset: &BTreeMap<String, String>,
    own: &BTreeMap<String, StatusMapping>,
) -> BTreeMap<String, StatusMapping> {
    let mut statuses = BTreeMap::new();
    for (word, meaning) in preset {
        let (status, reason) = meaning.split_once(':').unwrap_or((meaning, ""));
        if let Some(status) = Status::from_word(status) {
            let skip_reason = match reason {
                "lock" => Some(SkipReason::Lock),
                "overlap" => Some(SkipReason::Overlap),
                _ => None,
            };
            statuses.insert(word.clone(), StatusMapping { status, skip_reason });
        }
    }
    statuses.extend(own.iter().map(|(word, meaning)| (word.clone(), *meaning)));
    statuses
}

fn unit(name: &str) -> Option<EpochUnit> {
    match name {
        "s" => Some(EpochUnit::Seconds),
        "ms" => Some(EpochUnit::Milliseconds),
        "us" => Some(EpochUnit::Microseconds),
        _ => None,
    }
}
