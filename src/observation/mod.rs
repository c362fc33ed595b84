//! What was seen in the two windows: counts, frequency tables and levels, per window and job.
//!
//! Both ways of observing fill these types, and everything after them is a pure function of them.
//! What is seen of a job can be added to another part of it: [`JobObservations`], with its [`HalfObservations`],
//! [`Outcomes`], [`Anomalies`], [`DurationTable`], [`Overlap`], [`FireCounts`], and [`Dependence`] in the order of
//! time. Four parts of a window cannot, and are observed of the whole: [`Levels`] and [`StartBurst`], which a cut
//! through a moment would change, the failures, of which only the most frequent are kept, and the [`Trend`], whose
//! shown jobs are chosen over the whole.

mod compact;
pub mod counting;
mod dependence;
mod durations;
mod exact_sum;
mod fires;
mod half;
mod levels;
mod opening;
pub mod ordinary;
mod outcomes;
mod pause;
pub mod pictures;
pub mod punctual;
mod samples;
mod seen_job;
pub mod slices;
pub mod stretch;
mod trend;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use dependence::{Dependence, LagSums};
pub use durations::{DurationTable, StartDelays, cell_index, cell_width, representative, representative_of};
pub use exact_sum::ExactSum;
pub use fires::{FireCounts, RecordedSchedule};
pub use half::HalfObservations;
pub use levels::{Levels, Overlap, StartBurst};
pub use opening::{OPENINGS, Opening, Openings};
pub use outcomes::{Anomalies, FailureText, Outcomes};
pub use pause::Pause;
pub use samples::{LARGEST_VALUE, SampleGap, Samples};
pub use seen_job::{SchedulerJob, SeenJob};
pub use trend::{Trend, TrendPoint};

use self::compact::is_nothing;
use crate::clock::Timestamp;
use crate::window::{Exclusion, PerSide, Period, Side, Window};

/// Everything the queries returned for one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Observations {
    /// The instant up to which rows were looked at.
    pub as_of: Timestamp,
    /// The windows with their observed parts.
    pub windows: PerSide<Window>,
    pub baseline: WindowObservations,
    pub stagger: WindowObservations,
    /// What the table holds beyond the windows.
    pub coverage: Coverage,
    /// Runs that started in each declared exclusion, in the order of declaration.
    pub excluded_runs: Vec<u64>,
    /// Which optional facts the source records.
    pub recorded: Recorded,
    /// What pictures need beyond the figures.
    pub pictures: pictures::ObservedPictures,
    /// What the same hours of earlier days showed.
    pub ordinary: ordinary::OrdinaryDays,
}

impl Observations {
    pub fn get(&self, side: Side) -> &WindowObservations {
        match side {
            Side::Baseline => &self.baseline,
            Side::Stagger => &self.stagger,
        }
    }
}

/// One window as it was observed elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedElsewhere {
    /// The window with its observed part.
    pub window: Window,
    pub seen: WindowObservations,
    /// The earliest start in the table that it was read from.
    pub first_started: Option<Timestamp>,
    /// Which optional facts that table records.
    pub recorded: Recorded,
    /// Runs in each declared exclusion that touches the window, in the order of declaration; `None` for
    /// the others.
    pub excluded_runs: Vec<Option<u64>>,
    /// What pictures need of it.
    pub pictures: pictures::WindowPictures,
}

impl Observations {
    /// The baseline by itself, as it can stand beside another window. `exclusions` are the declared ones.
    #[must_use]
    pub fn baseline_alone(&self, exclusions: &[Exclusion]) -> ObservedElsewhere {
        let window = &self.windows.baseline;
        let excluded = exclusions.iter().zip(&self.excluded_runs);
        let excluded_runs =
            excluded.map(|(exclusion, runs)| exclusion.period.overlaps(&window.period).then_some(*runs));
        ObservedElsewhere {
            excluded_runs: excluded_runs.collect(),
            window: window.clone(),
            seen: self.baseline.clone(),
            first_started: self.coverage.first_started,
            recorded: self.recorded,
            pictures: self.pictures.of(Side::Baseline),
        }
    }

