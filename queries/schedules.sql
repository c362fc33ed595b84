-- What did the scheduler record about itself?
-- Parameters: kept (kinds per window and job, the most frequent first).
-- Grain: one row per window, job, schedule, effective schedule and offset. NULL: not recorded.
SELECT window_id, job_name, schedule, effective_schedule, stagger_offset_s, runs
FROM (
  SELECT window_id, job_name, schedule, effective_schedule, stagger_offset_s, runs,
    ROW_NUMBER() OVER (
      PARTITION BY window_id, job_name
      ORDER BY runs DESC, @in_bytes(COALESCE(schedule, '')), @in_bytes(COALESCE(effective_schedule, '')),
        COALESCE(stagger_offset_s, -1)
    ) AS place
  FROM (
    SELECT window_id, job_name, schedule, effective_schedule, stagger_offset_s, COUNT(*) AS runs
    FROM runs
    WHERE observed = 1 AND status <> 'skipped'
      AND (schedule IS NOT NULL OR effective_schedule IS NOT NULL OR stagger_offset_s IS NOT NULL)
    GROUP BY window_id, job_name, schedule, effective_schedule, stagger_offset_s
  ) AS kinds
) AS ranked
WHERE place <= :kept
