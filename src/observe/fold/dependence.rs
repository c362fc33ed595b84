//! How consecutive runs resemble each other: the sums of `queries/dependence.sql`.

use super::cells::cell_of;
use super::run::{Fate, Group, PackedRun};
use crate::clock::Timestamp;
use crate::observation::{Dependence, LagSums, OPENINGS, Opening, Openings};

/// The series of a job's runs that started in the observed part, in the order of start, end and outcome.
#[derive(Debug)]
pub(super) struct LagSeries {
    starts: u64,
    openings: [Opening; OPENINGS.len()],
    durations: LagSums,
    completed: LagSums,
    failed: LagSums,
    on_time: LagSums,
}

/// The series of a group, whose runs are in the order of their starts, and its first runs; nothing is measured where
/// there are none.
pub(super) fn of(group: &Group) -> (Dependence, Openings) {
    let mut series = LagSeries::default();
    let mut tied: Vec<&PackedRun> = Vec::new();
    for together in group.runs.chunk_by(|a, b| a.started_us == b.started_us) {
        match together {
            [run] => series.add(group, run),
            _ => {
                tied.extend(together);
                tied.sort_by_key(|run| (end_us(run), rank(run.fate())));
                tied.drain(..).for_each(|run| series.add(group, run));
            }
        }
    }
    let openings = (series.starts > 0).then(|| Box::new(series.openings));
    (series.dependence(), openings)
}

impl Default for LagSeries {
    fn default() -> Self {
        let none = LagSums::default();
        let openings = [Opening::NONE; OPENINGS.len()];
        Self { starts: 0, openings, durations: none, completed: none, failed: none, on_time: none }
    }
}

impl LagSeries {
    fn add(&mut self, group: &Group, run: &PackedRun) {
        if !run.is_start() {
            return;
        }
        self.starts += 1;
        let (cell, started) = (run.duration_us().map(cell_of), Timestamp(run.started_us));
        for (most, opening) in OPENINGS.iter().zip(&mut self.openings) {
            if self.starts <= *most {
                opening.add(started, cell);
            }
        }
        if let Some(on_time) = group.is_on_time(run) {
            self.on_time.add(i64::from(on_time));
        }
        let fate = run.fate();
        if fate.is_decided() {
            self.completed.add(i64::from(fate == Fate::Completed));
            self.failed.add(i64::from(matches!(fate, Fate::Failed | Fate::TimedOut)));
            if let Some(cell) = cell {
                self.durations.add(cell);
            }
        }
    }

    fn dependence(self) -> Dependence {
        let measured = |sums: LagSums| Some(sums).filter(|sums| sums.n > 0);
        Dependence {
            durations: (self.completed.n > 0).then_some(self.durations),
            completed: measured(self.completed),
            failed: measured(self.failed),
            on_time: measured(self.on_time),
        }
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
    run.finished_us().filter(|_| run.fate().is_final()).unwrap_or(i64::MAX)
}
