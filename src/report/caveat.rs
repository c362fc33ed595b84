//! What limits the statements of a report.

use serde::{Deserialize, Serialize};

use crate::window::Side;

/// A limit on what the report can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caveat {
    /// A stable word for programs.
    pub code: String,
    /// In words.
    pub message: String,
    /// The window that it touches.
    pub window: Option<Side>,
    /// The job that it touches.
    pub job: Option<String>,
    /// Runs that it touches.
    pub runs: Option<u64>,
}
