//! What several commands ask for, each declared once.

use std::path::PathBuf;

use clap::Args;

/// Where the rows are.
#[derive(Args, Debug, Default, Clone)]
pub struct DatabaseArgument {
    /// sqlite://, postgres://, mysql:// or mariadb:// URL, or the path of an SQLite file (else the file's
    /// source.url, else `DATABASE_URL`)
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
}

/// Where the rows are, and how they are read.
#[derive(Args, Debug, Default, Clone)]
pub struct SourceArguments {
    /// The deployment file (default: deployment.toml here, else in a folder above within the repository)
    #[arg(long, value_name = "FILE")]
    pub deployment: Option<PathBuf>,
    /// Which of the deployment file's [environments] is meant (default: the last)
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    #[command(flatten)]
    pub database: DatabaseArgument,
    /// A built-in mapping (`jobdelta sources` lists them), or auto (default: auto)
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
}

/// The instant of the snapshot.
#[derive(Args, Debug, Default, Clone)]
pub struct AsOfArgument {
    /// Look at the rows as of this instant (default: the server's clock)
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
}

/// How much a database is asked for.
#[derive(Args, Debug, Default, Clone)]
pub struct LimitArguments {
    /// Time limit for everything, connecting included (default: 60s)
    #[arg(long, value_name = "LENGTH")]
    pub max_time: Option<String>,
    /// Read a table of more than a million rows although no index begins with its start column
    #[arg(long)]
    pub allow_full_scan: bool,
}

/// A database that is written to.
#[derive(Args, Debug)]
pub struct WrittenDatabaseArgument {
    /// sqlite://, postgres://, mysql:// or mariadb:// URL
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub db: String,
}
