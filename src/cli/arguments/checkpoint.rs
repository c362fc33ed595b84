//! The arguments of `checkpoint`.

use std::path::PathBuf;

use clap::Args;

use super::rows::AnalysisArguments;

/// `jobdelta checkpoint`
#[derive(Args, Debug)]
pub struct CheckpointArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) or logs in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// The SQLite file that keeps checkpoints, which is made when it is not there
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
    /// Rows, windows, targets.
    #[command(flatten)]
    pub analysis: AnalysisArguments,
    /// Write the latest checkpoint to PATH (.md, .json), and - is standard output; may be repeated
    #[arg(short, long = "output", value_name = "PATH")]
    pub output: Vec<PathBuf>,
    /// Format for standard output: md, json (default: md, where no file is written)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Report the decision since the start by the exit code, as `check` does
    #[arg(long)]
    pub exit_code: bool,
}
