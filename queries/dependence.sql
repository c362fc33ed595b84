-- How much do consecutive runs of a job resemble each other?
-- Two series per job in the order of start, end and outcome (no end last): the cell indexes of measured
-- durations, and the known outcomes (1 completed, 0 not; 1 failed or timed out, 0 not). From the sums of
-- values, squares and products with the predecessor the lag-one correlation follows exactly.
-- Grain: one row per window and job with a known outcome. first, last: values at either end of a series;
-- NULL for an empty one.
WITH known AS (
  SELECT window_id, job_name, started_us, outcome,
    CASE WHEN outcome = 'orphaned' OR finished_us IS NULL THEN 9223372036854775807 ELSE finished_us END
      AS ended_us,
    CASE WHEN outcome = 'completed' AND finished_us >= started_us THEN 1 ELSE 0 END AS measured,
    CASE WHEN outcome = 'completed' AND finished_us >= started_us
      THEN @cell(finished_us - started_us) END AS representative_us,
    CASE WHEN outcome = 'completed' THEN 1 ELSE 0 END AS completed,
    CASE WHEN outcome IN ('failed', 'timed_out') THEN 1 ELSE 0 END AS failed
  FROM (
    SELECT window_id, job_name, started_us, finished_us, outcome
    FROM runs
    WHERE observed = 1 AND outcome IN ('completed', 'failed', 'timed_out', 'orphaned')
  ) AS decided
),
series AS (
  SELECT window_id, job_name, started_us, ended_us, outcome, measured, completed, failed,
    @cell_index(representative_us) AS cell
  FROM known
),
neighbours AS (
  SELECT window_id, job_name, measured, cell, completed, failed,
    LAG(cell) OVER (PARTITION BY window_id, job_name, measured ORDER BY started_us, ended_us, outcome)
      AS previous_cell,
    LEAD(cell) OVER (PARTITION BY window_id, job_name, measured ORDER BY started_us, ended_us, outcome)
      AS next_cell,
    LAG(completed) OVER (PARTITION BY window_id, job_name ORDER BY started_us, ended_us, outcome)
      AS previous_completed,
    LAG(failed) OVER (PARTITION BY window_id, job_name ORDER BY started_us, ended_us, outcome)
      AS previous_failed,
    LEAD(completed) OVER (PARTITION BY window_id, job_name ORDER BY started_us, ended_us, outcome)
      AS next_completed
  FROM series
)
SELECT window_id, job_name,
  @sum(measured) AS durations,
  @sum(cell) AS cell_sum, @sum(cell * cell) AS cell_squares, @sum(cell * previous_cell) AS cell_products,
  MAX(CASE WHEN measured = 1 AND previous_cell IS NULL THEN cell END) AS first_cell,
  MAX(CASE WHEN measured = 1 AND next_cell IS NULL THEN cell END) AS last_cell,
  COUNT(*) AS decided,
  @sum(completed) AS completed_sum, @sum(completed * previous_completed) AS completed_products,
  MAX(CASE WHEN previous_completed IS NULL THEN completed END) AS first_completed,
  MAX(CASE WHEN next_completed IS NULL THEN completed END) AS last_completed,
  @sum(failed) AS failed_sum, @sum(failed * previous_failed) AS failed_products,
  MAX(CASE WHEN previous_completed IS NULL THEN failed END) AS first_failed,
  MAX(CASE WHEN next_completed IS NULL THEN failed END) AS last_failed
FROM neighbours
GROUP BY window_id, job_name
