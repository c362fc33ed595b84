//! What jobdelta remembers, in an `SQLite` file of its own.

pub mod checkpoints;
mod error;
pub mod links;
pub mod messages;
pub mod recorded;
pub mod samples;
pub mod watches;

use std::path::Path;

pub use self::error::StoreError;
use crate::database::OwnFile;

/// The steps from an empty file to the present tables. A step that was released is never changed.
const STEPS: [&str; 6] = [
    include_str!("../../migrations/store/1_links.sql"),
    include_str!("../../migrations/store/2_checkpoints.sql"),
    include_str!("../../migrations/store/3_recorded.sql"),
    include_str!("../../migrations/store/4_watches.sql"),
    include_str!("../../migrations/store/5_samples.sql"),
    include_str!("../../migrations/store/6_messages.sql"),
];

/// # Errors
/// When the file cannot be opened or upgraded.
pub(crate) async fn open(path: &Path) -> Result<OwnFile, StoreError> {
    Ok(OwnFile::open(path, &STEPS).await?)
}

/// The same for a file that has to be there.
pub(crate) async fn open_existing(path: &Path) -> Result<OwnFile, StoreError> {
    if path.is_file() { open(path).await } else { Err(StoreError::Missing(path.to_owned())) }
}