    /// The same with a baseline from elsewhere. What can be said of the time before the baseline is what
    /// its own table says; an optional fact is recorded where both tables record it. `exclusions` are the
    /// declared ones.
    #[must_use]
    pub fn with_baseline(self, elsewhere: ObservedElsewhere, exclusions: &[Exclusion]) -> Self {
        let ObservedElsewhere { window, seen, first_started, recorded, excluded_runs, pictures } = elsewhere;
        let after = self.windows.stagger.period;
        let both = exclusions.iter().zip(self.excluded_runs).zip(excluded_runs);
        let excluded_runs = both.map(|((exclusion, here), there)| match there {
            None => here,
            Some(there) if exclusion.period.overlaps(&after) => here + there,
            Some(there) => there,
        });
        Self {
            excluded_runs: excluded_runs.collect(),
            windows: PerSide { baseline: window, ..self.windows },
            baseline: seen,
            pictures: pictures::ObservedPictures {
                levels: PerSide { baseline: pictures.levels, ..self.pictures.levels },
                busiest_minute: PerSide { baseline: pictures.busiest_minute, ..self.pictures.busiest_minute },
            },
            coverage: Coverage { first_started, ..self.coverage },
            ordinary: ordinary::OrdinaryDays::none(ordinary::Shortfall::BaselineElsewhere),
            recorded: Recorded {
                scheduled_at: self.recorded.scheduled_at && recorded.scheduled_at,
                schedules: self.recorded.schedules && recorded.schedules,
            },
            ..self
        }
    }
}

impl WindowObservations {
    pub fn job(&self, name: &str) -> Option<&JobObservations> {
        self.jobs.get(name).map(Box::as_ref)
    }

    /// Gives jobs other names. Jobs that get the same name become one. `excluded`: of the window.
    pub fn rename(&mut self, name: impl Fn(&str) -> String, excluded: &[Period]) {
        for (old, seen) in std::mem::take(&mut self.jobs) {
            match self.jobs.entry(name(&old)) {
                Entry::Vacant(place) => drop(place.insert(seen)),
                Entry::Occupied(mut known) => known.get_mut().merge(&seen, excluded),
            }
        }
        let renamed = self.levels.jobs_at_peak.iter().map(|job| name(job));
        self.levels.jobs_at_peak = renamed.collect::<BTreeSet<String>>().into_iter().collect();
        for failure in &mut self.failures {
            failure.job = name(&failure.job);
        }
        self.failures.sort();
        for point in &mut self.trend.points {
            point.job = point.job.as_deref().map(&name);
        }
        self.trend.points.sort();
    }
}

/// Which optional columns the source has. What is not recorded is absent from the report, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// `scheduled_at`
    pub scheduled_at: bool,
    /// `schedule`, `effective_schedule` or `stagger_offset_s`
    pub schedules: bool,
}

/// First and last start in the table, whatever the windows and the scope are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The earliest start; `None` for an empty table.
    pub first_started: Option<Timestamp>,
    /// The latest start before `as_of`.
    pub last_started: Option<Timestamp>,
    /// Rows that start at or after `as_of`, where that is the server's clock; else 0.
    #[serde(default)]
    pub rows_ahead: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowObservations {
    /// Per job, by name. A job whose runs only occupy is here with zero starts.
    pub jobs: BTreeMap<String, Box<JobObservations>>,
    pub levels: Levels,
    /// The largest number of starts in one clock-aligned burst window, and the earliest such moment.
    pub start_burst: Option<StartBurst>,
    /// Failed and timed-out runs by job and first line of their message.
    pub failures: Vec<FailureText>,
    pub trend: Trend,
    /// Rows in the window that fall outside the scope.
    pub rows_out_of_scope: u64,
    /// Of these, the rows of each job; empty in files of earlier versions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub jobs_out_of_scope: BTreeMap<String, u64>,
    /// Rows in the window that started at or after `as_of`, left out of everything.
    pub rows_after_as_of: u64,
    /// Rows in the window whose status says that they have not started yet.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_open: u64,
    /// Rows of the table, in scope, that may belong to the window: without a start, a moment that they were
    /// meant for and an end, or with a start that cannot be read as a time.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_unplaced: u64,
    /// Rows of the table without any such time that would be in no figure with one: open, or outside the scope.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_unplaced_aside: u64,
    /// Rows in excluded periods of the window, in scope.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_excluded: u64,
    /// Rows that belong or may belong to the window, counted before and apart from what becomes of them;
    /// `None` in files of earlier versions.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_read: Option<u64>,
    /// Of these, rows with a time that has no zone where none is declared: read as UTC.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_zoneless: u64,
    /// Of these, rows with a local time that a change of the clocks leaves out or repeats.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rows_in_clock_change: u64,
    /// Samples of the declared measurements that have a source, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub samples: BTreeMap<String, Samples>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JobObservations {
    /// Rows by what became of them.
    #[serde(skip_serializing_if = "is_nothing")]
    pub outcomes: Outcomes,
    /// Rows whose times contradict themselves or are coarse.
    #[serde(skip_serializing_if = "is_nothing")]
    pub anomalies: Anomalies,
    /// Earliest start of a run that was not skipped.
    #[serde(skip_serializing_if = "is_nothing")]
    pub first_started: Option<Timestamp>,
    /// Latest start of a run that was not skipped.
    #[serde(skip_serializing_if = "is_nothing")]
    pub last_started: Option<Timestamp>,
    /// The longest stretch between two of these starts; `None` with fewer than two, and in files of earlier versions.
    #[serde(skip_serializing_if = "is_nothing")]
    pub pause: Option<Pause>,
    /// Its first runs; not in files, since only those after a change are looked at.
    #[serde(skip)]
    pub openings: Openings,
    /// Durations of successful runs: those of both halves, of which a file has no more.
    #[serde(skip)]
    pub durations: DurationTable,
    /// Ended runs (success, failed, timed out, cancelled; end not before start) of at least `slow_after`.
    #[serde(skip_serializing_if = "is_nothing")]
    pub slow_runs: u64,
    /// Started runs by second of the cycle.
    #[serde(with = "compact::by_number", skip_serializing_if = "is_nothing")]
    pub start_seconds: BTreeMap<u32, u64>,
    /// Retries among these.
    #[serde(with = "compact::by_number", skip_serializing_if = "is_nothing")]
    pub retry_seconds: BTreeMap<u32, u64>,
    /// How long after `scheduled_at` first attempts started.
    #[serde(skip_serializing_if = "is_nothing")]
    pub start_delays: StartDelays,
    /// How the job's runs met each other.
    #[serde(skip_serializing_if = "is_nothing")]
    pub overlap: Overlap,
    /// First attempts by minute, to be matched with the fires of the schedule; `None` when the job has
    /// no declared schedule.
    #[serde(skip_serializing_if = "is_nothing")]
    pub fires: Option<FireCounts>,
    /// What the scheduler recorded about itself, most frequent first.
    #[serde(skip_serializing_if = "is_nothing")]
    pub schedules: Vec<RecordedSchedule>,
    /// How the runs resemble their predecessors.
    #[serde(skip_serializing_if = "is_nothing")]
    pub dependence: Dependence,
    /// What became of the runs that started before the window's middle, and of those from there on.
    #[serde(skip_serializing_if = "is_nothing")]
    pub halves: [HalfObservations; 2],
}

