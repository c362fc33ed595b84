//! `jobdelta migrate`

use super::arguments::MigrateArguments;
use super::{Exit, Failure, Surroundings};
use crate::sink;
use crate::source::load;

pub async fn run(arguments: MigrateArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let identity = load::make_tables(&arguments.db).await?;
    sink::to_stdout(surroundings.out, format!("{identity}: job_runs is up to date\n").as_bytes())?;
    Ok(Exit::Success)
}
