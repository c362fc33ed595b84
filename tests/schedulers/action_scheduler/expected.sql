-- Each log line 'action started …' to the next line of its action. An action that was cancelled before it
-- started has a row without a start.
WITH entries AS (
    SELECT l.*, LEAD(message) OVER w AS next_message, LEAD(log_date_gmt) OVER w AS next_at
    FROM wp_actionscheduler_logs l WINDOW w AS (PARTITION BY action_id ORDER BY log_id))
SELECT a.hook AS job_name,
       CASE WHEN YEAR(a.scheduled_date_gmt) > 0 THEN DATE_FORMAT(a.scheduled_date_gmt, '%Y-%m-%dT%H:%i:%s.%fZ') END AS scheduled_at,
       CASE WHEN l.message LIKE 'action started%' THEN DATE_FORMAT(l.log_date_gmt, '%Y-%m-%dT%H:%i:%s.%fZ') END AS started_at,
       CASE WHEN l.message = 'action canceled' THEN DATE_FORMAT(l.log_date_gmt, '%Y-%m-%dT%H:%i:%s.%fZ')
            ELSE DATE_FORMAT(l.next_at, '%Y-%m-%dT%H:%i:%s.%fZ') END AS finished_at,
       CASE WHEN l.message = 'action canceled' THEN 'cancelled' WHEN l.next_message IS NULL THEN 'running'
            WHEN l.next_message LIKE 'action complete%' THEN 'success'
            WHEN l.next_message LIKE '%after % seconds%' THEN 'timeout' ELSE 'failed' END AS status,
       '' AS skip_reason,
       CASE WHEN l.next_message LIKE 'action failed%' OR l.next_message LIKE '%after % seconds%' THEN l.next_message END AS error_message,
       CASE WHEN l.message LIKE 'action started%' THEN ROW_NUMBER() OVER (PARTITION BY l.action_id, l.message LIKE 'action started%' ORDER BY l.log_id) END AS attempt,
       '' AS worker
FROM entries l JOIN wp_actionscheduler_actions a ON a.action_id = l.action_id
WHERE l.message LIKE 'action started%' OR l.message = 'action canceled'
ORDER BY l.log_id;
