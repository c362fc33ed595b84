//! When and for how long the runs of each job ran.

use std::collections::BTreeMap;

use super::jobs::CountedJobs;
use super::row::{half_of, side_of};
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Rows};
use crate::observation::{FireCounts, RecordedSchedule, StartBurst};
use crate::window::{PerSide, Side};

impl CountedJobs {
    pub(in crate::observe) fn durations(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let (cell, runs) = (row.int("representative_us")?, row.count("runs")?);
            let (sum, min, max) = (row.int("sum_us")?, row.int("min_us")?, row.int("max_us")?);
            let half = half_of(&row)?;
            let job = self.job(&row)?;
            for table in [&mut job.durations, &mut job.halves[half].durations] {
                table.add_cell(cell, runs, sum.into(), min, max);
            }
        }
        Ok(())
    }

    pub(in crate::observe) fn start_seconds(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            // Fewer than 86,400: a cycle is a day at most.
            let second = u32::try_from(row.count("second_of_cycle")?).unwrap_or(u32::MAX);
            let (runs, retries) = (row.count("runs")?, row.count("retries")?);
            let job = self.job(&row)?;
            *job.start_seconds.entry(second).or_default() += runs;
            if retries > 0 {
                *job.retry_seconds.entry(second).or_default() += retries;
            }
        }
        Ok(())
    }

    pub(in crate::observe) fn start_delays(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let runs = row.count("runs")?;
            let (sum, min, max) = (row.int("sum_us")?, row.int("min_us")?, row.int("max_us")?);
            let (early, cell) = (row.int("early")?, row.int("representative_us")?);
            let delays = &mut self.job(&row)?.start_delays;
            if early == 1 {
                delays.early += runs;
            } else {
                delays.table.add_cell(cell, runs, sum.into(), min, max);
            }
        }
        Ok(())
    }

    pub(in crate::observe) fn fires(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let fires = FireCounts {
                first_attempts: row.count("first_attempts")?,
                distinct_minutes: row.count("distinct_minutes")?,
                started_first_attempts: row.count("started_first_attempts")?,
                started_distinct_minutes: row.count("started_distinct_minutes")?,
            };
            self.job(&row)?.fires = Some(fires);
        }
        Ok(())
    }

    pub(in crate::observe) fn schedules(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let recorded = RecordedSchedule {
                schedule: row.optional_text("schedule")?,
                effective_schedule: row.optional_text("effective_schedule")?,
                stagger_offset_s: row.optional_int("stagger_offset_s")?,
                runs: row.count("runs")?,
            };
            let nothing = recorded.schedule.is_none()
                && recorded.effective_schedule.is_none()
                && recorded.stagger_offset_s.is_none();
            if !nothing {
                self.job(&row)?.schedules.push(recorded);
            }
        }
        for jobs in [&mut self.0.baseline, &mut self.0.stagger] {
            for job in jobs.values_mut() {
                job.schedules.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.cmp(b)));
            }
        }
        Ok(())
    }
}

pub(in crate::observe) fn start_bursts(rows: &Rows) -> Result<PerSide<Option<StartBurst>>, DatabaseError> {
    let mut bursts = PerSide::default();
    for row in rows.iter() {
        let burst = StartBurst { runs: row.count("runs")?, at: Timestamp(row.int("burst_us")?) };
        *bursts.get_mut(side_of(&row)?) = Some(burst);
    }
    Ok(bursts)
}

/// When the latest runs of each job of the stagger window were meant to start.
pub(in crate::observe) fn recent_starts(
    rows: &Rows,
) -> Result<BTreeMap<String, Vec<Timestamp>>, DatabaseError> {
    let mut starts: BTreeMap<String, Vec<Timestamp>> = BTreeMap::new();
    for row in rows.iter() {
        if side_of(&row)? == Side::Stagger {
            starts.entry(row.text("job_name")?).or_default().push(Timestamp(row.int("meant_us")?));
        }
    }
    Ok(starts)
}
