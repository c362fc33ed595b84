SELECT job_code AS job_name,
       DATE_FORMAT(scheduled_at, '%Y-%m-%dT%H:%i:%s.%fZ') AS scheduled_at,
       DATE_FORMAT(executed_at, '%Y-%m-%dT%H:%i:%s.%fZ') AS started_at,
       DATE_FORMAT(finished_at, '%Y-%m-%dT%H:%i:%s.%fZ') AS finished_at,
       CASE status WHEN 'running' THEN 'running' WHEN 'success' THEN 'success' WHEN 'error' THEN 'failed' ELSE 'skipped' END AS status,
       CASE status WHEN 'missed' THEN 'other' END AS skip_reason,
       CASE status WHEN 'error' THEN messages END AS error_message,
       '' AS attempt, '' AS worker
FROM cron_schedule
WHERE status <> 'pending'
ORDER BY schedule_id;
