-- Which jobs were running when the highest level was first reached?
-- Parameters: own_peak_us.
-- Grain: one row per window and job.
SELECT window_id, job_name
FROM runs
WHERE started_us <= :own_peak_us AND occupied_until_us > :own_peak_us
GROUP BY window_id, job_name
