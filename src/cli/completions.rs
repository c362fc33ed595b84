//! `jobdelta completions SHELL`

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};

use super::arguments::{Cli, CompletionsArguments};
use super::{Exit, Failure, Surroundings};
use crate::analysis::metric;
use crate::deployment::builtin;
use crate::observe::queries;
use crate::render::Format;
use crate::settings::Redaction;

pub(super) fn run(
    arguments: &CompletionsArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut with_values(), "jobdelta", &mut script);
    surroundings.print_exactly(&script)?;
    Ok(Exit::Success)
}

/// The definition with the values that arguments may have. Their commands check them themselves, with messages of
/// their own.
pub(super) fn with_values() -> Command {
    let formats: Vec<&'static str> = Format::ALL.iter().map(|(_, name, _)| *name).collect();
    let sources: Vec<&'static str> = builtin::names().chain([builtin::AUTO]).collect();
    let names: Vec<&'static str> = builtin::names().collect();
    let metrics: Vec<&'static str> = metric::ALL.into_iter().map(|metric| metric.name.as_ref()).collect();
    let queries: Vec<&'static str> = queries::ALL.iter().map(|query| query.name).collect();
    let redactions: Vec<&'static str> = Redaction::ALL.iter().map(|(word, _)| *word).collect();
    let values = [
        ("source", "", sources),
        ("redact", "", redactions),
        ("format", "report", formats),
        ("name", "sources", names),
        ("number", "explain", metrics),
        ("query", "sql", queries),
    ];
    let mut command = Cli::command();
    let commands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in commands {
        command = command.mut_subcommand(&name, |mut sub| {
            for (argument, of, values) in &values {
                let is_there = sub.get_arguments().any(|known| known.get_id() == argument);
                if is_there && (of.is_empty() || *of == name) {
                    let values = PossibleValuesParser::new(values.clone());
                    sub = sub.mut_arg(*argument, |known| known.value_parser(values));
                }
            }
            sub
        });
    }
    command
}
