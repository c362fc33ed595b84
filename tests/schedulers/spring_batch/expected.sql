-- A local time that happens twice is the first, as docs/deployment-file.md says; PostgreSQL takes the second.
SELECT i.job_name,
       '' AS scheduled_at,
       to_char(start_time AT TIME ZONE 'Europe/Copenhagen' AT TIME ZONE 'UTC'
           - CASE WHEN start_time >= '2026-10-25 02:00' AND start_time < '2026-10-25 03:00' THEN interval '1 hour' ELSE interval '0' END, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(end_time AT TIME ZONE 'Europe/Copenhagen' AT TIME ZONE 'UTC'
           - CASE WHEN end_time >= '2026-10-25 02:00' AND end_time < '2026-10-25 03:00' THEN interval '1 hour' ELSE interval '0' END, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE WHEN status = 'COMPLETED' THEN 'success' WHEN status IN ('FAILED', 'UNKNOWN') THEN 'failed'
            WHEN status IN ('STOPPED', 'ABANDONED') THEN 'cancelled' ELSE 'running' END AS status,
       '' AS skip_reason,
       CASE WHEN status <> 'COMPLETED' THEN nullif(exit_message, '') END AS error_message,
       row_number() OVER (PARTITION BY e.job_instance_id ORDER BY job_execution_id) AS attempt,
       '' AS worker
FROM batch_job_execution e JOIN batch_job_instance i USING (job_instance_id)
WHERE start_time IS NOT NULL
ORDER BY job_execution_id;
