//! What both ways of observing count.

use super::read::CountedJobs;
use crate::observation::{Levels, StartBurst, Trend};
use crate::window::PerSide;

/// Everything that is counted over all runs of the windows.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) jobs: CountedJobs,
    pub(super) levels: PerSide<Levels>,
    pub(super) start_bursts: PerSide<Option<StartBurst>>,
    pub(super) trends: PerSide<Trend>,
}

impl Counted {
    /// Jobs alone: what there is of a stretch of which nothing else is asked.
    pub(super) fn of(jobs: CountedJobs) -> Self {
        Self {
            jobs,
            levels: PerSide::default(),
            start_bursts: PerSide::default(),
            trends: PerSide::default(),
        }
    }
}
