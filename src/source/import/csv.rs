//! CSV with a header that names the columns of `job_runs`.

use super::cells::LineCells;
use super::fault::{Fault, Parsed, ReadError};
use super::lines::{Lines, without_end};
use super::record::{COMMA, each_cell, read_record};
use crate::run::Field;

#[derive(Debug)]
pub(super) struct Csv {
    header: Vec<Field>,
    record: Vec<u8>,
}

/// What the header is, and how it is wrong.
pub(super) enum Header {
    /// Good.
    Read(Csv),
    /// The file holds no line.
    None,
    /// Not a header of runs.
    Bad(Fault),
}

impl Csv {
    pub(super) fn open(lines: &mut Lines) -> Result<Header, ReadError> {
        let mut record = Vec::new();
        Ok(match read_record(lines, &mut record)? {
            None => Header::None,
            Some(Err(fault)) => Header::Bad(fault),
            Some(Ok(_)) => match header(without_end(&record)) {
                Ok(header) => Header::Read(Self { header, record }),
                Err(fault) => Header::Bad(fault),
            },
        })
    }

    /// The next record as a run, with the line on which it begins; `None` at the end.
    pub(super) fn next(&mut self, lines: &mut Lines) -> Result<Option<Parsed>, ReadError> {
        let line = match read_record(lines, &mut self.record)? {
            None => return Ok(None),
            Some(Err(fault)) => return Ok(Some(Parsed { line: lines.line, run: Err(fault) })),
            Some(Ok(line)) => line,
        };
        let run = self.cells(without_end(&self.record)).and_then(|cells| cells.run());
        Ok(Some(Parsed { line, run }))
    }

    fn cells<'a>(&self, record: &'a [u8]) -> Result<LineCells<'a>, Fault> {
        let mut cells = LineCells::default();
        let mut columns = self.header.iter();
        let mut found = 0;
        each_cell(record, COMMA, |cell| {
            found += 1;
            if let Some(column) = columns.next() {
                cells.set(*column, cell);
            }
            Ok(())
        })?;
        if found == self.header.len() {
            Ok(cells)
        } else {
            Err(Fault::CellCount { found, header: self.header.len() })
        }
    }
}

fn header(record: &[u8]) -> Result<Vec<Field>, Fault> {
    let mut columns = Vec::new();
    each_cell(record, COMMA, |name| {
        let column = Field::from_column(&name).ok_or_else(|| unknown(record, &name))?;
        if columns.contains(&column) {
            return Err(Fault::Twice(column));
        }
        columns.push(column);
        Ok(())
    })?;
    match Field::REQUIRED.into_iter().find(|column| !columns.contains(column)) {
        Some(missing) => Err(Fault::Missing(missing)),
        None => Ok(columns),
    }
}

fn unknown(record: &[u8], name: &str) -> Fault {
    if !record.contains(&b',') && (name.contains(';') || name.contains('\t')) {
        Fault::Separator
    } else {
        Fault::UnknownColumn(name.to_owned())
    }
}
