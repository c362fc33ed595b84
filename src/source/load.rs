//! Files of runs into `job_runs`: of the database that is given, or of a private one in memory.

use std::path::{Path, PathBuf};

use super::import::{BadLine, Input, LogFiles, LogFormat, LogNotes, ReadError, RunFile, inputs};
use crate::database::migrate::migrate;
use crate::database::store::{Store, Stored};
use crate::database::{Access, Connection, DatabaseError, NewFile};
use crate::log_pattern::LogSettings;
use crate::run::IdentifiedRun;

/// How many bad lines of a file are kept to be shown.
const SHOWN_BAD_LINES: usize = 10;

/// What becomes of invalid lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadLines {
    /// Their file is refused.
    #[default]
    Refuse,
    /// They are left out and counted, and the first ten are kept to be shown.
    Skip,
    /// Likewise, and all are kept.
    SkipAndKeep,
}

impl BadLines {
    const fn kept(self) -> usize {
        match self {
            Self::Refuse => 0,
            Self::Skip => SHOWN_BAD_LINES,
            Self::SkipAndKeep => usize::MAX,
        }
    }
}

/// Runs between two reports of progress.
const PROGRESS_RUNS: u64 = 1_000;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    pub bad_lines: BadLines,
    /// Of all files; `None` where it is found by name and content.
    pub format: Option<LogFormat>,
    pub logs: LogSettings,
}

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    pub file: &'a Path,
    pub read_bytes: u64,
    pub size_bytes: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// File by file, in the order given; logs of one kind in one.
    pub files: Vec<ImportedFile>,
}

impl ImportSummary {
    /// What a reader has to know of the logs, a sentence each with their name.
    pub fn notes(&self) -> Vec<String> {
        let of = |file: &ImportedFile| {
            let name = file.name();
            file.notes.sentences().map(move |note| format!("{name}: {note}")).collect::<Vec<_>>()
        };
        self.files.iter().flat_map(of).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file, or the files of a log in the order of their lines.
    pub files: Vec<PathBuf>,
    /// What became of its runs.
    pub stored: Stored,
    /// Bad lines that were left out.
    pub bad: u64,
    /// The first of them, or all.
    pub first_bad: Vec<BadLine>,
    /// What of a log became no run, and what it cannot tell.
    pub notes: LogNotes,
}

impl ImportedFile {
    /// The names of its files.
    pub fn name(&self) -> String {
        let names: Vec<String> = self.files.iter().map(|file| file.display().to_string()).collect();
        names.join(", ")
    }
}

/// Files could not be imported, or the tables for them not be made.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}; nothing of this file was kept (--skip-bad leaves such lines out)")]
    BadLine(BadLine),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Makes or upgrades jobdelta's own tables in the database at `url`; a missing `SQLite` file is made. Gives
/// what was migrated: `host:port/name`, or the file's name. A new file is whole or not there.
pub async fn make_tables(url: &str) -> Result<String, ImportError> {
    if let Some(mut file) = NewFile::begin(url).await? {
        migrate(&mut file.connection).await?;
        return Ok(file.finish().await?);
    }
    let mut connection = Connection::open(url, Access::Create).await?;
    migrate(&mut connection).await?;
    Ok(connection.identity)
}

/// Adds the runs of `files` to `job_runs` in the database at `url`.
pub async fn import_into(
    url: &str,
    files: &[PathBuf],
    options: &ImportOptions,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<ImportSummary, ImportError> {
    let mut connection = Connection::open(url, Access::Write).await?;
    import_files(&mut connection, files, options, progress).await
}

/// Adds the runs of `files` to `job_runs`, each file, or the files of a log, in one transaction.
///
/// # Errors
/// When a file cannot be read, holds a bad line, or the database refuses. Nothing of that file is kept
/// then; the files before it are.
pub async fn import_files(
    connection: &mut Connection,
    files: &[PathBuf],
    options: &ImportOptions,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<ImportSummary, ImportError> {
    let mut summary = ImportSummary::default();
    for input in inputs(files, options.format, &options.logs)? {
        let runs = match input {
            Input::Runs(file) => Runs::File(RunFile::open(&file)?),
            Input::Log(files) => Runs::Log(files),
        };
        summary.files.push(import(connection, runs, options.bad_lines, progress).await?);
    }
    Ok(summary)
}

/// Runs that are being read.
#[allow(clippy::large_enum_variant)] // there is one of it
enum Runs {
    File(RunFile),
    Log(LogFiles),
}

impl Runs {
    fn next(&mut self) -> Result<Option<Result<IdentifiedRun, BadLine>>, ReadError> {
        match self {
            Self::File(file) => file.next(),
            Self::Log(files) => files.next(),
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        match self {
            Self::File(file) => vec![file.path().to_owned()],
            Self::Log(files) => files.files().to_vec(),
        }
    }

    fn notes(&self) -> LogNotes {
        match self {
            Self::File(_) => LogNotes::default(),
            Self::Log(files) => files.notes().clone(),
        }
    }

    fn report(&self, progress: &mut (dyn FnMut(Progress<'_>) + Send)) {
        let (file, read_bytes, size_bytes) = match self {
            Self::File(file) => (file.path(), file.read_bytes(), file.size_bytes()),
            Self::Log(log) => {
                let first = log.files().first().map_or(Path::new(""), PathBuf::as_path);
                (first, log.read_bytes(), log.size_bytes())
            }
        };
        progress(Progress { file, read_bytes, size_bytes });
    }
}

async fn import(
    connection: &mut Connection,
    mut runs: Runs,
    bad_lines: BadLines,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<ImportedFile, ImportError> {
    let mut imported = ImportedFile {
        files: runs.files(),
        stored: Stored::default(),
        bad: 0,
        first_bad: Vec::new(),
        notes: LogNotes::default(),
    };
    let mut store = Store::begin(connection).await?;
    if let Err(error) = fill(&mut store, &mut runs, &mut imported, bad_lines, progress).await {
        store.rollback().await;
        return Err(error);
    }
    imported.stored = store.commit().await?;
    imported.notes = runs.notes();
    Ok(imported)
}

async fn fill(
    store: &mut Store<'_>,
    runs: &mut Runs,
    imported: &mut ImportedFile,
    bad_lines: BadLines,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<(), ImportError> {
    let mut read: u64 = 0;
    while let Some(next) = runs.next()? {
        match next {
            Ok(run) => store.add(run).await?,
            Err(bad) if bad_lines == BadLines::Refuse => return Err(ImportError::BadLine(bad)),
            Err(bad) => imported.leave_out(bad, bad_lines.kept()),
        }
        read += 1;
        if read.is_multiple_of(PROGRESS_RUNS) {
            runs.report(progress);
        }
    }
    runs.report(progress);
    Ok(())
}

impl ImportedFile {
    fn leave_out(&mut self, bad: BadLine, kept: usize) {
        self.bad += 1;
        if self.first_bad.len() < kept {
            self.first_bad.push(bad);
        }
    }
}
