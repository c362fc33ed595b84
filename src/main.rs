//! The `jobdelta` program: it parses, calls, and turns the outcome into an exit code.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdout};
use std::process::ExitCode;

use jobdelta::cancellation::Cancellation;
use jobdelta::cli::{self, Exit, Surroundings, Verbosity, signal};
use jobdelta::clock::{Clock, Timestamp};
use jobdelta::render::Style;

fn main() -> ExitCode {
    let environment: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let terminal = stdout().is_terminal();
    let fixed = environment.get("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse::<i64>().ok());
    let clock = fixed.map_or(Clock::System, |seconds| Clock::Fixed(Timestamp(seconds * 1_000_000)));
    let colour = terminal && environment.get("NO_COLOR").is_none_or(String::is_empty);
    let mut surroundings = Surroundings {
        out: &mut stdout(),
        err: &mut stderr(),
        style: Style { colour, ..Style::default() },
        terminal,
        verbosity: Verbosity::default(),
        environment,
        clock,
        cancellation: Cancellation::default(),
        nobody_reads: Cancellation::default(),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report_start(&error, &mut surroundings),
    };
    let signal = signal::watch(&surroundings.cancellation, &surroundings.nobody_reads);
    let exit = runtime.block_on(cli::run(std::env::args_os(), &mut surroundings));
    if exit == Exit::Interrupted {
        runtime.block_on(signal::last_tasks());
    }
    // What still runs on a thread is of no use to anybody.
    runtime.shutdown_background();
    match exit {
        Exit::Interrupted => ExitCode::from(signal.get()),
        exit => ExitCode::from(exit.code()),
    }
}

fn report_start(error: &std::io::Error, surroundings: &mut Surroundings<'_>) -> ExitCode {
    // Nobody is left to tell when even this fails.
    drop(writeln!(surroundings.err, "error: failed to start: {error}"));
    ExitCode::from(2)
}
