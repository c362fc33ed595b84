//! `jobdelta migrate`: jobdelta's own tables, made or upgraded.

use crate::source::load::{self, ImportError};

/// Makes or upgrades the tables in the database at `url` and gives the line for standard output.
///
/// # Errors
/// When the database cannot be reached or refuses.
pub async fn migrate(url: &str) -> Result<String, ImportError> {
    let identity = load::make_tables(url).await?;
    Ok(format!("{identity}: job_runs is up to date\n"))
}
