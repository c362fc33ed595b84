//! Counting in the program: runs are taken in one by one and kept in a packed form per window and job;
//! each question then has a file that answers it from runs in the order of their starts.

mod burst;
mod cells;
mod columns;
mod dependence;
mod failures;
mod fires;
mod intake;
mod job;
mod levels;
mod names;
mod out_of_scope;
mod outcomes;
mod outline;
mod overlap;
mod places;
mod recorded;
mod run;
mod steps;
mod trend;
mod words;

use std::collections::BTreeMap;

pub(super) use columns::Places;
pub(super) use intake::{Intake, IntakeRules};
pub(super) use outline::outlines;

use super::counted::Counted;
use super::parameters::SHOWN_JOBS;
use super::read::{CountedJobs, StatusWord};
use super::shown;
use crate::observation::counting::CountingSettings;
use crate::observation::pictures::ObservedPictures;
use crate::observation::{FailureText, JobObservations};
use crate::window::{PerSide, Side};
use intake::{TakenIn, WindowRuns};
use levels::Together;

/// What one stream of rows shows.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) counted: Counted,
    pub(super) words: Vec<StatusWord>,
    /// Rows of jobs outside the scope.
    pub(super) out_of_scope: PerSide<BTreeMap<String, u64>>,
    pub(super) failures: PerSide<Vec<FailureText>>,
    pub(super) pictures: ObservedPictures,
}

/// Counts everything; `buckets` are the lengths of the trends' buckets in µs.
pub(super) fn count(intake: Intake, settings: &CountingSettings, buckets: &PerSide<i64>) -> Folded {
    let TakenIn { names, words, out_of_scope, mut windows } = intake.into_taken_in();
    let PerSide { baseline, stagger } = &mut windows;
    let (before, after) = std::thread::scope(|scope| {
        let before = scope.spawn(|| OfWindow::count(&names, baseline, settings));
        let after = OfWindow::count(&names, stagger, settings);
        // A panic goes on where it would have been without a thread.
        (before.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), after)
    });
    let mut jobs = CountedJobs::default();
    for (side, of_window) in [(Side::Baseline, before.jobs), (Side::Stagger, after.jobs)] {
        for (name, job) in of_window {
            jobs.insert(side, name, job);
        }
    }
    let observed = windows.as_ref().map(|window| window.window.observed_length());
    let shown = shown::jobs(&jobs, observed, SHOWN_JOBS);
    let trend = |side: Side| trend::trend(&names, &windows.get(side).groups, &shown, *buckets.get(side));
    let (before_together, after_together) = (before.together, after.together);
    Folded {
        words,
        out_of_scope: out_of_scope.by_name(&names),
        failures: PerSide { baseline: before.failures, stagger: after.failures },
        pictures: ObservedPictures {
            levels: PerSide {
                baseline: before_together.levels_over_time,
                stagger: after_together.levels_over_time,
            },
            busiest_minute: PerSide {
                baseline: before_together.busiest_minute,
                stagger: after_together.busiest_minute,
            },
        },
        counted: Counted {
            jobs,
            levels: PerSide { baseline: before_together.levels, stagger: after_together.levels },
            start_bursts: PerSide {
                baseline: before_together.start_burst,
                stagger: after_together.start_burst,
            },
            trends: PerSide { baseline: trend(Side::Baseline), stagger: trend(Side::Stagger) },
        },
    }
}

/// What one window shows.
struct OfWindow {
    jobs: Vec<(String, JobObservations)>,
    failures: Vec<FailureText>,
    together: Together,
}

impl OfWindow {
    fn count(names: &[String], window: &mut WindowRuns, settings: &CountingSettings) -> Self {
        let in_flight_until_us = window.in_flight_until_us;
        window.groups.iter_mut().for_each(|group| group.sort(in_flight_until_us));
        let recorded: Vec<_> = window.groups.iter_mut().map(|group| group.recorded.take()).collect();
        let mut counter = job::Counter::new(window, settings);
        let mut jobs = Vec::new();
        for ((name, group), schedules) in names.iter().zip(&window.groups).zip(recorded) {
            if let Some(job) = counter.job(group) {
                jobs.push((name.clone(), JobObservations { schedules, ..job }));
            }
        }
        let failures = failures::kept(names.iter().zip(window.groups.iter().map(|group| &group.failures)));
        Self { jobs, failures, together: levels::together(names, window, settings.burst_window.us()) }
    }
}
