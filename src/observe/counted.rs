//! What both ways of observing count.

use super::read::CountedJobs;
use crate::observation::pictures::LevelsOverTime;
use crate::observation::{Levels, StartBurst, Trend};
use crate::window::PerSide;

/// Everything that is counted over all runs of the windows; what few runs have (messages, recorded
/// schedules) is always asked of the database.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) jobs: CountedJobs,
    pub(super) levels: PerSide<Levels>,
    /// The same over time.
    pub(super) levels_over_time: PerSide<LevelsOverTime>,
    /// The longest that any run occupied, µs, where it is known.
    pub(super) longest_us: Option<i64>,
    pub(super) start_bursts: PerSide<Option<StartBurst>>,
    pub(super) trends: PerSide<Trend>,
}
