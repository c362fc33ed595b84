//! The rows of the metrics of the runs.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, de};

use crate::analysis::figures::window::JobWindow;
use crate::analysis::metric::row::{
    Better, Denominator, DurationFigure, Level, Method, Metric, Share, Test, Value,
};
use crate::analysis::metric::unit::Unit;
use crate::analysis::statistics::quantile::Percentile;

/// All of them, in the order of the documentation.
pub static ALL: [&Metric; COUNT] = [
    &COMPLETION_RATE,
    &FAILURE_RATE,
    &LOST_RATE,
    &ON_TIME_RATE,
    &FIRE_SUCCESS_RATE,
    &PEAK_CONCURRENCY,
    &MEAN_CONCURRENCY,
    &START_BURST,
    &START_PLACES,
    &MEAN_DURATION,
    &MEDIAN_DURATION,
    &P90_DURATION,
    &P95_DURATION,
    &P99_DURATION,
    &MAX_DURATION,
    &OVERLAPPING_STARTS,
    &MISSED_RUNS,
    &ORPHANED_RUNS,
    &SKIPPED_LOCK,
    &SKIPPED_OVERLAP,
    &NEW_ERRORS,
    &SLOW_RUNS,
    &REGRESSIONS,
    &COLLISIONS,
];

/// How many there are.
pub const COUNT: usize = 24;

impl Metric {
    /// The metric of the runs with this name, compared byte by byte.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|metric| metric.name == name)
    }

    /// The same where the name must be one.
    pub fn known<E: de::Error>(name: &str) -> Result<&'static Self, E> {
        Self::from_name(name).ok_or_else(|| E::custom(format!("there is no metric '{name}'")))
    }

    /// Its place among the metrics of the runs; `None` for a figure of a declared measurement.
    pub fn place(&self) -> Option<usize> {
        ALL.into_iter().position(|metric| metric == self)
    }

    /// Those that are tested, for a single job or, where they are rates, for all together.
    pub fn tested() -> impl Iterator<Item = &'static Self> {
        ALL.into_iter().filter(|metric| metric.is_tested())
    }

    pub fn tested_durations() -> impl Iterator<Item = &'static Self> {
        Self::tested().filter(|metric| metric.is_duration())
    }

    pub fn tested_rates() -> impl Iterator<Item = &'static Self> {
        Self::tested().filter(|metric| metric.share().is_some())
    }
}

/// Reads the name of a metric of the runs, or `null`.
pub fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'static Metric>, D::Error> {
    let name: Option<String> = Option::deserialize(deserializer)?;
    name.map(|name| Metric::known(&name)).transpose()
}

const NO_DURATION: &str = "no run was completed after the change";

pub static COMPLETION_RATE: Metric = Metric {
    name: Cow::Borrowed("completion_rate"),
    label: Cow::Borrowed("Completion"),
    unit: Unit::Fraction,
    better: Some(Better::Higher),
    per_job: true,
    method: Method::Test(Test::Shares),
    value: Value::Share(Share {
        rate: |window| window.completion_rate,
        of: Denominator::Decided,
        half: |half| Some((half.outcomes.completed, half.outcomes.decided())),
        lag: |dependence| dependence.completed.as_ref(),
        against: &[
            (|window| window.orphaned, "never finished"),
            (|window| window.failed, "failed"),
            (|window| window.timed_out, "ran into a time limit"),
        ],
    }),
    nouns: ["completed", "completed"],
    absent: "no run after the change has a known outcome",
    rule: Cow::Borrowed("completed runs of those with a known outcome, with a Wilson interval"),
    queries: &["outcomes", "dependence"],
};

pub static FAILURE_RATE: Metric = Metric {
    name: Cow::Borrowed("failure_rate"),
    label: Cow::Borrowed("Failure rate"),
    unit: Unit::Fraction,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Test(Test::Shares),
    value: Value::Share(Share {
        rate: |window| window.failure_rate,
        of: Denominator::Decided,
        half: |half| Some((half.outcomes.failed + half.outcomes.timed_out, half.outcomes.decided())),
        lag: |dependence| dependence.failed.as_ref(),
        against: &[(|window| window.failed, "failed"), (|window| window.timed_out, "ran into a time limit")],
    }),
    nouns: ["failed", "failed"],
    absent: "no run after the change has a known outcome",
    rule: Cow::Borrowed("failed and timed-out runs of those with a known outcome, with a Wilson interval"),
    queries: &["outcomes", "dependence"],
};

