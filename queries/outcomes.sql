-- What became of the runs that started in each window, and for how long did runs occupy it?
-- Parameters: slow_after_us, longest_run_us, and own_middle_us (where the second
-- half of a window begins).
-- Grain: one row per window, job, observed, half (0 before the window's middle, 1 from there on), outcome and
-- skip reason. observed: 0 for runs that only occupy; of their figures busy_us alone counts. NULL skip_reason:
-- not skipped; NULL on_time: nothing says what is on time. Rows without a start are placed by the moment that
-- they were meant for, else by their end: failed_to_start. retries: an attempt after the first, which NULL is
-- not; on_time: of first attempts. longest_us: the longest occupancy.
-- What the status decides is chosen after the rows are counted, once a group in place of once a row.
SELECT window_id, job_name, observed, half, outcome, skip_reason, runs, first_started_us, last_started_us,
  CASE WHEN status = 'skipped' THEN 0 ELSE runs - starts END AS failed_to_start,
  retries, second_attempts,
  CASE WHEN status = 'skipped' THEN 0 ELSE started_retries END AS started_retries,
  CASE WHEN status = 'running' THEN ends ELSE 0 END AS running_with_end,
  CASE WHEN status IN ('running', 'skipped') THEN 0 ELSE reversed END AS end_before_start,
  CASE WHEN status IN ('running', 'skipped') THEN 0 ELSE endless END AS final_without_end,
  whole_seconds, longer_than_longest_run,
  CASE WHEN status IN ('running', 'skipped') THEN 0 ELSE slow END AS slow_runs,
  on_time, busy_us, longest_us
FROM (
  SELECT window_id, job_name, observed, half, status, outcome, skip_reason,
    COUNT(*) AS runs,
    COUNT(started_us) AS starts,
    COUNT(finished_us) AS ends,
    MIN(started_us) AS first_started_us,
    MAX(started_us) AS last_started_us,
    COUNT(CASE WHEN attempt > 1 THEN 1 END) AS retries,
    COUNT(CASE WHEN attempt = 2 THEN 1 END) AS second_attempts,
    COUNT(CASE WHEN attempt > 1 THEN started_us END) AS started_retries,
    COUNT(CASE WHEN finished_us < started_us THEN 1 END) AS reversed,
    COUNT(CASE WHEN finished_us IS NULL THEN started_us END) AS endless,
    COUNT(CASE WHEN started_us % 1000000 = 0 AND (finished_us IS NULL OR finished_us % 1000000 = 0)
      THEN 1 END) AS whole_seconds,
    COUNT(CASE WHEN occupied_until_us - started_us >= :longest_run_us THEN 1 END) AS longer_than_longest_run,
    COUNT(CASE WHEN finished_us - started_us >= :slow_after_us THEN 1 END) AS slow,
    @sum(on_time) AS on_time,
    @sum(occupied_us) AS busy_us,
    MAX(occupied_until_us - started_us) AS longest_us
  FROM (
    SELECT window_id, job_name, started_us, finished_us, status, outcome, skip_reason, occupied_until_us,
      occupied_us, on_time, attempt, observed,
      CASE WHEN placed_us < :own_middle_us THEN 0 ELSE 1 END AS half
    FROM runs
  ) AS started
  GROUP BY window_id, job_name, observed, half, status, outcome, skip_reason
) AS counted
