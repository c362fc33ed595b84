//! What the commands that report are asked.

use std::path::PathBuf;

use clap::Args;

use super::rows::AnalysisArguments;

/// `jobdelta report`
#[derive(Args, Debug)]
pub struct ReportArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) or logs in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// Rows, windows, targets.
    #[command(flatten)]
    pub analysis: AnalysisArguments,
    /// Write to PATH; the ending picks the format (.md, .html, .json, .txt, .xml for JUnit, .eml for a
    /// mail, .csv for one row a job, .observations.json for a later --baseline-report), and - is standard output;
    /// may be repeated
    #[arg(short, long = "output", value_name = "PATH")]
    pub output: Vec<PathBuf>,
    /// Format for standard output: json, md, html, txt, brief, junit, eml, csv, observations (default: txt on a
    /// terminal, md otherwise)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Leave nothing out of the JSON report: frequency tables, every comparison, every bound text
    #[arg(long)]
    pub tables: bool,
    /// A built-in template (see `templates list`), or a file in place of one
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// Sender of a mail (.eml), in place of the deployment file's [email]
    #[arg(long, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Recipient of a mail (.eml); may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub mail_to: Vec<String>,
    /// The SQLite file of `record` and `checkpoint`: recorded runs serve where the table no longer reaches, and
    /// checkpoints of the same deployment are listed
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Compare all [environments] of the deployment file: what the earlier ones predicted, and what the last one did
    #[arg(long, conflicts_with_all = ["environment", "db", "source", "at", "settle", "until", "baseline", "stagger",
        "baseline_report", "baseline_db", "files"])]
    pub phases: bool,
    /// Report the result by the exit code, as `check` does
    #[arg(long)]
    pub exit_code: bool,
    /// Print what the database expects each query to cost, and run none
    #[arg(long, conflicts_with_all = ["output", "format", "tables", "template", "mail_from", "mail_to", "exit_code",
        "baseline_report", "baseline_db", "target", "redact", "store", "phases"])]
    pub explain_cost: bool,
}

/// `jobdelta check`
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// Rows, windows, targets.
    #[command(flatten)]
    pub analysis: AnalysisArguments,
    /// The SQLite file of `record`, whose runs serve where the table no longer reaches
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
}

/// `jobdelta explain`
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// A metric of all jobs together, or a job and a metric
    #[arg(value_name = "[JOB] METRIC", required = true, num_args = 1..=2)]
    pub number: Vec<String>,
    /// A file of runs in place of a database; may be repeated
    #[arg(long = "file", value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// Rows, windows, targets.
    #[command(flatten)]
    pub analysis: AnalysisArguments,
    /// The SQLite file of `record`, whose runs serve where the table no longer reaches
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
}
