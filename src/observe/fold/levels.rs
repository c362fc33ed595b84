//! How many runs were in progress at once, for how long, and which jobs when it was most; and how many started
//! together.

use std::collections::BTreeMap;

use super::burst::Bursts;
use super::intake::WindowRuns;
use super::run::{Group, PackedRun};
use super::steps::Steps;
use crate::clock::{MINUTE_US, Timestamp};
use crate::observation::pictures::{
    BusiestMinute, LevelsOverTime, MOST_RUNS, OccupyingRun, level_bucket, minute_of,
};
use crate::observation::{Levels, StartBurst};
use crate::window::Window;

/// About so many runs are brought into the order of time at once.
const RUNS_AT_ONCE: usize = 1 << 16;

/// What the runs of all jobs together show in one window.
pub(super) struct Together {
    pub(super) levels: Levels,
    pub(super) levels_over_time: LevelsOverTime,
    pub(super) start_burst: Option<StartBurst>,
    pub(super) busiest_minute: Option<BusiestMinute>,
}

pub(super) fn together(names: &[String], window: &WindowRuns, burst_window_us: i64) -> Together {
    let mut times = LevelTimes::of(&window.window);
    let (mut steps, mut bursts) = (Steps::default(), Bursts::new(burst_window_us));
    let mut starts = Vec::new();
    in_order(&window.groups, |runs, bound_us| {
        for run in runs {
            if run.is_start() {
                starts.push(run.started_us);
            }
            if let Some(until_us) = run.occupied_until_us(window.in_flight_until_us) {
                steps.add(run.started_us, until_us, &window.window.observed);
            }
        }
        if let Some(bound_us) = bound_us {
            starts.sort_unstable();
            starts.drain(..).for_each(|started_us| bursts.add(started_us));
            steps.visit_until(bound_us, |level, from_us, until_us| times.add(level, from_us, until_us));
        }
    });
    let LevelTimes { mut time_at_level_us, peak_at_us, buckets } = times;
    // What is left of the observed time was spent at level 0.
    time_at_level_us[0] = window.window.observed_length().us() - time_at_level_us.iter().sum::<i64>();
    let jobs_at_peak = peak_at_us.map(|at_us| jobs_at(names, window, at_us)).unwrap_or_default();
    let peak_at = peak_at_us.map(Timestamp);
    Together {
        levels: Levels { time_at_level_us, peak_at, jobs_at_peak },
        levels_over_time: LevelsOverTime::of(&window.window, buckets.busy()),
        start_burst: bursts.largest(),
        busiest_minute: peak_at.map(|peak_at| busiest_minute(names, window, peak_at)),
    }
}

/// Visits the runs of all groups in stretches of time, group by group; after the last group of a stretch comes
/// an empty slice with the end of the stretch.
fn in_order(groups: &[Group], mut visit: impl FnMut(&[PackedRun], Option<i64>)) {
    let runs = groups.iter().map(|group| group.runs.len()).sum::<usize>();
    let first_us = groups.iter().filter_map(|group| group.runs.first()).map(|run| run.started_us).min();
    let last_us = groups.iter().filter_map(|group| group.runs.last()).map(|run| run.started_us).max();
    let (Some(first_us), Some(last_us)) = (first_us, last_us) else { return };
    let stretches = i64::try_from(runs / RUNS_AT_ONCE).unwrap_or(i64::MAX) + 1;
    let length_us = (last_us - first_us) / stretches + 1;
    let mut reached = vec![0; groups.len()];
    for nth in 1..=stretches {
        let bound_us = if nth == stretches { i64::MAX } else { first_us + nth * length_us };
        for (group, reached) in groups.iter().zip(&mut reached) {
            let rest = &group.runs[*reached..];
            // Most groups have few runs in a stretch.
            let count = rest.iter().take_while(|run| run.started_us < bound_us).count();
            visit(&rest[..count], None);
            *reached += count;
        }
        visit(&[], Some(bound_us));
    }
}

/// The time at each level, over all and by buckets.
struct LevelTimes {
    time_at_level_us: Vec<i64>,
    peak_at_us: Option<i64>,
    buckets: Buckets,
}

impl LevelTimes {
    fn of(window: &Window) -> Self {
        Self { time_at_level_us: vec![0], peak_at_us: None, buckets: Buckets::of(window) }
    }

