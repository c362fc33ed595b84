//! The arguments of the commands that write rows: `demo`, `migrate`, `import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::WrittenDatabaseArgument;

/// `jobdelta demo`
#[derive(Args, Debug)]
pub struct DemoArguments {
    /// Where to put it
    #[arg(long, value_name = "DIR", default_value = "jobdelta-demo")]
    pub dir: PathBuf,
}

/// `jobdelta migrate`
#[derive(Args, Debug)]
pub struct MigrateArguments {
    #[command(flatten)]
    pub database: WrittenDatabaseArgument,
}

/// `jobdelta import`
#[derive(Args, Debug)]
pub struct ImportArguments {
    /// CSV (.csv) or NDJSON (.ndjson, .jsonl) files, or logs
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub database: WrittenDatabaseArgument,
    /// Skip invalid lines instead of refusing their file
    #[arg(long)]
    pub skip_bad: bool,
    /// Show every line that was skipped, not only the first ten of a file
    #[arg(long, requires = "skip_bad")]
    pub all_errors: bool,
    /// What the files are, where name and content do not tell
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<LogFormatArgument>,
    /// Zone of times in logs that have none [default: that of the deployment file]
    #[arg(long, value_name = "ZONE", value_parser = crate::deployment::time_zone)]
    pub time_zone: Option<chrono_tz::Tz>,
    /// The deployment file, whose [log] says how the lines of a log read [default: deployment.toml if it exists]
    #[arg(long, value_name = "FILE")]
    pub deployment: Option<PathBuf>,
}

/// The kinds of log.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LogFormatArgument {
    /// Lines of an application that tell of starts and ends
    JobLog,
    /// `journalctl -o json`
    Journald,
    /// `kubectl get events -o json`
    Kubernetes,
}
