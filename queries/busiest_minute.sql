-- Which runs occupied the minute in which the highest level was first reached?
-- Parameters: own_minute_us (the start of that minute), minute_us, kept.
-- Grain: one row per window and run, the `kept` earliest of each window; runs_in_all: how many there are.
SELECT window_id, job_name, started_us, occupied_until_us, runs_in_all
FROM (
  SELECT window_id, job_name, started_us, occupied_until_us,
    COUNT(*) OVER (PARTITION BY window_id) AS runs_in_all,
    ROW_NUMBER() OVER (PARTITION BY window_id ORDER BY started_us, @in_bytes(job_name), occupied_until_us) AS place
  FROM runs
  WHERE started_us < :own_minute_us + :minute_us AND occupied_until_us > :own_minute_us
) AS ranked
WHERE place <= :kept
