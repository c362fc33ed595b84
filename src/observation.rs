//! What was seen in the two windows: counts, frequency tables and levels, per window and job.
//!
//! Both ways of observing fill these types, and everything after them is a pure function of them.
//! Each type can be added to another of its kind, so that observations of parts give the whole.

pub mod pictures;
pub mod punctual;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::window::{Exclusion, PerSide, Side, Window, WindowPair};

/// Everything the queries returned for one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Observations {
    /// The instant up to which rows were looked at.
    pub as_of: Timestamp,
    /// The windows with their observed parts.
    pub windows: WindowPair,
    /// What ran before.
    pub baseline: WindowObservations,
    /// What ran after.
    pub stagger: WindowObservations,
    /// What the table holds beyond the windows.
    pub coverage: Coverage,
    /// Runs that started in each declared exclusion, in the order of declaration.
    pub excluded_runs: Vec<u64>,
    /// Which optional facts the source records.
    pub recorded: Recorded,
    /// What pictures need beyond the figures.
    pub pictures: pictures::Pictures,
}

impl Observations {
    /// The observations of a side.
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
    /// What ran in it.
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
            windows: WindowPair { baseline: window, ..self.windows },
            baseline: seen,
            pictures: pictures::Pictures {
                levels: PerSide { baseline: pictures.levels, ..self.pictures.levels },
                busiest_minute: PerSide { baseline: pictures.busiest_minute, ..self.pictures.busiest_minute },
            },
            coverage: Coverage { first_started, ..self.coverage },
            recorded: Recorded {
                scheduled_at: self.recorded.scheduled_at && recorded.scheduled_at,
                schedules: self.recorded.schedules && recorded.schedules,
            },
            ..self
        }
    }
}

impl WindowObservations {
    /// Gives jobs other names. Jobs that come to bear one name become one.
    pub fn rename(&mut self, name: impl Fn(&str) -> String) {
        for (old, seen) in std::mem::take(&mut self.jobs) {
            match self.jobs.entry(name(&old)) {
                Entry::Vacant(place) => drop(place.insert(seen)),
                Entry::Occupied(mut known) => known.get_mut().merge(&seen),
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
}

/// What was seen in one window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WindowObservations {
    /// Per job, by name. A job whose runs only occupy is here with zero starts.
    pub jobs: BTreeMap<String, JobObservations>,
    /// How many ran at once, for how long.
    pub levels: Levels,
    /// The largest number of starts in one clock-aligned burst window, and the earliest such moment.
    pub start_burst: Option<StartBurst>,
    /// Failed and timed-out runs by job and first line of their message.
    pub failures: Vec<FailureText>,
    /// Runs, failures and durations over time.
    pub trend: Trend,
    /// Rows in the window that fall outside the scope.
    pub rows_out_of_scope: u64,
    /// Rows in the window that started at or after `as_of`, left out of everything.
    pub rows_after_as_of: u64,
}

/// What was seen of one job in one window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobObservations {
    /// Rows by what became of them.
    pub outcomes: Outcomes,
    /// Rows whose times contradict themselves or are coarse.
    pub anomalies: Anomalies,
    /// Earliest start of a run that was not skipped.
    pub first_started: Option<Timestamp>,
    /// Latest start of a run that was not skipped.
    pub last_started: Option<Timestamp>,
    /// Durations of successful runs.
    pub durations: DurationTable,
    /// Ended runs (success, failed, timed out, cancelled; end not before start) of at least `slow_after`.
    pub slow_runs: u64,
    /// Started runs by second of the cycle.
    pub start_seconds: BTreeMap<u32, u64>,
    /// How long after `scheduled_at` runs started.
    pub start_delays: StartDelays,
    /// How the job's runs met each other.
    pub overlap: Overlap,
    /// First attempts by minute, to be matched with the fires of the schedule; `None` when the job has
    /// no declared schedule.
    pub fires: Option<FireCounts>,
    /// What the scheduler recorded about itself, most frequent first.
    pub schedules: Vec<RecordedSchedule>,
    /// How the runs resemble their predecessors.
    pub dependence: Dependence,
    /// What became of the runs that started before the window's middle, and of those from there on.
    pub halves: [HalfObservations; 2],
}

/// What was seen of one job in one half of a window's observed length; both halves together are the
/// window's outcomes, durations and starts on time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HalfObservations {
    /// Rows by what became of them.
    pub outcomes: Outcomes,
    /// Durations of successful runs.
    pub durations: DurationTable,
    /// Starts on time, of `outcomes.started()`; `None` where that was not measured, as in
    /// [`Dependence::on_time`].
    pub on_time: Option<u64>,
}

