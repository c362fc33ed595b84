-- Tries of tasks: the history's, and the last try of each task where the history has not got it.
WITH tries AS (
    SELECT dag_id, task_id, run_id, map_index, try_number, start_date, end_date, state, hostname FROM task_instance_history
    UNION ALL
    SELECT dag_id, task_id, run_id, map_index, try_number, start_date, end_date, state, hostname FROM task_instance t
    WHERE (dag_id, task_id, run_id, map_index, try_number) NOT IN
          (SELECT dag_id, task_id, run_id, map_index, try_number FROM task_instance_history))
SELECT dag_id || '.' || task_id AS job_name,
       '' AS scheduled_at,
       to_char(start_date AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       CASE WHEN state NOT IN ('running', 'restarting', 'deferred', 'up_for_reschedule')
            THEN to_char(end_date AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS finished_at,
       CASE WHEN state = 'success' THEN 'success' WHEN state IN ('failed', 'up_for_retry') THEN 'failed'
            WHEN state IN ('skipped', 'upstream_failed', 'removed') THEN 'skipped' ELSE 'running' END AS status,
       CASE WHEN state IN ('skipped', 'upstream_failed', 'removed') THEN 'other' END AS skip_reason,
       '' AS error_message,
       try_number AS attempt,
       hostname AS worker
FROM tries
WHERE state IS NOT NULL AND state NOT IN ('scheduled', 'queued')
ORDER BY dag_id, task_id, run_id, map_index, try_number;
