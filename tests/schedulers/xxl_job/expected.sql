SELECT COALESCE(i.job_desc, l.job_id) AS job_name,
       '' AS scheduled_at,
       DATE_FORMAT(CONVERT_TZ(trigger_time, '+08:00', '+00:00'), '%Y-%m-%dT%H:%i:%s.%fZ') AS started_at,
       DATE_FORMAT(CONVERT_TZ(handle_time, '+08:00', '+00:00'), '%Y-%m-%dT%H:%i:%s.%fZ') AS finished_at,
       CASE WHEN trigger_code NOT IN (0, 200) THEN 'failed' WHEN handle_code = 0 THEN 'running' WHEN handle_code = 200 THEN 'success'
            WHEN handle_code = 502 THEN 'timeout' ELSE 'failed' END AS status,
       '' AS skip_reason,
       CASE WHEN handle_code IN (500, 502) THEN handle_msg END AS error_message,
       '' AS attempt,
       executor_address AS worker
FROM xxl_job_log l LEFT JOIN xxl_job_info i ON i.id = l.job_id
ORDER BY l.id;
