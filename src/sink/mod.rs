//! Where bytes go: standard output, files that are whole or not there, a mail server, a webhook.

pub mod mail;
pub mod webhook;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::staged::{beside, folder_of, remove_stale};

/// An output could not be written. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    #[error("cannot write {0}: it is a directory; name a file in it")]
    Directory(PathBuf),
    #[error("cannot write {0}: it is not a regular file; use --format and redirect standard output")]
    NotRegular(PathBuf),
    #[error("cannot write {0}: the file is read-only")]
    ReadOnly(PathBuf),
    #[error("cannot write {path}: there is no directory {folder}")]
    NoFolder { path: PathBuf, folder: PathBuf },
    #[error("cannot write {path}")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot append to {path}: it would be longer than {limit} bytes")]
    TooLong { path: PathBuf, limit: u64 },
    #[error("cannot write to standard output")]
    Stdout(#[source] io::Error),
}

/// Writes to `out` and flushes it. A closed pipe is not an error.
pub fn to_writer(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes one file: beside its place, synchronised, then renamed. A reader never sees half of it.
pub fn to_file(path: &Path, bytes: &[u8]) -> Result<(), SinkError> {
    to_files([(path, bytes)])
}

/// # Errors
/// When there is no folder for the file.
pub fn check_folder(path: &Path) -> Result<(), SinkError> {
    folder_for(path, path).map(|_| ())
}

/// The folder of a place that was asked for as `path`.
fn folder_for<'p>(path: &Path, place: &'p Path) -> Result<&'p Path, SinkError> {
    let folder = folder_of(place);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(SinkError::NoFolder { path: path.to_owned(), folder: folder.to_owned() })
    }
}

/// Writes a file that is not there yet, and leaves one that is as it was.
///
/// # Errors
/// When it is there, or cannot be written.
pub fn to_new_file(path: &Path, bytes: &[u8]) -> Result<(), SinkError> {
    let failed = |source| SinkError::File { path: path.to_owned(), source };
    let mut file = beside(folder_of(path)).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist_noclobber(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes several files. Each is written beside its place first; only when all of them are there are they
/// renamed, so that a failure leaves every place as it was. A file that exists keeps its mode, and a
/// symbolic link stays one; a new file's mode follows the umask.
pub fn to_files<'a>(files: impl IntoIterator<Item = (&'a Path, &'a [u8])>) -> Result<(), SinkError> {
    let staged: Vec<Staged> =
        files.into_iter().map(|(path, bytes)| Staged::write(path, bytes)).collect::<Result<_, _>>()?;
    staged.into_iter().try_for_each(Staged::rename)
}

/// Appends to a file that others append to as well, and makes it when it is not there. Nothing is written
/// when the file would become longer than `limit` bytes.
///
/// # Errors
/// [`SinkError::TooLong`], or why the file cannot be written.
pub fn append(path: &Path, bytes: &[u8], limit: u64) -> Result<(), SinkError> {
    let refused = |source| SinkError::File { path: path.to_owned(), source };
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).map_err(refused)?;
    let length = file.metadata().map_err(refused)?.len();
    if length.saturating_add(bytes.len() as u64) > limit {
        return Err(SinkError::TooLong { path: path.to_owned(), limit });
    }
    file.write_all(bytes).map_err(refused)
}

/// A file written beside its place. Dropped without [`Staged::rename`], it is removed.
struct Staged {
    /// As asked for, for errors.
    path: PathBuf,
    /// Where it goes, links followed.
    place: PathBuf,
    file: NamedTempFile,
}

impl Staged {
    fn write(path: &Path, bytes: &[u8]) -> Result<Self, SinkError> {
        let refused = |source| SinkError::File { path: path.to_owned(), source };
        let existing = existing(path)?;
        let place = existing.as_ref().map_or_else(|| path.to_owned(), |(place, _)| place.clone());
        let folder = folder_for(path, &place)?;
        remove_stale(folder);
        let mut file = beside(folder).map_err(refused)?;
        if let Some((_, permissions)) = existing {
            file.as_file().set_permissions(permissions).map_err(refused)?;
        }
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(refused)?;
        Ok(Self { path: path.to_owned(), place, file })
    }

