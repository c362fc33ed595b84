//! The binary format of `PostgreSQL`'s `COPY`: a header, then rows of fields that carry their length.
//!
//! <https://www.postgresql.org/docs/current/sql-copy.html>, "Binary Format".

use super::field::{ColumnType, END_US, Ended, MOST_COLUMNS, StreamColumn, StreamField, Take, UNREADABLE};

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";

/// Reads rows out of chunks that may end anywhere.
pub(super) struct CopyReader<'a> {
    columns: &'a [StreamColumn],
    /// The beginning of a row that has not arrived as a whole.
    pending: Vec<u8>,
    header_read: bool,
    ended: bool,
}

/// What stands at the beginning of some bytes.
enum Next {
    /// Nothing whole yet.
    Incomplete,
    /// A row, and the number of bytes that it takes.
    Row(usize),
    End,
}

impl<'a> CopyReader<'a> {
    pub(super) fn new(columns: &'a [StreamColumn]) -> Self {
        Self { columns, pending: Vec::new(), header_read: false, ended: false }
    }

    /// Hands every whole row of `chunk` to `take`; the rest waits for the next chunk.
    pub(super) fn feed<E>(&mut self, chunk: &[u8], take: Take<'_, E>) -> Result<(), Ended<E>> {
        if self.pending.is_empty() {
            let read = self.read(chunk, take)?;
            self.pending.extend_from_slice(&chunk[read..]);
        } else {
            let mut bytes = std::mem::take(&mut self.pending);
            bytes.extend_from_slice(chunk);
            let read = self.read(&bytes, take)?;
            bytes.drain(..read);
            self.pending = bytes;
        }
        Ok(())
    }

    /// Reads as many rows as there are; the number of bytes that they take.
    fn read<E>(&mut self, bytes: &[u8], take: Take<'_, E>) -> Result<usize, Ended<E>> {
        let mut at = 0;
        if !self.header_read {
            match header_length(bytes)? {
                None => return Ok(0),
                Some(length) => at = length,
            }
            self.header_read = true;
        }
        let mut fields = [StreamField::Null; MOST_COLUMNS];
        let fields = fields.get_mut(..self.columns.len()).ok_or_else(|| broken("too many columns"))?;
        while !self.ended {
            match self.next(&bytes[at..], fields)? {
                Next::Incomplete => return Ok(at),
                Next::End => self.ended = true,
                Next::Row(length) => {
                    take(fields).map_err(Ended::Taker)?;
                    at += length;
                }
            }
        }
        Ok(bytes.len())
    }

    /// Reads the row at the beginning of `bytes` into `fields`, one for each column.
    fn next<'b>(&self, bytes: &'b [u8], fields: &mut [StreamField<'b>]) -> Result<Next, sqlx::Error> {
        let Some((count, mut rest)) = bytes.split_first_chunk() else { return Ok(Next::Incomplete) };
        let count = i16::from_be_bytes(*count);
        if count == -1 {
            return Ok(Next::End);
        }
        if usize::try_from(count) != Ok(self.columns.len()) {
            return Err(broken(&format!("{count} columns where {} are needed", self.columns.len())));
        }
        for (column, field) in self.columns.iter().zip(fields) {
            let Some((length, after)) = rest.split_first_chunk() else { return Ok(Next::Incomplete) };
            // A length of -1 is NULL.
            let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
                *field = StreamField::Null;
                rest = after;
                continue;
            };
            let Some((value, after)) = after.split_at_checked(length) else { return Ok(Next::Incomplete) };
            *field = read_field(*column, value)?;
            rest = after;
        }
        Ok(Next::Row(bytes.len() - rest.len()))
    }
}

/// The length of the header with its extension; `None` while it has not arrived.
fn header_length(bytes: &[u8]) -> Result<Option<usize>, sqlx::Error> {
    if bytes.len() < SIGNATURE.len() + 8 {
        return Ok(None);
    }
    if !bytes.starts_with(SIGNATURE) {
        return Err(broken("it does not begin as binary data does"));
    }
    // Flags, then the length of an extension that no server sends so far.
    let extension =
        bytes[SIGNATURE.len() + 4..].first_chunk().map_or(0, |length| u32::from_be_bytes(*length));
    let length = usize::try_from(extension).unwrap_or(usize::MAX).saturating_add(SIGNATURE.len() + 8);
    Ok((bytes.len() >= length).then_some(length))
}

