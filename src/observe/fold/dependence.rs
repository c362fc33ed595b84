//! How much consecutive runs of a job resemble each other.

use super::run::{Fate, PackedRun};
use crate::observation::{Dependence, LagSums, cell_index, representative};

/// The series of one job, whose runs are in the order of their starts; absent without a known outcome.
pub(super) fn dependence(runs: &[PackedRun]) -> Dependence {
    let place = |run: &PackedRun| Some((run.finished_us().unwrap_or(i64::MAX), rank(run.fate)?));
    let decided = runs.iter().filter(|run| run.observed).filter_map(|run| Some((run, place(run)?)));
    let mut decided: Vec<(&PackedRun, (i64, u8))> = decided.collect();
    if decided.is_empty() {
        return Dependence::default();
    }
    // Of runs that start together the one that ends first comes first, whatever it occupies.
    for together in decided.chunk_by_mut(|a, b| a.0.started_us == b.0.started_us) {
        together.sort_by_key(|(_, place)| *place);
    }
    let fates = || decided.iter().map(|(run, _)| run.fate);
    let durations: LagSums = decided
        .iter()
        .filter_map(|(run, _)| run.duration_us())
        .map(|duration_us| cell_index(representative(duration_us)))
        .collect();
    Dependence {
        durations: Some(durations),
        completed: Some(fates().map(|fate| i64::from(fate == Fate::Completed)).collect()),
        failed: Some(fates().map(|fate| i64::from(matches!(fate, Fate::Failed | Fate::TimedOut))).collect()),
        on_time: None,
    }
}

/// The place of a known outcome in the alphabet, which decides last; `None` for other outcomes.
fn rank(fate: Fate) -> Option<u8> {
    match fate {
        Fate::Completed => Some(0),
        Fate::Failed => Some(1),
        Fate::Orphaned => Some(2),
        Fate::TimedOut => Some(3),
        Fate::Cancelled | Fate::InFlight | Fate::Skipped(_) => None,
    }
}
