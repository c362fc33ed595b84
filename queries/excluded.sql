-- How many runs started, or failed to start, in each excluded period?
-- Grain: one row per excluded period (window_id is its number) with any.
SELECT window_id AS period, @sum(job_runs) AS runs
FROM (
  SELECT window_id, job_name, COUNT(placed_us) AS job_runs
  FROM runs
  WHERE status <> 'skipped'
  GROUP BY window_id, job_name
) AS jobs
GROUP BY window_id
