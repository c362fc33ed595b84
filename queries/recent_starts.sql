-- When were the latest runs of each job meant to start?
-- For the schedule that starts suggest: of a run that was skipped as well, and not of a retry. A report does
-- not ask it.
-- Parameters: kept (rows per window and job, the latest first).
-- Grain: one row per run. meant_us: the moment that it was meant for, where that is recorded, else its start.
SELECT window_id, job_name, meant_us
FROM (
  SELECT window_id, job_name, meant_us,
    ROW_NUMBER() OVER (PARTITION BY window_id, job_name ORDER BY meant_us DESC) AS place
  FROM (
    SELECT window_id, job_name, COALESCE(scheduled_us, started_us) AS meant_us
    FROM runs
    WHERE observed = 1 AND (attempt IS NULL OR attempt <= 1)
  ) AS fires
) AS ranked
WHERE place <= :kept
