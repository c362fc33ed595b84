-- How did the runs of the jobs that changed go, slice by slice, before, between and after?
-- A report asks it only where a change is shown, to see when it came, or where a season of the day may hide one: over
-- both windows and the time between. `power` asks it of all jobs that a season may hide something of, twelve at a time.
-- Parameters: first_us (start of the first slice), slice_us, shown_0 to shown_11 (the jobs), fifth_0_1 and so on (four
-- durations that part all of a job in five), slow_0 and so on (the duration that one in ten exceeds).
-- Grain: one row per job and slice, numbered from 0. ranks: how many of the four each duration exceeds, added up.
WITH scales AS (
  SELECT 0 AS place, :fifth_0_1 AS fifth_1, :fifth_0_2 AS fifth_2, :fifth_0_3 AS fifth_3, :fifth_0_4 AS fifth_4, :slow_0 AS slow_after
  UNION ALL SELECT 1, :fifth_1_1, :fifth_1_2, :fifth_1_3, :fifth_1_4, :slow_1
  UNION ALL SELECT 2, :fifth_2_1, :fifth_2_2, :fifth_2_3, :fifth_2_4, :slow_2
  UNION ALL SELECT 3, :fifth_3_1, :fifth_3_2, :fifth_3_3, :fifth_3_4, :slow_3
  UNION ALL SELECT 4, :fifth_4_1, :fifth_4_2, :fifth_4_3, :fifth_4_4, :slow_4
  UNION ALL SELECT 5, :fifth_5_1, :fifth_5_2, :fifth_5_3, :fifth_5_4, :slow_5
  UNION ALL SELECT 6, :fifth_6_1, :fifth_6_2, :fifth_6_3, :fifth_6_4, :slow_6
  UNION ALL SELECT 7, :fifth_7_1, :fifth_7_2, :fifth_7_3, :fifth_7_4, :slow_7
  UNION ALL SELECT 8, :fifth_8_1, :fifth_8_2, :fifth_8_3, :fifth_8_4, :slow_8
  UNION ALL SELECT 9, :fifth_9_1, :fifth_9_2, :fifth_9_3, :fifth_9_4, :slow_9
  UNION ALL SELECT 10, :fifth_10_1, :fifth_10_2, :fifth_10_3, :fifth_10_4, :slow_10
  UNION ALL SELECT 11, :fifth_11_1, :fifth_11_2, :fifth_11_3, :fifth_11_4, :slow_11
),
placed AS (
  SELECT window_id, job_name, @div(placed_us - :first_us, :slice_us) AS slice, outcome,
    CASE WHEN status = 'success' AND finished_us >= started_us THEN finished_us - started_us END AS duration_us,
    CASE job_name
        WHEN :shown_0 THEN 0 WHEN :shown_1 THEN 1 WHEN :shown_2 THEN 2 WHEN :shown_3 THEN 3
        WHEN :shown_4 THEN 4 WHEN :shown_5 THEN 5 WHEN :shown_6 THEN 6 WHEN :shown_7 THEN 7
        WHEN :shown_8 THEN 8 WHEN :shown_9 THEN 9 WHEN :shown_10 THEN 10 WHEN :shown_11 THEN 11
    END AS place
  FROM runs
  WHERE observed = 1 AND status <> 'skipped'
)
SELECT window_id, job_name, slice,
  COUNT(CASE WHEN outcome IN ('completed', 'failed', 'timed_out', 'orphaned') THEN 1 END) AS decided,
  COUNT(CASE WHEN outcome = 'completed' THEN 1 END) AS completed,
  COUNT(CASE WHEN outcome IN ('failed', 'timed_out') THEN 1 END) AS failed,
  COUNT(duration_us) AS durations,
  COUNT(CASE WHEN duration_us > fifth_1 THEN 1 END) + COUNT(CASE WHEN duration_us > fifth_2 THEN 1 END)
    + COUNT(CASE WHEN duration_us > fifth_3 THEN 1 END) + COUNT(CASE WHEN duration_us > fifth_4 THEN 1 END) AS ranks,
  COUNT(CASE WHEN duration_us > slow_after THEN 1 END) AS slow
FROM placed
JOIN scales ON scales.place = placed.place
GROUP BY window_id, job_name, slice
