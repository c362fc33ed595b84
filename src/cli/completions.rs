//! `jobdelta completions SHELL`

use clap::CommandFactory;

use super::arguments::{Cli, CompletionsArguments};
use super::{Exit, Failure, Surroundings};
use crate::sink;

pub fn run(arguments: &CompletionsArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "jobdelta", &mut script);
    sink::to_stdout(surroundings.out, &script)?;
    Ok(Exit::Success)
}
