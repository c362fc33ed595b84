//! Files of runs into `job_runs`: of the database that is given, or of a private one in memory.

use std::path::{Path, PathBuf};

use super::import::{BadLine, ReadError, RunFile};
use crate::database::migrate::migrate;
use crate::database::store::{Store, Stored};
use crate::database::{Access, Connection, DatabaseError};

/// How many bad lines of a file are kept to be shown.
const SHOWN_BAD_LINES: usize = 10;

/// What becomes of lines that are no runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLines {
    /// Their file is refused.
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

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    pub file: &'a Path,
    pub read_bytes: u64,
    pub size_bytes: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// File by file, in the order given.
    pub files: Vec<ImportedFile>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    pub file: PathBuf,
    /// What became of its runs.
    pub stored: Stored,
    /// Bad lines that were left out.
    pub bad: u64,
    /// The first of them, or all.
    pub first_bad: Vec<BadLine>,
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
/// what was migrated: `host:port/name`, or the file's name. What fails leaves no new file.
pub async fn make_tables(url: &str) -> Result<String, ImportError> {
    let missing = Connection::missing_file(url);
    let made = async {
        let mut connection = Connection::open(url, Access::Create).await?;
        migrate(&mut connection).await?;
        Ok(connection.identity)
    };
    let made = made.await;
    if let (Err(_), Some(file)) = (&made, missing) {
        // An empty file would be taken for a database. It is ours: it was not there before.
        let _ = std::fs::remove_file(file);
    }
    made
}

/// Adds the runs of `files` to `job_runs` in the database at `url`.
pub async fn import_into(
    url: &str,
    files: &[PathBuf],
    bad_lines: BadLines,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<ImportSummary, ImportError> {
    let mut connection = Connection::open(url, Access::Write).await?;
    import_files(&mut connection, files, bad_lines, progress).await
}

/// Adds the runs of `files` to `job_runs`, each file in one transaction. Lines that are
/// no runs are left out and counted, unless they are to be refused.
///
/// # Errors
/// When a file cannot be read, holds a bad line, or the database refuses. Nothing of that file is kept
/// then; the files before it are.
pub async fn import_files(
    connection: &mut Connection,
    files: &[PathBuf],
    bad_lines: BadLines,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<ImportSummary, ImportError> {
    let mut summary = ImportSummary::default();
    for file in files {
        summary.files.push(import_file(connection, file, bad_lines, progress).await?);
    }
    Ok(summary)
}

async fn import_file(
    connection: &mut Connection,
    file: &Path,
    bad_lines: BadLines,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<ImportedFile, ImportError> {
    let mut runs = RunFile::open(file)?;
    let mut imported =
        ImportedFile { file: file.to_owned(), stored: Stored::default(), bad: 0, first_bad: Vec::new() };
    let mut store = Store::begin(connection).await?;
    if let Err(error) = fill(&mut store, &mut runs, &mut imported, bad_lines, progress).await {
        store.rollback().await;
        return Err(error);
    }
    imported.stored = store.commit().await?;
    Ok(imported)
}

async fn fill(
    store: &mut Store<'_>,
    runs: &mut RunFile,
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
            report(runs, progress);
        }
    }
    report(runs, progress);
    Ok(())
}

fn report(runs: &RunFile, progress: &mut (dyn FnMut(Progress<'_>) + Send)) {
    let (read_bytes, size_bytes) = (runs.read_bytes(), runs.size_bytes());
    progress(Progress { file: runs.path(), read_bytes, size_bytes });
}

impl ImportedFile {
    fn leave_out(&mut self, bad: BadLine, kept: usize) {
        self.bad += 1;
        if self.first_bad.len() < kept {
            self.first_bad.push(bad);
        }
    }
}
