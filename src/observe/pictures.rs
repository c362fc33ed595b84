//! What pictures need beyond the figures: two more queries, after the others.

use std::collections::BTreeMap;

use super::Observer;
use super::queries::{self, Query};
use super::read::side_of;
use crate::clock::{MINUTE_US, Timestamp};
use crate::database::{DatabaseError, Rows, Session, Value};
use crate::observation::pictures::{
    BusiestMinute, LevelsOverTime, MOST_RUNS, OccupyingRun, Pictures, level_bucket, minute_of,
};
use crate::window::{PerSide, Side, Window};

impl Observer<'_> {
    /// Runs the queries for pictures. `peaks` are the moments of the highest level; `known` are the levels
    /// over time, where the way of counting has them.
    pub(super) async fn pictures(
        &self,
        session: &mut Session,
        peaks: &PerSide<Option<Timestamp>>,
        known: Option<PerSide<LevelsOverTime>>,
    ) -> Result<Pictures, DatabaseError> {
        if peaks.baseline.or(peaks.stagger).is_none() {
            let idle = |side| LevelsOverTime::of(self.windows.get(side), []);
            let levels = PerSide::of(idle);
            return Ok(Pictures { levels, busiest_minute: PerSide::default() });
        }
        let mut ask = async |query: Query| {
            let values = values(query, &self.windows, peaks);
            self.run_with(session, query, values).await
        };
        let levels = match known {
            Some(levels) => levels,
            None => levels(&ask(queries::LEVELS_OVER_TIME).await?, &self.windows)?,
        };
        let busiest_minute = busiest_minute(&ask(queries::BUSIEST_MINUTE).await?, peaks)?;
        Ok(Pictures { levels, busiest_minute })
    }
}

/// The parameters of a query for pictures. A window in which nothing ran has no peak; nothing occupies the
/// minute of its start either.
pub(super) fn values(
    query: Query,
    windows: &PerSide<Window>,
    peaks: &PerSide<Option<Timestamp>>,
) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    for side in Side::BOTH {
        let period = windows.get(side).period;
        let bucket = level_bucket(period).us();
        let minute = minute_of(peaks.get(side).unwrap_or(period.start));
        for (name, value) in [
            ("bucket_us", bucket),
            ("first_us", period.start.us().div_euclid(bucket) * bucket),
            ("minute_us", minute.us()),
        ] {
            values.insert(format!("{}_{name}", side.name()), value);
        }
    }
    values.extend([("minute_us".to_owned(), MINUTE_US), ("kept".to_owned(), MOST_RUNS)]);
    let named = |name: &str| query.text.contains(&format!(":{name}"));
    values
        .into_iter()
        .filter(|(name, _)| named(name))
        .map(|(name, value)| (name, Value::Int(value)))
        .collect()
}

fn levels(rows: &Rows, windows: &PerSide<Window>) -> Result<PerSide<LevelsOverTime>, DatabaseError> {
    let mut busy: PerSide<Vec<(Timestamp, u64, i64)>> = PerSide::default();
    for row in rows.iter() {
        let point = (Timestamp(row.int("bucket_us")?), row.count("peak")?, row.int("occupied_us")?);
        busy.get_mut(side_of(&row)?).push(point);
    }
    Ok(PerSide {
        baseline: LevelsOverTime::of(&windows.baseline, busy.baseline),
        stagger: LevelsOverTime::of(&windows.stagger, busy.stagger),
    })
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
