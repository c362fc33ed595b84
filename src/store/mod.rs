//! What jobdelta remembers, in an `SQLite` file of its own.

pub mod links;

use std::path::Path;

use crate::database::{DatabaseError, OwnFile};

/// The steps from an empty file to the present tables. A step that was released is never changed.
const STEPS: [&str; 1] = [include_str!("../../migrations/store/1_links.sql")];

/// The file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StoreError(#[from] DatabaseError);

/// # Errors
/// When the file cannot be opened or upgraded.
pub(crate) async fn open(path: &Path) -> Result<OwnFile, StoreError> {
    Ok(OwnFile::open(path, &STEPS).await?)
}
