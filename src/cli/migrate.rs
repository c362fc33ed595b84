//! `jobdelta migrate`

use super::arguments::MigrateArguments;
use super::{Exit, Failure, Surroundings};
use crate::settings::database_url;
use crate::source::load;

pub(super) async fn run(
    arguments: MigrateArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let identity = load::make_tables(&database_url(&arguments.database.db)).await?;
    surroundings.print(format!("{identity}: job_runs is up to date\n").as_bytes())?;
    Ok(Exit::Success)
}
