//! The schedule that a job's starts suggest.
//!
//! Tried are every whole period that divides a day, fixed minutes of the hour, fixed times of the day, and
//! weekdays. A schedule is found when its fires explain most starts and most of its fires have a start. What
//! fits none of them may still come at steady distances.

mod candidates;
mod fit;
mod rule;
mod starts;

use chrono_tz::Tz;

pub use self::fit::ScheduleFit;
pub use self::rule::{CronRule, Rule, Weekdays};
use self::starts::LocalStarts;
use crate::clock::Timestamp;

/// Starts from which a schedule can be told.
const LEAST_STARTS: usize = 6;

/// A schedule that was inferred, and how well it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferredSchedule {
    pub rule: Rule,
    /// The zone of the rule's times of day.
    pub time_zone: Tz,
    pub fit: ScheduleFit,
}

/// The schedule that `starts` (in any order) suggest, its times of day in `zone`; `None` when nothing fits.
pub fn infer(starts: &[Timestamp], zone: Tz) -> Option<InferredSchedule> {
    let starts = LocalStarts::of(starts, zone);
    if starts.count() < LEAST_STARTS {
        return None;
    }
    let (rule, fit) = candidates::best(&starts)?;
    Some(InferredSchedule { rule, time_zone: zone, fit })
}

#[cfg(test)]
mod tests;