impl HalfObservations {
    /// Adds what another part of the same half, or another job, showed. Starts on time are lost where
    /// either part started runs without measuring them.
    pub fn merge(&mut self, other: &Self) {
        let measured = |half: &Self| half.on_time.or_else(|| (half.outcomes.started() == 0).then_some(0));
        self.on_time = match (self.on_time, other.on_time) {
            (None, None) => None,
            _ => measured(self).zip(measured(other)).map(|(a, b)| a + b),
        };
        self.outcomes.merge(&other.outcomes);
        self.durations.merge(&other.durations);
    }
}

impl JobObservations {
    /// Adds what another part of the same window, or another job, showed. Recorded schedules are
    /// joined; fires are absent when either is.
    pub fn merge(&mut self, other: &Self) {
        self.outcomes.merge(&other.outcomes);
        self.anomalies.merge(&other.anomalies);
        self.first_started = earlier(self.first_started, other.first_started);
        self.last_started = self.last_started.max(other.last_started);
        self.durations.merge(&other.durations);
        self.slow_runs += other.slow_runs;
        for (second, runs) in &other.start_seconds {
            *self.start_seconds.entry(*second).or_default() += runs;
        }
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
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Rows that started in the observed part, by what became of them. Unit: rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Status `success`.
    pub completed: u64,
    /// Status `failed`.
    pub failed: u64,
    /// Status `timeout`.
    pub timed_out: u64,
    /// Status `cancelled`.
    pub cancelled: u64,
    /// Status `running`, younger than `orphan_after` at `as_of`.
    pub in_flight: u64,
    /// Status `running`, older: never finished.
    pub orphaned: u64,
    /// Status `skipped`, for a lock.
    pub skipped_lock: u64,
    /// Status `skipped`, because the previous run still ran.
    pub skipped_overlap: u64,
    /// Status `skipped` for another reason or none.
    pub skipped_other: u64,
}

impl Outcomes {
    /// Rows whose status is not `skipped`.
    pub fn started(&self) -> u64 {
        self.completed + self.failed + self.timed_out + self.cancelled + self.in_flight + self.orphaned
    }

    /// Runs with a known outcome: completed, failed, timed out or lost.
    pub fn decided(&self) -> u64 {
        self.completed + self.failed + self.timed_out + self.orphaned
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.completed += other.completed;
        self.failed += other.failed;
        self.timed_out += other.timed_out;
        self.cancelled += other.cancelled;
        self.in_flight += other.in_flight;
        self.orphaned += other.orphaned;
        self.skipped_lock += other.skipped_lock;
        self.skipped_overlap += other.skipped_overlap;
        self.skipped_other += other.skipped_other;
    }
}

/// Started rows whose times cannot be right, or are too coarse or too long to be read naively.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anomalies {
    /// Status `running` with an end; the end is ignored.
    pub running_with_end: u64,
    /// A final status with an end before its start.
    pub end_before_start: u64,
    /// A final status without an end.
    pub final_without_end: u64,
    /// Started runs whose recorded times are all whole seconds.
    pub whole_seconds: u64,
    /// Runs that occupied for at least `longest_run`.
    pub longer_than_longest_run: u64,
}

impl Anomalies {
    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.running_with_end += other.running_with_end;
        self.end_before_start += other.end_before_start;
        self.final_without_end += other.final_without_end;
        self.whole_seconds += other.whole_seconds;
        self.longer_than_longest_run += other.longer_than_longest_run;
    }
}

/// A frequency table of durations with three significant decimal digits, the idea of `HdrHistogram` in
/// decimal. Count, sum, minimum and maximum are exact. Unit: whole microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DurationTable {
    /// Runs by representative, both ascending; see [`representative`].
    pub cells: BTreeMap<i64, u64>,
    /// Sum of the exact durations.
    pub sum: i128,
    /// Smallest exact duration; meaningless while the table is empty.
    pub min: i64,
    /// Largest exact duration; meaningless while the table is empty.
    pub max: i64,
}

impl DurationTable {
    /// Number of durations.
    pub fn count(&self) -> u64 {
        self.cells.values().sum()
    }

    /// Whether no duration was seen.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds one cell of `count` durations with the given exact sum, minimum and maximum.
    pub fn add_cell(&mut self, representative: i64, count: u64, sum: i128, min: i64, max: i64) {
        if count == 0 {
            return;
        }
        if self.cells.is_empty() {
            (self.min, self.max) = (min, max);
        }
        *self.cells.entry(representative).or_default() += count;
        self.sum += sum;
        self.min = self.min.min(min);
        self.max = self.max.max(max);
    }

