//! An `SQLite` file that is not there yet: made under another name, and put in its place when it is whole.

use std::path::PathBuf;

use tempfile::NamedTempFile;

use super::connection::Connection;
use super::error::DatabaseError;
use crate::staged::{beside, folder_of, remove_stale};

/// A file that is being made. Dropped before it is put in its place, it is removed.
pub struct NewFile {
    pub connection: Connection,
    /// Locked as long as it is open, so that nobody takes it for what a killed program left.
    staged: NamedTempFile,
    place: PathBuf,
}

impl NewFile {
    /// Begins the file of `url`; `None` where it is there, or `url` means no file, or none can be made.
    ///
    /// # Errors
    /// When `SQLite` cannot open it.
    pub async fn begin(url: &str) -> Result<Option<Self>, DatabaseError> {
        let Some(place) = Connection::missing_file(url) else { return Ok(None) };
        let folder = folder_of(&place);
        remove_stale(folder);
        let Ok(staged) = beside(folder) else { return Ok(None) };
        let connection = Connection::open_in_place_of(url, staged.path()).await?;
        Ok(Some(Self { connection, staged, place }))
    }

    /// Puts the file in its place, and says what it is called; one that somebody else has put there stays.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn finish(self) -> Result<String, DatabaseError> {
        let Self { connection, staged, place } = self;
        let identity = connection.identity.clone();
        let failed = |reason: String| DatabaseError::Migrate { identity: identity.clone(), reason };
        connection.close().await.map_err(|error| failed(error.to_string()))?;
        match staged.persist_noclobber(place) {
            Err(error) if error.error.kind() != std::io::ErrorKind::AlreadyExists => {
                Err(failed(error.error.to_string()))
            }
            _ => Ok(identity),
        }
    }
}
