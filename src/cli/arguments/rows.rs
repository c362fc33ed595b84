//! Which rows are read, and what is made of them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::{AsOfArgument, LimitArguments, SourceArguments};

/// Which rows and which windows: shared by every command that reads runs.
#[derive(Args, Debug, Default, Clone)]
pub struct RowsArguments {
    #[command(flatten)]
    pub source: SourceArguments,
    /// Zone of times without one, in the table and in --at, --until and --as-of (default: the file's)
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// The moment of the change, such as 2026-02-01T21:37:00Z, 2026-02-01 21:37, 2h (ago) or now; both windows
    /// follow from it
    #[arg(long, value_name = "TIME", conflicts_with_all = ["baseline", "stagger"])]
    pub at: Option<String>,
    /// Time after --at that belongs to neither window
    #[arg(long, value_name = "LENGTH")]
    pub settle: Option<String>,
    /// End of the stagger window (default: now)
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// The window before: START/END, either may be a length such as 6h, the end may be `now`
    #[arg(long, visible_alias = "before", value_name = "START/END")]
    pub baseline: Option<String>,
    /// The window after: START/END
    #[arg(long, visible_alias = "after", value_name = "START/END")]
    pub stagger: Option<String>,
    #[command(flatten)]
    pub snapshot: AsOfArgument,
    /// Analyse the declared jobs, or all
    #[arg(long, value_enum)]
    pub scope: Option<ScopeArgument>,
    #[command(flatten)]
    pub limits: LimitArguments,
}

/// What is made of these rows: shared by the commands that analyse them.
#[derive(Args, Debug, Default, Clone)]
pub struct AnalysisArguments {
    /// Files of runs in place of a database; each command names them in its own way.
    #[arg(skip)]
    pub files: Vec<PathBuf>,
    /// The file with recorded runs, which not every command has.
    #[arg(skip)]
    pub history: Option<PathBuf>,
    /// Rows and windows.
    #[command(flatten)]
    pub rows: RowsArguments,
    /// The observations (.observations.json) of an earlier report, whose stagger window is the baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "baseline_db"])]
    pub baseline_report: Option<PathBuf>,
    /// Another database, that the baseline window is read from
    #[arg(long, value_name = "URL")]
    pub baseline_db: Option<String>,
    /// A target such as 'METRIC >= 99%' or 'METRIC[JOB] <= 2s'; replaces the file's of the same metric and job
    #[arg(long, value_name = "TARGET")]
    pub target: Vec<String>,
    /// Count every unfinished run as lost
    #[arg(long = "final")]
    pub nothing_in_flight: bool,
    /// Minimum runs per window for a verdict (default: 10)
    #[arg(long, value_name = "N")]
    pub min_runs: Option<u64>,
    /// Hold changes against the same comparison on up to N earlier days; 0 for none (default: 28)
    #[arg(long, value_name = "N")]
    pub placebo_days: Option<u32>,
    /// Count in the database, in the program, or wherever it suits the size of the table (default: auto)
    #[arg(long, value_enum)]
    pub execution: Option<ExecutionArgument>,
    /// Connections that read at once when the program counts (default: 2 for large tables)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=8))]
    pub connections: Option<u8>,
    /// Replace in every output: errors, jobs, host
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub redact: Vec<String>,
}

/// Which rows are analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScopeArgument {
    /// The jobs that the deployment file declares.
    Declared,
    /// Every row.
    All,
}

/// Where the counting is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExecutionArgument {
    /// Wherever it suits the size of the table.
    Auto,
    /// In the database, which returns bounded results.
    Pushdown,
    /// In the program, to which the database returns every run once.
    Scan,
}
