-- How did the runs of one job meet each other, and how much time did they occupy?
-- In the order of starts, runs that occupy first among equal ones, a run overlaps when the latest end
-- so far lies after its start. Of runs that start together while none occupies all but one overlap, if
-- any of them occupies.
-- Parameters: duplicate_within_us (starts of a job closer than this look like one run logged twice).
-- Grain: one row per window and job. crossings: occupancies that touch another of the same job.
WITH ordered AS (
  SELECT window_id, job_name, started_us, occupied_until_us, occupied_us, observed,
    MAX(occupied_until_us) OVER earlier AS earlier_until_us,
    MAX(CASE WHEN observed = 1 THEN started_us END) OVER earlier AS previous_started_us
  FROM runs
  WHERE status <> 'skipped'
  WINDOW earlier AS (
    PARTITION BY window_id, job_name ORDER BY started_us, COALESCE(occupied_until_us, 0) DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
)
SELECT window_id, job_name,
  @sum(CASE WHEN observed = 1 AND earlier_until_us > started_us THEN 1 ELSE 0 END) AS overlapping_starts,
  @sum(CASE WHEN occupied_until_us IS NOT NULL AND earlier_until_us > started_us THEN 1 ELSE 0 END) AS crossings,
  @sum(CASE WHEN observed = 1 AND started_us - previous_started_us < :duplicate_within_us THEN 1 ELSE 0 END)
    AS suspected_duplicates,
  @sum(occupied_us) AS busy_us
FROM ordered
GROUP BY window_id, job_name
