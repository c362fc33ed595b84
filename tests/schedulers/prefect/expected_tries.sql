-- Single tries: each state of type RUNNING to the next state of its run.
WITH states AS (
    SELECT s.*, lead(type) OVER w AS next_type, lead(name) OVER w AS next_name,
           lead(timestamp) OVER w AS next_timestamp, lead(message) OVER w AS next_message
    FROM flow_run_state s WINDOW w AS (PARTITION BY flow_run_id ORDER BY timestamp))
SELECT f.name AS job_name,
       CASE WHEN row_number() OVER (PARTITION BY s.flow_run_id ORDER BY s.timestamp) = 1 THEN
           to_char(r.expected_start_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS scheduled_at,
       to_char(s.timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(s.next_timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE WHEN s.next_name = 'TimedOut' THEN 'timeout'
            WHEN s.next_type = 'COMPLETED' THEN 'success'
            WHEN s.next_type IN ('FAILED', 'CRASHED') OR s.next_name = 'AwaitingRetry' THEN 'failed'
            WHEN s.next_type IN ('CANCELLED', 'CANCELLING') THEN 'cancelled'
            WHEN s.next_type IS NULL THEN 'running'
            ELSE 'success' END AS status,
       '' AS skip_reason,
       CASE WHEN s.next_type <> 'COMPLETED' THEN s.next_message END AS error_message,
       row_number() OVER (PARTITION BY s.flow_run_id ORDER BY s.timestamp) AS attempt,
       '' AS worker
FROM states s JOIN flow_run r ON r.id = s.flow_run_id JOIN flow f ON f.id = r.flow_id
WHERE s.type = 'RUNNING'
ORDER BY s.timestamp, s.id;
