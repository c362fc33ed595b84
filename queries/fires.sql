-- In how many minutes did a first attempt answer the schedule?
-- A run answers the fire that it was meant for, whenever it started; where none is recorded, that of its start.
-- Minutes are those of the fire less the job's offset in that window, so that a start a little after its
-- offset falls into the minute that it was meant for. Skipped attempts answer a fire too.
-- Grain: one row per window and declared job with a schedule.
SELECT window_id, job_name,
  COUNT(*) AS first_attempts,
  COUNT(DISTINCT minute) AS distinct_minutes,
  COUNT(started_minute) AS started_first_attempts,
  COUNT(DISTINCT started_minute) AS started_distinct_minutes
FROM (
  SELECT window_id, job_name, @div(fire_us, 60000000) AS minute,
    CASE WHEN status <> 'skipped' AND started_us IS NOT NULL THEN @div(fire_us, 60000000) END AS started_minute
  FROM runs
  WHERE fire_us IS NOT NULL AND (attempt IS NULL OR attempt = 1)
) AS attempts
GROUP BY window_id, job_name
