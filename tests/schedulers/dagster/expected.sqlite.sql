-- Times are seconds as floating-point numbers: to the microsecond.
WITH times AS (
    SELECT r.*, (SELECT t.value FROM run_tags t WHERE t.run_id = r.run_id AND t.key = '.dagster/scheduled_execution_time') AS due,
           (SELECT t.value FROM run_tags t WHERE t.run_id = r.run_id AND t.key = 'dagster/retry_number') AS retry
    FROM runs r)
SELECT pipeline_name AS job_name,
       replace(substr(due, 1, 19), ' ', 'T') || CASE WHEN due LIKE '%.%' THEN substr(due, 20, 7) ELSE '.000000' END || 'Z' AS scheduled_at,
       strftime('%Y-%m-%dT%H:%M:%S', CAST(start_time AS INTEGER), 'unixepoch') || printf('.%06dZ', CAST(round(start_time * 1000000) AS INTEGER) % 1000000) AS started_at,
       strftime('%Y-%m-%dT%H:%M:%S', CAST(end_time AS INTEGER), 'unixepoch') || printf('.%06dZ', CAST(round(end_time * 1000000) AS INTEGER) % 1000000) AS finished_at,
       CASE WHEN status IN ('STARTING', 'STARTED', 'CANCELING') THEN 'running'
            WHEN status = 'SUCCESS' THEN 'success' WHEN status = 'FAILURE' THEN 'failed' ELSE 'cancelled' END AS status,
       '' AS skip_reason, '' AS error_message,
       CASE WHEN retry IS NOT NULL THEN retry + 1 END AS attempt,
       '' AS worker
FROM times
-- Neither a start nor an end: not started.
WHERE coalesce(start_time, end_time) IS NOT NULL AND status IN ('STARTING', 'STARTED', 'CANCELING', 'SUCCESS', 'FAILURE', 'CANCELED')
ORDER BY id;
