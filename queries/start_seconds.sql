-- At which second of the cycle did runs start?
-- Parameters: cycle_s.
-- Grain: one row per window, job and second of the cycle. retries: those of an attempt after the first.
SELECT window_id, job_name, second_of_cycle, COUNT(*) AS runs,
  @sum(CASE WHEN attempt > 1 THEN 1 ELSE 0 END) AS retries
FROM (
  SELECT window_id, job_name, attempt, @div(started_us, 1000000) % :cycle_s AS second_of_cycle
  FROM runs
  WHERE observed = 1 AND status <> 'skipped'
) AS places
GROUP BY window_id, job_name, second_of_cycle
