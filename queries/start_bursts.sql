-- How many runs started within one clock-aligned burst window, at most, and when first?
-- Parameters: burst_window_us.
-- Grain: one row per window in which anything started; it is asked for each window.
SELECT window_id, runs, burst * :burst_window_us AS burst_us
FROM (
  SELECT window_id, burst, @sum(job_runs) AS runs
  FROM (
    SELECT window_id, burst, COUNT(*) AS job_runs
    FROM (
      SELECT window_id, job_name, @div(started_us, :burst_window_us) AS burst
      FROM runs
      WHERE observed = 1 AND status <> 'skipped'
    ) AS starts
    GROUP BY window_id, burst:and_job
  ) AS parts
  GROUP BY window_id, burst
) AS bursts
ORDER BY runs DESC, burst
LIMIT 1
