//! How a target or trigger stands at a look.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterimVerdict {
    /// What was hoped for is shown.
    Passed,
    /// A target is missed, or a trigger fired, and later rows will not change it.
    Failed,
    /// Later rows may decide it.
    Waiting,
    /// The rows cannot decide it.
    NotDecidable,
}

impl InterimVerdict {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Waiting => "waiting for evidence",
            Self::NotDecidable => "not decidable",
        }
    }
}
