//! Why there is no report.

use std::path::PathBuf;

use super::draft_error::DraftError;
use crate::cancellation::Deadline;
use crate::clock::Span;
use crate::database::DatabaseError;
use crate::judgement::JudgementError;
use crate::measure::MeasureError;
use crate::observe::ObserveError;
use crate::report::baseline::BaselineError;
use crate::report::explanation::UnknownNumber;
use crate::settings::windows::WindowError;
use crate::source::files::FileError;
use crate::source::mapping::MappingError;
use crate::store::StoreError;
use crate::window::{Period, Side};

#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Files(#[from] FileError),
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error(transparent)]
    Window(#[from] WindowError),
    #[error(transparent)]
    Observe(#[from] ObserveError),
    #[error("failed to read {}: {source}", .path.display())]
    EarlierReport {
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Measure(#[from] MeasureError),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error(transparent)]
    Judgement(#[from] JudgementError),
    #[error(
        "{table} has about {rows} rows and no index that begins with {column}: each query would read all of it; \
         {index}, read a copy, or give --allow-full-scan"
    )]
    FullScan { table: String, rows: u64, column: String, index: String },
    #[error(
        "the window after the change has no fixed start, so that every checkpoint would be of another deployment; \
         give --at as an instant, or [windows] in the deployment file"
    )]
    MovingStart,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "files of runs are not recorded, since they are what is kept already; `jobdelta import` adds them to a \
         database"
    )]
    RecordedFiles,
    #[error(
        "nothing is known of the {} window: its runs were not recorded from {} to {}, and the table no longer holds \
         them; choose other windows", .side.name(), .gap.start, .gap.end
    )]
    NotRecorded { side: Side, gap: Period },
    #[error("cancelled; nothing was decided")]
    Cancelled,
    #[error(
        "{step} went over the time limit of {limit} for the whole report; nothing was decided; narrow the windows, \
         or give more with --max-time"
    )]
    TimeLimit { step: &'static str, limit: Span },
    #[error("{step} failed: {source}")]
    Computation { step: &'static str, source: tokio::task::JoinError },
    #[error("{environment}: {source}")]
    Environment { environment: String, source: Box<PipelineError> },
    #[error(
        "--phases needs two environments or more: write [environments.staging] and [environments.production] into the \
         deployment file"
    )]
    FewEnvironments,
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Explanation(#[from] UnknownNumber),
}

/// Who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Whoever asked, or wrote the deployment file.
    Question,
    /// Whoever looks after the source.
    Source,
    TimeLimit,
    Cancelled,
    Program,
}

impl PipelineError {
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::Environment { source, .. } => source.kind(),
            Self::Database(error)
            | Self::Observe(ObserveError::Database(error))
            | Self::Measure(MeasureError::Database { source: error, .. })
            | Self::Mapping(MappingError::Database(error))
            | Self::Store(StoreError::Database(error))
            | Self::Files(FileError::Database(error)) => match error {
                DatabaseError::TimeLimit { .. } => FailureKind::TimeLimit,
                DatabaseError::Cancelled { .. } => FailureKind::Cancelled,
                _ => FailureKind::Source,
            },
            Self::Files(_) | Self::Store(_) => FailureKind::Source,
            Self::TimeLimit { .. } => FailureKind::TimeLimit,
            Self::Cancelled | Self::Measure(MeasureError::Cancelled) => FailureKind::Cancelled,
            Self::EarlierReport { .. } | Self::Computation { .. } | Self::Explanation(_) => {
                FailureKind::Program
            }
            Self::Mapping(_)
            | Self::Window(_)
            | Self::Observe(_)
            | Self::Measure(_)
            | Self::Baseline(_)
            | Self::Judgement(_)
            | Self::Draft(_)
            | Self::FewEnvironments
            | Self::MovingStart
            | Self::RecordedFiles
            | Self::NotRecorded { .. }
            | Self::FullScan { .. } => FailureKind::Question,
        }
    }

    /// Whether jobdelta's own file is at fault, and not the source.
    pub fn is_of_the_store(&self) -> bool {
        match self {
            Self::Store(StoreError::Database(error)) => error.is_of_own_file(),
            Self::Store(_) => true,
            _ => false,
        }
    }

    pub(super) fn over_limit(step: &'static str, deadline: Deadline) -> Self {
        Self::TimeLimit { step, limit: deadline.limit() }
    }
}
