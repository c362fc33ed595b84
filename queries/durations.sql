-- How long did successful runs take?
-- Parameters: own_middle_us (where the second half of a window begins).
-- Grain: one row per window, job, half (0 before the window's middle, 1 from there on) and cell of the
-- frequency table (three significant decimal digits).
-- Count, sum, minimum and maximum of the cell are exact. Unit: microseconds.
SELECT window_id, job_name, half, representative_us,
  COUNT(*) AS runs,
  @sum(duration_us) AS sum_us,
  MIN(duration_us) AS min_us,
  MAX(duration_us) AS max_us
FROM (
  SELECT window_id, job_name, half, duration_us, @cell(duration_us) AS representative_us
  FROM (
    SELECT window_id, job_name, finished_us - started_us AS duration_us,
      CASE WHEN started_us < :own_middle_us THEN 0 ELSE 1 END AS half
    FROM runs
    WHERE observed = 1 AND status = 'success' AND finished_us >= started_us
  ) AS durations
) AS cells
GROUP BY window_id, job_name, half, representative_us
