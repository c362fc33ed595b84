//! How many runs started within one clock-aligned burst window, at most, and when first.

use super::run::Group;
use crate::clock::Timestamp;
use crate::observation::StartBurst;

/// The largest burst of one window, the earliest of equal ones; `None` when nothing started.
pub(super) fn largest(groups: &[Group<'_>], burst_window_us: i64) -> Option<StartBurst> {
    let started =
        groups.iter().flat_map(|group| &group.runs).filter(|run| run.observed && !run.fate.is_skipped());
    let mut bursts: Vec<i64> = started.map(|run| run.started_us / burst_window_us).collect();
    bursts.sort_unstable();
    let mut largest: Option<StartBurst> = None;
    for burst in bursts.chunk_by(|a, b| a == b) {
        let runs = burst.len() as u64;
        if largest.is_none_or(|known| runs > known.runs) {
            largest = Some(StartBurst { runs, at: Timestamp(burst[0] * burst_window_us) });
        }
    }
    largest
}
