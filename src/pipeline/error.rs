//! Why there is no report.

use std::path::PathBuf;

use crate::cancellation::Deadline;
use crate::clock::Span;
use crate::database::DatabaseError;
use crate::judgement::JudgementError;
use crate::observe::ObserveError;
use crate::report::baseline::BaselineError;
use crate::report::explanation::UnknownNumber;
use crate::settings::windows::WindowError;
use crate::source::load::ImportError;
use crate::source::mapping::MappingError;

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The files could not be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The table cannot be mapped.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The windows cannot be chosen.
    #[error(transparent)]
    Window(#[from] WindowError),
    /// The rows could not be observed.
    #[error(transparent)]
    Observe(#[from] ObserveError),
    /// An earlier report cannot be read.
    #[error("failed to read {}: {source}", .path.display())]
    EarlierReport {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// An earlier report cannot be the baseline.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// A target cannot be judged as written.
    #[error(transparent)]
    Judgement(#[from] JudgementError),
    /// A large table has no index for its windows.
    #[error(
        "{table} has about {rows} rows and no index that begins with {column}: each query would read all of it; \
         {index}, read a copy, or give --allow-full-scan"
    )]
    FullScan { table: String, rows: u64, column: String, index: String },
    /// Somebody asked for the end.
    #[error("cancelled; nothing was decided")]
    Cancelled,
    /// The time for the whole report is used up.
    #[error(
        "{step} went over the time limit of {limit} for the whole report; nothing was decided; narrow the windows, \
         or give more with --max-time"
    )]
    TimeLimit { step: &'static str, limit: Span },
    /// The thread that computes was lost.
    #[error("{step} failed: {source}")]
    Computation { step: &'static str, source: tokio::task::JoinError },
    /// The report has no such number.
    #[error(transparent)]
    Explanation(#[from] UnknownNumber),
}

impl PipelineError {
    pub(super) fn over_limit(step: &'static str, deadline: Deadline) -> Self {
        Self::TimeLimit { step, limit: deadline.limit() }
    }
}
