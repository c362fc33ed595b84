//! The arguments of `sample`.

use std::path::PathBuf;

use clap::Args;

use super::shared::SourceArguments;

/// `jobdelta sample`
#[derive(Args, Debug)]
pub struct SampleArguments {
    /// The SQLite file that keeps the samples, which is made when it is not there
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
    #[command(flatten)]
    pub source: SourceArguments,
    /// Go on with a round of samples each LENGTH, such as 1m (default: one round)
    #[arg(long, value_name = "LENGTH")]
    pub every: Option<String>,
    /// Go on for LENGTH, such as 1h (default: with --every until it is ended)
    #[arg(long = "for", value_name = "LENGTH")]
    pub length: Option<String>,
    /// Delete samples of the store that were taken longer ago, of whatever source, such as 90d (default: none)
    #[arg(long, value_name = "LENGTH")]
    pub keep: Option<String>,
}
