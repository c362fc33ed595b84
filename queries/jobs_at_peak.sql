-- Which jobs were running when the highest level was first reached?
-- Parameters: baseline_peak_us, stagger_peak_us.
-- Grain: one row per window and job.
SELECT DISTINCT window_id, job_name
FROM runs
WHERE started_us <= CASE window_id WHEN 0 THEN :baseline_peak_us ELSE :stagger_peak_us END
  AND occupied_until_us > CASE window_id WHEN 0 THEN :baseline_peak_us ELSE :stagger_peak_us END
