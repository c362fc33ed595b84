SELECT coalesce("group", func) AS job_name,
       '' AS scheduled_at,
       to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(stopped AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE WHEN success THEN 'success' ELSE 'failed' END AS status,
       '' AS skip_reason, '' AS error_message,
       attempt_count AS attempt,
       cluster AS worker
FROM django_q_task
ORDER BY started, id;
