-- Where did a run of a job start while another of the same job occupied?
-- Asked of the jobs that `dependence` saw meet themselves.
-- A run overlaps when another that came before it still occupies at its start. Of runs that start together,
-- those that occupy longest come first; while none occupies, all but one overlap, if any of them occupies.
-- Each run is one step up at its start, if it occupies, and one step down where it ends; the sum of the
-- steps before a start is how many occupy there. (A running maximum of the ends would say the same, but
-- MariaDB computes each from the first row on.)
-- Grain: one row per window and job with such a start.
WITH steps AS (
  SELECT 1 AS step UNION ALL SELECT -1
),
events AS (
  SELECT r.window_id, r.job_name, r.occupied_until_us, r.observed, p.step,
    CASE p.step WHEN 1 THEN r.started_us ELSE r.occupied_until_us END AS at_us,
    CASE WHEN r.occupied_until_us IS NULL THEN 0 ELSE p.step END AS occupying
  FROM runs r CROSS JOIN steps p
  WHERE r.status <> 'skipped' AND (p.step = 1 OR r.occupied_until_us IS NOT NULL)
),
levels AS (
  SELECT window_id, job_name, observed, step,
    SUM(occupying) OVER (
      PARTITION BY window_id, job_name ORDER BY at_us, step, COALESCE(occupied_until_us, 0) DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS level
  FROM events
)
SELECT window_id, job_name,
  COUNT(*) AS overlapping_starts
FROM levels
WHERE step = 1 AND observed = 1 AND level > 0
GROUP BY window_id, job_name
