WITH shared AS (SELECT jobname FROM cron.job GROUP BY jobname HAVING count(DISTINCT username) > 1)
SELECT CASE WHEN shared.jobname IS NOT NULL THEN j.jobname || ' (' || d.username || ')'
            WHEN j.jobname IS NOT NULL THEN j.jobname::text
            ELSE d.command END AS job_name,
       '' AS scheduled_at,
       to_char(d.start_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char(CASE WHEN d.start_time IS NULL AND d.status = 'failed' AND d.end_time IS NULL THEN
                 -- It never connected and has no time: that of the run numbered before it.
                 (SELECT b.start_time FROM cron.job_run_details b WHERE b.start_time IS NOT NULL AND b.runid =
                  (SELECT max(c.runid) FROM cron.job_run_details c WHERE c.runid < d.runid AND c.start_time IS NOT NULL))
                 ELSE d.end_time END AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE d.status WHEN 'succeeded' THEN 'success' WHEN 'failed' THEN 'failed' ELSE 'running' END AS status,
       '' AS skip_reason,
       CASE WHEN d.status = 'failed' THEN d.return_message END AS error_message,
       '' AS attempt,
       d.job_pid AS worker
FROM cron.job_run_details d
LEFT JOIN cron.job j ON j.jobid = d.jobid
LEFT JOIN shared ON shared.jobname = j.jobname
WHERE d.start_time IS NOT NULL OR d.status = 'failed'
ORDER BY d.runid;
