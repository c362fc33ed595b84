-- Which messages did failed and timed-out runs leave?
-- The message is cut to its first line and 1,000 characters here; the program masks digits, then cuts to 200.
-- Parameters: kept (pairs of job and text per window, those with the most runs).
-- Grain: one row per window, job and text; '(none)' without a message, '(other)' for the pairs not kept.
SELECT window_id, job_name, kept_text AS error_text, @sum(runs) AS runs, MIN(first_seen_us) AS first_seen_us
FROM (
  SELECT window_id, job_name, runs, first_seen_us,
    CASE WHEN ROW_NUMBER() OVER (PARTITION BY window_id ORDER BY runs DESC, @in_bytes(job_name), @in_bytes(error_text)) <= :kept
      THEN error_text ELSE '(other)' END AS kept_text
  FROM (
    SELECT window_id, job_name, error_text, COUNT(*) AS runs, MIN(placed_us) AS first_seen_us
    FROM (
      SELECT window_id, job_name, placed_us, CASE WHEN error_line IS NULL THEN '(none)' ELSE error_line END AS error_text
      FROM runs
      WHERE observed = 1 AND status IN ('failed', 'timeout')
    ) AS texts
    GROUP BY window_id, job_name, error_text
  ) AS pairs
) AS ranked
GROUP BY window_id, job_name, kept_text
