//! Each window over time.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::figures::duration::milliseconds;
use crate::analysis::statistics::quantile::{self, Percentile};
use crate::clock::{SECOND_US, Timestamp};
use crate::observation::{Observations, Trend, TrendPoint};
use crate::window::{PerSide, Side};

/// Both windows over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trends {
    /// Length of a bucket in each window.
    pub bucket_seconds: PerSide<i64>,
    /// A line for each window and job.
    pub series: Vec<Series>,
    /// Jobs that are shown as one line together.
    pub jobs_added_up: u64,
}

/// One line of a trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Series {
    /// Which window.
    pub window: Side,
    /// The job; `null` for all the others together.
    pub job: Option<String>,
    /// Points, ascending in time.
    pub points: Vec<SeriesPoint>,
}

/// One point of a trend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesPoint {
    /// Start of the bucket.
    pub at: Timestamp,
    /// Runs started.
    pub runs: u64,
    /// Failed and timed out.
    pub failed: u64,
    /// Mean duration of completed runs.
    pub mean_ms: Option<f64>,
    /// Their 95th percentile.
    pub p95_ms: Option<f64>,
}

impl Trends {
    pub fn of(observations: &Observations) -> Self {
        let bucket = |side| observations.get(side).trend.bucket_us / SECOND_US;
        Self {
            bucket_seconds: PerSide::of(bucket),
            series: Side::BOTH
                .into_iter()
                .flat_map(|side| series(side, &observations.get(side).trend))
                .collect(),
            jobs_added_up: jobs_added_up(observations),
        }
    }
}

/// The observed jobs without a line of their own; none where no line is of several jobs.
fn jobs_added_up(observations: &Observations) -> u64 {
    let windows = Side::BOTH.map(|side| observations.get(side));
    let points = || windows.iter().flat_map(|window| &window.trend.points);
    if points().all(|point| point.job.is_some()) {
        return 0;
    }
    let mut jobs: BTreeSet<&str> = windows.iter().flat_map(|w| w.jobs.keys()).map(String::as_str).collect();
    for point in points() {
        jobs.remove(point.job.as_deref().unwrap_or_default());
    }
    jobs.len() as u64
}

/// The lines of one window by the bytes of the jobs' names, the rest last.
fn series(window: Side, trend: &Trend) -> Vec<Series> {
    let mut lines: BTreeMap<(bool, Option<&str>), Vec<SeriesPoint>> = BTreeMap::new();
    for point in &trend.points {
        let job = point.job.as_deref();
        lines.entry((job.is_none(), job)).or_default().push(SeriesPoint::of(point));
    }
    lines
        .into_iter()
        .map(|((_, job), mut points)| {
            points.sort_by_key(|point| point.at);
            Series { window, job: job.map(str::to_owned), points }
        })
        .collect()
}

impl SeriesPoint {
    fn of(point: &TrendPoint) -> Self {
        let measured = point.durations > 0;
        let (_, hundredths) = quantile::rank(Percentile::P95, point.durations);
        let p95 = || {
            let us = quantile::between(point.p95_low_us, point.p95_high_us, hundredths);
            us.clamp(point.min_us as f64, point.max_us as f64) / 1_000.0
        };
        Self {
            at: point.at,
            runs: point.runs,
            failed: point.failed,
            mean_ms: measured.then(|| milliseconds(point.sum_us) / point.durations as f64),
            p95_ms: measured.then(p95),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(job: Option<&str>, at: i64, durations: u64) -> TrendPoint {
        TrendPoint {
            job: job.map(str::to_owned),
            at: Timestamp(at),
            runs: durations + 1,
            failed: 1,
            durations,
            sum_us: 10_000 * i64::try_from(durations).unwrap(),
            min_us: 9_000,
            max_us: 11_234,
            p95_low_us: 11_000,
            p95_high_us: 11_200,
        }
    }

    #[test]
    fn points_become_lines_with_the_rest_last() {
        let points =
            vec![point(None, 1, 2), point(Some("b"), 5, 0), point(Some("b"), 1, 2), point(Some("a"), 1, 2)];
        let lines = series(Side::Stagger, &Trend { bucket_us: 60, points });
        let names: Vec<_> = lines.iter().map(|line| line.job.as_deref()).collect();
        assert_eq!(names, [Some("a"), Some("b"), None]);
        let times: Vec<_> = lines[1].points.iter().map(|point| point.at.us()).collect();
        assert_eq!(times, [1, 5]);
    }

    #[test]
    fn a_point_without_durations_has_runs_only() {
        let bare = SeriesPoint::of(&point(None, 1, 0));
        assert_eq!((bare.runs, bare.mean_ms, bare.p95_ms), (1, None, None));
    }

    #[test]
    fn the_95th_percentile_lies_between_its_neighbours() {
        let shown = SeriesPoint::of(&point(None, 1, 11)); // 95 % of 10 steps: half way from the 10th to the 11th
        assert_eq!((shown.mean_ms, shown.p95_ms), (Some(10.0), Some(11.1)));
    }
}
