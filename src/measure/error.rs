//! Why a measurement cannot be read: what has to be put right in the deployment file.

use std::path::PathBuf;

use crate::database::DatabaseError;
use crate::source::import::ReadError;

#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    #[error("measurement '{kpi}': {source}")]
    Database { kpi: String, source: DatabaseError },
    #[error("measurement '{kpi}' has no query for {database}")]
    NoQuery { kpi: String, database: &'static str },
    #[error("measurement '{kpi}': its query returns no column '{column}'; it returns {columns}")]
    NoQueryColumn { kpi: String, column: &'static str, columns: String },
    #[error("measurement '{kpi}': the column 'at' of its query is of type {type_name}: {advice}")]
    NotATime { kpi: String, type_name: String, advice: &'static str },
    #[error(
        "measurement '{kpi}': the column 'value' of its query is of type {type_name}; return a number, such as \
         CAST(… AS DECIMAL(20, 6)), or for a length of time its seconds"
    )]
    NotANumber { kpi: String, type_name: String },
    #[error("measurement '{kpi}' has more than {limit} samples in one window; {advice}")]
    TooMany { kpi: String, limit: u64, advice: &'static str },
    #[error("measurement '{kpi}': {source}")]
    File { kpi: String, source: ReadError },
    #[error(
        "measurement '{kpi}': {} has no column '{column}'{hint}; name it by columns = {{ at = \"…\", value = \"…\" }}",
        .path.display()
    )]
    NoFileColumn { kpi: String, path: PathBuf, column: String, hint: String },
    #[error("measurement '{kpi}': row {row} of {}: {reason}", .path.display())]
    Row { kpi: String, path: PathBuf, row: u64, reason: String },
    #[error("measurement '{kpi}': Prometheus {reason}")]
    Refused { kpi: String, reason: String },
    #[error("cancelled; nothing was decided")]
    Cancelled,
}
