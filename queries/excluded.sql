-- How many runs started in each excluded period?
-- Grain: one row per excluded period (window_id is its number) in which anything started.
SELECT window_id AS period, COUNT(*) AS runs
FROM runs
WHERE status <> 'skipped'
GROUP BY window_id
