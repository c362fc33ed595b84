//! All jobs together in one window.

use crate::analysis::figures::concurrency::{Burst, Concurrency};
use crate::analysis::figures::window::Adherence;
use crate::analysis::figures::window::{JobWindow, WindowTotals};
use crate::observation::{
    DurationTable, JobObservations, StartDelays, WindowObservations, add_seconds, cell_index,
};
use crate::window::Window;

/// The sums of the jobs' observations and of how they kept to their plans.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Sums {
    seen: JobObservations,
    durations: SummedTable,
    delays: SummedTable,
    kept: Adherence,
    duplicates: Option<u64>,
    jobs: u64,
}

impl Sums {
    pub(in crate::analysis) fn add(&mut self, seen: Option<&JobObservations>, kept: &Adherence) {
        self.jobs += 1;
        if let Some(seen) = seen {
            self.add_seen(seen);
        }
        let punctual = |a: (u64, u64), b: (u64, u64)| (a.0 + b.0, a.1 + b.1);
        self.kept.on_time = join(self.kept.on_time, kept.on_time, punctual);
        let add = |a: u64, b: u64| a + b;
        self.kept.expected = join(self.kept.expected, kept.expected, add);
        self.kept.missed = join(self.kept.missed, kept.missed, add);
        self.kept.extra = join(self.kept.extra, kept.extra, add);
        let duplicates = (!kept.dense).then(|| seen.map_or(0, |seen| seen.overlap.suspected_duplicates));
        self.duplicates = join(self.duplicates, duplicates, add);
    }

    /// What a total is made of; recorded schedules and first and last starts are the jobs' own.
    fn add_seen(&mut self, seen: &JobObservations) {
        let sum = &mut self.seen;
        sum.outcomes.merge(&seen.outcomes);
        self.durations.add(&seen.durations);
        sum.slow_runs += seen.slow_runs;
        add_seconds(&mut sum.start_seconds, &seen.start_seconds);
        sum.start_delays.early += seen.start_delays.early;
        self.delays.add(&seen.start_delays.table);
        sum.overlap.merge(&seen.overlap);
    }

    /// The totals of a window. Durations are described over all jobs; their table is left out.
    pub(in crate::analysis) fn totals(&self, observed: &WindowObservations, window: &Window) -> WindowTotals {
        let delays = StartDelays { table: self.delays.table(), ..self.seen.start_delays.clone() };
        let seen =
            JobObservations { durations: self.durations.table(), start_delays: delays, ..self.seen.clone() };
        let job = JobWindow {
            duration_table: None,
            // without any job nothing is duplicated; with dense schedules only, nothing can be said
            suspected_duplicates: if self.jobs == 0 { Some(0) } else { self.duplicates },
            ..JobWindow::of(&seen, &self.kept)
        };
        WindowTotals {
            job,
            concurrency: Concurrency::of(&observed.levels, window.observed_length()),
            start_burst: Burst::of(observed.start_burst),
        }
    }
}

/// The tables of many jobs added up, by the number of the cell: to look for each cell of each job in a
/// tree would take longer than to compare the jobs.
#[derive(Debug, Default)]
struct SummedTable {
    /// Runs and representative of each cell, by its number.
    cells: Vec<(u64, i64)>,
    sum: i128,
    range: Option<(i64, i64)>,
}

impl SummedTable {
    fn add(&mut self, table: &DurationTable) {
        let Some(&(last, _)) = table.cells.last() else { return };
        let place = |representative: i64| usize::try_from(cell_index(representative)).unwrap_or(0);
        self.cells.resize(self.cells.len().max(place(last) + 1), (0, 0));
        for &(representative, runs) in &table.cells {
            let cell = &mut self.cells[place(representative)];
            *cell = (cell.0 + runs, representative);
        }
        self.sum += table.sum;
        let (min, max) = self.range.unwrap_or((table.min, table.max));
        self.range = Some((min.min(table.min), max.max(table.max)));
    }

    fn table(&self) -> DurationTable {
        let (min, max) = self.range.unwrap_or_default();
        let cells = self.cells.iter().filter(|(runs, _)| *runs > 0);
        DurationTable { cells: cells.map(|&(runs, cell)| (cell, runs)).collect(), sum: self.sum, min, max }
    }
}

/// The sum of what is there; absent when neither is.
fn join<T>(a: Option<T>, b: Option<T>, add: impl Fn(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(add(a, b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_add_up_as_they_do_cell_by_cell() {
        let mut tables = vec![DurationTable::default(); 3];
        for (nth, duration) in
            [0, 7, 999, 1_000, 1_004, 34_460, 5_000_000, 86_400_000_000].into_iter().enumerate()
        {
            tables[nth % 2].add(duration);
            tables[1].add(duration + 1);
        }
        let (mut summed, mut merged) = (SummedTable::default(), DurationTable::default());
        assert_eq!(summed.table(), merged);
        for table in &tables {
            summed.add(table);
            merged.merge(table);
        }
        assert_eq!(summed.table(), merged);
    }

    #[test]
    fn what_no_job_has_is_absent_and_what_some_have_is_their_sum() {
        let mut sums = Sums::default();
        sums.add(None, &Adherence::default());
        assert_eq!(sums.kept.expected, None);
        let planned = Adherence {
            on_time: Some((1, 2)),
            expected: Some(12),
            missed: Some(10),
            extra: Some(0),
            dense: true,
        };
        sums.add(None, &planned);
        sums.add(None, &planned);
        assert_eq!((sums.kept.expected, sums.kept.missed), (Some(24), Some(20)));
        assert_eq!(sums.kept.on_time, Some((2, 4)));
        assert_eq!(sums.duplicates, Some(0)); // of the first job; the others are too dense to tell
    }
}
