-- For how long did two or more runs of one job occupy at once?
-- Asked of the jobs that `dependence` saw meet themselves. As `concurrency`, job by job: the time is the sum of
-- the instants at which the second run leaves less that of those at which it comes.
-- Parameters: own_first_us.
-- Grain: one row per window and job that overlapped itself.
WITH occupancies AS (
  SELECT r.job_name,
    @greatest(r.started_us, s.start_us) - :own_first_us AS from_us,
    @least(r.occupied_until_us, s.end_us) - :own_first_us AS until_us
  FROM runs r
  JOIN segments s
    ON s.window_id = r.window_id AND r.started_us < s.end_us AND r.occupied_until_us > s.start_us
),
levels AS (
  SELECT job_name, moment, SUM(CASE moment % 4 WHEN 1 THEN -1 ELSE 1 END)
    OVER (PARTITION BY job_name ORDER BY moment ROWS UNBOUNDED PRECEDING) AS level
  FROM (SELECT job_name, @each(from_us * 4 + 2, until_us * 4 + 1, p) AS moment FROM occupancies @twice(p)) AS moments
)
SELECT :own_id AS window_id, job_name, overlapped_us
FROM (
  SELECT job_name,
    @sum(CASE WHEN moment % 4 = 1 AND level = 1 THEN @div(moment, 4)
      WHEN moment % 4 = 2 AND level = 2 THEN -@div(moment, 4) ELSE 0 END) AS overlapped_us
  FROM levels
  GROUP BY job_name
) AS jobs
WHERE overlapped_us > 0
