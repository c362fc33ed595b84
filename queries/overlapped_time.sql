-- For how long did two or more runs of one job occupy at once?
-- Run only when `overlaps` found crossings. As `concurrency`, job by job.
-- Grain: one row per window and job that overlapped itself.
WITH occupancies AS (
  SELECT r.window_id, r.job_name,
    @greatest(r.started_us, s.start_us) AS from_us,
    @least(r.occupied_until_us, s.end_us) AS until_us
  FROM runs r
  JOIN segments s
    ON s.window_id = r.window_id AND r.started_us < s.end_us AND r.occupied_until_us > s.start_us
),
steps AS (
  SELECT 1 AS step UNION ALL SELECT -1
),
events AS (
  SELECT o.window_id, o.job_name, CASE p.step WHEN 1 THEN o.from_us ELSE o.until_us END AS at_us, p.step
  FROM occupancies o CROSS JOIN steps p
),
levels AS (
  SELECT window_id, job_name, at_us,
    SUM(step) OVER (PARTITION BY window_id, job_name ORDER BY at_us) AS level,
    LEAD(at_us) OVER (PARTITION BY window_id, job_name ORDER BY at_us) AS next_us
  FROM events
)
SELECT window_id, job_name, @sum(next_us - at_us) AS overlapped_us
FROM levels
WHERE level > 1
GROUP BY window_id, job_name
