//! Files of runs in a private database in memory: those with the columns of `job_runs` as runs, others as a
//! table of texts that a mapping reads like any other table.

use std::path::{Path, PathBuf};

use super::file_times::{UnknownTimes, with_times};
use super::import::{BadLine, ReadError, TableFile, TextRow};
use super::load::{BadLines, ImportError, import_files};
use crate::database::migrate::migrate;
use crate::database::{Connection, DatabaseError, TextTable};
use crate::mapping::MappingSettings;
use crate::nearest::did_you_mean;
use crate::run::Field;
use crate::settings::FileMapping;

/// The table that holds files with columns of their own.
pub const FILE_TABLE: &str = "jobdelta_file";

/// Rows that are looked at before a table is made for them.
const SAMPLE_ROWS: usize = 200;

/// Columns that are named in a message or a note.
const MOST_NAMED: usize = 20;

/// Files in a database in memory, and how they are read there.
#[derive(Debug)]
pub struct LoadedFiles {
    pub connection: Connection,
    pub mapping: MappingSettings,
}

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    BadLine(#[from] BadLine),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("{0}")]
    Mapping(String),
    #[error(
        "{}: no column is called '{column}', which is {field} of a run{nearest}; {advice}; its columns are {columns}",
        .file.display()
    )]
    NoColumn {
        file: PathBuf,
        column: String,
        field: Field,
        nearest: String,
        advice: &'static str,
        columns: String,
    },
    #[error("{} and {} have different columns: '{column}' is in one of them only", .first.display(), .other.display())]
    OtherColumns { first: PathBuf, other: PathBuf, column: String },
    #[error(transparent)]
    Times(#[from] UnknownTimes),
}

/// Reads files into memory, as runs or by what a deployment file says of their columns.
///
/// # Errors
/// When a file cannot be read, a line of it is not what the others are, or no mapping fits.
pub async fn read_files(files: &[PathBuf], mapping: &FileMapping) -> Result<LoadedFiles, FileError> {
    match columns_of_their_own(files, mapping)? {
        None => {
            let mapping = mapping.of_runs().map_err(FileError::Mapping)?;
            Ok(LoadedFiles { connection: read_runs(files).await?, mapping })
        }
        Some(columns) => read_columns(files, &columns, mapping).await,
    }
}

/// The rows of files with any columns in [`FILE_TABLE`], every column as text.
///
/// # Errors
/// When a file cannot be read, or their columns differ.
pub async fn read_as_they_are(files: &[PathBuf]) -> Result<Connection, FileError> {
    let columns = same_columns(files)?;
    let texts: Vec<(&str, &str)> = columns.iter().map(|column| (column.as_str(), "TEXT")).collect();
    let mut connection = Connection::memory().await?;
    let mut table = TextTable::create(&mut connection, FILE_TABLE, &texts).await?;
    for file in files {
        add_rows(&mut table, file, &columns).await?;
    }
    table.finish(None).await?;
    Ok(connection)
}

async fn read_runs(files: &[PathBuf]) -> Result<Connection, FileError> {
    let mut connection = Connection::memory().await?;
    migrate(&mut connection).await?;
    let read = import_files(&mut connection, files, BadLines::Refuse, &mut |_| {}).await;
    read.map_err(|error| match error {
        ImportError::BadLine(line) => FileError::BadLine(line),
        ImportError::Read(error) => FileError::Read(error),
        ImportError::Database(error) => FileError::Database(error),
    })?;
    Ok(connection)
}

/// The columns of the files where they are not to be read as runs.
fn columns_of_their_own(files: &[PathBuf], mapping: &FileMapping) -> Result<Option<Vec<String>>, FileError> {
    if !files.iter().all(|file| TableFile::is_one(file)) {
        return Ok(None);
    }
    let mut have_runs = true;
    for file in files {
        let table = TableFile::open(file)?;
        let columns: Vec<&str> = table.columns().collect();
        have_runs &= table.has_runs() && !mapping.speaks_of(&columns);
    }
    if have_runs { Ok(None) } else { same_columns(files).map(Some) }
}

/// The columns of the first file, which the others have too.
fn same_columns(files: &[PathBuf]) -> Result<Vec<String>, FileError> {
    let mut columns: Option<(&Path, Vec<String>)> = None;
    for file in files {
        let own: Vec<String> = TableFile::open(file)?.columns().map(str::to_owned).collect();
        let Some((first, known)) = &columns else {
            columns = Some((file, own));
            continue;
        };
        let only_one = own.iter().find(|column| !known.contains(column));
        if let Some(column) = only_one.or_else(|| known.iter().find(|column| !own.contains(column))) {
            let (first, other) = (first.to_path_buf(), file.clone());
            return Err(FileError::OtherColumns { first, other, column: column.clone() });
        }
    }
    Ok(columns.map(|(_, columns)| columns).unwrap_or_default())
}

