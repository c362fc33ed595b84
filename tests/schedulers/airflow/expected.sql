-- DAG runs.
SELECT dag_id AS job_name,
       -- A run by hand is due when it is triggered, a backfill long before: neither says anything of adherence.
       CASE WHEN run_type = 'scheduled' THEN to_char(run_after AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS scheduled_at,
       to_char(start_date AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(end_date AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       state AS status,
       '' AS skip_reason, '' AS error_message,
       clear_number + 1 AS attempt,
       '' AS worker
FROM dag_run
WHERE state <> 'queued'
ORDER BY id;
