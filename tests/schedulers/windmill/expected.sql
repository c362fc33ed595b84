-- Completed jobs only, as the tables have it: a job that runs is in v2_job_queue.
SELECT coalesce(j.trigger, j.runnable_path, '(preview)') AS job_name,
       '' AS scheduled_at,
       to_char(c.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(c.completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE c.status WHEN 'success' THEN 'success' WHEN 'failure' THEN 'failed' WHEN 'canceled' THEN 'cancelled' ELSE 'skipped' END AS status,
       CASE c.status WHEN 'skipped' THEN 'other' END AS skip_reason,
       '' AS error_message, '' AS attempt,
       c.worker
FROM v2_job_completed c JOIN v2_job j ON j.id = c.id
ORDER BY c.id;
