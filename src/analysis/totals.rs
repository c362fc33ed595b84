//! All jobs together in one window.

use super::adherence::Adherence;
use super::concurrency::{Burst, Concurrency};
use super::job::{JobWindow, WindowTotals};
use crate::observation::{JobObservations, WindowObservations};
use crate::window::Window;

/// The sums of the jobs' observations and of how they kept to their plans.
#[derive(Debug, Default)]
pub(super) struct Sums {
    seen: JobObservations,
    kept: Adherence,
    duplicates: Option<u64>,
    jobs: u64,
}

impl Sums {
    /// Adds a job.
    pub(super) fn add(&mut self, seen: Option<&JobObservations>, kept: &Adherence) {
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
        sum.durations.merge(&seen.durations);
        sum.slow_runs += seen.slow_runs;
        for (second, runs) in &seen.start_seconds {
            *sum.start_seconds.entry(*second).or_default() += runs;
        }
        sum.start_delays.early += seen.start_delays.early;
        sum.start_delays.table.merge(&seen.start_delays.table);
        sum.overlap.merge(&seen.overlap);
    }

    /// The totals of a window. Durations are described over all jobs; their table is left out.
    pub(super) fn totals(&self, observed: &WindowObservations, window: &Window) -> WindowTotals {
        let job = JobWindow {
            duration_table: None,
            // without any job nothing is duplicated; with dense schedules only, nothing can be said
            suspected_duplicates: if self.jobs == 0 { Some(0) } else { self.duplicates },
            ..JobWindow::of(&self.seen, &self.kept)
        };
        WindowTotals {
            job,
            concurrency: Concurrency::of(&observed.levels, window.observed_length()),
            start_burst: Burst::of(observed.start_burst),
        }
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
