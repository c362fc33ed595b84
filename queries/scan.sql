-- What is there to count? Every row that the two windows look at, one by one.
-- For the way of observing in which the program counts, where the other queries let the database count.
-- Grain: one row per native row, in no order; where several rows are one run, one per run and window.
-- NULL started_us: no start recorded, placed_us replaces it; skip_reason, attempt, scheduled_us: not recorded.
SELECT window_id, job_name, in_scope, started_us, finished_us, status, status_word, skip_reason, attempt,
  scheduled_us, placed_us, CASE WHEN status IN ('failed', 'timeout') THEN error_line END AS error_line,
  schedule, effective_schedule, stagger_offset_s, zoneless, clock_change
FROM source_runs
