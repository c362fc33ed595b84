//! What both ways of observing count.

use super::read::Jobs;
use crate::observation::{Levels, StartBurst, Trend};
use crate::window::PerSide;

/// Jobs that get a trend of their own.
pub const SHOWN_JOBS: usize = 12;

/// Everything that is counted over all runs of the windows; what few runs bear (messages, recorded
/// schedules) is always asked of the database.
#[derive(Debug)]
pub struct Counted {
    pub jobs: Jobs,
    pub levels: PerSide<Levels>,
    pub start_bursts: PerSide<Option<StartBurst>>,
    pub trends: PerSide<Trend>,
}
