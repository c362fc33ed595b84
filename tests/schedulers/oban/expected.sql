SELECT coalesce(meta->>'cron_name', worker) AS job_name,
       CASE WHEN state <> 'retryable' THEN to_char(scheduled_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS scheduled_at,
       to_char(attempted_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(coalesce(completed_at, discarded_at, cancelled_at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE state WHEN 'executing' THEN 'running' WHEN 'completed' THEN 'success' WHEN 'cancelled' THEN 'cancelled' ELSE 'failed' END AS status,
       '' AS skip_reason,
       CASE WHEN state IN ('discarded', 'retryable') THEN errors[cardinality(errors)]->>'error' END AS error_message,
       attempt,
       attempted_by[1] AS worker
FROM oban_jobs
WHERE state NOT IN ('available', 'scheduled')
ORDER BY id;
