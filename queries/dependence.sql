-- How much do consecutive runs of a job resemble each other?
-- Four series per job, all in the order of start, end and outcome (no end last): the cell indexes of
-- measured durations, the known outcomes (1 completed, 0 not; 1 failed or timed out, 0 not), and the starts
-- (1 on time, 0 not). From the sums of values, squares and products with the predecessor the lag-one
-- correlation follows exactly.
-- A series is a part of the runs: the predecessor in it is the last run before that has a value (a cell index
-- is at most 15,322).
-- Parameters: duplicate_within_us (starts of a job closer than this look like one run logged twice);
-- baseline_start_us, stagger_start_us (the start of each window).
-- Grain: one row per window and job that started a run. first, last: values at either end of a series, below
-- their places; NULL for an empty one, as are on_time columns where nothing says what is on time.
-- longest_pause: the largest distance between two starts in whole seconds, times 2^31, plus the second of the
-- window in which it ends; NULL with one start. Distances from 2^31 seconds on are left out.
WITH started AS (
  SELECT window_id, job_name, started_us, outcome, on_time,
    CASE WHEN outcome IN ('orphaned', 'in_flight') OR finished_us IS NULL THEN 9223372036854775807
      ELSE finished_us END AS ended_us,
    CASE WHEN outcome = 'completed' AND finished_us >= started_us
      THEN @cell(finished_us - started_us) END AS representative_us,
    CASE outcome WHEN 'completed' THEN 1 WHEN 'failed' THEN 2 WHEN 'timed_out' THEN 2
      WHEN 'orphaned' THEN 0 END AS known
  FROM (
    SELECT window_id, job_name, started_us, finished_us, outcome, on_time
    FROM runs
    WHERE observed = 1 AND outcome <> 'skipped'
  ) AS observed_runs
),
placed AS (
  SELECT window_id, job_name, started_us, ended_us, outcome, known, on_time,
    @cell_index(representative_us) AS cell,
    ROW_NUMBER() OVER (PARTITION BY window_id, job_name ORDER BY started_us, ended_us, outcome) AS place
  FROM started
),
neighbours AS (
  SELECT window_id, job_name, started_us, place, cell, known, on_time,
    started_us - LAG(started_us) OVER (PARTITION BY window_id, job_name
      ORDER BY started_us, ended_us, outcome) AS since_us,
    @previous(cell, 16384, place, earlier, window_id, job_name) AS previous_cell,
    @previous(known, 4, place, earlier, window_id, job_name) AS previous_known,
    @previous(on_time, 2, place, earlier, window_id, job_name) AS previous_on_time
  FROM placed
  WINDOW earlier AS (
    PARTITION BY window_id, job_name ORDER BY started_us, ended_us, outcome
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
)
SELECT window_id, job_name,
  COUNT(CASE WHEN since_us < :duplicate_within_us THEN 1 END) AS suspected_duplicates,
  MAX(CASE WHEN since_us < 2147483648000000 THEN @div(since_us, 1000000) * 2147483648 + @div(started_us, 1000000)
    - @div(CASE window_id WHEN 0 THEN :baseline_start_us ELSE :stagger_start_us END, 1000000) END)
    AS longest_pause,
  COUNT(cell) AS durations,
  @sum(cell) AS cell_sum, @sum(cell * cell) AS cell_squares, @sum(cell * previous_cell) AS cell_products,
  MIN(CASE WHEN cell IS NOT NULL THEN place * 16384 + cell END) % 16384 AS first_cell,
  MAX(CASE WHEN cell IS NOT NULL THEN place * 16384 + cell END) % 16384 AS last_cell,
  COUNT(known) AS decided,
  COUNT(CASE WHEN known = 1 THEN 1 END) AS completed_sum,
  COUNT(CASE WHEN known = 1 AND previous_known = 1 THEN 1 END) AS completed_products,
  COUNT(CASE WHEN known = 2 THEN 1 END) AS failed_sum,
  COUNT(CASE WHEN known = 2 AND previous_known = 2 THEN 1 END) AS failed_products,
  MIN(CASE WHEN known IS NOT NULL THEN place * 4 + known END) % 4 AS first_known,
  MAX(CASE WHEN known IS NOT NULL THEN place * 4 + known END) % 4 AS last_known,
  COUNT(on_time) AS starts,
  COUNT(CASE WHEN on_time = 1 THEN 1 END) AS on_time_sum,
  COUNT(CASE WHEN on_time = 1 AND previous_on_time = 1 THEN 1 END) AS on_time_products,
  MIN(CASE WHEN on_time IS NOT NULL THEN place * 2 + on_time END) % 2 AS first_on_time,
  MAX(CASE WHEN on_time IS NOT NULL THEN place * 2 + on_time END) % 2 AS last_on_time
FROM neighbours
GROUP BY window_id, job_name
