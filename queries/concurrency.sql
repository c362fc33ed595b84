-- How many runs were in progress at once, and for how long?
-- Each run is one step up where it begins to occupy the observed part and one step down where it ends;
-- the sum of the steps up to an instant is the level from there on. At equal instants ends come first,
-- since the sum takes all steps of an instant together.
-- Grain: one row per window and level above 0, with the time spent there and the first instant at it.
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
events AS (
  SELECT o.window_id, CASE p.step WHEN 1 THEN o.from_us ELSE o.until_us END AS at_us, p.step
  FROM occupancies o CROSS JOIN steps p
),
levels AS (
  SELECT window_id, at_us,
    SUM(step) OVER (PARTITION BY window_id ORDER BY at_us) AS level,
    LEAD(at_us) OVER (PARTITION BY window_id ORDER BY at_us) AS next_us
  FROM events
)
SELECT window_id, @integer(level) AS level, @sum(next_us - at_us) AS time_us, MIN(at_us) AS first_at_us
FROM levels
WHERE level > 0
GROUP BY window_id, level
