-- How long after the moment that the scheduler meant did first attempts start?
-- Grain: one row per window, job and cell of the frequency table; early = 1 (and delay 0) where the run
-- started before its moment. Unit: microseconds. Runs without a scheduled moment are not there.
SELECT window_id, job_name, early, representative_us,
  COUNT(*) AS runs,
  @sum(delay_us) AS sum_us,
  MIN(delay_us) AS min_us,
  MAX(delay_us) AS max_us
FROM (
  SELECT window_id, job_name, early, delay_us, @cell(delay_us) AS representative_us
  FROM (
    SELECT window_id, job_name,
      CASE WHEN started_us < scheduled_us THEN 1 ELSE 0 END AS early,
      @greatest(started_us - scheduled_us, 0) AS delay_us
    FROM runs
    WHERE observed = 1 AND status <> 'skipped' AND scheduled_us IS NOT NULL
      AND (attempt IS NULL OR attempt <= 1)
  ) AS delays
) AS cells
GROUP BY window_id, job_name, early, representative_us
