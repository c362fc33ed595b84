-- How did runs, failures and durations develop over time?
-- Parameters: own_bucket_us; shown_0 to shown_11 (the jobs with a line of their own; the others are added up).
-- Grain: one row per window, job and UTC-aligned bucket; job_name NULL for the others together.
-- p95_low_us and p95_high_us: the representatives on either side of the 95th percentile's rank; NULL
-- without durations.
WITH points AS (
  SELECT window_id, job_name,
    CASE WHEN job_name IN (:shown_0, :shown_1, :shown_2, :shown_3, :shown_4, :shown_5, :shown_6, :shown_7,
      :shown_8, :shown_9, :shown_10, :shown_11) THEN job_name END AS shown_job,
    @div(started_us, :own_bucket_us) * :own_bucket_us AS bucket_us,
    CASE WHEN status IN ('failed', 'timeout') THEN 1 ELSE 0 END AS failed,
    CASE WHEN status = 'success' AND finished_us >= started_us THEN finished_us - started_us END AS duration_us
  FROM runs
  WHERE observed = 1 AND status <> 'skipped'
),
cells AS (
  SELECT window_id, shown_job, bucket_us, representative_us,
    COUNT(*) AS runs, SUM(failed) AS failed, COUNT(duration_us) AS durations, SUM(duration_us) AS sum_us,
    MIN(duration_us) AS min_us, MAX(duration_us) AS max_us
  FROM (
    SELECT window_id, job_name, shown_job, bucket_us, failed, duration_us, @cell(duration_us) AS representative_us
    FROM points
  ) AS measured
  GROUP BY window_id, shown_job, bucket_us, representative_us:and_job
),
ranked AS (
  SELECT window_id, shown_job, bucket_us, representative_us, runs, failed, durations, sum_us, min_us, max_us,
    SUM(durations) OVER (PARTITION BY window_id, shown_job, bucket_us ORDER BY representative_us) AS upto,
    SUM(durations) OVER (PARTITION BY window_id, shown_job, bucket_us) AS total
  FROM cells
)
SELECT window_id, shown_job AS job_name, bucket_us,
  @sum(runs) AS runs, @sum(failed) AS failed, @sum(durations) AS durations, @sum(sum_us) AS sum_us,
  MIN(min_us) AS min_us, MAX(max_us) AS max_us,
  MIN(CASE WHEN upto > @div((total - 1) * 95, 100) THEN representative_us END) AS p95_low_us,
  MIN(CASE WHEN upto > @div((total - 1) * 95, 100) + 1 THEN representative_us END) AS p95_high_us
FROM ranked
GROUP BY window_id, shown_job, bucket_us