async fn read_columns(
    files: &[PathBuf],
    columns: &[String],
    mapping: &FileMapping,
) -> Result<LoadedFiles, FileError> {
    let mapping = mapping.of_columns(FILE_TABLE).map_err(FileError::Mapping)?;
    let file = files.first().map_or(Path::new(""), PathBuf::as_path);
    check_columns(&mapping, file, columns)?;
    let mapping = with_times(mapping, file, columns, &sample(file)?)?;
    let typed: Vec<(&str, &str)> =
        columns.iter().map(|column| (column.as_str(), type_of(&mapping, column))).collect();
    let mut connection = Connection::memory().await?;
    let mut table = TextTable::create(&mut connection, FILE_TABLE, &typed).await?;
    for file in files {
        add_rows(&mut table, file, columns).await?;
    }
    let started = mapping.columns.get(&Field::StartedAt).map(|column| column.place.column());
    table.finish(started).await?;
    let mapping = with_note(mapping, columns);
    Ok(LoadedFiles { connection, mapping })
}

fn sample(file: &Path) -> Result<Vec<TextRow>, ReadError> {
    let mut table = TableFile::open(file)?;
    let mut rows = Vec::new();
    while rows.len() < SAMPLE_ROWS
        && let Some(row) = table.next_row()?
    {
        rows.push(row);
    }
    Ok(rows)
}

/// Adds the rows of a file, whose columns may stand in another order.
async fn add_rows(table: &mut TextTable<'_>, file: &Path, columns: &[String]) -> Result<(), FileError> {
    let mut rows = TableFile::open(file)?;
    let order: Vec<usize> =
        columns.iter().filter_map(|column| rows.columns().position(|own| own == column)).collect();
    while let Some(mut row) = rows.next_row()? {
        let cells = order.iter().map(|place| row.get_mut(*place).and_then(Option::take)).collect();
        table.add(cells).await?;
    }
    Ok(())
}

/// Numbers are compared as numbers only in a column of numbers.
fn type_of(mapping: &MappingSettings, column: &str) -> &'static str {
    let mut fields = mapping.columns.iter().filter(|(_, mapped)| mapped.place.column() == column);
    let is_number = fields.any(|(field, _)| match field {
        Field::StartedAt | Field::FinishedAt | Field::ScheduledAt => mapping.time_unit.is_some(),
        Field::Attempt | Field::StaggerOffsetS => true,
        _ => false,
    });
    if is_number { "INTEGER" } else { "TEXT" }
}

fn check_columns(mapping: &MappingSettings, file: &Path, columns: &[String]) -> Result<(), FileError> {
    let is_there = |field: Field| {
        let column = mapping.columns.get(&field);
        column.is_some_and(|column| columns.iter().any(|name| name == column.place.column()))
    };
    let mut missing =
        mapping.columns.iter().filter(|(field, column)| column.must_exist && !is_there(**field));
    let missing = missing.next().map(|(field, _)| *field);
    let missing = missing.or_else(|| Field::REQUIRED.into_iter().find(|field| !is_there(*field)));
    let has_end = is_there(Field::FinishedAt) || is_there(Field::Duration);
    let Some(field) = missing.or((!has_end).then_some(Field::FinishedAt)) else { return Ok(()) };
    let mapped = mapping.columns.get(&field);
    let column = mapped.map_or(field.name(), |mapped| mapped.place.column()).to_owned();
    let advice = if mapped.is_some_and(|mapped| mapped.must_exist) {
        "correct it under `columns` in [source] of the deployment file"
    } else {
        "say which column it is with `columns` in [source] of a deployment file"
    };
    let nearest = did_you_mean(&column, columns.iter().map(String::as_str));
    let columns = named(columns.iter());
    Err(FileError::NoColumn { file: file.to_owned(), column, field, nearest, advice, columns })
}

/// A note of the columns that are read for nothing. A condition may read any of them.
fn with_note(mut mapping: MappingSettings, columns: &[String]) -> MappingSettings {
    let is_read = |column: &&String| mapping.columns.values().any(|read| read.place.column() == *column);
    let left_out: Vec<&String> = columns.iter().filter(|column| !is_read(column)).collect();
    if !left_out.is_empty() && mapping.condition.is_none() {
        let names = named(left_out.into_iter());
        mapping.known_limits.push(format!("columns of the file that were not read: {names}"));
    }
    mapping
}

fn named<'a>(columns: impl ExactSizeIterator<Item = &'a String>) -> String {
    let more = columns.len().saturating_sub(MOST_NAMED);
    let mut names: Vec<String> = columns.take(MOST_NAMED).map(|name| crate::legible::name(name)).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}
