//! The arguments of `power`.

use std::path::PathBuf;

use clap::Args;

use super::lists::ListFormat;
use super::shared::{AsOfArgument, LimitArguments, SourceArguments};

/// `jobdelta power`
#[derive(Args, Debug)]
pub struct PowerArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub source: SourceArguments,
    /// Zone of times without one in the table (default: the file's)
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Length of the window before now that would be the baseline
    #[arg(long, value_name = "LENGTH", default_value = "24h")]
    pub window: String,
    /// The change of durations to be found, such as +20%
    #[arg(long, value_name = "CHANGE", default_value = "+20%")]
    pub change: String,
    /// The probability of finding it
    #[arg(long, value_name = "PERCENT", default_value = "80%")]
    pub power: String,
    /// Earlier days at most that say what days do by themselves; 0 for none (default: 28)
    #[arg(long, value_name = "N")]
    pub placebo_days: Option<u32>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub snapshot: AsOfArgument,
    #[command(flatten)]
    pub limits: LimitArguments,
}
