//! What more runs would do, and where they could come from.

use crate::clock::{Span, Timestamp};
use crate::window::Side;

/// What more runs there could be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Whether runs keep coming in the stagger window; `None` when it has ended.
    pub coming: Option<Coming>,
    /// What the table holds from before the baseline.
    pub earlier: Earlier,
}

/// Runs keep coming.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coming {
    /// The instant of the snapshot.
    pub as_of: Timestamp,
    /// The observed length in which the stagger runs came.
    pub observed: Span,
}

/// What the table holds from before the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Earlier {
    /// Not known.
    #[default]
    Unknown,
    /// Nothing: the baseline begins where the table does.
    Nothing,
    /// Runs since this instant.
    Since(Timestamp),
}

/// Runs that would narrow an interval, or lift a window over a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurtherRuns {
    /// In the baseline.
    pub baseline: u64,
    /// In the stagger window.
    pub stagger: u64,
    /// In the stagger window if the baseline stays as it is; `None` when no number would do.
    pub stagger_alone: Option<u64>,
}

impl FurtherRuns {
    /// A side that needs `more` runs, the other none.
    pub(in crate::analysis) fn on(side: Side, more: u64) -> Self {
        match side {
            Side::Baseline => Self { baseline: more, stagger: 0, stagger_alone: None },
            Side::Stagger => Self { baseline: 0, stagger: more, stagger_alone: Some(more) },
        }
    }
}

/// The whole number not below `runs`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates; negative is 0
pub(in crate::analysis) fn ceiling(runs: f64) -> u64 {
    runs.ceil() as u64
}
