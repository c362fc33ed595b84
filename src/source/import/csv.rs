//! CSV as RFC 4180 has it, with a header.
//!
//! Read here rather than by a library because a message must name the right line (blank lines and `\r\n`
//! make the usual reader miscount), and because a quoted cell that is never closed must be an error: it
//! is what a truncated file looks like.

use std::borrow::Cow;

use super::cells::LineCells;

use super::fault::{Fault, Parsed, ReadError};
use super::lines::{Lines, without_end};
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
        each_cell(record, |cell| {
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

/// Reads the next record into `record` and gives the line on which it begins. A record goes on over the
/// end of a line while a quoted cell is open, which is when its quotes are odd in number. Blank lines
/// are passed over.
fn read_record(lines: &mut Lines, record: &mut Vec<u8>) -> Result<Option<Result<u64, Fault>>, ReadError> {
    record.clear();
    while lines.append(record)? {
        let line = lines.line;
        if without_end(record).is_empty() {
            record.clear();
            continue;
        }
        let mut seen = 0;
        let mut open = false;
        loop {
            open = record[seen..].iter().fold(open, |open, byte| open ^ (*byte == b'"'));
            if !open {
                return Ok(Some(Ok(line)));
            }
            seen = record.len();
            if !lines.append(record)? {
                lines.line = line;
                return Ok(Some(Err(Fault::OpenQuote)));
            }
        }
    }
    Ok(None)
}

fn header(record: &[u8]) -> Result<Vec<Field>, Fault> {
    let mut columns = Vec::new();
    each_cell(record, |name| {
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

/// Hands the cells of a record to `take`, without their quotes.
fn each_cell<'a>(
    record: &'a [u8],
    mut take: impl FnMut(Cow<'a, str>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut rest = std::str::from_utf8(record).map_err(|_| Fault::Encoding)?;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted)?,
            None => plain_cell(rest)?,
        };
        take(cell)?;
        match after {
            Some(after) => rest = after,
            None => return Ok(()),
        }
    }
}

/// A cell and what follows the comma after it.
type CellAndRest<'a> = (Cow<'a, str>, Option<&'a str>);

fn plain_cell(text: &str) -> Result<CellAndRest<'_>, Fault> {
    let (cell, after) = match text.split_once(',') {
        Some((cell, after)) => (cell, Some(after)),
        None => (text, None),
    };
    if cell.contains('"') { Err(Fault::StrayQuote) } else { Ok((Cow::Borrowed(cell), after)) }
}

/// `text` begins after the opening quote.
fn quoted_cell(text: &str) -> Result<CellAndRest<'_>, Fault> {
    let mut from = 0;
    let end = loop {
        let quote = from + text[from..].find('"').ok_or(Fault::OpenQuote)?;
        if !text[quote + 1..].starts_with('"') {
            break quote;
        }
        from = quote + 2;
    };
    let cell = &text[..end];
    let cell = if cell.contains('"') { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) };
    match text[end + 1..].strip_prefix(',') {
        Some(after) => Ok((cell, Some(after))),
        None if end + 1 == text.len() => Ok((cell, None)),
        None => Err(Fault::StrayQuote),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(record: &str) -> Result<Vec<String>, Fault> {
        let mut cells = Vec::new();
        each_cell(record.as_bytes(), |cell| {
            cells.push(cell.into_owned());
            Ok(())
        })?;
        Ok(cells)
    }

    #[test]
    fn quotes_hold_commas_line_ends_and_doubled_quotes() {
        assert_eq!(
            split("a,,\"b,\r\nc\",\"\",\"say \"\"hi\"\"\"").unwrap(),
            ["a", "", "b,\r\nc", "", "say \"hi\""]
        );
        assert_eq!(split("a,").unwrap(), ["a", ""]);
        assert_eq!(split("\"\"\"\"").unwrap(), ["\""]);
    }

    #[test]
    fn quotes_elsewhere_are_refused() {
        for record in ["5\" pipe,6\"", "\"a\"b,c", "a, \"b\""] {
            assert_eq!(split(record), Err(Fault::StrayQuote), "{record}");
        }
    }
}
