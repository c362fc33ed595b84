-- How many runs started within one clock-aligned burst window, at most, and when first?
-- Parameters: burst_window_us.
-- Grain: one row per window in which anything started.
SELECT window_id, runs, burst_us
FROM (
  SELECT window_id, runs, burst_us,
    ROW_NUMBER() OVER (PARTITION BY window_id ORDER BY runs DESC, burst_us) AS place
  FROM (
    SELECT window_id, burst_us, COUNT(*) AS runs
    FROM (
      SELECT window_id, @div(started_us, :burst_window_us) * :burst_window_us AS burst_us
      FROM runs
      WHERE observed = 1 AND status <> 'skipped'
    ) AS starts
    GROUP BY window_id, burst_us
  ) AS bursts
) AS ranked
WHERE place = 1
