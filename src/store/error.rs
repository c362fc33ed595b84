//! Why the store could not be used.

use std::path::PathBuf;

use crate::database::DatabaseError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("a {what} in the store cannot be read: {problem}; a later version of jobdelta may have made it")]
    Document { what: &'static str, problem: String },
    #[error("there is no store {}; `jobdelta checkpoint`, `jobdelta record` and `jobdelta sample` make one", .0.display())]
    Missing(PathBuf),
}
