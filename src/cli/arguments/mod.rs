//! The command line as people type it. Nothing is interpreted here.

mod checkpoint;
mod command;
mod import;
mod init;
mod jobs;
mod lists;
mod power;
mod record;
mod report;
mod rows;
mod sample;
mod send;
mod serve;
mod shared;
mod sql;
mod watch;

pub(super) use self::checkpoint::CheckpointArguments;
pub(super) use self::command::STANDARD_OUTPUT;
pub use self::command::{Cli, Command};
pub(super) use self::import::{DemoArguments, ImportArguments, LogFormatArgument, MigrateArguments};
pub(super) use self::init::InitArguments;
pub(super) use self::jobs::{InventoryFormatArgument, JobsArguments};
pub(super) use self::lists::{
    CompletionsArguments, ListFormat, ManArguments, MetricsArguments, SourcesArguments, TemplatesArguments,
    TemplatesCommand,
};
pub(super) use self::power::PowerArguments;
pub(super) use self::record::RecordArguments;
pub(super) use self::report::{CheckArguments, ExplainArguments, ReportArguments};
pub(super) use self::rows::{AnalysisArguments, ExecutionArgument, RowsArguments, ScopeArgument};
pub(super) use self::sample::SampleArguments;
pub(super) use self::send::SendArguments;
pub(super) use self::serve::{LogArgument, ServeArguments};
pub(super) use self::shared::{DatabaseArgument, SourceArguments};
pub(super) use self::sql::{DialectArgument, DoctorArguments, LintArguments, SqlArguments};
pub(super) use self::watch::WatchArguments;
