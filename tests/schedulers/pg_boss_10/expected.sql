-- The archive has what ended some time ago: a row is in one of the two.
WITH both_tables AS (
    SELECT id, name, state::text, start_after, started_on, completed_on, retry_count, output FROM pgboss.job
    UNION
    SELECT id, name, state::text, start_after, started_on, completed_on, retry_count, output FROM pgboss.archive)
SELECT name AS job_name,
       -- A job that waits for its retry has the time of that retry.
       CASE WHEN state <> 'retry' THEN to_char(start_after AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS scheduled_at,
       to_char(started_on AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(completed_on AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE WHEN coalesce(output->>'message', output->'value'->>'message') SIMILAR TO '(handler execution exceeded %|job timed out|job failed by timeout in active state)' THEN 'timeout' ELSE
       CASE state WHEN 'active' THEN 'running' WHEN 'completed' THEN 'success' WHEN 'cancelled' THEN 'cancelled'
                  WHEN 'expired' THEN 'timeout' ELSE 'failed' END END AS status,
       '' AS skip_reason,
       coalesce(output->>'message', output->'value'->>'message') AS error_message,
       retry_count + 1 AS attempt,
       '' AS worker
FROM both_tables
WHERE name NOT LIKE '\_\_pgboss\_\_%' AND state <> 'created'
ORDER BY coalesce(started_on, start_after), name;
