//! Counting in the program: runs are taken in one by one and kept in a packed form per window and job;
//! each question then has a file that answers it from runs in the order of their starts.

mod burst;
mod dependence;
mod fires;
mod intake;
mod levels;
mod outcomes;
mod overlap;
mod run;
mod steps;
mod trend;

pub(super) use intake::{COLUMNS, Intake};

use super::counted::Counted;
use super::parameters::SHOWN_JOBS;
use super::read::CountedJobs;
use super::shown;
use crate::clock::SECOND_US;
use crate::observation::counting::CountingSettings;
use crate::observation::{JobObservations, Outcomes};
use crate::window::{PerSide, Side};
use intake::WindowRuns;
use run::Group;

/// Counts everything; `buckets` are the lengths of the trends' buckets in µs.
pub(super) fn count(intake: Intake<'_>, settings: &CountingSettings, buckets: &PerSide<i64>) -> Counted {
    let (names, mut windows) = intake.into_runs();
    let mut jobs = CountedJobs::default();
    for (side, window) in [(Side::Baseline, &mut windows.baseline), (Side::Stagger, &mut windows.stagger)] {
        window.sort();
        for (name, group) in names.iter().zip(&window.groups) {
            if let Some(job) = job(group, window, settings) {
                jobs.insert(side, name.clone(), job);
            }
        }
    }
    let observed = windows.as_ref().map(|window| window.window.observed_length());
    let shown = shown::jobs(&jobs, observed, SHOWN_JOBS);
    let PerSide { baseline, stagger } = &windows;
    let burst = |window: &WindowRuns<'_>| burst::largest(&window.groups, settings.burst_window.us());
    let (before, before_over_time) = levels::levels(&names, baseline);
    let (after, after_over_time) = levels::levels(&names, stagger);
    Counted {
        jobs,
        levels: PerSide { baseline: before, stagger: after },
        levels_over_time: PerSide { baseline: before_over_time, stagger: after_over_time },
        longest_us: None,
        start_bursts: PerSide { baseline: burst(baseline), stagger: burst(stagger) },
        trends: PerSide {
            baseline: trend::trend(&names, &baseline.groups, &shown, buckets.baseline),
            stagger: trend::trend(&names, &stagger.groups, &shown, buckets.stagger),
        },
    }
}

/// What was seen of one job in one window; `None` when no run of it touched the observed part.
fn job(group: &Group<'_>, window: &WindowRuns<'_>, settings: &CountingSettings) -> Option<JobObservations> {
    let overlap = overlap::overlap(&group.runs, window);
    let started = group.runs.iter().any(|run| run.observed);
    let without_start = group.startless.iter().any(|outcomes| *outcomes != Outcomes::default());
    if overlap.busy_us == 0 && !started && !without_start && group.answers.is_empty() {
        return None;
    }
    let mut job = JobObservations { overlap, start_delays: group.delays.clone(), ..Default::default() };
    let cycle_s = (settings.cycle.us() / SECOND_US).max(1);
    let middle_us = window.window.middle().us();
    for run in group.runs.iter().filter(|run| run.observed) {
        outcomes::add(&mut job, run, window.in_flight_until_us, settings);
        let half = &mut job.halves[usize::from(run.started_us >= middle_us)];
        outcomes::count(&mut half.outcomes, run.fate, run.attempt);
        if let Some(duration_us) = run.duration_us() {
            half.durations.add(duration_us);
        }
        if !run.fate.is_skipped() {
            let second = (run.started_us / SECOND_US).rem_euclid(cycle_s);
            // Fewer than 86,400: a cycle is a day at most.
            let second = u32::try_from(second).unwrap_or(u32::MAX);
            *job.start_seconds.entry(second).or_default() += 1;
            if run.attempt.is_retry() {
                *job.retry_seconds.entry(second).or_default() += 1;
            }
            if let Some(on_time) = group.is_on_time(run) {
                *half.on_time.get_or_insert(0) += u64::from(on_time);
            }
        }
    }
    for (half, startless) in job.halves.iter_mut().zip(&group.startless) {
        half.outcomes.merge(startless);
        job.outcomes.merge(&half.outcomes);
        job.durations.merge(&half.durations);
    }
    job.dependence = dependence::of(group);
    job.fires = group.offset_us.map(|_| fires::count(&group.answers));
    Some(job)
}
