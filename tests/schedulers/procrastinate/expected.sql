-- The scheduled time of a periodic job is its argument `timestamp`; procrastinate_periodic_defers keeps the
-- newest job of each task only. Each `started` event to the next event of its job that ends a try; a job cancelled before it started has no row.
WITH tries AS (
    SELECT s.id, s.job_id, s.at AS started,
           row_number() OVER (PARTITION BY s.job_id ORDER BY s.id) AS attempt,
           (SELECT e.id FROM procrastinate_events e
            WHERE e.job_id = s.job_id AND e.id > s.id
              AND e.type IN ('started', 'succeeded', 'failed', 'deferred_for_retry', 'cancelled', 'aborted')
            ORDER BY e.id LIMIT 1) AS end_id
    FROM procrastinate_events s WHERE s.type = 'started')
SELECT j.task_name AS job_name,
       to_char(to_timestamp(CASE WHEN j.task_name IN (SELECT task_name FROM procrastinate_periodic_defers)
                                 THEN (j.args->>'timestamp')::bigint END) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS scheduled_at,
       to_char(t.started AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE WHEN e.type IS NULL THEN 'running' WHEN e.type = 'succeeded' THEN 'success'
            WHEN e.type IN ('cancelled', 'aborted') THEN 'cancelled' ELSE 'failed' END AS status,
       '' AS skip_reason, '' AS error_message,
       t.attempt, '' AS worker
FROM tries t
JOIN procrastinate_jobs j ON j.id = t.job_id
LEFT JOIN procrastinate_events e ON e.id = t.end_id
ORDER BY t.id;
