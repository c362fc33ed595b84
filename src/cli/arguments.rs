//! The command line as people type it. Nothing is interpreted here.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The path that stands for standard output.
pub(super) const STANDARD_OUTPUT: &str = "-";

/// What did this deployment change for our scheduled jobs, and how do we know?
#[derive(Debug, Parser)]
#[command(
    name = "jobdelta",
    version,
    about,
    arg_required_else_help = true,
    after_help = "Start with `jobdelta demo`. Exit codes: 0 done or passed, 1 a required target was missed, \
                  2 error, 3 undecided, 4 a rollback trigger fired."
)]
pub struct Cli {
    /// Print no notes and no progress
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print what was asked of the database, with rows and time
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a database with a real deployment, its deployment file and its reports
    #[command(after_help = "Example:\n  jobdelta demo --dir /tmp/demo && cd /tmp/demo && jobdelta check")]
    Demo(DemoArguments),
    /// Compare two windows and write the report
    #[command(after_help = "Examples:\n  \
        jobdelta report --deployment deployment.toml -o report.md -o report.json -o report.xml\n  \
        jobdelta report --db postgres://reader@db/app --at 2026-02-01T21:37:00Z\n  \
        jobdelta report runs.csv --at 2026-02-01T21:37:00Z --as-of 2026-02-02T05:34:00Z")]
    Report(ReportArguments),
    /// Judge the targets; the exit code reports the result
    #[command(after_help = "Examples:\n  \
        jobdelta check\n  \
        jobdelta check --db \"$DATABASE_URL\" --at 2026-02-01T21:37:00Z --target 'completion_rate >= 99%'")]
    Check(CheckArguments),
    /// List what is in the table: each job with its runs, usual duration, statuses and schedule
    #[command(after_help = "Examples:\n  \
        jobdelta jobs --db postgres://reader@db/app\n  \
        jobdelta jobs --window 30d --format csv > jobs.csv\n  \
        jobdelta jobs --audit")]
    Jobs(JobsArguments),
    /// Serve the reports of a folder of deployment files as pages, and to programs
    #[command(after_help = "Examples:\n  \
        jobdelta serve --demo\n  \
        jobdelta serve --deployments /etc/jobdelta --token-file /etc/jobdelta/tokens --listen 0.0.0.0:7327")]
    Serve(ServeArguments),
    /// Hand a report that was written as a mail (.eml) to a mail server
    #[command(after_help = "Name and password come from JOBDELTA_SMTP_USER and JOBDELTA_SMTP_PASSWORD.\n\n\
        Example:\n  jobdelta report -o report.eml && jobdelta send report.eml --smtp smtp://mail.example.org")]
    Send(SendArguments),
    /// Check a deployment file without a database
    #[command(after_help = "Example:\n  jobdelta lint deployment.toml")]
    Lint(LintArguments),
    /// Check connection, mapping, indexes and retention, and say what to do
    #[command(after_help = "Example:\n  jobdelta doctor --db postgres://reader@db/app")]
    Doctor(DoctorArguments),
    /// List the queries, or print them as they run, ready for psql, mysql or sqlite3
    #[command(after_help = "Examples:\n  \
        jobdelta sql\n  \
        jobdelta sql concurrency --dialect postgres --at 2026-02-01T21:37:00Z\n  \
        jobdelta sql outcomes --deployment deployment.toml | sqlite3 runs.sqlite")]
    Sql(SqlArguments),
    /// Show how a reported number was computed
    #[command(after_help = "Examples:\n  \
        jobdelta explain missed_runs\n  jobdelta explain \"Live Stats Sync\" p95_duration")]
    Explain(ExplainArguments),
    /// Make or upgrade jobdelta's own table
    #[command(after_help = "Example:\n  jobdelta migrate --db sqlite://runs.sqlite")]
    Migrate(MigrateArguments),
    /// Add runs from CSV or NDJSON files to `job_runs`
    #[command(after_help = "Example:\n  jobdelta import --db sqlite://runs.sqlite runs.csv more.ndjson")]
    Import(ImportArguments),
    /// List, show or check templates
    #[command(after_help = "Examples:\n  \
        jobdelta templates show report > mine.md\n  jobdelta templates check mine.md")]
    Templates(TemplatesArguments),
    /// List the built-in mappings: for which product, and what each cannot tell
    #[command(after_help = "Examples:\n  \
        jobdelta sources\n  jobdelta sources airflow_tasks")]
    Sources(SourcesArguments),
    /// Print the JSON Schema of the JSON report
    #[command(after_help = "Example:\n  \
        jobdelta schema > report.schema.json\n\n\
        A report may have keys that the schema does not name: keys are added within a schema version.")]
    Schema,
    /// List the metrics: name, unit, which direction is better, and what each means
    #[command(after_help = "Examples:\n  jobdelta metrics\n  jobdelta metrics --format json")]
    Metrics(MetricsArguments),
    /// Write a page for `man` for each command
    #[command(after_help = "Example:\n  jobdelta man ~/.local/share/man/man1")]
    Man(ManArguments),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  jobdelta completions bash > /etc/bash_completion.d/jobdelta")]
    Completions(CompletionsArguments),
}

