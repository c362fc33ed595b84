//! The arguments of `serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `jobdelta serve`
#[derive(Args, Debug)]
pub struct ServeArguments {
    /// Where to listen; other machines are let in only with --token-file, --trusted-proxy or --insecure
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:7327")]
    pub listen: SocketAddr,
    /// The folder of the deployment files (.toml); changes are seen within a second
    #[arg(long, value_name = "DIR")]
    pub deployments: Option<PathBuf>,
    /// Serve the demo, made anew, which is gone afterwards
    #[arg(long, conflicts_with = "deployments")]
    pub demo: bool,
    /// Who may come in: a line NAME SCOPES SHA256 for each token, scopes `read` or `read,share`
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// A proxy that lets people in and says whom in the --identity-header; may be repeated. Nobody else is believed
    #[arg(long, value_name = "ADDRESS")]
    pub trusted_proxy: Vec<IpAddr>,
    /// The header with the name of whom a trusted proxy let in
    #[arg(long, value_name = "NAME", default_value = "X-Forwarded-User", requires = "trusted_proxy")]
    pub identity_header: String,
    /// What those may do whom a trusted proxy let in: `read` or `read,share`
    #[arg(long, value_name = "SCOPES", default_value = "read", requires = "trusted_proxy")]
    pub proxy_scopes: String,
    /// Keep links to reports in this SQLite file, which is made when it is not there; checkpoints in it are listed, and runs
    /// that `record` kept in it serve where a table no longer reaches
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Let other machines in without a token
    #[arg(long)]
    pub insecure: bool,
    /// Where people reach it, where that is not --listen, such as `https://jobs.example.org`
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// The form of the log on standard error
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub log: LogArgument,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogArgument {
    /// For people.
    Text,
    /// An object a line.
    Json,
}
