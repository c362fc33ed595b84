//! Lines of a file, numbered, in bounded memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::fault::{LONGEST, ReadError};

#[derive(Debug)]
pub(super) struct Lines {
    file: PathBuf,
    reader: BufReader<File>,
    pub(super) line: u64,
    pub(super) bytes: u64,
}

impl Lines {
    pub(super) fn open(file: &Path) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Io { file: file.to_owned(), source };
        let handle = File::open(file).map_err(failed)?;
        if handle.metadata().map_err(failed)?.is_dir() {
            return Err(ReadError::Directory(file.to_owned()));
        }
        let mut reader = BufReader::with_capacity(1 << 18, handle);
        let mark = "\u{feff}".as_bytes();
        let mut bytes = 0;
        if reader.fill_buf().map_err(failed)?.starts_with(mark) {
            reader.consume(mark.len());
            bytes = 3;
        }
        Ok(Self { file: file.to_owned(), reader, line: 0, bytes })
    }

    /// Adds the next line with its end to `buffer`, which holds the lines before it of the same record.
    /// `false` at the end of the file.
    pub(super) fn append(&mut self, buffer: &mut Vec<u8>) -> Result<bool, ReadError> {
        let held = u64::try_from(buffer.len()).unwrap_or(u64::MAX);
        let room = (LONGEST + 1).saturating_sub(held);
        let mut limited = (&mut self.reader).take(room);
        let read = limited
            .read_until(b'\n', buffer)
            .map_err(|source| ReadError::Io { file: self.file.clone(), source })?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        self.bytes += read;
        if read == room {
            return Err(ReadError::LongLine { file: self.file.clone(), line: self.line + 1 });
        }
        self.line += u64::from(read > 0);
        Ok(read > 0)
    }
}

/// The line without its end, `\n` or `\r\n`.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
