//! What the command line gives in place of the deployment file.

use std::path::PathBuf;

use super::Execution;

/// Whether the checks of the first thirty minutes are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WatchChecks {
    /// Only a watch asks them, and `doctor` looks at what they need.
    #[default]
    Never,
    /// Where the deployment file says so.
    AsWritten,
    Asked,
}

/// What the command line gives, as typed. Texts are read in [`Settings::resolve`](super::Settings::resolve),
/// so that a wrong flag is reported like a wrong line, beside all other problems.
///
/// Not `Debug`: a database URL may hold a secret.
#[derive(Clone, Default)]
pub struct Overrides {
    pub db: Option<String>,
    /// Files of runs, instead of a database.
    pub files: Vec<PathBuf>,
    pub source: Option<String>,
    /// Zone of times without one: in the flags and in the table.
    pub time_zone: Option<String>,
    pub at: Option<String>,
    pub settle: Option<String>,
    pub until: Option<String>,
    pub baseline: Option<String>,
    pub stagger: Option<String>,
    pub baseline_report: Option<PathBuf>,
    pub baseline_db: Option<String>,
    /// `--store`: the file with recorded runs.
    pub history: Option<PathBuf>,
    /// `--target 'METRIC OP VALUE'` or `'METRIC: JOB OP VALUE'`
    pub targets: Vec<String>,
    pub checks: WatchChecks,
    pub as_of: Option<String>,
    /// `--final`: every unfinished run counts as lost.
    pub nothing_in_flight: bool,
    pub min_runs: Option<u64>,
    pub placebo_days: Option<u32>,
    pub scope: Option<String>,
    pub execution: Option<Execution>,
    pub connections: Option<usize>,
    pub redact: Vec<String>,
    pub mail_from: Option<String>,
    pub mail_to: Vec<String>,
    pub max_time: Option<String>,
    /// `--allow-full-scan`
    pub allow_full_scan: bool,
}
