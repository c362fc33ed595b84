//! What the command line gives in place of the deployment file.

use std::path::PathBuf;

use super::Execution;

/// What the command line gives, as typed. Texts are read in [`Settings::resolve`](super::Settings::resolve),
/// so that a wrong flag is reported like a wrong line, beside all other problems.
///
/// Not `Debug`: a database URL may hold a secret.
#[derive(Clone, Default)]
pub struct Overrides {
    /// `--db URL`
    pub db: Option<String>,
    /// Files of runs, instead of a database.
    pub files: Vec<PathBuf>,
    /// `--source PRESET`
    pub source: Option<String>,
    /// `--at T`
    pub at: Option<String>,
    /// `--settle SPAN`, with `--at`
    pub settle: Option<String>,
    /// `--until T`, with `--at`
    pub until: Option<String>,
    /// `--baseline START/END`
    pub baseline: Option<String>,
    /// `--stagger START/END`
    pub stagger: Option<String>,
    /// `--baseline-report FILE`
    pub baseline_report: Option<PathBuf>,
    /// `--baseline-db URL`
    pub baseline_db: Option<String>,
    /// `--target 'METRIC OP VALUE'` or `'METRIC: JOB OP VALUE'`
    pub targets: Vec<String>,
    /// `--as-of T`
    pub as_of: Option<String>,
    /// `--final`: nothing is still running.
    pub nothing_in_flight: bool,
    /// `--min-runs N`
    pub min_runs: Option<u64>,
    /// `--scope declared|all`
    pub scope: Option<String>,
    /// `--execution auto|pushdown|scan`
    pub execution: Option<Execution>,
    /// `--redact errors,jobs,host`
    pub redact: Vec<String>,
    /// `--mail-from ADDRESS`
    pub mail_from: Option<String>,
    /// `--mail-to ADDRESS`
    pub mail_to: Vec<String>,
    /// `--max-time SPAN`
    pub max_time: Option<String>,
    /// `--allow-full-scan`
    pub allow_full_scan: bool,
}
