-- Each 'starting' to the next row of its task, whatever that is; a second 'failed' row of the same run is no
-- run; 'skipped' is a row of its own.
WITH items AS (
    SELECT l.*, LEAD(l.type) OVER w AS next_type, LEAD(l.created_at) OVER w AS next_at,
           JSON_VALUE(LEAD(l.meta) OVER w, '$.failure_message') AS next_message
    FROM monitored_scheduled_task_log_items l WINDOW w AS (PARTITION BY monitored_scheduled_task_id ORDER BY l.id))
SELECT t.name AS job_name,
       '' AS scheduled_at,
       DATE_FORMAT(CONVERT_TZ(i.created_at, '+01:00', '+00:00'), '%Y-%m-%dT%H:%i:%s.%fZ') AS started_at,
       CASE WHEN i.type = 'starting' AND i.next_type IN ('finished', 'failed')
            THEN DATE_FORMAT(CONVERT_TZ(i.next_at, '+01:00', '+00:00'), '%Y-%m-%dT%H:%i:%s.%fZ') END AS finished_at,
       CASE WHEN i.type = 'skipped' THEN 'skipped' WHEN i.next_type = 'finished' THEN 'success'
            WHEN i.next_type = 'failed' THEN 'failed' ELSE 'running' END AS status,
       CASE WHEN i.type = 'skipped' THEN 'other' END AS skip_reason,
       CASE WHEN i.next_type = 'failed' AND i.type = 'starting' THEN i.next_message END AS error_message,
       '' AS attempt, '' AS worker
FROM items i JOIN monitored_scheduled_tasks t ON t.id = i.monitored_scheduled_task_id
WHERE i.type IN ('starting', 'skipped')
ORDER BY i.id;
