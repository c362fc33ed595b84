//! A CSV file with whatever columns it has: its header, and its rows as they are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fault::{BadLine, Fault, ReadError};
use super::lines::{Lines, without_end};
use super::record::{COMMA, each_cell, read_record, separator_of};
use crate::run::Field;

/// As many columns as a row is read of.
const MOST_COLUMNS: usize = 500;

/// The cells of a row in the order of the columns; an empty one is `None`.
pub type TextRow = Vec<Option<String>>;

#[derive(Debug)]
pub struct TableFile {
    file: PathBuf,
    lines: Lines,
    record: Vec<u8>,
    separator: char,
    /// The columns that have a name, with their places in a record.
    columns: Vec<(usize, String)>,
    /// Cells of a record.
    width: usize,
}

impl TableFile {
    /// Whether a file may be read so, by the ending of its name.
    pub fn is_one(file: &Path) -> bool {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        ["csv", "tsv"].contains(&ending.to_ascii_lowercase().as_str())
    }

    /// Opens a file and reads its header.
    pub fn open(file: &Path) -> Result<Self, ReadError> {
        let mut lines = Lines::open(file)?;
        let mut record = Vec::new();
        let bad = |line, fault| BadLine { file: file.to_owned(), line, fault };
        let mut line = loop {
            match read_record(&mut lines, &mut record)? {
                None => return Err(ReadError::Empty(file.to_owned())),
                Some(Err(fault)) => return Err(bad(lines.line, fault).into()),
                // What spreadsheets write for each other before the header.
                Some(Ok(_)) if record.starts_with(b"sep=") => {}
                Some(Ok(line)) => break line,
            }
        };
        let header = without_end(&record);
        let separator = separator_of(header);
        let mut names = Vec::new();
        let read = each_cell(header, separator, |name| {
            names.push(name.into_owned());
            Ok(())
        });
        let width = names.len();
        line = line.max(1);
        let columns = read.and_then(|()| named(names)).map_err(|fault| bad(line, fault))?;
        Ok(Self { file: file.to_owned(), lines, record, separator, columns, width })
    }

    pub fn path(&self) -> &Path {
        &self.file
    }

    pub fn columns(&self) -> impl Iterator<Item = &str> + Clone {
        self.columns.iter().map(|(_, name)| name.as_str())
    }

    /// Whether its columns are those of `job_runs`, as `import` reads them.
    pub fn has_runs(&self) -> bool {
        let known = self.columns().all(|name| Field::from_column(name).is_some());
        let complete = Field::REQUIRED.iter().all(|field| self.columns().any(|name| name == field.name()));
        self.separator == COMMA && self.columns.len() == self.width && known && complete
    }

    /// The next row; `None` at the end. Rows without any text, as spreadsheets leave them, are passed over.
    ///
    /// # Errors
    /// At a line that is not a row of this table.
    pub fn next_row(&mut self) -> Result<Option<TextRow>, ReadError> {
        loop {
            let line = match read_record(&mut self.lines, &mut self.record)? {
                None => return Ok(None),
                Some(Err(fault)) => return Err(self.bad(self.lines.line, fault)),
                Some(Ok(line)) => line,
            };
            let row = self.cells().map_err(|fault| self.bad(line, fault))?;
            if row.iter().any(Option::is_some) {
                return Ok(Some(row));
            }
        }
    }

    fn cells(&self) -> Result<TextRow, Fault> {
        let mut row = Vec::with_capacity(self.columns.len());
        let mut columns = self.columns.iter().map(|(place, _)| *place).peekable();
        let mut found = 0;
        each_cell(without_end(&self.record), self.separator, |cell| {
            if columns.next_if_eq(&found).is_some() {
                if cell.contains('\0') {
                    return Err(Fault::NulInLine);
                }
                row.push(Some(cell.into_owned()).filter(|text| !text.is_empty()));
            }
            found += 1;
            Ok(())
        })?;
        if found == self.width { Ok(row) } else { Err(Fault::CellCount { found, header: self.width }) }
    }

    fn bad(&self, line: u64, fault: Fault) -> ReadError {
        BadLine { file: self.file.clone(), line, fault }.into()
    }
}

/// The columns with a name. A database tells names apart by more than their case.
fn named(names: Vec<String>) -> Result<Vec<(usize, String)>, Fault> {
    let mut seen = BTreeSet::new();
    let columns: Vec<(usize, String)> =
        names.into_iter().enumerate().filter(|(_, name)| !name.trim().is_empty()).collect();
    for (_, name) in &columns {
        if name.contains('\0') {
            return Err(Fault::NulInLine);
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(Fault::ColumnTwice(name.clone()));
        }
    }
    match columns.len() {
        0 => Err(Fault::NoColumn),
        found if found > MOST_COLUMNS => Err(Fault::ManyColumns { found, most: MOST_COLUMNS }),
        _ => Ok(columns),
    }
}