impl Command {
    /// Whether it ends its statement and itself when it is cancelled; the others are dropped.
    pub const fn ends_by_itself(&self) -> bool {
        matches!(
            self,
            Self::Report(_)
                | Self::Check(_)
                | Self::Jobs(_)
                | Self::Doctor(_)
                | Self::Sql(_)
                | Self::Explain(_)
                | Self::Serve(_)
        )
    }

    /// Whether all that it makes is what it prints: no file, and no exit code that says more than that it is done.
    pub fn only_prints(&self) -> bool {
        match self {
            Self::Report(arguments) => {
                arguments.output.iter().all(|path| path.as_os_str() == STANDARD_OUTPUT)
                    && !arguments.exit_code
            }
            Self::Explain(_) | Self::Sql(_) | Self::Jobs(_) => true,
            _ => false,
        }
    }
}

/// `jobdelta sources`
#[derive(Args, Debug)]
pub struct SourcesArguments {
    /// Print the file of one mapping, to start one's own from
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// Which rows and which windows: shared by every command that reads runs.
#[derive(Args, Debug, Default, Clone)]
pub struct RowsArguments {
    /// The deployment file (default: deployment.toml here, else in a folder above within the repository)
    #[arg(long, value_name = "FILE")]
    pub deployment: Option<PathBuf>,
    /// sqlite://, postgres://, mysql:// or mariadb:// URL, or the path of an SQLite file (else the file's
    /// source.url, else `DATABASE_URL`)
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
    /// A built-in mapping (`jobdelta sources` lists them), or auto (default: auto)
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
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
    /// Look at the rows as of this instant (default: the server's clock)
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// Analyse the declared jobs, or all
    #[arg(long, value_enum)]
    pub scope: Option<ScopeArgument>,
    /// Time limit for the whole report, connecting included (default: 60s)
    #[arg(long, value_name = "LENGTH")]
    pub max_time: Option<String>,
    /// Read a table of more than a million rows although no index begins with its start column
    #[arg(long)]
    pub allow_full_scan: bool,
}

/// What is made of these rows: shared by the commands that analyse them.
#[derive(Args, Debug, Default, Clone)]
pub struct AnalysisArguments {
    /// Files of runs in place of a database; each command names them in its own way.
    #[arg(skip)]
    pub files: Vec<PathBuf>,
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
    /// Count in the database, in the program, or wherever it suits the size of the table (default: auto)
    #[arg(long, value_enum)]
    pub execution: Option<ExecutionArgument>,
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

/// `jobdelta demo`
#[derive(Args, Debug)]
pub struct DemoArguments {
    /// Where to put it
    #[arg(long, value_name = "DIR", default_value = "jobdelta-demo")]
    pub dir: PathBuf,
}

/// `jobdelta report`
#[derive(Args, Debug)]
pub struct ReportArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
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
    /// Report the result by the exit code, as `check` does
    #[arg(long)]
    pub exit_code: bool,
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
}

/// `jobdelta jobs`
#[derive(Args, Debug)]
pub struct JobsArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// The deployment file (default: deployment.toml when there is one)
    #[arg(long, value_name = "FILE")]
    pub deployment: Option<PathBuf>,
    /// sqlite://, postgres://, mysql:// or mariadb:// URL (else the file's source.url, else `DATABASE_URL`)
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
    /// A built-in mapping (`jobdelta sources` lists them), or auto (default: auto)
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// How far back to look, from now or from the last start (default: 14d)
    #[arg(long, value_name = "LENGTH")]
    pub window: Option<String>,
    /// Instead: enabled jobs that never ran, disabled ones that did, and jobs that run without being listed
    #[arg(long)]
    pub audit: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = InventoryFormatArgument::Text)]
    pub format: InventoryFormatArgument,
    /// Look at the rows as of this instant (default: the server's clock)
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// Time limit for everything, connecting included (default: 60s)
    #[arg(long, value_name = "LENGTH")]
    pub max_time: Option<String>,
    /// Read a table of more than a million rows although no index begins with its start column
    #[arg(long)]
    pub allow_full_scan: bool,
}

