//! How consecutive runs resemble each other: the sums of `queries/dependence.sql`.

use super::run::{Fate, PackedRun};
use crate::observation::{Dependence, LagSums, cell_index, representative};

/// The series of a job's runs that started in the observed part; nothing is measured where none has a
/// known outcome.
pub(super) fn of(runs: &[PackedRun]) -> Dependence {
    let mut known: Vec<(i64, i64, u8, &PackedRun)> = runs
        .iter()
        .filter(|run| run.observed)
        .filter_map(|run| Some((run.started_us, end_us(run), rank(run.fate)?, run)))
        .collect();
    if known.is_empty() {
        return Dependence::default();
    }
    known.sort_by_key(|(start, end, rank, _)| (*start, *end, *rank));
    let series = |value: fn(Fate) -> bool| -> Option<LagSums> {
        Some(known.iter().map(|(.., run)| i64::from(value(run.fate))).collect())
    };
    let durations = known.iter().filter_map(|(.., run)| run.duration_us());
    Dependence {
        durations: Some(durations.map(|duration_us| cell_index(representative(duration_us))).collect()),
        completed: series(|fate| fate == Fate::Completed),
        failed: series(|fate| matches!(fate, Fate::Failed | Fate::TimedOut)),
        on_time: None,
    }
}

/// The place of a known outcome among equal times: that of its word in the alphabet, as in the query.
fn rank(fate: Fate) -> Option<u8> {
    match fate {
        Fate::Completed => Some(0),
        Fate::Failed => Some(1),
        Fate::Orphaned => Some(2),
        Fate::TimedOut => Some(3),
        Fate::Cancelled | Fate::InFlight | Fate::Skipped(_) => None,
    }
}

/// The end, as it orders runs: none comes last, and that of a run still running is none.
fn end_us(run: &PackedRun) -> i64 {
    run.finished_us().filter(|_| run.fate != Fate::Orphaned).unwrap_or(i64::MAX)
}
