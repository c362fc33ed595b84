SELECT coalesce(j.cron_key, j.job_class) AS job_name,
       to_char(coalesce(j.cron_at, e.scheduled_at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS scheduled_at,
       to_char(e.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(e.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE WHEN e.finished_at IS NULL THEN 'running' WHEN e.error IS NULL THEN 'success' ELSE 'failed' END AS status,
       '' AS skip_reason,
       e.error AS error_message,
       (e.serialized_params->>'executions')::int + 1 AS attempt,
       e.process_id AS worker
FROM good_job_executions e JOIN good_jobs j ON j.id = e.active_job_id
ORDER BY e.id;
