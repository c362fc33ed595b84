//! Records of CSV as RFC 4180 has it, and their cells; the separator may be another than the comma.
//!
//! Read here rather than by a library because a message must name the right line (blank lines and `\r\n`
//! make the usual reader miscount), and because a quoted cell that is never closed must be an error: it
//! is what a truncated file looks like.

use std::borrow::Cow;

use super::fault::{Fault, ReadError};
use super::lines::{Lines, without_end};

pub(super) const COMMA: char = ',';

/// What may separate cells, the more usual first.
const SEPARATORS: [char; 4] = [COMMA, ';', '\t', '|'];

/// The separator of a file by its header: the one that is there most often outside of quotes.
pub(super) fn separator_of(header: &[u8]) -> char {
    let mut quoted = false;
    let mut counts = [0; SEPARATORS.len()];
    for byte in header {
        quoted ^= *byte == b'"';
        let place = SEPARATORS.iter().position(|separator| !quoted && *separator == char::from(*byte));
        if let Some(place) = place {
            counts[place] += 1;
        }
    }
    let mut found = (COMMA, 0);
    for (separator, count) in SEPARATORS.into_iter().zip(counts) {
        if count > found.1 {
            found = (separator, count);
        }
    }
    found.0
}

/// Reads the next record into `record` and gives the line on which it begins. A record goes on over the
/// end of a line while a quoted cell is open, which is when its quotes are odd in number. Blank lines
/// are passed over.
pub(super) fn read_record(
    lines: &mut Lines,
    record: &mut Vec<u8>,
) -> Result<Option<Result<u64, Fault>>, ReadError> {
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

/// Hands the cells of a record to `take`, without their quotes.
pub(super) fn each_cell<'a>(
    record: &'a [u8],
    separator: char,
    mut take: impl FnMut(Cow<'a, str>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut rest = std::str::from_utf8(record).map_err(|_| Fault::Encoding)?;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted, separator)?,
            None => plain_cell(rest, separator)?,
        };
        take(cell)?;
        match after {
            Some(after) => rest = after,
            None => return Ok(()),
        }
    }
}

/// A cell and what follows the separator after it.
type CellAndRest<'a> = (Cow<'a, str>, Option<&'a str>);

fn plain_cell(text: &str, separator: char) -> Result<CellAndRest<'_>, Fault> {
    let (cell, after) = match text.split_once(separator) {
        Some((cell, after)) => (cell, Some(after)),
        None => (text, None),
    };
    if cell.contains('"') { Err(Fault::StrayQuote) } else { Ok((Cow::Borrowed(cell), after)) }
}

/// `text` begins after the opening quote.
fn quoted_cell(text: &str, separator: char) -> Result<CellAndRest<'_>, Fault> {
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
    match text[end + 1..].strip_prefix(separator) {
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
        each_cell(record.as_bytes(), COMMA, |cell| {
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
