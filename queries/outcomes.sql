-- What became of the runs that started in each window?
-- Parameters: slow_after_us, longest_run_us, and baseline_middle_us, stagger_middle_us (where the second
-- half of a window begins).
-- Grain: one row per window, job, half (0 before the window's middle, 1 from there on), outcome and skip
-- reason. NULL skip_reason: not skipped; NULL on_time: nothing says what is on time. Rows without a start
-- are placed by the moment that they were meant for, else by their end: failed_to_start. retries: an attempt
-- after the first, which NULL is not; on_time: of first attempts.
SELECT window_id, job_name, half, outcome, skip_reason,
  COUNT(*) AS runs,
  MIN(started_us) AS first_started_us,
  MAX(started_us) AS last_started_us,
  @sum(CASE WHEN started_us IS NULL AND status <> 'skipped' THEN 1 ELSE 0 END) AS failed_to_start,
  @sum(CASE WHEN attempt > 1 THEN 1 ELSE 0 END) AS retries,
  @sum(CASE WHEN attempt = 2 THEN 1 ELSE 0 END) AS second_attempts,
  @sum(CASE WHEN attempt > 1 AND started_us IS NOT NULL AND status <> 'skipped' THEN 1 ELSE 0 END)
    AS started_retries,
  @sum(CASE WHEN status = 'running' AND finished_us IS NOT NULL THEN 1 ELSE 0 END) AS running_with_end,
  @sum(CASE WHEN status NOT IN ('running', 'skipped') AND finished_us < started_us THEN 1 ELSE 0 END)
    AS end_before_start,
  @sum(CASE WHEN status NOT IN ('running', 'skipped') AND started_us IS NOT NULL AND finished_us IS NULL
    THEN 1 ELSE 0 END)
    AS final_without_end,
  @sum(CASE WHEN started_us % 1000000 = 0 AND (finished_us IS NULL OR finished_us % 1000000 = 0)
    THEN 1 ELSE 0 END) AS whole_seconds,
  @sum(CASE WHEN occupied_until_us - started_us >= :longest_run_us THEN 1 ELSE 0 END)
    AS longer_than_longest_run,
  @sum(CASE WHEN status NOT IN ('running', 'skipped') AND finished_us - started_us >= :slow_after_us
    THEN 1 ELSE 0 END) AS slow_runs,
  @sum(on_time) AS on_time
FROM (
  SELECT window_id, job_name, started_us, finished_us, status, outcome, skip_reason, occupied_until_us,
    on_time, attempt,
    CASE WHEN placed_us < CASE window_id WHEN 0 THEN :baseline_middle_us ELSE :stagger_middle_us END
      THEN 0 ELSE 1 END AS half
  FROM runs
  WHERE observed = 1
) AS started
GROUP BY window_id, job_name, half, outcome, skip_reason