fn read_field(column: StreamColumn, value: &[u8]) -> Result<StreamField<'_>, sqlx::Error> {
    let wrong = |what: &str| broken(&format!("column {} holds {what}", column.name));
    match column.kind {
        ColumnType::Text => {
            std::str::from_utf8(value).map(StreamField::Text).map_err(|_| wrong("no UTF-8 text"))
        }
        ColumnType::Int => match value.len() {
            8 => Ok(value
                .first_chunk()
                .map_or(StreamField::Null, |b| StreamField::Int(i64::from_be_bytes(*b)))),
            4 => Ok(value
                .first_chunk()
                .map_or(StreamField::Null, |b| StreamField::Int(i32::from_be_bytes(*b).into()))),
            2 => Ok(value
                .first_chunk()
                .map_or(StreamField::Null, |b| StreamField::Int(i16::from_be_bytes(*b).into()))),
            length => Err(wrong(&format!("a whole number of {length} bytes"))),
        },
        ColumnType::Real => match value.first_chunk() {
            Some(bytes) if value.len() == 8 => Ok(StreamField::Real(f64::from_be_bytes(*bytes))),
            _ => Err(wrong(&format!("a double of {} bytes", value.len()))),
        },
        ColumnType::Instant => match value.first_chunk() {
            Some(bytes) if value.len() == 8 => Ok(StreamField::Int(instant_us(i64::from_be_bytes(*bytes)))),
            _ => Err(wrong(&format!("a time of {} bytes", value.len()))),
        },
    }
}

/// 2000-01-01T00:00:00Z, from which the server counts µs.
const ZERO_US: i64 = 946_684_800_000_000;

/// The ends of the numbers are infinity.
fn instant_us(native: i64) -> i64 {
    if native == i64::MIN {
        UNREADABLE
    } else {
        Some(native.saturating_add(ZERO_US)).filter(|us| *us < END_US).unwrap_or(UNREADABLE)
    }
}

fn broken(problem: &str) -> sqlx::Error {
    sqlx::Error::Protocol(format!("the stream of rows cannot be read: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [StreamColumn; 3] = [
        StreamColumn { name: "a", kind: ColumnType::Int },
        StreamColumn { name: "b", kind: ColumnType::Text },
        StreamColumn { name: "c", kind: ColumnType::Int },
    ];

    /// Two rows: 7, 'hé', NULL and -1, '', 2.
    fn data() -> Vec<u8> {
        let mut data = SIGNATURE.to_vec();
        data.extend([0; 8]);
        data.extend(b"\0\x03\0\0\0\x08\0\0\0\0\0\0\0\x07\0\0\0\x03h\xc3\xa9\xff\xff\xff\xff");
        data.extend(b"\0\x03\0\0\0\x04\xff\xff\xff\xff\0\0\0\0\0\0\0\x02\0\x02");
        data.extend(b"\xff\xff");
        data
    }

    fn read(data: &[u8], chunk: usize) -> Result<Vec<String>, Ended<()>> {
        let mut rows = Vec::new();
        let mut reader = CopyReader::new(&COLUMNS);
        let mut take = |fields: &[StreamField<'_>]| {
            rows.push(format!("{fields:?}"));
            Ok(())
        };
        for chunk in data.chunks(chunk) {
            reader.feed(chunk, &mut take)?;
        }
        Ok(rows)
    }

    #[test]
    fn rows_come_out_however_they_are_cut() {
        let rows = ["[Int(7), Text(\"hé\"), Null]", "[Int(-1), Text(\"\"), Int(2)]"];
        for chunk in 1..=data().len() {
            assert_eq!(read(&data(), chunk).unwrap(), rows, "chunks of {chunk}");
        }
    }

    #[test]
    fn what_is_no_such_data_is_refused() {
        let message = |data: &[u8]| match read(data, 1_000) {
            Err(Ended::Driver(error)) => error.to_string(),
            other => panic!("{other:?}"),
        };
        assert!(message(b"7\th\\xc3\t\\N and more\n").contains("does not begin"));
        let mut wrong = data();
        wrong[20] = 2;
        assert!(message(&wrong).contains("2 columns"), "{}", message(&wrong));
        let mut wrong = data();
        wrong[24] = 3;
        assert!(message(&wrong).contains("column a holds a whole number of 3 bytes"), "{}", message(&wrong));
    }
}
