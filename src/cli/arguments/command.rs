//! The commands.

use clap::{Parser, Subcommand};

use super::checkpoint::CheckpointArguments;
use super::import::{DemoArguments, ImportArguments, MigrateArguments};
use super::init::InitArguments;
use super::jobs::JobsArguments;
use super::lists::{
    CompletionsArguments, ManArguments, MetricsArguments, SourcesArguments, TemplatesArguments,
};
use super::power::PowerArguments;
use super::record::RecordArguments;
use super::report::{CheckArguments, ExplainArguments, ReportArguments};
use super::sample::SampleArguments;
use super::send::SendArguments;
use super::serve::ServeArguments;
use super::sql::{DoctorArguments, LintArguments, SqlArguments};
use super::watch::WatchArguments;

/// The path that stands for standard output.
pub(in crate::cli) const STANDARD_OUTPUT: &str = "-";

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
    /// Assess the last period and the time since the change, and keep the assessment
    #[command(after_help = "Examples:\n  \
        jobdelta checkpoint --store jobdelta.sqlite -o checkpoint.md\n  \
        0 */6 * * * jobdelta checkpoint --deployment deployment.toml --store jobdelta.sqlite\n\n\
        Periods are those of [monitoring] in the deployment file. Each has one checkpoint; those that were due \
        meanwhile are taken as well. `report --store` lists them.")]
    Checkpoint(CheckpointArguments),
    /// Keep the runs of past periods, so that a baseline outlives the scheduler's retention
    #[command(after_help = "Examples:\n  \
        jobdelta record --db \"$DATABASE_URL\" --store jobdelta.sqlite\n  \
        15 0 * * * jobdelta record --deployment deployment.toml --store jobdelta.sqlite --keep 90d\n\n\
        `report --store` uses them where the table no longer reaches.")]
    Record(RecordArguments),
    /// Sample connections, locks and a health endpoint, for measurements of later reports
    #[command(after_help = "Examples:\n  \
        * * * * * jobdelta sample --db \"$DATABASE_URL\" --store jobdelta.sqlite\n  \
        jobdelta sample --deployment deployment.toml --store jobdelta.sqlite --every 1m --for 6h\n\n\
        Each is a measurement of [[kpis]]: `built_in = \"pool_utilization\"`. `watch` with --store samples by itself where \
        the deployment file declares one.")]
    Sample(SampleArguments),
    /// Look again and again after a deployment until its targets and triggers are decided
    #[command(after_help = "Examples:\n  \
        jobdelta watch --at now --for 30m || ./rollback.sh\n  \
        jobdelta watch --every 6h --until 24h --store jobdelta.sqlite -o report.md\n\n\
        It ends early on a clear failure: a fact that later rows cannot undo, or a share that a test shows which may be \
        looked at at any time. The exit code is that of the decision, as of `check`; jobdelta runs no command itself. \
        With --until, a length from the start of the window after the change on, it takes the checkpoints of \
        `checkpoint` as they fall due.",
        mut_arg("until", |until| until.value_name("LENGTH").help(
            "Watch for this long from the start of the window after the change, such as 24h, and take checkpoints"
        )))]
    Watch(WatchArguments),
    /// List what is in the table: each job with its runs, usual duration, statuses and schedule
    #[command(after_help = "Examples:\n  \
        jobdelta jobs --db postgres://reader@db/app\n  \
        jobdelta jobs --window 30d --format csv > jobs.csv\n  \
        jobdelta jobs --audit")]
    Jobs(JobsArguments),
    /// Say what change a comparison with the last day as its baseline could show, job by job
    #[command(after_help = "Examples:\n  \
        jobdelta power --db postgres://reader@db/app\n  \
        jobdelta power --window 6h --change +10% --format json")]
    Power(PowerArguments),
    /// Serve the reports of a folder of deployment files as pages, and to programs
    #[command(after_help = "Examples:\n  \
        jobdelta serve --demo\n  \
        jobdelta serve --deployments /etc/jobdelta --token-file /etc/jobdelta/tokens --listen 0.0.0.0:7327")]
    Serve(ServeArguments),
    /// Look at a table or files and write a first deployment file
    #[command(
        after_help = "What it cannot decide is marked \"?\" in the file, and `jobdelta lint` names these lines.\n\n\
        Examples:\n  \
        jobdelta init --db sqlite://jobs.db\n  \
        jobdelta init --db \"$DATABASE_URL\" --table app.job_history --at 2026-02-01T21:37:00Z\n  \
        jobdelta init runs.csv"
    )]
    Init(InitArguments),
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
    /// Add runs from CSV or NDJSON files and from logs to `job_runs`
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
                | Self::Checkpoint(_)
                | Self::Record(_)
                | Self::Sample(_)
                | Self::Watch(_)
                | Self::Jobs(_)
                | Self::Power(_)
                | Self::Init(_)
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
            Self::Explain(_) | Self::Sql(_) | Self::Jobs(_) | Self::Power(_) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }
}
