//! An `SQLite` file that nobody else knows, for one report.

use std::path::Path;

use tempfile::NamedTempFile;

use super::connection::{Access, Connection};
use super::error::DatabaseError;

/// Removed when it is dropped.
pub struct PrivateFile(NamedTempFile);

impl PrivateFile {
    /// An empty file in the folder for temporary files.
    pub fn new() -> Result<Self, DatabaseError> {
        let place = std::env::temp_dir();
        let failed = |error: std::io::Error| DatabaseError::Connect {
            identity: place.display().to_string(),
            reason: error.to_string(),
            advice: "a report with recorded runs needs room for temporary files there; TMPDIR names another folder",
        };
        tempfile::Builder::new().prefix("jobdelta-").suffix(".sqlite").tempfile().map(Self).map_err(failed)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A connection that reads it.
    pub async fn open(&self) -> Result<Connection, DatabaseError> {
        let path = self.path().to_string_lossy().replace('%', "%25").replace('?', "%3F");
        Connection::open(&format!("sqlite://{path}"), Access::Read).await
    }
}
