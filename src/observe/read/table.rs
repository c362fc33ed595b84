//! What is asked of the table as a whole, and of failures and trends.

use super::row::{instant, side_of};
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Rows};
use crate::observation::{Coverage, FailureText, Trend, TrendPoint};
use crate::window::PerSide;

pub(in crate::observe) fn coverage(rows: &Rows) -> Result<Coverage, DatabaseError> {
    let Some(row) = rows.iter().next() else { return Ok(Coverage::default()) };
    Ok(Coverage {
        first_started: instant(&row, "first_started_us")?,
        last_started: instant(&row, "last_started_us")?,
        rows_ahead: row.optional_int("rows_ahead")?.map_or(0, |rows| u64::try_from(rows).unwrap_or(0)),
    })
}

pub(in crate::observe) fn excluded(rows: &Rows, periods: usize) -> Result<Vec<u64>, DatabaseError> {
    let mut runs = vec![0; periods];
    for row in rows.iter() {
        let period = usize::try_from(row.count("period")?).unwrap_or(usize::MAX);
        if let Some(count) = runs.get_mut(period) {
            *count = row.count("runs")?;
        }
    }
    Ok(runs)
}

pub(in crate::observe) fn failures(rows: &Rows) -> Result<PerSide<Vec<FailureText>>, DatabaseError> {
    let mut failures: PerSide<Vec<FailureText>> = PerSide::default();
    for row in rows.iter() {
        let failure = FailureText {
            job: row.text("job_name")?,
            text: row.text("error_text")?,
            runs: row.count("runs")?,
            first_seen: Timestamp(row.int("first_seen_us")?),
        };
        failures.get_mut(side_of(&row)?).push(failure);
    }
    failures.baseline.sort();
    failures.stagger.sort();
    Ok(failures)
}

pub(in crate::observe) fn trends(
    rows: &Rows,
    buckets: &PerSide<i64>,
) -> Result<PerSide<Trend>, DatabaseError> {
    let mut trends = PerSide {
        baseline: Trend { bucket_us: buckets.baseline, points: Vec::new() },
        stagger: Trend { bucket_us: buckets.stagger, points: Vec::new() },
    };
    for row in rows.iter() {
        let low = row.optional_int("p95_low_us")?.unwrap_or(0);
        let point = TrendPoint {
            job: row.optional_text("job_name")?,
            at: Timestamp(row.int("bucket_us")?),
            runs: row.count("runs")?,
            failed: row.count("failed")?,
            durations: row.count("durations")?,
            sum_us: row.optional_int("sum_us")?.unwrap_or(0),
            min_us: row.optional_int("min_us")?.unwrap_or(0),
            max_us: row.optional_int("max_us")?.unwrap_or(0),
            p95_low_us: low,
            // The last rank has none after it.
            p95_high_us: row.optional_int("p95_high_us")?.unwrap_or(low),
        };
        trends.get_mut(side_of(&row)?).points.push(point);
    }
    trends.baseline.points.sort();
    trends.stagger.points.sort();
    Ok(trends)
}
