-- How many runs started, or failed to start, in each excluded period?
-- Grain: one row per excluded period (window_id is its number) with any.
SELECT window_id AS period, COUNT(placed_us) AS runs
FROM runs
WHERE status <> 'skipped'
GROUP BY window_id
