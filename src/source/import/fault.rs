//! What can be wrong with a file of runs.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::nearest::did_you_mean;
use crate::run::{Field, Run, Status};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the line has {found} cells, the header has {header}")]
    CellCount { found: usize, header: usize },
    #[error(
        "a quote is inside a cell; put the whole cell in quotes and double those inside (\"say \"\"hi\"\"\")"
    )]
    StrayQuote,
    #[error("a quoted cell is opened here and never closed")]
    OpenQuote,
    #[error("{0} is missing; every run needs job_name, started_at and status")]
    Missing(Field),
    #[error("'{}' is not a column of a run{}", Quoted(.0), did_you_mean(.0, Field::STORED.map(Field::name)))]
    UnknownColumn(String),
    #[error("the header has no commas; cells are separated by commas")]
    Separator,
    #[error("{0} is given twice")]
    Twice(Field),
    #[error(
        "status '{}' is not one of running, success, failed, timeout, skipped, cancelled",
        Quoted(.0)
    )]
    Status(String),
    #[error(
        "skip_reason '{}' on a run with status '{}'; only skipped runs have one",
        Quoted(.reason),
        .status.word()
    )]
    SkipReason { reason: String, status: Status },
    #[error(
        "{column} '{}' is not a time; write RFC 3339 with an offset (2026-02-01T21:37:00Z) \
         or a whole number since the epoch",
        Quoted(.text)
    )]
    Time { column: Field, text: String },
    #[error("{column} '{}' lies outside the years 1000 to 9999", Quoted(.text))]
    Year { column: Field, text: String },
    #[error("{column} '{}' is not a whole number from {least} to {most}", Quoted(.text))]
    Number { column: Field, text: String, least: i32, most: i32 },
    #[error("{0} holds a NUL character, which PostgreSQL cannot keep in text; remove it from the file")]
    Nul(Field),
    #[error("{column} has {found} characters; {most} are the most")]
    Long {
        column: Field,
        /// Its length in characters.
        found: usize,
        most: usize,
    },
    #[error("no time that can be read in '{}'", Quoted(.0))]
    LogTime(String),
    #[error("the line has no time under any of its keys; name the key by 'time' in [log]")]
    NoTime,
    #[error(
        "the time '{}' has no zone; say which by time_zone in [log] of the deployment file, or by --time-zone",
        Quoted(.0)
    )]
    NoZone(String),
    #[error("the line is not UTF-8 text; save the file as UTF-8")]
    Encoding,
    #[error("the line is longer than {} MiB", LONGEST >> 20)]
    LongLine,
    #[error("the line holds a NUL character; remove it from the file")]
    NulInLine,
    #[error("the header names the column '{}' twice", Quoted(.0))]
    ColumnTwice(String),
    #[error("the header names {found} columns; {most} are the most")]
    ManyColumns { found: usize, most: usize },
    #[error("the header names no column")]
    NoColumn,
    #[error("the line is not a JSON object with the columns of a run")]
    NotAnObject,
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

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}, line {line}: {fault}", .file.display())]
pub struct BadLine {
    pub file: PathBuf,
    /// The line of the file on which the run begins, from 1.
    pub line: u64,
    pub fault: Fault,
}

/// The most bytes that one line, or one CSV record over several lines, may have.
pub(super) const LONGEST: u64 = 8 << 20;

/// A file that cannot be read on, even when bad lines are skipped.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(
        "{}: the name must end in .csv, .ndjson or .jsonl, or the content be a log that is known; of another log \
         say in [log] of the deployment file how its lines read",
        .0.display()
    )]
    Ending(PathBuf),
    #[error(
        "{}: no built-in pattern describes a line of its first {} MiB; say in [log] of the deployment file how its \
         lines read",
        .file.display(),
        .looked_at >> 20
    )]
    UnknownLog { file: PathBuf, looked_at: u64 },
    #[error("{} in [log] is not a regular expression: {source}", Quoted(.pattern))]
    Pattern { pattern: String, source: regex::Error },
    #[error("{}: this is a directory, not a file of runs", .0.display())]
    Directory(PathBuf),
    #[error("failed to read {}", .file.display())]
    Io { file: PathBuf, source: io::Error },
    #[error("{}: the file is empty; its first line must name the columns", .0.display())]
    Empty(PathBuf),
    /// The header, or a quoted cell without an end: what follows cannot be understood.
    #[error(transparent)]
    Line(#[from] BadLine),
    #[error("{}, line {line}: the line is longer than {} MiB", .file.display(), LONGEST >> 20)]
    LongLine { file: PathBuf, line: u64 },
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
