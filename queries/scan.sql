-- What is there to count? Every run that the two windows look at, one by one.
-- For the way of observing in which the program counts, where the other queries let the database count.
-- Grain: one row per run and window whose read range holds it, in no order.
-- NULL started_us: no start recorded, placed_us replaces it; finished_us: no end recorded; skip_reason:
-- not skipped; attempt, scheduled_us: not recorded.
SELECT window_id, job_name, started_us, finished_us, status, skip_reason, attempt, scheduled_us, placed_us
FROM runs