/// A format of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InventoryFormatArgument {
    /// A table for people.
    Text,
    /// For programs.
    Json,
    /// One row a job.
    Csv,
}

/// `jobdelta serve`
#[derive(Args, Debug)]
pub struct ServeArguments {
    /// Where to listen; other machines are let in only with --token-file or --insecure
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
}

/// `jobdelta lint`
#[derive(Args, Debug)]
pub struct LintArguments {
    /// The deployment file
    #[arg(value_name = "FILE", default_value = "deployment.toml")]
    pub file: PathBuf,
}

/// `jobdelta doctor`
#[derive(Args, Debug)]
pub struct DoctorArguments {
    /// Files of runs (.csv, .ndjson, .jsonl) in place of a database
    #[arg(value_name = "FILE", conflicts_with = "db")]
    pub files: Vec<PathBuf>,
    /// Rows and windows.
    #[command(flatten)]
    pub rows: RowsArguments,
}

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

/// `jobdelta migrate`
#[derive(Args, Debug)]
pub struct MigrateArguments {
    /// sqlite://, postgres://, mysql:// or mariadb:// URL
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub db: String,
}

/// `jobdelta import`
#[derive(Args, Debug)]
pub struct ImportArguments {
    /// CSV (.csv) or NDJSON (.ndjson, .jsonl) files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// sqlite://, postgres://, mysql:// or mariadb:// URL
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub db: String,
    /// Skip invalid lines instead of refusing their file
    #[arg(long)]
    pub skip_bad: bool,
    /// Show every line that was skipped, not only the first ten of a file
    #[arg(long, requires = "skip_bad")]
    pub all_errors: bool,
}

/// `jobdelta templates`
#[derive(Args, Debug)]
pub struct TemplatesArguments {
    /// What to do with them.
    #[command(subcommand)]
    pub command: TemplatesCommand,
}

/// What to do with templates.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// Name the built-in templates
    List,
    /// Print one, to start one's own from
    Show {
        /// Its name
        name: String,
    },
    /// Render a file against sample reports and say what is wrong with it
    Check {
        /// The template
        file: PathBuf,
    },
}

/// `jobdelta metrics`
#[derive(Args, Debug)]
pub struct MetricsArguments {
    /// How to print them
    #[arg(long, value_enum, default_value = "text")]
    pub format: ListFormat,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For readers.
    Text,
    /// For programs.
    Json,
}

/// `jobdelta man`
#[derive(Args, Debug)]
pub struct ManArguments {
    /// Where to put the pages; it is made where it is missing
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// `jobdelta completions`
#[derive(Args, Debug)]
pub struct CompletionsArguments {
    /// Which shell
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }
}
