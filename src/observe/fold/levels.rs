//! How many runs were in progress at once, for how long, and which jobs when it was most.

use super::intake::WindowRuns;
use super::steps::Steps;
use crate::clock::Timestamp;
use crate::observation::Levels;

/// The levels of one window.
pub(super) fn levels(names: &[String], window: &WindowRuns<'_>) -> Levels {
    let mut steps = Steps::default();
    for run in window.groups.iter().flat_map(|group| &group.runs) {
        if let Some(until_us) = run.occupied_until_us(window.in_flight_until_us) {
            steps.add(run.started_us, until_us, &window.window.observed);
        }
    }
    let mut time_at_level_us = vec![0];
    let mut peak_at_us = None;
    steps.visit(|level, from_us, until_us| {
        if level >= time_at_level_us.len() {
            time_at_level_us.resize(level + 1, 0);
            peak_at_us = Some(from_us);
        }
        time_at_level_us[level] += until_us - from_us;
    });
    // What is left of the observed time was spent at level 0.
    time_at_level_us[0] = window.window.observed_length().us() - time_at_level_us.iter().sum::<i64>();
    let jobs_at_peak = peak_at_us.map(|at_us| jobs_at(names, window, at_us)).unwrap_or_default();
    Levels { time_at_level_us, peak_at: peak_at_us.map(Timestamp), jobs_at_peak }
}

/// The jobs that occupy `at_us`, by name.
fn jobs_at(names: &[String], window: &WindowRuns<'_>, at_us: i64) -> Vec<String> {
    let occupies = |job: &super::Group| {
        // In the order of starts: what starts later cannot occupy.
        job.runs.iter().take_while(|run| run.started_us <= at_us).any(|run| {
            run.occupied_until_us(window.in_flight_until_us).is_some_and(|until_us| until_us > at_us)
        })
    };
    let pairs = names.iter().zip(&window.groups);
    let mut jobs: Vec<String> =
        pairs.filter(|(_, group)| occupies(group)).map(|(name, _)| name.clone()).collect();
    jobs.sort();
    jobs
}