pub static LOST_RATE: Metric = Metric {
    name: Cow::Borrowed("lost_rate"),
    label: Cow::Borrowed("Never finished, share"),
    unit: Unit::Fraction,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Description("described; completion_rate and failure_rate are tested"),
    value: Value::Share(Share {
        rate: |window| window.lost_rate,
        of: Denominator::Decided,
        half: |half| Some((half.outcomes.orphaned, half.outcomes.decided())),
        lag: |_| None,
        against: &[(|window| window.orphaned, "never finished")],
    }),
    nouns: ["never finished", "never finished"],
    absent: "no run after the change has a known outcome",
    rule: Cow::Borrowed("runs that never finished of those with a known outcome, with a Wilson interval"),
    queries: &["outcomes"],
};

pub static ON_TIME_RATE: Metric = Metric {
    name: Cow::Borrowed("on_time_rate"),
    label: Cow::Borrowed("On time"),
    unit: Unit::Fraction,
    better: Some(Better::Higher),
    per_job: true,
    method: Method::Test(Test::Shares),
    value: Value::Share(Share {
        rate: |window| window.on_time_rate,
        of: Denominator::ScheduledStarts,
        half: |half| Some((half.on_time?, half.outcomes.first_starts())),
        lag: |dependence| dependence.on_time.as_ref(),
        against: &[],
    }),
    nouns: ["on time", "on time"],
    absent: "no schedule is declared",
    rule: Cow::Borrowed(
        "first attempts that started at a second of the schedule, of the started first attempts",
    ),
    queries: &["start_seconds", "dependence"],
};

pub static FIRE_SUCCESS_RATE: Metric = Metric {
    name: Cow::Borrowed("fire_success_rate"),
    label: Cow::Borrowed("Fires that succeeded"),
    unit: Unit::Fraction,
    better: Some(Better::Higher),
    per_job: true,
    method: Method::Description("described; completion_rate, which counts every attempt, is tested"),
    value: Value::Share(Share {
        rate: JobWindow::fire_success_rate,
        of: Denominator::Fires,
        half: |half| Some(half.outcomes.fires()),
        lag: |_| None,
        against: &[],
    }),
    nouns: ["successful", "successful"],
    absent: "no fire after the change has a known outcome",
    rule: Cow::Borrowed(
        "fires that succeeded at any attempt, of those whose first attempt has a known outcome, with a Wilson interval",
    ),
    queries: &["outcomes"],
};

