//! The arguments of `send`.

use std::path::PathBuf;

use clap::Args;

/// `jobdelta send`
#[derive(Args, Debug)]
pub struct SendArguments {
    /// The mail, as `report -o FILE.eml` wrote it
    #[arg(value_name = "FILE.eml")]
    pub file: PathBuf,
    /// smtp://HOST:PORT (STARTTLS), smtps://HOST:PORT (TLS), or smtp+plain:// for a server on this machine
    /// (else `JOBDELTA_SMTP`)
    #[arg(long, value_name = "URL")]
    pub smtp: Option<String>,
    /// PEM of an authority to trust besides the usual ones
    #[arg(long, value_name = "FILE")]
    pub smtp_authority: Option<PathBuf>,
    /// Number of retries
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub retries: u32,
    /// Wait before the first of these, doubled each time
    #[arg(long, value_name = "LENGTH", default_value = "2s")]
    pub retry_wait: String,
    /// Say what would be sent to whom, and send nothing
    #[arg(long)]
    pub dry_run: bool,
}
