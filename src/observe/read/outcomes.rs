//! What became of the runs of each job.

use super::jobs::CountedJobs;
use super::row::{half_of, instant};
use crate::database::{DatabaseError, Rows};
use crate::observation::Outcomes;

impl CountedJobs {
    pub(in crate::observe) fn outcomes(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let busy = row.optional_int("busy_us")?.unwrap_or(0);
            if row.int("observed")? == 0 {
                // A run of the look-back that ended before the window touches nothing.
                if busy > 0 {
                    self.job(&row)?.overlap.busy_us += busy;
                }
                continue;
            }
            let outcome = row.text("outcome")?;
            let reason = row.optional_text("skip_reason")?;
            let runs = row.count("runs")?;
            let job = self.job(&row)?;
            job.overlap.busy_us += busy;
            let failed_to_start = row.count("failed_to_start")?;
            let retries = row.count("retries")?;
            let (second, started_retries) = (row.count("second_attempts")?, row.count("started_retries")?);
            for counts in [&mut job.outcomes, &mut job.halves[half_of(&row)?].outcomes] {
                *count_of(counts, &outcome, reason.as_deref()) += runs;
                counts.failed_to_start += failed_to_start;
                counts.started_retries += started_retries;
                match outcome.as_str() {
                    "completed" => {
                        counts.completed_retries += retries;
                        counts.completed_second += second;
                    }
                    "failed" | "timed_out" | "orphaned" => {}
                    _ => continue,
                }
                counts.retries += retries;
            }
            if outcome == "skipped" {
                continue;
            }
            if let Some(on_time) = row.optional_int("on_time")? {
                *job.halves[half_of(&row)?].on_time.get_or_insert(0) += u64::try_from(on_time).unwrap_or(0);
            }
            let (first, last) = (instant(&row, "first_started_us")?, instant(&row, "last_started_us")?);
            job.first_started = [job.first_started, first].into_iter().flatten().min();
            job.last_started = job.last_started.max(last);
            job.slow_runs += row.count("slow_runs")?;
            job.anomalies.running_with_end += row.count("running_with_end")?;
            job.anomalies.end_before_start += row.count("end_before_start")?;
            job.anomalies.final_without_end += row.count("final_without_end")?;
            job.anomalies.whole_seconds += row.count("whole_seconds")?;
            job.anomalies.longer_than_longest_run += row.count("longer_than_longest_run")?;
        }
        Ok(())
    }
}

fn count_of<'a>(counts: &'a mut Outcomes, outcome: &str, reason: Option<&str>) -> &'a mut u64 {
    match (outcome, reason) {
        ("completed", _) => &mut counts.completed,
        ("failed", _) => &mut counts.failed,
        ("timed_out", _) => &mut counts.timed_out,
        ("cancelled", _) => &mut counts.cancelled,
        ("in_flight", _) => &mut counts.in_flight,
        ("orphaned", _) => &mut counts.orphaned,
        (_, Some("lock")) => &mut counts.skipped_lock,
        (_, Some("overlap")) => &mut counts.skipped_overlap,
        _ => &mut counts.skipped_other,
    }
}

/// The longest that any run occupied, µs; 0 where none did.
pub(in crate::observe) fn longest_occupancy_us(outcomes: &Rows) -> Result<i64, DatabaseError> {
    let mut longest = 0;
    for row in outcomes.iter() {
        longest = longest.max(row.optional_int("longest_us")?.unwrap_or(0));
    }
    Ok(longest)
}
