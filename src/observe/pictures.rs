//! What pictures need beyond the figures: one more query, after the others.

use super::Observer;
use super::parameters::Found;
use super::queries;
use super::read::side_of;
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Rows, Session};
use crate::observation::pictures::{
    BusiestMinute, LevelsOverTime, ObservedPictures, OccupyingRun, minute_of,
};
use crate::window::PerSide;

impl Observer<'_> {
    /// Beside `levels` over time, which are known, one more query.
    pub(super) async fn pictures(
        &self,
        session: &mut Session,
        found: &Found,
        levels: PerSide<LevelsOverTime>,
    ) -> Result<ObservedPictures, DatabaseError> {
        if found.peaks.baseline.or(found.peaks.stagger).is_none() {
            return Ok(ObservedPictures { levels, busiest_minute: PerSide::default() });
        }
        let runs = self.run(session, &queries::BUSIEST_MINUTE, found).await?;
        let busiest_minute = busiest_minute(&runs, &found.peaks)?;
        Ok(ObservedPictures { levels, busiest_minute })
    }
}

fn busiest_minute(
    rows: &Rows,
    peaks: &PerSide<Option<Timestamp>>,
) -> Result<PerSide<Option<BusiestMinute>>, DatabaseError> {
    let empty = |side| {
        let peak_at: Option<Timestamp> = *peaks.get(side);
        peak_at.map(|peak_at| BusiestMinute {
            start: minute_of(peak_at),
            peak_at,
            runs: Vec::new(),
            runs_left_out: 0,
        })
    };
    let mut minutes = PerSide::of(empty);
    for row in rows.iter() {
        let run = OccupyingRun {
            start: Timestamp(row.int("started_us")?),
            job: row.text("job_name")?,
            end: Timestamp(row.int("occupied_until_us")?),
        };
        let all = row.count("runs_in_all")?;
        if let Some(minute) = minutes.get_mut(side_of(&row)?) {
            minute.runs.push(run);
            minute.runs_left_out = all.saturating_sub(minute.runs.len() as u64);
        }
    }
    for minute in [&mut minutes.baseline, &mut minutes.stagger].into_iter().flatten() {
        minute.runs.sort();
    }
    Ok(minutes)
}