pub static PEAK_CONCURRENCY: Metric = Metric {
    name: Cow::Borrowed("peak_concurrency"),
    label: Cow::Borrowed("Running at once"),
    unit: Unit::Level,
    better: Some(Better::Lower),
    per_job: false,
    method: Method::Extreme("the highest level reached, a single value: there is no test"),
    value: Value::Level(Level::Peak),
    nouns: ["running at once", "running at once"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("most jobs running at one moment"),
    queries: &["concurrency", "jobs_at_peak"],
};

pub static MEAN_CONCURRENCY: Metric = Metric {
    name: Cow::Borrowed("mean_concurrency"),
    label: Cow::Borrowed("Mean running at once"),
    unit: Unit::Level,
    better: Some(Better::Lower),
    per_job: false,
    method: Method::Description("the level weighted by time: there is no test"),
    value: Value::Level(Level::Mean),
    nouns: ["running on average", "running on average"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("the level weighted by the time spent at it, over the observed time"),
    queries: &["concurrency"],
};

pub static START_BURST: Metric = Metric {
    name: Cow::Borrowed("start_burst"),
    label: Cow::Borrowed("Simultaneous starts"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: false,
    method: Method::Extreme(
        "the largest number of starts within one burst window, a single value: there is no test",
    ),
    value: Value::Level(Level::Burst),
    nouns: ["start at once", "starts at once"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("the most starts within one clock-aligned burst window"),
    queries: &["start_bursts"],
};

pub static START_PLACES: Metric = Metric {
    name: Cow::Borrowed("start_places"),
    label: Cow::Borrowed("Places of starts"),
    unit: Unit::Count,
    better: Some(Better::Higher),
    per_job: false,
    method: Method::Extreme("the number of places in the cycle, a single value: there is no test"),
    value: Value::Count(|window| window.start_places.count()),
    nouns: ["place of starts", "places of starts"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("places of the cycle where runs start; a second and the one after it are one place"),
    queries: &["start_seconds"],
};

pub static MEAN_DURATION: Metric = Metric {
    name: Cow::Borrowed("mean_duration"),
    label: Cow::Borrowed("Mean duration"),
    unit: Unit::Milliseconds,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Test(Test::Means),
    value: Value::Duration { figure: DurationFigure::Mean, read: |facts| facts.mean },
    nouns: ["", ""],
    absent: NO_DURATION,
    rule: Cow::Borrowed("the exact sum of the durations of completed runs over their number"),
    queries: &["durations", "dependence"],
};

pub static MEDIAN_DURATION: Metric = Metric {
    name: Cow::Borrowed("median_duration"),
    label: Cow::Borrowed("Median duration"),
    unit: Unit::Milliseconds,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Test(Test::Ranks),
    value: Value::Duration { figure: DurationFigure::MEDIAN, read: |facts| facts.median },
    nouns: ["", ""],
    absent: NO_DURATION,
    rule: Cow::Borrowed("interpolated at rank 0.5 (n − 1) of the frequency table (type 7)"),
    queries: &["durations", "dependence"],
};

pub static P90_DURATION: Metric = Metric {
    name: Cow::Borrowed("p90_duration"),
    label: Cow::Borrowed("90th percentile duration"),
    unit: Unit::Milliseconds,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Description("described; the median, the mean and the 95th percentile are tested"),
    value: Value::Duration { figure: DurationFigure::Quantile(Percentile::P90), read: |facts| facts.p90 },
    nouns: ["", ""],
    absent: NO_DURATION,
    rule: Cow::Borrowed("interpolated at rank 0.9 (n − 1) of the frequency table (type 7)"),
    queries: &["durations"],
};

pub static P95_DURATION: Metric = Metric {
    name: Cow::Borrowed("p95_duration"),
    label: Cow::Borrowed("95th percentile duration"),
    unit: Unit::Milliseconds,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Test(Test::Tail),
    value: Value::Duration { figure: DurationFigure::Quantile(Percentile::P95), read: |facts| facts.p95 },
    nouns: ["", ""],
    absent: NO_DURATION,
    rule: Cow::Borrowed("interpolated at rank 0.95 (n − 1) of the frequency table (type 7)"),
    queries: &["durations", "dependence"],
};

pub static P99_DURATION: Metric = Metric {
    name: Cow::Borrowed("p99_duration"),
    label: Cow::Borrowed("99th percentile duration"),
    unit: Unit::Milliseconds,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Description("described; the median, the mean and the 95th percentile are tested"),
    value: Value::Duration { figure: DurationFigure::Quantile(Percentile::P99), read: |facts| facts.p99 },
    nouns: ["", ""],
    absent: NO_DURATION,
    rule: Cow::Borrowed("interpolated at rank 0.99 (n − 1) of the frequency table (type 7)"),
    queries: &["durations"],
};

pub static MAX_DURATION: Metric = Metric {
    name: Cow::Borrowed("max_duration"),
    label: Cow::Borrowed("Max duration"),
    unit: Unit::Milliseconds,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::Extreme("the longest run, a single value: there is no test"),
    value: Value::Duration { figure: DurationFigure::Longest, read: |facts| facts.max },
    nouns: ["", ""],
    absent: NO_DURATION,
    rule: Cow::Borrowed("the longest completed run, exactly"),
    queries: &["durations"],
};

pub static OVERLAPPING_STARTS: Metric = Metric {
    name: Cow::Borrowed("overlapping_starts"),
    label: Cow::Borrowed("Overlapping starts"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::Count(|window| window.overlapping_starts),
    nouns: ["start over a run of the job", "starts over a run of the job"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("runs that started while an earlier run of their job occupied"),
    queries: &["overlaps"],
};

pub static MISSED_RUNS: Metric = Metric {
    name: Cow::Borrowed("missed_runs"),
    label: Cow::Borrowed("Missed runs"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::Missed,
    nouns: ["expected runs never started", "expected runs never started"],
    absent: "no schedule is declared, so no number of runs is expected",
    rule: Cow::Borrowed("fires of the schedule less the distinct minutes in which a first attempt answered"),
    queries: &["fires"],
};

pub static ORPHANED_RUNS: Metric = Metric {
    name: Cow::Borrowed("orphaned_runs"),
    label: Cow::Borrowed("Never finished"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::Count(|window| window.orphaned),
    nouns: ["run never finished", "runs never finished"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("runs still marked as running longer ago than a run may take"),
    queries: &["outcomes"],
};

pub static SKIPPED_LOCK: Metric = Metric {
    name: Cow::Borrowed("skipped_lock"),
    label: Cow::Borrowed("Skipped for a lock"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::Count(|window| window.skipped.lock),
    nouns: ["run skipped for a lock", "runs skipped for a lock"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("skipped rows whose reason is a lock"),
    queries: &["outcomes"],
};

pub static SKIPPED_OVERLAP: Metric = Metric {
    name: Cow::Borrowed("skipped_overlap"),
    label: Cow::Borrowed("Skipped for an overlap"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::Count(|window| window.skipped.overlap),
    nouns: ["run skipped for overlap", "runs skipped for overlap"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("skipped rows whose reason is the previous run"),
    queries: &["outcomes"],
};

pub static NEW_ERRORS: Metric = Metric {
    name: Cow::Borrowed("new_errors"),
    label: Cow::Borrowed("New kinds of error"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::NewErrors,
    nouns: ["new class of errors", "new classes of errors"],
    absent: "nothing ran before, so no error can be called new",
    rule: Cow::Borrowed("classes of message that were seen after, and before in no job"),
    queries: &["failures"],
};

pub static SLOW_RUNS: Metric = Metric {
    name: Cow::Borrowed("slow_runs"),
    label: Cow::Borrowed("Slow runs"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: true,
    method: Method::PerHour,
    value: Value::Count(|window| window.slow_runs),
    nouns: ["slow run", "slow runs"],
    absent: NO_DURATION,
    rule: Cow::Borrowed("ended runs at least as long as slow_after"),
    queries: &["outcomes"],
};

pub static REGRESSIONS: Metric = Metric {
    name: Cow::Borrowed("regressions"),
    label: Cow::Borrowed("Regressions"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: false,
    method: Method::AfterOnly,
    value: Value::Regressions,
    nouns: ["job regressed", "jobs regressed"],
    absent: "no comparison of a job could be judged",
    rule: Cow::Borrowed("jobs with a comparison whose verdict is regressed"),
    queries: &["durations", "dependence"],
};

pub static COLLISIONS: Metric = Metric {
    name: Cow::Borrowed("collisions"),
    label: Cow::Borrowed("Collisions"),
    unit: Unit::Count,
    better: Some(Better::Lower),
    per_job: false,
    method: Method::AfterOnly,
    value: Value::Collisions,
    nouns: ["pair of jobs at one instant", "pairs of jobs at one instant"],
    absent: "no enabled job has a schedule",
    rule: Cow::Borrowed("pairs of enabled declared jobs that fire at one instant within 24 hours; no query"),
    queries: &[],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric::measurement::metrics_of;

    #[test]
    fn every_name_leads_back_to_its_metric() {
        for (place, metric) in ALL.into_iter().enumerate() {
            assert_eq!(Metric::from_name(&metric.name), Some(metric));
            assert_eq!(metric.place(), Some(place));
        }
        assert_eq!(Metric::from_name("Completion_rate"), None);
        assert_eq!(metrics_of("pool", None).map(|metric| metric.place()), [None; 3]);
    }

    #[test]
    fn few_metrics_are_better_when_higher() {
        let higher: Vec<_> = ALL.into_iter().filter(|m| m.better == Some(Better::Higher)).collect();
        assert_eq!(higher, [&COMPLETION_RATE, &ON_TIME_RATE, &FIRE_SUCCESS_RATE, &START_PLACES]);
    }

    #[test]
    fn measurements_are_rows_with_a_unit_of_their_own() {
        let [mean, _, max] = metrics_of("pool_utilization", Some("%"));
        assert_eq!(
            (mean.to_string().as_str(), &*max.label),
            ("pool_utilization_mean", "Pool utilization max")
        );
        assert_eq!(max.unit.value(50.0, &[]), "50 %");
    }
}
