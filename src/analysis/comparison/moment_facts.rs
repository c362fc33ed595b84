//! When a change came, for readers.

use serde::{Deserialize, Serialize};

use crate::analysis::statistics::change_point::Onset;
use crate::clock::Timestamp;

/// When a change that is shown came, if it came at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MomentFacts {
    /// The earliest and the latest moment that explain the runs nearly as well as the best does: a 95 % interval.
    pub from: Timestamp,
    pub until: Timestamp,
    /// From the change between the windows to that interval: negative where it came before, 0 where it came with it.
    pub apart_s: i64,
    pub onset: Onset,
    /// Whether the interval is short beside the windows.
    pub is_placed: bool,
}

impl MomentFacts {
    /// Whether it came at a moment other than the change between the windows.
    pub const fn is_elsewhere(&self) -> bool {
        matches!(self.onset, Onset::Step) && self.apart_s != 0
    }

    /// Whether it came at a moment that can be told.
    pub const fn is_at_once(&self) -> bool {
        matches!(self.onset, Onset::Step) && (self.is_placed || self.apart_s != 0)
    }
}