    /// Adds one duration.
    pub fn add(&mut self, duration_us: i64) {
        self.add_cell(representative(duration_us), 1, i128::from(duration_us), duration_us, duration_us);
    }

    /// Adds every duration of `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            self.clone_from(other);
            return;
        }
        for (cell, count) in &other.cells {
            *self.cells.entry(*cell).or_default() += count;
        }
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }
}

/// The width of the cell that `duration_us` falls into: 1 below 1,000 µs, from there on the power of
/// ten that leaves three leading digits.
pub fn cell_width(duration_us: i64) -> i64 {
    10_i64.pow(cell_power(duration_us))
}

/// The power of ten that [`cell_width`] is: digits beyond three. By the logarithm rather than by dividing
/// until three digits are left, because every cell of every table is asked for it.
fn cell_power(duration_us: i64) -> u32 {
    duration_us.checked_ilog10().unwrap_or(0).saturating_sub(2)
}

/// The duration rounded half up to three significant decimal digits, in whole numbers:
/// 34,460 µs → 34,500 µs. The macro `@cell` does the same in SQL.
pub fn representative(duration_us: i64) -> i64 {
    let width = cell_width(duration_us);
    duration_us.saturating_add(width / 2) / width * width
}

/// Whole-number sums over a series of runs in the order of start, end and name, from which its
/// lag-one correlation follows exactly.
///
/// What a query returns for one job and window, over the rows of the series numbered from 1 in the order
/// `started_us, finished_us, outcome` (NULL ends last), with `x` the value of a row:
///
/// | field | SQL |
/// |---|---|
/// | `n` | `count(*)` |
/// | `sum` | `sum(x)` |
/// | `sum_of_squares` | `sum(x * x)` |
/// | `sum_of_products` | `sum(x * previous)`, `previous` being `lag(x) OVER (PARTITION BY window_id, job_name ORDER BY started_us, finished_us)`; NULL for a single row is 0 |
/// | `first`, `last` | the `x` of the first and of the last row: `sum(CASE WHEN previous IS NULL THEN x END)`, and the same with `lead` |
///
/// The series:
/// - of durations, one row for each run of the duration table: `x` is [`cell_index`] of its
///   representative, `representative / w + 900 * k` with `w = 10^k` the width of its cell;
/// - of a rate, one row for each run of its denominator: `x` is 1 where the run counts in the
///   numerator, otherwise 0 (then `sum_of_squares = sum`).
///
/// The largest index is 15,322, below one hour 6,659: every sum over 10⁸ runs fits into 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LagSums {
    /// Rows of the series.
    pub n: u64,
    /// `Σ xᵢ`
    pub sum: i64,
    /// `Σ xᵢ²`
    pub sum_of_squares: i64,
    /// `Σ xᵢ xᵢ₊₁`, over the n − 1 neighbouring pairs.
    pub sum_of_products: i64,
    /// The first value; 0 while the series is empty.
    pub first: i64,
    /// The last value; 0 while the series is empty.
    pub last: i64,
}

impl LagSums {
    /// Adds the next value of the series.
    pub fn add(&mut self, x: i64) {
        let next = Self { n: 1, sum: x, sum_of_squares: x * x, sum_of_products: 0, first: x, last: x };
        self.append(&next);
    }

    /// Adds a later part of the same series: the sums of both are those of the whole. Parts must come in
    /// the order of time, and each row must be in one part; the series of different jobs, or of parts
    /// that interleave, cannot be added, and whoever merges those loses the sums (`None`).
    pub fn append(&mut self, later: &Self) {
        if later.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *later;
            return;
        }
        self.sum_of_products += later.sum_of_products + self.last * later.first;
        self.n += later.n;
        self.sum += later.sum;
        self.sum_of_squares += later.sum_of_squares;
        self.last = later.last;
    }
}

impl FromIterator<i64> for LagSums {
    fn from_iter<I: IntoIterator<Item = i64>>(series: I) -> Self {
        let mut sums = Self::default();
        series.into_iter().for_each(|x| sums.add(x));
        sums
    }
}

/// How the runs of one job resemble their predecessors, series by series; `None` where that was not
/// measured. Each has the count of what it belongs to: `durations.n` is the count of the duration
/// table, `completed.n` and `failed.n` are the decided runs, `on_time.n` the started ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependence {
    /// Cell indexes of the durations.
    pub durations: Option<LagSums>,
    /// Decided runs: 1 where completed.
    pub completed: Option<LagSums>,
    /// Decided runs: 1 where failed or timed out.
    pub failed: Option<LagSums>,
    /// Started runs: 1 where on time; `None` without a schedule, and where the seconds that count as on
    /// time are too scattered over the cycle for a query
    /// ([`PunctualSeconds::is_bounded`](punctual::PunctualSeconds::is_bounded)).
    pub on_time: Option<LagSums>,
}

