//! Lines of a file, numbered, in bounded memory. A file that was packed by gzip is unpacked.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::fault::{LONGEST, ReadError};

/// The first bytes of a file of gzip.
const PACKED: [u8; 2] = [0x1f, 0x8b];

const BUFFER_BYTES: usize = 1 << 18;

pub(super) struct Lines {
    file: PathBuf,
    reader: Box<dyn BufRead + Send>,
    pub(super) line: u64,
    /// Bytes of the file itself.
    bytes: Arc<AtomicU64>,
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("file", &self.file).field("line", &self.line).finish_non_exhaustive()
    }
}

/// Counts what is read.
struct ByteCounter<R> {
    reader: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for ByteCounter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.bytes.fetch_add(u64::try_from(read).unwrap_or(u64::MAX), Ordering::Relaxed);
        Ok(read)
    }
}

impl Lines {
    pub(super) fn open(file: &Path) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Io { file: file.to_owned(), source };
        let handle = File::open(file).map_err(failed)?;
        if handle.metadata().map_err(failed)?.is_dir() {
            return Err(ReadError::Directory(file.to_owned()));
        }
        let bytes = Arc::new(AtomicU64::new(0));
        let counted = ByteCounter { reader: handle, bytes: Arc::clone(&bytes) };
        let mut stored = BufReader::with_capacity(BUFFER_BYTES, counted);
        let is_packed = stored.fill_buf().map_err(failed)?.starts_with(&PACKED);
        let mut reader: Box<dyn BufRead + Send> = if is_packed {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(stored)))
        } else {
            Box::new(stored)
        };
        let mark = "\u{feff}".as_bytes();
        if reader.fill_buf().map_err(failed)?.starts_with(mark) {
            reader.consume(mark.len());
        }
        Ok(Self { file: file.to_owned(), reader, line: 0, bytes })
    }

    /// What follows, as it is.
    pub(super) fn into_reader(self) -> Box<dyn BufRead + Send> {
        self.reader
    }

    /// Bytes of the file that were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
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
        if read == room {
            return Err(ReadError::LongLine { file: self.file.clone(), line: self.line + 1 });
        }
        self.line += u64::from(read > 0);
        Ok(read > 0)
    }

    /// Leaves out the rest of a line that is too long.
    pub(super) fn skip_line(&mut self) -> Result<(), ReadError> {
        let skipped = self.reader.skip_until(b'\n');
        skipped.map_err(|source| ReadError::Io { file: self.file.clone(), source })?;
        self.line += 1;
        Ok(())
    }
}

/// The line without its end, `\n` or `\r\n`.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
