//! One file of runs, from its name to identified runs.

use std::path::{Path, PathBuf};

use super::csv::{Csv, Header};
use super::fault::{BadLine, Fault, Parsed, ReadError};
use super::identity;
use super::lines::Lines;
use super::ndjson::Ndjson;
use super::ordinal::Ordinals;
use crate::run::{IdentifiedRun, Run};

#[derive(Debug)]
pub struct RunFile {
    records: Records,
    ordinals: Ordinals,
    size: u64,
}

/// The lines of a file as runs, without identities.
#[derive(Debug)]
struct Records {
    file: PathBuf,
    lines: Lines,
    format: FileFormat,
    /// Good and bad ones so far.
    read: u64,
}

#[derive(Debug)]
enum FileFormat {
    Csv(Csv),
    Ndjson(Ndjson),
}

impl RunFile {
    /// Opens a file; its ending tells what is inside. Of a CSV file the header is read.
    pub fn open(file: &Path) -> Result<Self, ReadError> {
        let size =
            std::fs::metadata(file).map_err(|source| ReadError::Io { file: file.to_owned(), source })?.len();
        Ok(Self { records: Records::open(file)?, ordinals: Ordinals::recent(), size })
    }

    pub fn path(&self) -> &Path {
        &self.records.file
    }

    pub fn size_bytes(&self) -> u64 {
        self.size
    }

    pub fn read_bytes(&self) -> u64 {
        self.records.lines.bytes()
    }

    /// The next run, or the next line that is none; `None` at the end.
    ///
    /// # Errors
    /// When reading cannot go on, even past a bad line.
    #[allow(clippy::should_implement_trait)] // an iterator would fold the two kinds of error into one
    pub fn next(&mut self) -> Result<Option<Result<IdentifiedRun, BadLine>>, ReadError> {
        let Some(parsed) = self.records.next()? else { return Ok(None) };
        let run = match parsed.run {
            Ok(run) => run,
            Err(fault) => return Ok(Some(Err(self.records.bad_line(parsed.line, fault)))),
        };
        let identity = match &run.run_id {
            Some(run_id) => identity::of_run_id(run_id),
            None => identity::of_ordinal(&run, self.ordinal(&run)?),
        };
        Ok(Some(Ok(IdentifiedRun { identity, run })))
    }

    /// How many equal runs came before. Where that was forgotten, everything before is counted again in
    /// full.
    fn ordinal(&mut self, run: &Run) -> Result<u64, ReadError> {
        if let Ok(ordinal) = self.ordinals.next(&run.job_name, run.started_at) {
            return Ok(ordinal);
        }
        self.ordinals = self.records.count_again()?;
        Ok(self.ordinals.next(&run.job_name, run.started_at).unwrap_or_default())
    }
}

impl Records {
    fn open(file: &Path) -> Result<Self, ReadError> {
        let csv = match ending(file).as_str() {
            "csv" => true,
            "ndjson" | "jsonl" => false,
            _ => return Err(ReadError::Ending(file.to_owned())),
        };
        let mut lines = Lines::open(file)?;
        let format = if csv {
            FileFormat::Csv(header(file, &mut lines)?)
        } else {
            FileFormat::Ndjson(Ndjson::default())
        };
        Ok(Self { file: file.to_owned(), lines, format, read: 0 })
    }

    fn next(&mut self) -> Result<Option<Parsed>, ReadError> {
        let parsed = match &mut self.format {
            FileFormat::Csv(csv) => csv.next(&mut self.lines)?,
            FileFormat::Ndjson(ndjson) => ndjson.next(&mut self.lines)?,
        };
        self.read += u64::from(parsed.is_some());
        match parsed {
            // Everything after it was taken for one cell, so there is nothing to go on with.
            Some(Parsed { line, run: Err(Fault::OpenQuote) }) => {
                Err(self.bad_line(line, Fault::OpenQuote).into())
            }
            parsed => Ok(parsed),
        }
    }

    /// Counts the runs before the present one from the file's beginning.
    fn count_again(&self) -> Result<Ordinals, ReadError> {
        let mut ordinals = Ordinals::complete();
        let mut earlier = Self::open(&self.file)?;
        while earlier.read + 1 < self.read {
            let Some(parsed) = earlier.next()? else { break };
            if let Ok(run) = parsed.run
                && run.run_id.is_none()
            {
                // A complete count forgets nothing.
                let _ = ordinals.next(&run.job_name, run.started_at);
            }
        }
        Ok(ordinals)
    }

    fn bad_line(&self, line: u64, fault: Fault) -> BadLine {
        BadLine { file: self.file.clone(), line, fault }
    }
}

fn header(file: &Path, lines: &mut Lines) -> Result<Csv, ReadError> {
    match Csv::open(lines)? {
        Header::Read(csv) => Ok(csv),
        Header::None => Err(ReadError::Empty(file.to_owned())),
        Header::Bad(fault) => Err(BadLine { file: file.to_owned(), line: lines.line, fault }.into()),
    }
}

/// In lower case, without that of gzip.
pub(super) fn ending(file: &Path) -> String {
    let of = |file: &Path| {
        file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase()
    };
    let ending = of(file);
    if ending == "gz" { of(&file.with_extension("")) } else { ending }
}