    fn rename(self) -> Result<(), SinkError> {
        self.file
            .persist(&self.place)
            .map_err(|error| SinkError::File { path: self.path, source: error.error })?;
        // the name is safe only when the folder is; where a folder cannot be synchronised, this is not an error
        if let Some(folder) = self.place.parent().and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

/// The regular file at `path`, links followed, with its permissions; `None` when nothing is there.
fn existing(path: &Path) -> Result<Option<(PathBuf, fs::Permissions)>, SinkError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(source) => return Err(SinkError::File { path: path.to_owned(), source }),
    };
    if metadata.is_dir() {
        return Err(SinkError::Directory(path.to_owned()));
    }
    if !metadata.is_file() {
        return Err(SinkError::NotRegular(path.to_owned()));
    }
    if metadata.permissions().readonly() {
        return Err(SinkError::ReadOnly(path.to_owned()));
    }
    let place = fs::canonicalize(path).map_err(|source| SinkError::File { path: path.to_owned(), source })?;
    Ok(Some((place, metadata.permissions())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        to_file(&path, b"one").unwrap();
        to_file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["report.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("real.md"), folder.path().join("link.md"));
        to_file(&path, b"one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_ne!(mode(&path), 0o600, "a new file is not private to its writer");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        to_file(&link, b"two").unwrap();
        assert_eq!((fs::read(&path).unwrap().as_slice(), mode(&path)), (&b"two"[..], 0o640));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_failure_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("kept.md");
        to_file(&kept, b"before").unwrap();
        let nowhere = folder.path().join("no/such/report.md");
        for (wrong, message) in [
            (folder.path(), "it is a directory; name a file in it"),
            (nowhere.as_path(), "there is no directory"),
            (Path::new("/dev/null"), "it is not a regular file"),
        ] {
            let error = to_files([(kept.as_path(), &b"after"[..]), (wrong, b"x")]).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
        let mut permissions = fs::metadata(&kept).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&kept, permissions).unwrap();
        assert!(to_file(&kept, b"after").unwrap_err().to_string().contains("read-only"));
        assert_eq!(fs::read(&kept).unwrap(), b"before");
        assert_eq!(names(folder.path()), ["kept.md"]);
    }

    #[test]
    fn what_a_killed_program_left_is_removed_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let stale = folder.path().join(".jobdelta-abc123.tmp");
        fs::write(&stale, b"half of a rep").unwrap();
        fs::write(folder.path().join(".jobdelta-notes"), b"somebody's").unwrap();
        let other = Staged::write(&folder.path().join("other.md"), b"two").unwrap();
        to_file(&folder.path().join("report.md"), b"one").unwrap();
        assert!(!stale.exists());
        other.rename().unwrap();
        assert_eq!(names(folder.path()), [".jobdelta-notes", "other.md", "report.md"]);
    }

    #[test]
    fn what_is_appended_stays_within_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.md");
        append(&path, b"one\n", 8).unwrap();
        append(&path, b"two\n", 8).unwrap();
        let error = append(&path, b"x", 8).unwrap_err().to_string();
        assert!(error.ends_with("it would be longer than 8 bytes"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
        assert!(append(folder.path(), b"x", 8).unwrap_err().to_string().starts_with("cannot write"));
    }

    /// A reader that has gone away, and a full disk.
    struct Refusing(ErrorKind);

    impl Write for Refusing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_not_an_error() {
        to_writer(&mut Refusing(ErrorKind::BrokenPipe), b"x").unwrap();
        assert!(to_writer(&mut Refusing(ErrorKind::StorageFull), b"x").is_err());
    }
}