impl JobObservations {
    /// Adds what another part of the same window, or another job, showed. Recorded schedules are
    /// joined; fires are absent when either is. `excluded`: of the whole window.
    pub fn merge(&mut self, other: &Self, excluded: &[Period]) {
        self.outcomes.merge(&other.outcomes);
        self.anomalies.merge(&other.anomalies);
        self.pause = self.pause_with(other, excluded);
        self.openings = match (self.openings.take(), &other.openings) {
            (one, None) => one,
            (None, other) => other.clone(),
            // Which of them are the first is not known.
            (Some(_), Some(_)) => None,
        };
        self.first_started = earlier(self.first_started, other.first_started);
        self.last_started = self.last_started.max(other.last_started);
        self.durations.merge(&other.durations);
        self.slow_runs += other.slow_runs;
        add_seconds(&mut self.start_seconds, &other.start_seconds);
        add_seconds(&mut self.retry_seconds, &other.retry_seconds);
        self.start_delays.early += other.start_delays.early;
        self.start_delays.table.merge(&other.start_delays.table);
        self.overlap.merge(&other.overlap);
        self.fires = match (self.fires, other.fires) {
            (Some(a), Some(b)) => Some(a.plus(b)),
            _ => None,
        };
        for schedule in &other.schedules {
            match self.schedules.iter_mut().find(|s| s.same_as(schedule)) {
                Some(known) => known.runs += schedule.runs,
                None => self.schedules.push(schedule.clone()),
            }
        }
        self.dependence.merge(&other.dependence);
        for (half, other) in self.halves.iter_mut().zip(&other.halves) {
            half.merge(other);
        }
    }

    /// The longest pause of both together; `None` where their starts interleave, so that it is not known.
    fn pause_with(&self, other: &Self, excluded: &[Period]) -> Option<Pause> {
        let (Some((first, last)), Some((other_first, other_last))) = (self.range(), other.range()) else {
            return self.pause.or(other.pause);
        };
        let between = if last <= other_first {
            Pause::between(last, other_first, excluded)
        } else if other_last <= first {
            Pause::between(other_last, first, excluded)
        } else {
            return None;
        };
        self.pause.max(other.pause).max(Some(between))
    }

    fn range(&self) -> Option<(Timestamp, Timestamp)> {
        self.first_started.zip(self.last_started)
    }
}

/// Adds the starts of `more` by second of the cycle.
pub fn add_seconds(seconds: &mut BTreeMap<u32, u64>, more: &BTreeMap<u32, u64>) {
    for (second, runs) in more {
        *seconds.entry(*second).or_default() += runs;
    }
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
