-- Flow runs, subflows among them.
SELECT f.name AS job_name,
       replace(substr(r.expected_start_time, 1, 26), ' ', 'T') || 'Z' AS scheduled_at,
       replace(substr(r.start_time, 1, 26), ' ', 'T') || 'Z' AS started_at,
       replace(substr(r.end_time, 1, 26), ' ', 'T') || 'Z' AS finished_at,
       CASE WHEN r.state_name = 'TimedOut' THEN 'timeout'
            WHEN r.state_type = 'COMPLETED' THEN 'success'
            WHEN r.state_type IN ('FAILED', 'CRASHED') THEN 'failed'
            WHEN r.state_type = 'CANCELLED' THEN 'cancelled'
            ELSE 'running' END AS status,
       '' AS skip_reason,
       CASE WHEN r.state_type IN ('FAILED', 'CRASHED', 'CANCELLED') THEN
           (SELECT s.message FROM flow_run_state s WHERE s.flow_run_id = r.id ORDER BY s.timestamp DESC LIMIT 1) END AS error_message,
       r.run_count AS attempt,
       '' AS worker
FROM flow_run r JOIN flow f ON f.id = r.flow_id
WHERE r.state_type NOT IN ('SCHEDULED', 'PENDING')
ORDER BY coalesce(r.start_time, r.expected_start_time), r.id;
