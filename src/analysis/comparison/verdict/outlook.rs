//! What more runs would do, and where they could come from.

use crate::analysis::comparison::verdict::Evidence;
use crate::clock::{Span, Timestamp};
use crate::window::Side;

/// Beyond this multiple of the runs at hand no number of further runs is named.
const FAR: f64 = 50.0;

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

/// Runs that would narrow an interval, or lift a side over a threshold.
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

/// The runs that would narrow the interval to the margin, `n ((w / m)² − 1)` a side with `w` its half
/// width; where it is as narrow already, to the distance of the estimate from the margin. `None` where
/// that is more than fifty times the runs at hand.
pub(super) fn further_runs(evidence: &Evidence) -> Option<FurtherRuns> {
    let half_width = evidence.interval.half_width();
    let aim = if half_width > evidence.margin {
        evidence.margin
    } else {
        (evidence.estimate.abs() - evidence.margin).abs()
    };
    let growth = (half_width / aim).powi(2) - 1.0;
    if !growth.is_finite() || growth <= 0.0 || growth > FAR {
        return None;
    }
    let (before, after) = (evidence.runs.baseline as f64, evidence.runs.stagger as f64);
    let inverse = (1.0 / before + 1.0 / after) / (growth + 1.0) - 1.0 / before;
    let alone = (inverse > 0.0).then(|| 1.0 / inverse - after).filter(|more| *more <= FAR * after);
    Some(FurtherRuns {
        baseline: ceiling(before * growth),
        stagger: ceiling(after * growth),
        stagger_alone: alone.map(ceiling),
    })
}

/// The whole number not below `runs`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates; negative is 0
pub(in crate::analysis) fn ceiling(runs: f64) -> u64 {
    runs.ceil() as u64
}
