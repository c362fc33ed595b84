//! Whether a source answers at all.

use std::time::Duration;

use super::error::PipelineError;
use crate::cancellation::{Cancellation, Deadline};
use crate::database::Session;
use crate::database::session::Limits;
use crate::settings::Location;

/// Opens a read-only session and leaves it again. Files are there when they are read.
///
/// # Errors
/// When the database does not let one in within `patience`.
pub async fn reach(location: &Location, patience: Duration) -> Result<(), PipelineError> {
    let Location::Database(url) = location else { return Ok(()) };
    let never = Cancellation::default();
    Session::open_until(&never, Deadline::after(patience), url, Limits::default().lock_time).await?;
    Ok(())
}
