//! What pictures need: levels over time, and who ran in the busiest minute.

use jobdelta::clock::Timestamp;
use jobdelta::observation::Levels;
use jobdelta::observation::pictures::{BusiestMinute, LevelPoint, LevelsOverTime, OccupyingRun};

use super::occupancy::{Occupancy, levels};
use super::{Question, SECOND};

/// The lengths that a bucket may have, in seconds: 1 to 30 seconds, 1 to 30 minutes, 1 to 12 hours, 1 to
/// 28 days.
const LENGTHS: [i64; 21] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
    172_800, 604_800, 2_419_200,
];

/// The levels of each bucket that was observed in part, each as if it were a window of its own.
pub fn levels_over_time(occupancies: &[Occupancy], question: &Question, side: usize) -> LevelsOverTime {
    let (start, end) = question.windows[side];
    let count = |us: i64| (end - 1).div_euclid(us) - start.div_euclid(us) + 1;
    let bucket_us = LENGTHS.map(|seconds| seconds * SECOND).into_iter().find(|us| count(*us) <= 240).unwrap();
    let observed = question.observed(side);
    let points = (0..count(bucket_us)).filter_map(|nth| {
        let at = (start.div_euclid(bucket_us) + nth) * bucket_us;
        let parts: Vec<(i64, i64)> = observed
            .iter()
            .map(|&(from, to)| (from.max(at), to.min(at + bucket_us)))
            .filter(|(from, to)| from < to)
            .collect();
        let observed_us = parts.iter().map(|(from, to)| to - from).sum();
        let levels = levels(occupancies, &parts);
        let occupied_us = (0..).zip(&levels.time_at_level_us).map(|(level, time)| level * time).sum();
        (observed_us > 0).then_some(LevelPoint {
            at: Timestamp(at),
            peak: levels.peak(),
            occupied_us,
            observed_us,
        })
    });
    LevelsOverTime { bucket_us, points: points.collect() }
}

/// The runs of the minute of the clock in which the highest level was first reached.
pub fn busiest_minute(occupancies: &[Occupancy], levels: &Levels) -> Option<BusiestMinute> {
    let peak_at = levels.peak_at?;
    let start = peak_at.us().div_euclid(60 * SECOND) * 60 * SECOND;
    let mut runs: Vec<OccupyingRun> = occupancies
        .iter()
        .filter(|o| o.start < start + 60 * SECOND && o.end > start)
        .map(|o| OccupyingRun { start: Timestamp(o.start), job: o.job.clone(), end: Timestamp(o.end) })
        .collect();
    runs.sort_by(|a, b| (a.start, &a.job, a.end).cmp(&(b.start, &b.job, b.end)));
    let left_out = runs.split_off(runs.len().min(200)).len();
    Some(BusiestMinute { start: Timestamp(start), peak_at, runs, runs_left_out: left_out as u64 })
}
