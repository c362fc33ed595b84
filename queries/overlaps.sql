-- How did the runs of one job meet each other, and how much time did they occupy?
-- A run overlaps when another that came before it still occupies at its start. Of runs that start together,
-- those that occupy longest come first; while none occupies, all but one overlap, if any of them occupies.
-- Each run is one step up at its start, if it occupies, and one step down where it ends; the sum of the
-- steps before a start is how many occupy there. (A running maximum of the ends would say the same, but
-- MariaDB computes each from the first row on.)
-- Grain: one row per window and job. crossings: occupancies that touch another of the same job.
WITH steps AS (
  SELECT 1 AS step UNION ALL SELECT -1
),
events AS (
  SELECT r.window_id, r.job_name, r.occupied_until_us, r.occupied_us, r.observed, p.step,
    CASE p.step WHEN 1 THEN r.started_us ELSE r.occupied_until_us END AS at_us,
    CASE WHEN r.occupied_until_us IS NULL THEN 0 ELSE p.step END AS occupying
  FROM runs r CROSS JOIN steps p
  WHERE r.status <> 'skipped' AND (p.step = 1 OR r.occupied_until_us IS NOT NULL)
),
levels AS (
  SELECT window_id, job_name, occupied_until_us, occupied_us, observed, step,
    SUM(occupying) OVER (
      PARTITION BY window_id, job_name ORDER BY at_us, step, COALESCE(occupied_until_us, 0) DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS level
  FROM events
)
SELECT window_id, job_name,
  @sum(CASE WHEN observed = 1 AND level > 0 THEN 1 ELSE 0 END) AS overlapping_starts,
  @sum(CASE WHEN occupied_until_us IS NOT NULL AND level > 0 THEN 1 ELSE 0 END) AS crossings,
  @sum(occupied_us) AS busy_us
FROM levels
WHERE step = 1
GROUP BY window_id, job_name