    fn add(&mut self, level: usize, from_us: i64, until_us: i64) {
        self.buckets.add(level, from_us, until_us);
        if level >= self.time_at_level_us.len() {
            self.time_at_level_us.resize(level + 1, 0);
            self.peak_at_us = Some(from_us);
        }
        self.time_at_level_us[level] += until_us - from_us;
    }
}

/// The highest level of each bucket of time, and the levels weighted by the time spent there.
struct Buckets {
    length_us: i64,
    busy: BTreeMap<i64, (u64, i64)>,
    /// The bucket that is being added to, and its end.
    current: (i64, i64),
    of_current: (u64, i64),
}

impl Buckets {
    fn of(window: &Window) -> Self {
        let length_us = level_bucket(window.period).us();
        Self { length_us, busy: BTreeMap::new(), current: (0, 0), of_current: (0, 0) }
    }

    /// A stretch of one level, after those before; cut at the edges of buckets.
    fn add(&mut self, level: usize, from_us: i64, until_us: i64) {
        let mut from = from_us;
        while from < until_us {
            if from >= self.current.1 {
                self.settle();
                let bucket = from.div_euclid(self.length_us) * self.length_us;
                self.current = (bucket, bucket + self.length_us);
            }
            let until = until_us.min(self.current.1);
            let (peak, occupied_us) = &mut self.of_current;
            *peak = (*peak).max(level as u64);
            *occupied_us += i64::try_from(level).unwrap_or(i64::MAX).saturating_mul(until - from);
            from = until;
        }
    }

    fn settle(&mut self) {
        let counted = std::mem::take(&mut self.of_current);
        if counted.0 > 0 {
            self.busy.insert(self.current.0, counted);
        }
    }

    fn busy(mut self) -> impl Iterator<Item = (Timestamp, u64, i64)> {
        self.settle();
        self.busy.into_iter().map(|(bucket, (peak, occupied_us))| (Timestamp(bucket), peak, occupied_us))
    }
}

/// The runs of a group that start before `before_us` and occupy anything after `after_us`, with the end of that.
fn occupying<'g>(
    group: &'g Group,
    window: &WindowRuns,
    (before_us, after_us): (i64, i64),
) -> impl Iterator<Item = (&'g PackedRun, i64)> {
    let in_flight_until_us = window.in_flight_until_us;
    // In the order of starts: what starts later cannot occupy.
    let started = &group.runs[..group.runs.partition_point(|run| run.started_us < before_us)];
    let until = move |run: &'g PackedRun| Some((run, run.occupied_until_us(in_flight_until_us)?));
    started.iter().filter_map(until).filter(move |(_, until_us)| *until_us > after_us)
}

/// The jobs that occupy `at_us`, by name.
fn jobs_at(names: &[String], window: &WindowRuns, at_us: i64) -> Vec<String> {
    let occupies = |group: &Group| occupying(group, window, (at_us + 1, at_us)).next().is_some();
    let pairs = names.iter().zip(&window.groups);
    let mut jobs: Vec<String> =
        pairs.filter(|(_, group)| occupies(group)).map(|(name, _)| name.clone()).collect();
    jobs.sort();
    jobs
}

/// The minute of the peak, and who occupied it.
fn busiest_minute(names: &[String], window: &WindowRuns, peak_at: Timestamp) -> BusiestMinute {
    let start = minute_of(peak_at);
    // Runs that start after the window are there only for the fires that they answer.
    let minute = ((start.us() + MINUTE_US).min(window.window.period.end.us()), start.us());
    let mut runs: Vec<(i64, &str, i64)> = Vec::new();
    for (name, group) in names.iter().zip(&window.groups) {
        let occupying = occupying(group, window, minute);
        runs.extend(occupying.map(|(run, until_us)| (run.started_us, name.as_str(), until_us)));
    }
    runs.sort_unstable();
    let most = usize::try_from(MOST_RUNS).unwrap_or(usize::MAX);
    let runs_left_out = runs.len().saturating_sub(most) as u64;
    let run = |&(start, job, end): &(i64, &str, i64)| OccupyingRun {
        start: Timestamp(start),
        job: job.to_owned(),
        end: Timestamp(end),
    };
    BusiestMinute { start, peak_at, runs: runs.iter().take(most).map(run).collect(), runs_left_out }
}
