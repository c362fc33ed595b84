//! What a new reading of a period changes in what was recorded of it before.
//!
//! The rule: a row that was read replaces the recorded one of the same run, and nothing else changes. So a run that was
//! under way gets its end; what the source no longer holds stays as it was recorded; and the same reading twice changes
//! nothing. Two rows are of the same run where job and `run_id` are the same, or `run_id` and start, or, without a
//! `run_id`, job and start; several such rows are replaced together.

use crate::database::{Bound, DatabaseError, OwnTransaction};
use crate::window::Period;

/// The condition for recorded rows that a row of `read` replaces. The names of the tables and of their columns with
/// the job.
fn is_replaced(recorded: &str, job: &str, read: &str, read_job: &str) -> String {
    let same = format!("{read}.run_key = {recorded}.run_key");
    let start = format!("{read}.placed_us = {recorded}.placed_us");
    format!(
        "(EXISTS (SELECT 1 FROM temp.{read} WHERE {read}.{read_job} IS {recorded}.{job} AND {same} \
            AND ({read}.run_key <> 0 OR {start})) \
          OR {recorded}.run_key <> 0 AND EXISTS (SELECT 1 FROM temp.{read} WHERE {same} AND {start}))"
    )
}

/// Texts that were not known yet.
const TEXTS: &str = "INSERT INTO recorded_texts (text)
    SELECT text FROM (
      SELECT job AS text FROM temp.incoming UNION SELECT status FROM temp.incoming
      UNION SELECT skip_reason FROM temp.incoming UNION SELECT error_line FROM temp.incoming
      UNION SELECT schedule FROM temp.incoming UNION SELECT effective_schedule FROM temp.incoming
    ) WHERE text IS NOT NULL AND text NOT IN (SELECT text FROM recorded_texts) ORDER BY text";

/// The rows with numbers in place of their texts.
const CODED: &str = "CREATE TEMP TABLE coded AS
    SELECT rows.*, ROW_NUMBER() OVER (PARTITION BY placed_us, job, run_key ORDER BY is_startless, finished_after_us,
      scheduled_after_us, status, skip_reason, attempt, error_line, schedule, effective_schedule, stagger_offset_s,
      is_zoneless, is_clock_change) - 1 AS nth
    FROM (
      SELECT placed_us, COALESCE((SELECT id FROM recorded_texts WHERE text = job), 0) AS job, run_key,
        CASE WHEN started_us IS NULL THEN 1 END AS is_startless, finished_us - placed_us AS finished_after_us,
        scheduled_us - placed_us AS scheduled_after_us,
        (SELECT id FROM recorded_texts WHERE text = status) AS status,
        (SELECT id FROM recorded_texts WHERE text = skip_reason) AS skip_reason, attempt,
        (SELECT id FROM recorded_texts WHERE text = error_line) AS error_line,
        (SELECT id FROM recorded_texts WHERE text = schedule) AS schedule,
        (SELECT id FROM recorded_texts WHERE text = effective_schedule) AS effective_schedule, stagger_offset_s,
        is_zoneless, is_clock_change
      FROM temp.incoming
    ) AS rows;
    CREATE INDEX temp.coded_jobs ON coded (job, run_key, placed_us);
    CREATE INDEX temp.coded_keys ON coded (run_key, placed_us)";

const ADD: &str = "INSERT INTO recorded_runs SELECT ?1, placed_us, job, run_key, nth, is_startless, finished_after_us,
      scheduled_after_us, status, skip_reason, attempt, error_line, schedule, effective_schedule, stagger_offset_s,
      is_zoneless, is_clock_change
    FROM temp.coded ORDER BY placed_us, job, run_key, nth";

/// Puts the rows of `incoming`, which were read of a period, into a series; how many recorded rows they replaced.
pub(super) fn into_series(
    file: &OwnTransaction,
    series: i64,
    Period { start, end }: Period,
) -> Result<u64, DatabaseError> {
    file.change(TEXTS, &[])?;
    file.script(CODED)?;
    let replaced = is_replaced("recorded_runs", "job", "coded", "job");
    let delete = format!(
        "DELETE FROM recorded_runs WHERE series = ?1 AND placed_us >= ?2 AND placed_us < ?3 AND {replaced}"
    );
    let replaced =
        file.change(&delete, &[Bound::Int(series), Bound::Int(start.us()), Bound::Int(end.us())])?;
    file.change(ADD, &[Bound::Int(series)])?;
    file.script("DROP TABLE temp.coded; DROP TABLE temp.incoming")?;
    Ok(replaced)
}

/// The same with the table `runs` of a copy.
pub(super) fn into_copy(file: &OwnTransaction, Period { start, end }: Period) -> Result<(), DatabaseError> {
    file.script(
        "CREATE INDEX temp.incoming_jobs ON incoming (job, run_key, placed_us); \
         CREATE INDEX temp.incoming_keys ON incoming (run_key, placed_us)",
    )?;
    let replaced = is_replaced("runs", "job_name", "incoming", "job");
    let delete = format!("DELETE FROM runs WHERE placed_us >= ?1 AND placed_us < ?2 AND {replaced}");
    file.change(&delete, &[Bound::Int(start.us()), Bound::Int(end.us())])?;
    file.script(
        "INSERT INTO runs SELECT job, run_key, placed_us, \
           CASE WHEN is_unreadable = 1 THEN 'unreadable' ELSE started_us END, finished_us, scheduled_us, status, \
           skip_reason, attempt, error_line, schedule, effective_schedule, stagger_offset_s, \
           COALESCE(is_zoneless, 0), COALESCE(is_clock_change, 0) \
         FROM temp.incoming ORDER BY placed_us; \
         DROP TABLE temp.incoming",
    )
}
