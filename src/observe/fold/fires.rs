//! In how many minutes a first attempt answered the schedule.

use crate::clock::MINUTE_US;
use crate::observation::FireCounts;

/// The minute of a fire that a first attempt answered, and whether it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Answer {
    minute: i32,
    started: bool,
}

impl Answer {
    /// Of the fire at `fire_us`, less the job's offset.
    pub(super) fn new(fire_us: i64, started: bool) -> Self {
        Self { minute: i32::try_from(fire_us / MINUTE_US).unwrap_or(i32::MAX), started }
    }
}

/// Counts first attempts and their minutes.
pub(super) fn count(answers: &[Answer]) -> FireCounts {
    let minutes = |answers: &mut dyn Iterator<Item = &Answer>| {
        let mut minutes: Vec<i32> = answers.map(|answer| answer.minute).collect();
        let first_attempts = minutes.len() as u64;
        minutes.sort_unstable();
        minutes.dedup();
        (first_attempts, minutes.len() as u64)
    };
    let (first_attempts, distinct_minutes) = minutes(&mut answers.iter());
    let started = &mut answers.iter().filter(|answer| answer.started);
    let (started_first_attempts, started_distinct_minutes) = minutes(started);
    FireCounts { first_attempts, distinct_minutes, started_first_attempts, started_distinct_minutes }
}
