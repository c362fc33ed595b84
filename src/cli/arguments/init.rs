//! The arguments of `init`.

use std::path::PathBuf;

use clap::Args;

use super::shared::{AsOfArgument, DatabaseArgument, LimitArguments};

/// `jobdelta init`
#[derive(Args, Debug)]
#[command(mut_arg("db", |db| db.help("sqlite://, postgres://, mysql:// or mariadb:// URL, or the path of an SQLite file (else `DATABASE_URL`)")))]
pub struct InitArguments {
    /// Files of runs (.csv) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub database: DatabaseArgument,
    /// The table with the runs: table or schema.table (default: the one that looks like it)
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// The moment of the change, for the windows: an instant, a local time, a length of time ago such as 2h, or now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Zone of times without one, in the table and in --at and --as-of
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Where to write; no file is written over; - is standard output
    #[arg(short, long, value_name = "PATH", default_value = "deployment.toml")]
    pub output: PathBuf,
    #[command(flatten)]
    pub snapshot: AsOfArgument,
    #[command(flatten)]
    pub limits: LimitArguments,
}
