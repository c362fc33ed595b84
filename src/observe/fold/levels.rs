//! How many runs were in progress at once, for how long, and which jobs when it was most.

use std::collections::BTreeMap;

use super::intake::WindowRuns;
use super::steps::Steps;
use crate::clock::Timestamp;
use crate::observation::Levels;
use crate::observation::pictures::{LevelsOverTime, level_bucket};
use crate::window::Window;

/// The levels of one window, and the same over time.
pub(super) fn levels(names: &[String], window: &WindowRuns<'_>) -> (Levels, LevelsOverTime) {
    let mut steps = Steps::default();
    for run in window.groups.iter().flat_map(|group| &group.runs) {
        if let Some(until_us) = run.occupied_until_us(window.in_flight_until_us) {
            steps.add(run.started_us, until_us, &window.window.observed);
        }
    }
    let mut time_at_level_us = vec![0];
    let mut peak_at_us = None;
    let mut buckets = Buckets::of(window.window);
    steps.visit(|level, from_us, until_us| {
        buckets.add(level, from_us, until_us);
        if level >= time_at_level_us.len() {
            time_at_level_us.resize(level + 1, 0);
            peak_at_us = Some(from_us);
        }
        time_at_level_us[level] += until_us - from_us;
    });
    // What is left of the observed time was spent at level 0.
    time_at_level_us[0] = window.window.observed_length().us() - time_at_level_us.iter().sum::<i64>();
    let jobs_at_peak = peak_at_us.map(|at_us| jobs_at(names, window, at_us)).unwrap_or_default();
    let levels = Levels { time_at_level_us, peak_at: peak_at_us.map(Timestamp), jobs_at_peak };
    (levels, LevelsOverTime::of(window.window, buckets.busy()))
}

/// The highest level of each bucket of time, and the levels weighted by the time spent there.
struct Buckets {
    length_us: i64,
    busy: BTreeMap<i64, (u64, i64)>,
}

impl Buckets {
    fn of(window: &Window) -> Self {
        Self { length_us: level_bucket(window.period).us(), busy: BTreeMap::new() }
    }

    /// A stretch of one level, cut at the edges of buckets.
    fn add(&mut self, level: usize, from_us: i64, until_us: i64) {
        let mut from = from_us;
        while from < until_us {
            let bucket = from.div_euclid(self.length_us) * self.length_us;
            let until = until_us.min(bucket + self.length_us);
            let (peak, occupied_us) = self.busy.entry(bucket).or_default();
            *peak = (*peak).max(level as u64);
            *occupied_us += i64::try_from(level).unwrap_or(i64::MAX).saturating_mul(until - from);
            from = until;
        }
    }

    fn busy(self) -> impl Iterator<Item = (Timestamp, u64, i64)> {
        self.busy.into_iter().map(|(bucket, (peak, occupied_us))| (Timestamp(bucket), peak, occupied_us))
    }
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
