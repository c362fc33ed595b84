//! How many ran at once, of all jobs and of each.

use std::collections::BTreeMap;

use super::jobs::CountedJobs;
use super::row::side_of;
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Rows};
use crate::observation::Levels;
use crate::observation::pictures::LevelsOverTime;
use crate::window::{PerSide, Side, Window};

impl CountedJobs {
    pub(in crate::observe) fn overlaps(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let starts = row.count("overlapping_starts")?;
            // What meets outside of the window is none of its jobs'.
            let known = self.0.get_mut(side_of(&row)?).get_mut(&row.text("job_name")?);
            if let Some(job) = known {
                job.overlap.overlapping_starts = starts;
            }
        }
        Ok(())
    }

    pub(in crate::observe) fn overlapped_time(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            self.job(&row)?.overlap.overlapped_us = row.int("overlapped_us")?;
        }
        Ok(())
    }
}

/// Time at each level; what is left of the observed time was spent at level 0. And the same over time.
pub(in crate::observe) fn levels(
    rows: &Rows,
    windows: &PerSide<Window>,
) -> Result<(PerSide<Levels>, PerSide<LevelsOverTime>), DatabaseError> {
    let mut times: PerSide<BTreeMap<usize, i64>> = PerSide::default();
    let mut peaks: PerSide<Option<(u64, Timestamp)>> = PerSide::default();
    let mut busy: PerSide<Vec<(Timestamp, u64, i64)>> = PerSide::default();
    for row in rows.iter() {
        let side = side_of(&row)?;
        let level = row.count("level")?;
        if row.int("part")? == 1 {
            let point = (Timestamp(row.int("bucket_us")?), level, row.int("level_time_us")?);
            busy.get_mut(side).push(point);
            continue;
        }
        times.get_mut(side).insert(usize::try_from(level).unwrap_or(usize::MAX), row.int("time_us")?);
        let peak = peaks.get_mut(side);
        if peak.is_none_or(|(highest, _)| level > highest) {
            *peak = Some((level, Timestamp(row.int("first_at_us")?)));
        }
    }
    let fill = |side: Side| {
        let times = times.get(side);
        let highest = times.keys().next_back().copied().unwrap_or(0);
        let mut time_at_level_us = vec![0; highest + 1];
        for (level, time) in times {
            time_at_level_us[*level] = *time;
        }
        time_at_level_us[0] = windows.get(side).observed_length().us() - times.values().sum::<i64>();
        let peak_at = peaks.get(side).map(|(_, at)| at);
        Levels { time_at_level_us, peak_at, jobs_at_peak: Vec::new() }
    };
    let over_time = |side: Side| LevelsOverTime::of(windows.get(side), busy.get(side).iter().copied());
    Ok((PerSide::of(fill), PerSide::of(over_time)))
}

pub(in crate::observe) fn jobs_at_peak(
    rows: &Rows,
    levels: &mut PerSide<Levels>,
) -> Result<(), DatabaseError> {
    for row in rows.iter() {
        let levels = levels.get_mut(side_of(&row)?);
        // Without a peak the query looked at an instant that may lie in an excluded period.
        if levels.peak_at.is_some() {
            levels.jobs_at_peak.push(row.text("job_name")?);
        }
    }
    levels.baseline.jobs_at_peak.sort();
    levels.stagger.jobs_at_peak.sort();
    Ok(())
}
