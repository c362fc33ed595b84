-- How did all runs together go, slice by slice, before, between and after?
-- A report asks it only where the completion or failure rate of all jobs together is shown to have changed, to see when
-- that came: over both windows and the time between.
-- Parameters: first_us (start of the first slice), slice_us.
-- Grain: one row per slice, numbered from 0.
SELECT window_id, slice,
  COUNT(CASE WHEN outcome IN ('completed', 'failed', 'timed_out', 'orphaned') THEN 1 END) AS decided,
  COUNT(CASE WHEN outcome = 'completed' THEN 1 END) AS completed,
  COUNT(CASE WHEN outcome IN ('failed', 'timed_out') THEN 1 END) AS failed
FROM (
  SELECT window_id, @div(placed_us - :first_us, :slice_us) AS slice, outcome
  FROM runs
  WHERE observed = 1 AND status <> 'skipped'
) AS placed
GROUP BY window_id, slice
