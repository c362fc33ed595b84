-- How did the number of runs in progress develop over time?
-- As `concurrency`, with a step of 0 at the start of each bucket, so that no stretch of one level reaches
-- over the edge of a bucket.
-- Parameters: baseline_bucket_us, stagger_bucket_us; baseline_first_us, stagger_first_us (the first
-- UTC-aligned bucket of each window).
-- Grain: one row per window and bucket in which something ran, at most 240 per window: the highest level,
-- and the levels weighted by the time spent at each.
WITH occupancies AS (
  SELECT r.window_id,
    @greatest(r.started_us, s.start_us) AS from_us,
    @least(r.occupied_until_us, s.end_us) AS until_us
  FROM runs r
  JOIN segments s
    ON s.window_id = r.window_id AND r.started_us < s.end_us AND r.occupied_until_us > s.start_us
),
steps AS (
  SELECT 1 AS step UNION ALL SELECT -1
),
digits AS (
  SELECT 0 AS digit UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
  UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14
),
numbers AS (
  SELECT tens.digit * 16 + ones.digit AS number
  FROM digits tens CROSS JOIN (SELECT digit FROM digits UNION ALL SELECT 15) ones
),
sides AS (
  SELECT 0 AS window_id UNION ALL SELECT 1
),
events AS (
  SELECT o.window_id, CASE p.step WHEN 1 THEN o.from_us ELSE o.until_us END AS at_us, p.step
  FROM occupancies o CROSS JOIN steps p
  UNION ALL
  SELECT w.window_id,
    CASE w.window_id WHEN 0 THEN :baseline_first_us + n.number * :baseline_bucket_us
      ELSE :stagger_first_us + n.number * :stagger_bucket_us END,
    0
  FROM sides w CROSS JOIN numbers n
),
levels AS (
  SELECT window_id, at_us,
    SUM(step) OVER (PARTITION BY window_id ORDER BY at_us) AS level,
    LEAD(at_us) OVER (PARTITION BY window_id ORDER BY at_us) AS next_us
  FROM events
),
busy AS (
  SELECT window_id, level, next_us - at_us AS time_us,
    @div(at_us, CASE window_id WHEN 0 THEN :baseline_bucket_us ELSE :stagger_bucket_us END)
      * CASE window_id WHEN 0 THEN :baseline_bucket_us ELSE :stagger_bucket_us END AS bucket_us
  FROM levels
  WHERE level > 0
)
SELECT window_id, bucket_us, @integer(MAX(level)) AS peak, @sum(level * time_us) AS level_time_us
FROM busy
GROUP BY window_id, bucket_us