impl Dependence {
    /// Joins what another job showed, for instance one that was renamed. Where both hold runs their order
    /// among each other is not known, and the sums are lost; parts of one series in the order of time are
    /// for [`LagSums::append`].
    pub fn merge(&mut self, other: &Self) {
        let joined = |a: Option<LagSums>, b: Option<LagSums>| match (a?, b?) {
            (a, b) if b.n == 0 => Some(a),
            (a, b) if a.n == 0 => Some(b),
            _ => None,
        };
        self.durations = joined(self.durations, other.durations);
        self.completed = joined(self.completed, other.completed);
        self.failed = joined(self.failed, other.failed);
        self.on_time = joined(self.on_time, other.on_time);
    }
}

/// The number of a cell, ascending with the representative: `representative / w + 900 k` with `w = 10^k`
/// the width of its cell. At most 15,322; below one hour at most 6,659.
pub fn cell_index(representative: i64) -> i64 {
    let power = cell_power(representative);
    representative / 10_i64.pow(power) + 900 * i64::from(power)
}

/// How long after the moment that the scheduler meant runs started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartDelays {
    /// Runs that started before their `scheduled_at`; they are not in the table.
    pub early: u64,
    /// Delays of the others.
    pub table: DurationTable,
}

/// How the runs of one job met each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Runs that started while an earlier run of the job occupied.
    pub overlapping_starts: u64,
    /// Observed time during which two or more runs of the job occupied, µs.
    pub overlapped_us: i64,
    /// Sum of the observed time that the job's runs occupied, µs.
    pub busy_us: i64,
    /// Started runs less than a second after the previous start of the job in the window.
    pub suspected_duplicates: u64,
}

impl Overlap {
    /// Adds the figures of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.overlapping_starts += other.overlapping_starts;
        self.overlapped_us += other.overlapped_us;
        self.busy_us += other.busy_us;
        self.suspected_duplicates += other.suspected_duplicates;
    }
}

/// First attempts (attempt empty or 1) whose start fell in the observed part. Minutes are those of
/// `started_at` less the job's offset in that window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FireCounts {
    /// First attempts, skipped ones included.
    pub first_attempts: u64,
    /// Distinct minutes of these.
    pub distinct_minutes: u64,
    /// First attempts that were not skipped.
    pub started_first_attempts: u64,
    /// Distinct minutes of those.
    pub started_distinct_minutes: u64,
}

impl FireCounts {
    fn plus(self, other: Self) -> Self {
        Self {
            first_attempts: self.first_attempts + other.first_attempts,
            distinct_minutes: self.distinct_minutes + other.distinct_minutes,
            started_first_attempts: self.started_first_attempts + other.started_first_attempts,
            started_distinct_minutes: self.started_distinct_minutes + other.started_distinct_minutes,
        }
    }
}

/// What the scheduler recorded about itself with a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordedSchedule {
    /// The expression as configured.
    pub schedule: Option<String>,
    /// The expression that was in force.
    pub effective_schedule: Option<String>,
    /// The offset that was in force, seconds.
    pub stagger_offset_s: Option<i64>,
    /// Rows that bear it.
    pub runs: u64,
}

impl RecordedSchedule {
    /// Whether the two differ in nothing but the number of runs.
    pub fn same_as(&self, other: &Self) -> bool {
        (&self.schedule, &self.effective_schedule, self.stagger_offset_s)
            == (&other.schedule, &other.effective_schedule, other.stagger_offset_s)
    }
}

/// Time spent at each level of concurrency, level 0 included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// Index: level; value: µs of the observed part spent there. Empty when nothing was observed.
    pub time_at_level_us: Vec<i64>,
    /// The first instant at which the highest level was reached; `None` when nothing ran.
    pub peak_at: Option<Timestamp>,
    /// The jobs that were running then, by name.
    pub jobs_at_peak: Vec<String>,
}

impl Levels {
    /// The highest level.
    pub fn peak(&self) -> u64 {
        self.time_at_level_us.len().saturating_sub(1) as u64
    }
}

/// The busiest burst window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartBurst {
    /// Runs that started within it.
    pub runs: u64,
    /// Its start, aligned to the clock.
    pub at: Timestamp,
}

