-- How many runs were in progress at once, for how long, and how did that develop over time?
-- Each run is one step up where it begins to occupy the observed part and one step down where it ends; the sum
-- of the steps up to an instant is the level from there on. A moment is one number, four times the instant
-- since the window's first bucket, plus 0 for the edge of a bucket (no step), 1 for an end, 2 for a start: one
-- sort of whole numbers puts edges before ends and ends before starts.
-- The time at a level is the sum of the instants at which it was left less that of those at which it was
-- entered. An edge leaves the level in the bucket before and enters it again, so that the two are as many in
-- each bucket, and instants count from its middle. What took no time was not a level.
-- Parameters: own_bucket_us, own_first_us (the length of the window's buckets, and its first UTC-aligned one).
-- Grain: one row per window and level above 0 (part 0: level, the time spent there and the first instant at
-- it), and one per window and bucket in which something ran, at most 240 (part 1: bucket_us, the highest level
-- and the levels weighted by the time spent at each).
WITH occupancies AS (
  SELECT @greatest(r.started_us, s.start_us) - :own_first_us AS from_us,
    @least(r.occupied_until_us, s.end_us) - :own_first_us AS until_us
  FROM runs r
  JOIN segments s
    ON s.window_id = r.window_id AND r.started_us < s.end_us AND r.occupied_until_us > s.start_us
),
digits AS (
  SELECT 0 AS digit UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
  UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14
  UNION ALL SELECT 15
),
moments AS (
  SELECT @each(from_us * 4 + 2, until_us * 4 + 1, p) AS moment
  FROM occupancies @twice(p)
  UNION ALL
  SELECT (tens.digit * 16 + ones.digit) * :own_bucket_us * 4
  FROM digits tens CROSS JOIN digits ones
),
levels AS (
  SELECT moment, SUM(CASE moment % 4 WHEN 0 THEN 0 WHEN 1 THEN -1 ELSE 1 END)
    OVER (ORDER BY moment ROWS UNBOUNDED PRECEDING) AS level
  FROM moments
),
changes AS (
  SELECT code, level, bucket, COUNT(*) AS changes, MIN(since_us) AS first_since_us, @sum(since_us) AS since_us
  FROM (
    SELECT moment % 4 AS code, level, @div(moment, 4 * :own_bucket_us) AS bucket,
      @div(moment, 4) % :own_bucket_us - @div(:own_bucket_us, 2) AS since_us
    FROM levels
  ) AS placed
  GROUP BY code, level, bucket
),
ends AS (
  SELECT bucket - CASE WHEN p.part = 1 AND code = 0 THEN 1 ELSE 0 END AS bucket,
    @integer(level - CASE WHEN p.part = 0 OR code = 0 THEN 0 WHEN code = 1 THEN -1 ELSE 1 END) AS level,
    CASE WHEN p.part = 0 THEN -since_us
      WHEN code = 0 THEN changes * (:own_bucket_us - @div(:own_bucket_us, 2))
      ELSE since_us END AS time_us,
    CASE WHEN p.part = 0 THEN first_since_us END AS first_since_us
  FROM changes CROSS JOIN (SELECT 0 AS part UNION ALL SELECT 1) p
),
busy AS (
  SELECT bucket, level, @sum(time_us) AS time_us,
    MIN(first_since_us) + bucket * :own_bucket_us + @div(:own_bucket_us, 2) + :own_first_us AS first_at_us
  FROM ends
  WHERE level > 0
  GROUP BY bucket, level
  HAVING SUM(time_us) > 0
)
SELECT :own_id AS window_id, part, MAX(level) AS level, @sum(time_us) AS time_us, MIN(first_at_us) AS first_at_us,
  MIN(bucket_us) AS bucket_us, @sum(level_time_us) AS level_time_us
FROM (
  SELECT p.part, level, time_us, first_at_us, level * time_us AS level_time_us,
    CASE p.part WHEN 0 THEN level ELSE bucket END AS grain,
    bucket * :own_bucket_us + :own_first_us AS bucket_us
  FROM busy CROSS JOIN (SELECT 0 AS part UNION ALL SELECT 1) p
) AS both_parts
GROUP BY part, grain
