//! What pictures need beyond the figures, in the units of the report.

use serde::{Deserialize, Serialize};

use crate::clock::{SECOND_US, Timestamp};
use crate::observation::pictures::{self as seen, BusiestMinute, LevelsOverTime};
use crate::window::PerSide;

/// Bounded extra data for pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pictures {
    /// How many ran at once, over time: at most 240 points a window.
    pub levels: PerSide<LevelSeries>,
    /// The minute in which the highest level was first reached; `null` when nothing ran.
    pub busiest_minute: PerSide<Option<Minute>>,
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
    pub fn of(seen: &seen::ObservedPictures) -> Self {
        let levels = |side| LevelSeries::of(seen.levels.get(side));
        let minute = |side| seen.busiest_minute.get(side).as_ref().map(Minute::of);
        Self { levels: PerSide::of(levels), busiest_minute: PerSide::of(minute) }
    }
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
