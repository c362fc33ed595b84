//! What pictures need beyond the figures, in the units of the report.

use serde::{Deserialize, Serialize};

use crate::clock::{SECOND_US, Span, Timestamp};
use crate::observation::pictures::{BusiestMinute, LevelsOverTime};
use crate::observation::{Observations, WindowObservations};
use crate::window::PerSide;

/// Bounded extra data for pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pictures {
    /// How many ran at once, over time: at most 240 points a window.
    pub levels: PerSide<LevelSeries>,
    /// The minute in which the highest level was first reached; `null` when nothing ran.
    pub busiest_minute: PerSide<Option<Minute>>,
    /// Runs of all jobs by the part of the cycle that they start in, from its beginning: a cycle of at most a
    /// minute has a part a second, a day a part a minute, others 60 parts. Empty in reports from before there
    /// was any.
    #[serde(default)]
    pub starts: PerSide<Vec<u64>>,
}

/// How many ran at once, over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelSeries {
    /// Length of a step; 0 where nothing is known.
    pub bucket_seconds: i64,
    /// Steps of which a part was observed, ascending.
    pub points: Vec<LevelStep>,
}

/// One step of the levels over time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelStep {
    /// Start of the step.
    pub at: Timestamp,
    /// The highest level in it.
    pub peak: u64,
    /// The mean level in its observed part.
    pub mean: f64,
}

/// The busiest minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Minute {
    /// Its start.
    pub start: Timestamp,
    /// When the highest level was first reached.
    pub peak_at: Timestamp,
    /// The runs that occupy a part of it, by start: at most 200.
    pub runs: Vec<MinuteRun>,
    /// Runs beyond these.
    pub runs_left_out: u64,
}

/// A run of the busiest minute; it may begin before and end after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MinuteRun {
    /// The job.
    pub job: String,
    /// When it started.
    pub start: Timestamp,
    /// When it ended; for a run still running the end of what was observed.
    pub end: Timestamp,
}

impl Pictures {
    /// What was seen, in the units of the report.
    pub fn of(observations: &Observations, cycle: Span) -> Self {
        let seen = &observations.pictures;
        Self {
            levels: seen.levels.as_ref().map(LevelSeries::of),
            busiest_minute: seen.busiest_minute.as_ref().map(|minute| minute.as_ref().map(Minute::of)),
            starts: PerSide::of(|side| starts(observations.get(side), cycle)),
        }
    }

    /// The levels over time of both windows in steps of one length: the shortest that steps of both add up to.
    pub fn levels_in_equal_steps(&self) -> PerSide<LevelSeries> {
        let PerSide { baseline, stagger } = self.levels.as_ref().map(|series| series.bucket_seconds);
        let common = if baseline > 0 && stagger > 0 {
            baseline / greatest_divisor(baseline, stagger) * stagger
        } else {
            baseline.max(stagger)
        };
        self.levels.as_ref().map(|series| series.in_steps(common))
    }
}

/// Parts of a cycle of so many seconds.
fn cycle_parts(seconds: i64) -> i64 {
    const DAY: i64 = 86_400;
    match seconds {
        DAY => 1_440,
        ..=60 => seconds.max(1),
        _ => 60,
    }
}

fn starts(window: &WindowObservations, cycle: Span) -> Vec<u64> {
    let seconds = (cycle.us() / SECOND_US).max(1);
    let parts = cycle_parts(seconds);
    let mut starts = vec![0; usize::try_from(parts).unwrap_or(1)];
    for (&second, &runs) in window.jobs.values().flat_map(|job| &job.start_seconds) {
        let part = usize::try_from(i64::from(second) * parts / seconds).unwrap_or(0);
        if let Some(count) = starts.get_mut(part) {
            *count += runs;
        }
    }
    starts
}

fn greatest_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

