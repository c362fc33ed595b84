//! What a command may touch of the outside.

use std::collections::BTreeMap;
use std::io::Write;

use super::workflow;
use crate::cancellation::Cancellation;
use crate::clock::Clock;
use crate::figure;
use crate::render::Style;
use crate::report::model::Report;
use crate::sink::{self, SinkError};

/// How much is said on standard error beside errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// Nothing.
    Quiet,
    /// Notes and progress.
    #[default]
    Usual,
    /// What was asked of the database as well.
    Verbose,
}

/// What a command may touch of the outside: handed in, so that it can run in a test.
pub struct Surroundings<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    /// How output for a person looks: colour and width.
    pub style: Style,
    pub terminal: bool,
    /// How much is said beside the output.
    pub verbosity: Verbosity,
    pub environment: BTreeMap<String, String>,
    pub clock: Clock,
    /// Somebody may ask for the end.
    pub cancellation: Cancellation,
    /// Cancelled once nobody reads standard output any more.
    pub nobody_reads: Cancellation,
}

impl Surroundings<'_> {
    /// Writes to standard output; a reader that stopped reading is no error.
    pub fn print(&mut self, bytes: &[u8]) -> Result<(), SinkError> {
        if workflow::is_listening(&self.environment) {
            return self.print_exactly(&workflow::inert(bytes));
        }
        self.print_exactly(bytes)
    }

    /// Says on standard error what is worth knowing beside the output.
    pub fn note(&mut self, text: &str) -> std::io::Result<()> {
        if self.verbosity == Verbosity::Quiet { Ok(()) } else { writeln!(self.err, "note: {text}") }
    }

    /// The queries that a report rests on, with rows and time, on standard error where that was asked for.
    pub fn tell_queries(&mut self, report: &Report) -> std::io::Result<()> {
        if self.verbosity != Verbosity::Verbose {
            return Ok(());
        }
        for query in &report.provenance {
            let rows = figure::counted(query.rows, "row", "rows");
            writeln!(self.err, "query {}: {rows}, {:.1} ms", query.query, query.elapsed_ms)?;
        }
        Ok(())
    }

    /// Prints to standard output what a program reads, byte for byte.
    pub fn print_exactly(&mut self, bytes: &[u8]) -> Result<(), SinkError> {
        sink::to_writer(self.out, bytes).map_err(SinkError::Stdout)
    }
}

/// Any error of a command; its chain of causes is printed.
pub type Failure = Box<dyn std::error::Error>;
