//! The arguments of `sql`, `doctor` and `lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::rows::RowsArguments;

/// `jobdelta sql`
#[derive(Args, Debug)]
pub struct SqlArguments {
    /// The query to print; without it they are listed
    #[arg(value_name = "QUERY")]
    pub query: Option<String>,
    /// Print all of them, as one script
    #[arg(long, conflicts_with = "query")]
    pub all: bool,
    /// Print for this database without connecting to one
    #[arg(long, value_enum, conflicts_with = "db")]
    pub dialect: Option<DialectArgument>,
    /// Windows and mapping; a database is asked for its columns and its clock.
    #[command(flatten)]
    pub rows: RowsArguments,
}

/// A flavour of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DialectArgument {
    /// For `sqlite3`.
    Sqlite,
    /// For `psql`.
    Postgres,
    /// For `mysql`.
    Mysql,
    /// For `mariadb`.
    Mariadb,
}

/// `jobdelta doctor`
#[derive(Args, Debug)]
pub struct DoctorArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// The SQLite file in which `sample` and `watch` keep samples of built-in measurements
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Rows and windows.
    #[command(flatten)]
    pub rows: RowsArguments,
}

/// `jobdelta lint`
#[derive(Args, Debug)]
pub struct LintArguments {
    /// The deployment file
    #[arg(value_name = "FILE", default_value = "deployment.toml")]
    pub file: PathBuf,
}
