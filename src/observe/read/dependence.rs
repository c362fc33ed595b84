//! How each run depends on the one before, and the first of a window.

use std::collections::BTreeSet;

use super::jobs::CountedJobs;
use super::row::side_of;
use crate::clock::Timestamp;
use crate::database::{DatabaseError, Row, Rows, UnexpectedCell};
use crate::observation::{Dependence, LagSums, OPENINGS, Opening, Pause};
use crate::window::PerSide;

/// What `queries/dependence.sql` calls a known outcome.
const COMPLETED: i64 = 1;

/// Failed or timed out.
const FAILED: i64 = 2;

impl CountedJobs {
    /// `starts`: of the windows.
    pub(in crate::observe) fn dependence(
        &mut self,
        rows: &Rows,
        starts: PerSide<Timestamp>,
    ) -> Result<(), DatabaseError> {
        for row in rows.iter().filter(|row| row.int("observed_runs") != Ok(0)) {
            let durations = LagSums {
                n: row.count("durations")?,
                sum: row.optional_int("cell_sum")?.unwrap_or(0),
                sum_of_squares: row.optional_int("cell_squares")?.unwrap_or(0),
                sum_of_products: row.optional_int("cell_products")?.unwrap_or(0),
                first: row.optional_int("first_cell")?.unwrap_or(0),
                last: row.optional_int("last_cell")?.unwrap_or(0),
            };
            let completed = flags(&row, "completed", ("decided", "known", COMPLETED))?;
            let failed = flags(&row, "failed", ("decided", "known", FAILED))?;
            let on_time = flags(&row, "on_time", ("starts", "on_time", 1))?;
            let duplicates = row.count("suspected_duplicates")?;
            let start = *starts.get(side_of(&row)?);
            let pause = row.optional_int("longest_pause")?.map(|packed| Pause::unpack(packed, start));
            let openings = openings(&row)?;
            let job = self.job(&row)?;
            job.openings = Some(openings);
            job.dependence =
                Dependence { durations: completed.map(|_| durations), completed, failed, on_time };
            job.overlap.suspected_duplicates = duplicates;
            job.pause = pause;
        }
        Ok(())
    }
}

/// The sums of a series of noughts and ones; `None` while it is empty. `ends`: the column with its count,
/// the stem of those with the values at either end, and the value that stands for one.
fn flags(row: &Row<'_>, name: &str, ends: (&str, &str, i64)) -> Result<Option<LagSums>, UnexpectedCell> {
    let (count, stem, one) = ends;
    let n = row.count(count)?;
    if n == 0 {
        return Ok(None);
    }
    let sum = row.int(&format!("{name}_sum"))?;
    let end = |place: &str| Ok(i64::from(row.int(&format!("{place}_{stem}"))? == one));
    Ok(Some(LagSums {
        n,
        sum,
        // Of noughts and ones.
        sum_of_squares: sum,
        sum_of_products: row.int(&format!("{name}_products"))?,
        first: end("first")?,
        last: end("last")?,
    }))
}

/// The first runs of a job that started one.
fn openings(row: &Row<'_>) -> Result<Box<[Opening; OPENINGS.len()]>, DatabaseError> {
    let mut openings = Box::new([Opening::NONE; OPENINGS.len()]);
    for (most, opening) in OPENINGS.iter().zip(openings.iter_mut()) {
        *opening = Opening {
            durations: row.count(&format!("durations_of_{most}"))?,
            cell_sum: row.optional_int(&format!("cells_of_{most}"))?.unwrap_or(0),
            least_cell: row.optional_int(&format!("least_of_{most}"))?.unwrap_or(0),
            until: Timestamp(row.int(&format!("until_of_{most}"))?),
        };
    }
    Ok(openings)
}

/// The jobs of which runs meet in either window.
pub(in crate::observe) fn meeting(dependence: &Rows) -> Result<Vec<String>, DatabaseError> {
    let mut jobs = BTreeSet::new();
    for row in dependence.iter() {
        if row.int("meets")? == 1 {
            jobs.insert(row.text("job_name")?);
        }
    }
    Ok(jobs.into_iter().collect())
}
