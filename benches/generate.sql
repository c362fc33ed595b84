-- Runs of 200 jobs over 14 days, half of them before 2026-02-08 and half after: 0.5 % failed, 0.1 % without an
-- end; eight jobs take tens of seconds, the others tens of milliseconds.
-- psql -v rows=1000000 -f generate.sql, in a database without a table job_runs.
\if :{?rows}
\else
  \set rows 1000000
\endif
CREATE TABLE job_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_name text NOT NULL, scheduled_at timestamptz, started_at timestamptz NOT NULL,
  finished_at timestamptz, status text NOT NULL, error_message text, worker text);
SELECT setseed(0.42);
INSERT INTO job_runs (job_name, scheduled_at, started_at, finished_at, status, error_message, worker)
SELECT 'job-' || lpad(j::text, 3, '0'), sch, st,
       CASE WHEN r < 0.001 THEN NULL ELSE st + dur END,
       CASE WHEN r < 0.001 THEN 'running' WHEN r < 0.006 THEN 'failed' ELSE 'success' END,
       CASE WHEN r >= 0.001 AND r < 0.006 THEN 'timeout calling upstream ' || (i % 7) END,
       'worker-' || (i % 8)
FROM (
  SELECT i, j, sch, random() AS r,
         sch + ((CASE WHEN sch >= timestamptz '2026-02-08Z' THEN j * 7 % 60 ELSE 0 END) + random() * 0.2) * interval '1 second' AS st,
         exp(3.4 + 0.85 * (random() + random() + random() + random() - 2) + CASE WHEN j % 25 = 0 THEN 6 ELSE 0 END) * interval '1 millisecond' AS dur
  FROM (SELECT i, 1 + (i % 200) AS j,
               timestamptz '2026-02-01Z' + (i / 200) * (interval '14 days' / (:rows / 200.0)) AS sch
        FROM generate_series(0, :rows - 1) AS i) AS a) AS b;
CREATE INDEX job_runs_started_at ON job_runs (started_at);
CREATE INDEX job_runs_job_started ON job_runs (job_name, started_at);
VACUUM ANALYZE job_runs;
