//! The command line: one file a command. It turns flags into settings, calls the pipeline once, hands the
//! report to renderers and sinks, and reports its result by the exit code.

mod arguments;
mod check;
mod checkpoint;
mod completions;
mod cost;
mod demo;
mod doctor;
mod exit;
mod explain;
mod github;
mod import;
mod init;
mod jobs;
mod length;
mod lint;
mod man;
mod metrics;
mod migrate;
mod outputs;
mod power;
mod record;
mod report;
mod sample;
mod schema;
mod send;
mod serve;
mod settings;
pub mod signal;
mod sources;
mod sql;
mod surroundings;
mod templates;
mod watch;
mod workflow;

use std::ffi::OsString;
use std::pin::pin;

use clap::Parser;

pub use arguments::{Cli, Command};
pub use exit::Exit;
pub use surroundings::{Failure, Surroundings, Verbosity};

/// Runs the program with `arguments` (the first is its own name).
pub async fn run(arguments: impl IntoIterator<Item = OsString>, surroundings: &mut Surroundings<'_>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, surroundings),
    };
    surroundings.verbosity = match (cli.quiet, cli.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Usual,
    };
    let cancellation = surroundings.cancellation.clone();
    let ends_by_itself = cli.command.ends_by_itself();
    let unread = surroundings.nobody_reads.clone();
    // What it writes elsewhere is wanted whoever reads.
    let only_prints = cli.command.only_prints() && !workflow::is_listening(&surroundings.environment);
    let (done, unread) = {
        let mut command = pin!(dispatch(cli.command, surroundings));
        tokio::select! {
            done = &mut command => (done, false),
            () = cancellation.cancelled(), if !ends_by_itself => return Exit::Interrupted,
            () = unread.cancelled(), if only_prints => {
                cancellation.cancel();
                (command.await, true)
            }
        }
    };
    match done {
        // As for a reader that stopped reading while something was printed.
        _ if unread => Exit::Success,
        Ok(Exit::Error) if cancellation.is_cancelled() => Exit::Interrupted,
        Ok(exit) => exit,
        Err(failure) => {
            let text = explained(failure.as_ref());
            let obeyed = workflow::is_listening(&surroundings.environment);
            let bytes = if obeyed { workflow::inert(text.as_bytes()) } else { text.into_bytes() };
            // Nobody is left to tell when even this fails.
            drop(surroundings.err.write_all(&bytes));
            if cancellation.is_cancelled() { Exit::Interrupted } else { Exit::Error }
        }
    }
}

async fn dispatch(command: Command, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    match command {
        Command::Demo(arguments) => demo::run(arguments, surroundings).await,
        Command::Report(arguments) => Box::pin(report::run(arguments, surroundings)).await,
        Command::Check(arguments) => check::run(arguments, surroundings).await,
        Command::Checkpoint(arguments) => Box::pin(checkpoint::run(arguments, surroundings)).await,
        Command::Record(arguments) => Box::pin(record::run(arguments, surroundings)).await,
        Command::Sample(arguments) => Box::pin(sample::run(arguments, surroundings)).await,
        Command::Watch(arguments) => Box::pin(watch::run(arguments, surroundings)).await,
        Command::Jobs(arguments) => jobs::run(arguments, surroundings).await,
        Command::Power(arguments) => power::run(arguments, surroundings).await,
        Command::Serve(arguments) => serve::run(arguments, surroundings).await,
        Command::Init(arguments) => init::run(arguments, surroundings).await,
        Command::Send(arguments) => send::run(arguments, surroundings).await,
        Command::Lint(arguments) => lint::run(&arguments, surroundings),
        Command::Doctor(arguments) => doctor::run(arguments, surroundings).await,
        Command::Sql(arguments) => sql::run(arguments, surroundings).await,
        Command::Explain(arguments) => Box::pin(explain::run(arguments, surroundings)).await,
        Command::Migrate(arguments) => migrate::run(arguments, surroundings).await,
        Command::Import(arguments) => import::run(arguments, surroundings).await,
        Command::Templates(arguments) => templates::run(arguments, surroundings),
        Command::Sources(arguments) => sources::run(&arguments, surroundings),
        Command::Schema => schema::run(surroundings),
        Command::Metrics(arguments) => metrics::run(&arguments, surroundings),
        Command::Man(arguments) => man::run(&arguments, surroundings),
        Command::Completions(arguments) => completions::run(&arguments, surroundings),
    }
}

/// Help goes to standard output and is no error; everything else clap says is.
fn usage(error: &clap::Error, surroundings: &mut Surroundings<'_>) -> Exit {
    let text = error.render();
    let written = if error.use_stderr() {
        write!(surroundings.err, "{text}")
    } else {
        write!(surroundings.out, "{text}").and_then(|()| surroundings.out.flush())
    };
    // Nobody is left to tell when even this fails.
    drop(written);
    if error.use_stderr() { Exit::Error } else { Exit::Success }
}

/// The error and what caused it, on one line each.
fn explained(failure: &dyn std::error::Error) -> String {
    let mut text = format!("error: {failure}\n");
    let mut said = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        let words = error.to_string();
        // A transparent wrapper says what its cause says.
        if !said.contains(&words) {
            text.push_str(&format!("  because: {words}\n"));
            said = words;
        }
        cause = error.source();
    }
    printable(&text)
}

/// A server's own words may quote rows, and rows may hold what a terminal obeys.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
