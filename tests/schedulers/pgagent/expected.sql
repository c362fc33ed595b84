SELECT j.jobname AS job_name,
       '' AS scheduled_at,
       to_char(l.jlgstart AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
       to_char((l.jlgstart + l.jlgduration) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished_at,
       CASE l.jlgstatus WHEN 'r' THEN 'running' WHEN 's' THEN 'success' WHEN 'i' THEN 'skipped' ELSE 'failed' END AS status,
       CASE l.jlgstatus WHEN 'i' THEN 'other' END AS skip_reason,
       CASE l.jlgstatus WHEN 'f' THEN
           (SELECT s.jsloutput FROM pgagent.pga_jobsteplog s
            WHERE s.jsljlgid = l.jlgid AND s.jslstatus = 'f' ORDER BY s.jslid LIMIT 1) END AS error_message,
       '' AS attempt,
       '' AS worker
FROM pgagent.pga_joblog l
JOIN pgagent.pga_job j ON j.jobid = l.jlgjobid
ORDER BY l.jlgid;