impl LevelSeries {
    fn of(levels: &LevelsOverTime) -> Self {
        let points = levels.points.iter().map(|point| LevelStep {
            at: point.at,
            peak: point.peak,
            mean: point.occupied_us as f64 / point.observed_us.max(1) as f64,
        });
        Self { bucket_seconds: levels.bucket_us / SECOND_US, points: points.collect() }
    }

    /// The same in steps of `seconds`, a multiple of its own: the highest level, and the mean of the means.
    fn in_steps(&self, seconds: i64) -> Self {
        let step_us = seconds.max(1) * SECOND_US;
        let mut points: Vec<LevelStep> = Vec::new();
        let mut joined = 0.0;
        for point in &self.points {
            let at = Timestamp(point.at.us().div_euclid(step_us) * step_us);
            match points.last_mut().filter(|last| last.at == at) {
                Some(last) => {
                    joined += 1.0;
                    last.peak = last.peak.max(point.peak);
                    last.mean += (point.mean - last.mean) / joined;
                }
                None => {
                    joined = 1.0;
                    points.push(LevelStep { at, ..*point });
                }
            }
        }
        Self { bucket_seconds: seconds, points }
    }
}

impl Minute {
    fn of(minute: &BusiestMinute) -> Self {
        let runs =
            minute.runs.iter().map(|run| MinuteRun { job: run.job.clone(), start: run.start, end: run.end });
        Self {
            start: minute.start,
            peak_at: minute.peak_at,
            runs: runs.collect(),
            runs_left_out: minute.runs_left_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(bucket_seconds: i64, peaks: &[u64]) -> LevelSeries {
        let point = |(nth, peak): (i64, &u64)| LevelStep {
            at: Timestamp(nth * bucket_seconds * SECOND_US),
            peak: *peak,
            mean: *peak as f64 / 2.0,
        };
        LevelSeries { bucket_seconds, points: (0..).zip(peaks).map(point).collect() }
    }

    #[test]
    fn levels_of_both_windows_come_in_the_same_steps() {
        let levels = PerSide { baseline: series(2, &[1, 3, 0, 0, 0, 2]), stagger: series(5, &[1, 1, 4]) };
        let pictures = Pictures { levels, ..Pictures::default() };
        let equal = pictures.levels_in_equal_steps();
        assert_eq!(equal.as_ref().map(|series| series.bucket_seconds), PerSide { baseline: 10, stagger: 10 });
        let peaks = equal.map(|series| series.points.iter().map(|point| point.peak).collect::<Vec<_>>());
        assert_eq!(peaks, PerSide { baseline: vec![3, 2], stagger: vec![1, 4] });
        let means: Vec<f64> =
            pictures.levels_in_equal_steps().baseline.points.iter().map(|point| point.mean).collect();
        assert!((means[0] - 0.4).abs() < 1e-12, "{means:?}");
    }

    #[test]
    fn starts_are_counted_by_parts_of_the_cycle() {
        let mut window = WindowObservations::default();
        window.jobs.entry("a".to_owned()).or_default().start_seconds = [(0, 3), (59, 1), (3_599, 2)].into();
        window.jobs.entry("b".to_owned()).or_default().start_seconds = [(0, 1), (60, 5)].into();
        let hour = starts(&window, Span::seconds(3_600));
        assert_eq!((hour.len(), hour[0], hour[1], hour[59]), (60, 5, 5, 2));
        let day = starts(&window, Span::seconds(86_400));
        assert_eq!((day.len(), day[0], day[1], day[59]), (1_440, 5, 5, 2));
        assert_eq!(starts(&WindowObservations::default(), Span::seconds(10)), [0; 10]);
    }

    #[test]
    fn levels_of_one_window_keep_their_steps() {
        let levels = PerSide { baseline: LevelSeries::default(), stagger: series(5, &[1, 2]) };
        let pictures = Pictures { levels, ..Pictures::default() };
        assert_eq!(pictures.levels_in_equal_steps().stagger, pictures.levels.stagger);
    }
}
