//! How consecutive runs resemble each other: the sums of `queries/dependence.sql`.

use super::run::{Fate, Group, PackedRun};
use crate::observation::{Dependence, LagSums, cell_index, representative};

/// The series of a job's runs that started in the observed part; nothing is measured where there are none.
pub(super) fn of(group: &Group<'_>) -> Dependence {
    let mut started: Vec<(i64, i64, u8, &PackedRun)> = group
        .runs
        .iter()
        .filter(|run| run.observed && !run.fate.is_skipped())
        .map(|run| (run.started_us, end_us(run), rank(run.fate), run))
        .collect();
    started.sort_by_key(|(start, end, rank, _)| (*start, *end, *rank));
    let on_time = started.iter().filter_map(|(.., run)| group.is_on_time(run)).map(i64::from);
    let on_time: LagSums = on_time.collect();
    started.retain(|(.., run)| run.fate.is_decided());
    let series = |value: fn(Fate) -> bool| -> Option<LagSums> {
        Some(started.iter().map(|(.., run)| i64::from(value(run.fate))).collect())
            .filter(|sums: &LagSums| sums.n > 0)
    };
    let durations = started.iter().filter_map(|(.., run)| run.duration_us());
    let durations = durations.map(|duration_us| cell_index(representative(duration_us)));
    Dependence {
        durations: (!started.is_empty()).then(|| durations.collect()),
        completed: series(|fate| fate == Fate::Completed),
        failed: series(|fate| matches!(fate, Fate::Failed | Fate::TimedOut)),
        on_time: (on_time.n > 0).then_some(on_time),
    }
}

/// The place of an outcome among equal times: that of its word in the alphabet, as in the query.
fn rank(fate: Fate) -> u8 {
    match fate {
        Fate::Cancelled => 0,
        Fate::Completed => 1,
        Fate::Failed => 2,
        Fate::InFlight => 3,
        Fate::Orphaned => 4,
        Fate::Skipped(_) => 5,
        Fate::TimedOut => 6,
    }
}

/// The end, as it orders runs: none comes last, and that of a run that did not end is none.
fn end_us(run: &PackedRun) -> i64 {
    run.finished_us().filter(|_| run.fate.is_final()).unwrap_or(i64::MAX)
}
