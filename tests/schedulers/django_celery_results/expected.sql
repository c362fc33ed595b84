-- Rows without a start that have ended (expired or revoked before they ran, all rows of a worker with
-- Celery's default settings) are kept, with an empty start.
SELECT coalesce(periodic_task_name, task_name, '(task not recorded)') AS job_name,
       '' AS scheduled_at,
       to_char(date_started AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       CASE WHEN status IN ('SUCCESS', 'FAILURE', 'RETRY', 'REVOKED', 'IGNORED')
            THEN to_char(date_done AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS finished_at,
       CASE WHEN status = 'SUCCESS' THEN 'success'
            WHEN status = 'FAILURE' AND result::jsonb->>'exc_type' IN ('SoftTimeLimitExceeded', 'TimeLimitExceeded') THEN 'timeout'
            WHEN status IN ('FAILURE', 'RETRY') THEN 'failed'
            WHEN status = 'REVOKED' THEN 'cancelled'
            WHEN status = 'IGNORED' THEN 'skipped'
            ELSE 'running' END AS status,
       CASE status WHEN 'IGNORED' THEN 'other' END AS skip_reason,
       CASE WHEN status IN ('FAILURE', 'RETRY', 'REVOKED')
            THEN concat_ws(': ', result::jsonb->>'exc_type', nullif(result::jsonb->'exc_message'->>0, '')) END AS error_message,
       '' AS attempt,
       worker
FROM django_celery_results_taskresult
WHERE status NOT IN ('PENDING', 'RECEIVED')
ORDER BY id;
