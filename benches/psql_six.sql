-- What a skilled user would run with psql in place of a report: concurrency, starts in the same minute,
-- durations, success rate, start seconds and overlaps of two windows. The rows record no schedules.
\timing on
\o /dev/null
-- 1 concurrency: level over time, by events
WITH ev AS (
  SELECT started_at AS t, 1 AS d FROM job_runs WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z'
  UNION ALL
  SELECT finished_at, -1 FROM job_runs WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z' AND finished_at IS NOT NULL)
SELECT w, max(level) FROM (SELECT t >= '2026-02-08Z' AS w, sum(d) OVER (ORDER BY t, d) AS level FROM ev) AS x GROUP BY w;
-- 1b runs that start in the same minute
SELECT date_trunc('minute', started_at), count(*), count(DISTINCT job_name) FROM job_runs
WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z' GROUP BY 1 ORDER BY 2 DESC LIMIT 20;
-- 2 durations
SELECT started_at >= '2026-02-08Z' AS w, job_name, count(*), avg(ms), min(ms), max(ms),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY ms), percentile_cont(0.95) WITHIN GROUP (ORDER BY ms)
FROM (SELECT started_at, job_name, date_part('epoch', finished_at - started_at) * 1000 AS ms FROM job_runs
      WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z' AND status IN ('success', 'failed')) AS x
GROUP BY 1, 2;
-- 3 success rate
SELECT started_at >= '2026-02-08Z' AS w, job_name, count(*), count(*) FILTER (WHERE status = 'success'), count(*) FILTER (WHERE status = 'failed')
FROM job_runs WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z' GROUP BY 1, 2;
-- 4 start seconds
SELECT started_at >= '2026-02-08Z' AS w, job_name, floor(date_part('second', started_at))::int, count(*)
FROM job_runs WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z' GROUP BY 1, 2, 3;
-- 5 overlap of a job with itself
SELECT job_name, count(*) FROM (
  SELECT job_name, started_at, max(finished_at) OVER (PARTITION BY job_name ORDER BY started_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
  FROM job_runs WHERE started_at >= '2026-02-01Z' AND started_at < '2026-02-15Z') AS x
WHERE busy_until > started_at GROUP BY 1;
-- 6 (recorded schedules: the table of this benchmark records none)
