//! The arguments of `jobs`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::{AsOfArgument, LimitArguments, SourceArguments};

/// `jobdelta jobs`
#[derive(Args, Debug)]
pub struct JobsArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub source: SourceArguments,
    /// How far back to look, from now or from the last start (default: 14d)
    #[arg(long, value_name = "LENGTH")]
    pub window: Option<String>,
    /// Instead: enabled jobs that never ran, disabled ones that did, and jobs that run without being listed
    #[arg(long)]
    pub audit: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = InventoryFormatArgument::Text)]
    pub format: InventoryFormatArgument,
    #[command(flatten)]
    pub snapshot: AsOfArgument,
    #[command(flatten)]
    pub limits: LimitArguments,
}

/// A format of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InventoryFormatArgument {
    /// A table for people.
    Text,
    /// For programs.
    Json,
    /// One row a job.
    Csv,
}
