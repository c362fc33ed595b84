//! `jobdelta completions SHELL`

use clap::CommandFactory;

use super::arguments::{Cli, CompletionsArguments};
use super::{Exit, Failure, Surroundings};

pub(super) fn run(
    arguments: &CompletionsArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "jobdelta", &mut script);
    surroundings.print_exactly(&script)?;
    Ok(Exit::Success)
}
