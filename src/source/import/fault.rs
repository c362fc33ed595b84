//! What can be wrong with a file of runs.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::nearest::did_you_mean;
use crate::run::{Field, Run, Status};

/// What is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A CSV line with more or fewer cells than the header.
    #[error("the line has {found} cells, the header has {header}")]
    CellCount {
        /// Cells of the line.
        found: usize,
        /// Cells of the header.
        header: usize,
    },
    /// A quote where RFC 4180 has none.
    #[error(
        "a quote stands inside a cell; put the whole cell in quotes and double those inside (\"say \"\"hi\"\"\")"
    )]
    StrayQuote,
    /// The file ends inside a quoted cell.
    #[error("a quoted cell is opened here and never closed")]
    OpenQuote,
    /// A required column is absent or empty.
    #[error("{0} is missing; every run needs job_name, started_at and status")]
    Missing(Field),
    /// A name that is no column.
    #[error("'{}' is not a column of a run{}", Quoted(.0), did_you_mean(.0, Field::STORED.map(Field::name)))]
    UnknownColumn(String),
    /// A header with another separator than the comma.
    #[error("the header has no commas; cells are separated by commas")]
    Separator,
    /// A column twice in a header, a key twice in an object.
    #[error("{0} is given twice")]
    Twice(Field),
    /// A status that is not one of the six.
    #[error(
        "status '{}' is not one of running, success, failed, timeout, skipped, cancelled",
        Quoted(.0)
    )]
    Status(String),
    /// A skip reason on a run that was not skipped.
    #[error(
        "skip_reason '{}' on a run with status '{}'; only skipped runs have one",
        Quoted(.reason),
        .status.word()
    )]
    SkipReason {
        /// The reason given.
        reason: String,
        /// The status given.
        status: Status,
    },
    /// Neither RFC 3339 nor a whole number.
    #[error(
        "{column} '{}' is not a time; write RFC 3339 with an offset (2026-02-01T21:37:00Z) \
         or a whole number since the epoch",
        Quoted(.text)
    )]
    Time {
        /// Where.
        column: Field,
        /// What stands there.
        text: String,
    },
    /// A time that not every database can hold.
    #[error("{column} '{}' lies outside the years 1000 to 9999", Quoted(.text))]
    Year {
        /// Where.
        column: Field,
        /// What stands there.
        text: String,
    },
    /// Not a whole number, or one beyond the column's range.
    #[error("{column} '{}' is not a whole number from {least} to {most}", Quoted(.text))]
    Number {
        /// Where.
        column: Field,
        /// What stands there.
        text: String,
        /// Smallest accepted.
        least: i32,
        /// Largest accepted.
        most: i32,
    },
    /// A NUL character.
    #[error("{0} holds a NUL character, which PostgreSQL cannot keep in text; remove it from the file")]
    Nul(Field),
    /// Longer than the table's column.
    #[error("{column} has {found} characters; {most} are the most")]
    Long {
        /// Where.
        column: Field,
        /// Its length in characters.
        found: usize,
        /// The longest accepted.
        most: usize,
    },
    /// Bytes that are not UTF-8, in a cell.
    #[error("the line is not UTF-8 text")]
    Encoding,
    /// A line of NDJSON that is something else than an object.
    #[error("the line is not a JSON object with the columns of a run")]
    NotAnObject,
    /// What the JSON reader says.
    #[error("{0}")]
    Json(String),
}

/// A line that was read, good or not.
pub(super) struct Parsed {
    /// Where it begins, from 1.
    pub(super) line: u64,
    /// The run, or why it is none.
    pub(super) run: Result<Run, Fault>,
}

/// A line that is not a run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}, line {line}: {fault}", .file.display())]
pub struct BadLine {
    /// The file.
    pub file: PathBuf,
    /// The line of the file on which the run begins, from 1.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// The most bytes that one line, or one CSV record over several lines, may have.
pub(super) const LONGEST: u64 = 8 << 20;

/// A file that cannot be read on, even when bad lines are skipped.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The name does not say what is inside.
    #[error("{}: the name must end in .csv, .ndjson or .jsonl", .0.display())]
    Ending(PathBuf),
    /// It is something else than a file.
    #[error("{}: this is a directory, not a file of runs", .0.display())]
    Directory(PathBuf),
    /// The system refused.
    #[error("failed to read {}", .file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A CSV file without a header.
    #[error("{}: the file is empty; its first line must name the columns", .0.display())]
    Empty(PathBuf),
    /// The header, or a quoted cell without an end: what follows cannot be understood.
    #[error(transparent)]
    Line(#[from] BadLine),
    /// A line that would not fit in memory.
    #[error("{}, line {line}: the line is longer than {} MiB", .file.display(), LONGEST >> 20)]
    LongLine {
        /// The file.
        file: PathBuf,
        /// Where the line begins.
        line: u64,
    },
}

/// Text of a file inside a message: its first 60 characters, control characters escaped.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 60;
        for character in self.0.chars().take(SHOWN) {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                write!(f, "{character}")?;
            }
        }
        if self.0.chars().nth(SHOWN).is_some() { f.write_str("…") } else { Ok(()) }
    }
}
