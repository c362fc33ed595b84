-- At which second of the cycle did runs start?
-- Parameters: cycle_s.
-- Grain: one row per window, job and second of the cycle.
SELECT window_id, job_name, second_of_cycle, COUNT(*) AS runs
FROM (
  SELECT window_id, job_name, @div(started_us, 1000000) % :cycle_s AS second_of_cycle
  FROM runs
  WHERE observed = 1 AND status <> 'skipped'
) AS places
GROUP BY window_id, job_name, second_of_cycle
