SELECT kind AS job_name,
       CASE WHEN state <> 'retryable' THEN to_char(scheduled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS scheduled_at,
       to_char(attempted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(finalized_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE state WHEN 'running' THEN 'running' WHEN 'completed' THEN 'success' WHEN 'cancelled' THEN 'cancelled' ELSE 'failed' END AS status,
       '' AS skip_reason,
       CASE WHEN state IN ('discarded', 'retryable') THEN errors[cardinality(errors)]->>'error' END AS error_message,
       attempt,
       attempted_by[cardinality(attempted_by)] AS worker
FROM river_job
WHERE state NOT IN ('available', 'scheduled', 'pending')
ORDER BY id;