/// Failed or timed-out runs of one job that share the first line of their message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FailureText {
    /// The job.
    pub job: String,
    /// The first 200 characters of the message's first line, `(none)` or `(other)`.
    pub text: String,
    /// Runs.
    pub runs: u64,
    /// The first of their starts.
    pub first_seen: Timestamp,
}

/// The window over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// Length of a bucket, µs.
    pub bucket_us: i64,
    /// Points by job and time; a job of `None` is all the jobs that are not shown one by one.
    pub points: Vec<TrendPoint>,
}

/// One job in one bucket of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TrendPoint {
    /// The job, or all the others together.
    pub job: Option<String>,
    /// Start of the bucket, UTC-aligned; it may lie before the window's start.
    pub at: Timestamp,
    /// Started runs.
    pub runs: u64,
    /// Failed and timed-out runs.
    pub failed: u64,
    /// Durations counted (successful runs).
    pub durations: u64,
    /// Their sum, µs.
    pub sum_us: i64,
    /// Smallest and largest, µs; 0 without durations.
    pub min_us: i64,
    /// Largest, µs.
    pub max_us: i64,
    /// The representatives on either side of the 95th percentile's rank, µs: at rank
    /// `floor(0.95 (n - 1))` and the one after it.
    pub p95_low_us: i64,
    /// The representative after `p95_low_us` in rank.
    pub p95_high_us: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn representatives_keep_three_digits() {
        for (duration, expected) in [
            (0, 0),
            (999, 999),
            (1_000, 1_000),
            (1_004, 1_000),
            (1_005, 1_010),
            (9_994, 9_990),
            (9_995, 10_000),
            (34_460, 34_500),
            (99_950, 100_000),
            (1_769_999_999, 1_770_000_000),
        ] {
            assert_eq!(representative(duration), expected, "{duration}");
        }
    }

    #[test]
    fn cells_are_numbered_without_gaps() {
        for (low, high) in
            [(0, 1), (998, 999), (999, 1_000), (1_000, 1_010), (9_990, 10_000), (995_000, 996_000)]
        {
            assert_eq!(cell_index(high) - cell_index(low), 1, "{low} and {high}");
        }
        assert_eq!(cell_index(3_599_000_000), 6_659);
        assert_eq!(cell_index(representative(i64::MAX / 1_000 * 1_000)), 15_322);
    }

    #[test]
    fn lag_sums_of_parts_are_those_of_the_whole() {
        let series = [3, 1, 4, 1, 5, 9, 2, 6];
        let whole: LagSums = series.into_iter().collect();
        assert_eq!((whole.sum_of_products, whole.first, whole.last), (3 + 4 + 4 + 5 + 45 + 18 + 12, 3, 6));
        for cut in 0..=series.len() {
            let mut sums: LagSums = series[..cut].iter().copied().collect();
            sums.append(&series[cut..].iter().copied().collect());
            assert_eq!(sums, whole, "cut at {cut}");
        }
    }

    #[test]
    fn starts_on_time_are_lost_with_runs_that_were_not_measured() {
        let half = |completed, on_time| HalfObservations {
            outcomes: Outcomes { completed, ..Outcomes::default() },
            on_time,
            ..HalfObservations::default()
        };
        let merged = |mut a: HalfObservations, b: &HalfObservations| {
            a.merge(b);
            a.on_time
        };
        assert_eq!(merged(half(3, Some(2)), &half(4, Some(1))), Some(3));
        assert_eq!(merged(half(3, Some(2)), &half(4, None)), None);
        assert_eq!(merged(half(3, Some(2)), &half(0, None)), Some(2));
        assert_eq!(merged(half(0, None), &half(0, None)), None);
    }

    #[test]
    fn what_an_earlier_report_did_not_keep_is_absent() {
        let mut kept = serde_json::to_value(HalfObservations::default()).unwrap();
        kept.as_object_mut().unwrap().remove("on_time").unwrap();
        let read: HalfObservations = serde_json::from_value(kept).unwrap();
        assert_eq!(read.on_time, None);
    }

    #[test]
    fn dependence_of_two_jobs_is_not_made_up() {
        let some = Dependence { durations: Some([1, 2].into_iter().collect()), ..Dependence::default() };
        let none = Dependence { durations: Some(LagSums::default()), ..Dependence::default() };
        let merged = |mut a: Dependence, b: &Dependence| {
            a.merge(b);
            a.durations
        };
        assert_eq!(merged(some, &none), some.durations);
        assert_eq!(merged(none, &some), some.durations);
        assert_eq!(merged(some, &some), None);
    }
}
