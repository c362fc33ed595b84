//! `jobdelta lint FILE`: a deployment file checked without a database.

use super::arguments::LintArguments;
use super::settings::read_file;
use super::{Exit, Failure, Surroundings};
use crate::settings::lint;

pub(super) fn run(arguments: &LintArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let text = read_file(&arguments.file)?;
    let name = arguments.file.display().to_string();
    let problems = lint(&text, &name, &surroundings.environment);
    if problems.is_empty() {
        surroundings.print(format!("{name}: no problems\n").as_bytes())?;
        return Ok(Exit::Success);
    }
    for problem in &problems {
        writeln!(surroundings.err, "{problem}")?;
    }
    Ok(Exit::Error)
}
