SELECT w.name AS job_name,
       '' AS scheduled_at,
       to_char(e."startedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       CASE WHEN status NOT IN ('running', 'waiting') THEN to_char(e."stoppedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS finished_at,
       CASE status WHEN 'running' THEN 'running' WHEN 'waiting' THEN 'running' WHEN 'success' THEN 'success'
                   WHEN 'canceled' THEN 'cancelled' ELSE 'failed' END AS status,
       '' AS skip_reason, '' AS error_message, '' AS attempt, '' AS worker
FROM execution_entity e JOIN workflow_entity w ON w.id = e."workflowId"
WHERE mode = 'trigger' AND e."deletedAt" IS NULL AND status <> 'new'
ORDER BY e.id;
