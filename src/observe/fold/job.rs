//! What was seen of one job in one window.

use super::cells::CellCounts;
use super::intake::WindowRuns;
use super::places::PlaceCounts;
use super::run::{Group, PackedRun};
use super::{dependence, fires, outcomes, overlap};
use crate::clock::SECOND_US;
use crate::observation::counting::CountingSettings;
use crate::observation::{JobObservations, StartDelays};

/// Counts one job after the other, in lists that serve all of them.
pub(super) struct Counter<'a> {
    window: &'a WindowRuns,
    settings: &'a CountingSettings,
    cycle_s: i64,
    middle_us: i64,
    durations: [CellCounts; 2],
    seconds: PlaceCounts,
    retry_seconds: PlaceCounts,
}

impl<'a> Counter<'a> {
    pub(super) fn new(window: &'a WindowRuns, settings: &'a CountingSettings) -> Self {
        Self {
            window,
            settings,
            cycle_s: (settings.cycle.us() / SECOND_US).max(1),
            middle_us: window.window.middle().us(),
            durations: Default::default(),
            seconds: PlaceCounts::default(),
            retry_seconds: PlaceCounts::default(),
        }
    }

    /// `None` when no run of the job touched the observed part.
    pub(super) fn job(&mut self, group: &Group) -> Option<JobObservations> {
        let overlap = overlap::overlap(&group.runs, self.window);
        let started = group.runs.iter().any(PackedRun::observed);
        if overlap.busy_us == 0 && !started && group.startless.is_empty() && group.answers.is_empty() {
            return None;
        }
        let start_delays = StartDelays { early: group.early, table: group.delays.table() };
        let mut job = JobObservations { start_delays, overlap, ..Default::default() };
        for run in group.runs.iter().filter(|run| run.observed()) {
            self.add(&mut job, group, run);
        }
        for (half, durations) in job.halves.iter_mut().zip(&mut self.durations) {
            half.durations = durations.take();
        }
        for row in &group.startless {
            let half = &mut job.halves[usize::from(row.started_us >= self.middle_us)];
            outcomes::count_startless(&mut half.outcomes, row.fate(), row.attempt());
        }
        for half in &job.halves {
            job.outcomes.merge(&half.outcomes);
            job.durations.merge(&half.durations);
        }
        job.start_seconds = self.seconds.take();
        job.retry_seconds = self.retry_seconds.take();
        (job.dependence, job.openings) = dependence::of(group);
        job.fires = group.offset_us.map(|_| fires::count(&group.answers));
        Some(job)
    }

    fn add(&mut self, job: &mut JobObservations, group: &Group, run: &PackedRun) {
        let WindowRuns { window, in_flight_until_us, .. } = self.window;
        outcomes::add(job, run, *in_flight_until_us, &window.excluded, self.settings);
        let number = usize::from(run.started_us >= self.middle_us);
        let half = &mut job.halves[number];
        outcomes::count(&mut half.outcomes, run.fate(), run.attempt());
        if let Some(duration_us) = run.duration_us() {
            self.durations[number].add(duration_us);
        }
        if run.fate().is_skipped() {
            return;
        }
        let second = (run.started_us / SECOND_US).rem_euclid(self.cycle_s);
        // Fewer than 86,400: a cycle is a day at most.
        let second = u32::try_from(second).unwrap_or(0);
        self.seconds.add(second);
        if run.attempt().is_retry() {
            self.retry_seconds.add(second);
        }
        if let Some(on_time) = group.is_on_time(run) {
            *half.on_time.get_or_insert(0) += u64::from(on_time);
        }
    }
}
