//! The arguments of `record`.

use std::path::PathBuf;

use clap::Args;

use super::shared::{AsOfArgument, LimitArguments, SourceArguments};

/// `jobdelta record`
#[derive(Args, Debug)]
pub struct RecordArguments {
    /// The SQLite file that keeps the runs, which is made when it is not there
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
    #[command(flatten)]
    pub source: SourceArguments,
    /// Zone of times without one, in the table and in --since and --as-of (default: the file's)
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Record from this time on (default: from where the last recording ended; the first time all that the table holds)
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Delete runs that were recorded longer ago, such as 90d (default: none)
    #[arg(long, value_name = "LENGTH")]
    pub keep: Option<String>,
    #[command(flatten)]
    pub snapshot: AsOfArgument,
    #[command(flatten)]
    pub limits: LimitArguments,
}
