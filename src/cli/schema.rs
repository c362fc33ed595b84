//! `jobdelta schema`

use super::{Exit, Failure, Surroundings};

/// What the types of the report say; `tests/schema.rs` holds it.
const SCHEMA: &str = include_str!("../../docs/report.schema.json");

pub(super) fn run(surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    surroundings.print_exactly(SCHEMA.as_bytes())?;
    Ok(Exit::Success)
}
