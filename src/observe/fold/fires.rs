//! In how many minutes a first attempt answered the schedule.

use super::run::PackedRun;
use crate::clock::MINUTE_US;
use crate::observation::FireCounts;

/// Counts first attempts and their minutes. The runs are in the order of their starts, so that equal minutes
/// follow each other.
pub(super) fn count(runs: &[PackedRun], offset_us: i64) -> FireCounts {
    let mut fires = FireCounts::default();
    let (mut minute, mut started_minute) = (None, None);
    for run in runs.iter().filter(|run| run.observed && run.first_attempt) {
        let own = Some((run.started_us - offset_us) / MINUTE_US);
        fires.first_attempts += 1;
        fires.distinct_minutes += u64::from(minute != own);
        minute = own;
        if !run.fate.is_skipped() {
            fires.started_first_attempts += 1;
            fires.started_distinct_minutes += u64::from(started_minute != own);
            started_minute = own;
        }
    }
    fires
}
