//! The arguments of `watch`.

use std::path::PathBuf;

use clap::Args;

use super::rows::AnalysisArguments;
use crate::settings::FIRST_MINUTES;

/// `jobdelta watch`
#[derive(Args, Debug)]
pub struct WatchArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) or logs in place of a database, read again at each look
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// Watch for this long from the first look on, such as 30m
    #[arg(long = "for", value_name = "LENGTH", conflicts_with = "until")]
    pub length: Option<String>,
    /// Time between looks, and with --until between checkpoints (default: 1m, with --until that of [monitoring])
    #[arg(long, value_name = "LENGTH")]
    pub every: Option<String>,
    /// Ask the checks of the first thirty minutes too: offsets, spread, pool, errors, completion, level
    #[arg(long, value_name = "SET", value_parser = [FIRST_MINUTES])]
    pub checks: Option<String>,
    /// The SQLite file that keeps where the watch is, and checkpoints; a watch that was killed goes on
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Rows, windows, targets.
    #[command(flatten)]
    pub analysis: AnalysisArguments,
    /// Write the report of the last look to PATH; the ending picks the format, as of `report`; may be repeated
    #[arg(short, long = "output", value_name = "PATH")]
    pub output: Vec<PathBuf>,
}
