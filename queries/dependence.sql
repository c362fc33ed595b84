-- How much do consecutive runs of a job resemble each other, and do any of them meet?
-- Four series per job, all in the order of start, end and outcome (no end last): the cell indexes of
-- measured durations, the known outcomes (1 completed, 0 not; 1 failed or timed out, 0 not), and the starts
-- (1 on time, 0 not). From the sums of values, squares and products with the predecessor the lag-one
-- correlation follows exactly. The first value has no predecessor; the last is what the values add up to
-- beyond their predecessors.
-- A series is a part of the observed runs: the predecessor in it is the last run before that has a value (a
-- cell index is at most 15,322).
-- Where any two runs of a job meet, two that follow one another do.
-- Parameters: duplicate_within_us (starts of a job closer than this look like one run logged twice);
-- own_start_us (the start of the window).
-- Grain: one row per window and job with a run that was not skipped; observed_runs: 0 for a job of which all
-- runs only occupy. first, last: values at either end of a series; NULL for an empty one, as are on_time
-- columns where nothing says what is on time. meets: 1 where runs of the job meet.
-- longest_pause: the largest observed distance between two starts (without what is excluded between them) in
-- whole seconds, times 2^31, plus the second of the window in which it ends; NULL with one start. Distances from
-- 2^31 seconds on are left out.
-- durations_of_5, cells_of_5, least_of_5, until_of_5: of the first five starts the number of durations, the sum and
-- the smallest of their cell indexes, and the last start; the same of more. NULL without a duration, or a start.
WITH started AS (
  SELECT :own_job AS job_name, started_us, outcome, occupied_until_us,
    CASE WHEN outcome IN ('orphaned', 'in_flight') OR finished_us IS NULL THEN 9223372036854775807
      ELSE finished_us END AS ended_us,
    CASE WHEN observed = 1 THEN started_us END AS counted_us,
    CASE WHEN observed = 1 THEN started_us - excluded_us END AS observed_us,
    CASE WHEN observed = 1 THEN @small(on_time) END AS on_time,
    CASE WHEN observed = 1 AND outcome = 'completed' AND finished_us >= started_us
      THEN @small(@cell_index(finished_us - started_us)) END AS cell,
    CASE WHEN observed = 1 THEN CASE outcome WHEN 'completed' THEN 1 WHEN 'failed' THEN 2 WHEN 'timed_out' THEN 2
      WHEN 'orphaned' THEN 0 END END AS known
  FROM runs
  WHERE status <> 'skipped'
),
placed AS (
  SELECT job_name, started_us, ended_us, outcome, counted_us, observed_us, on_time, cell, known,
    ROW_NUMBER() OVER in_order AS place,
    COUNT(counted_us) OVER (
      PARTITION BY job_name ORDER BY started_us, ended_us, outcome ROWS UNBOUNDED PRECEDING
    ) AS counted,
    CASE WHEN LAG(occupied_until_us) OVER in_order > started_us
      OR LAG(started_us) OVER in_order = started_us AND occupied_until_us IS NOT NULL THEN 1 ELSE 0 END AS meets
  FROM started
  WINDOW in_order AS (PARTITION BY job_name ORDER BY started_us, ended_us, outcome)
),
neighbours AS (
  SELECT job_name, cell, known, on_time, counted, counted_us, meets,
    counted_us - @latest(counted_us, place, earlier, job_name) AS since_us,
    observed_us - @latest(observed_us, place, earlier, job_name) AS pause_us,
    @small(@previous(cell, 16384, place, earlier, job_name)) AS previous_cell,
    @small(@previous(known, 4, place, earlier, job_name)) AS previous_known,
    @small(@previous(on_time, 2, place, earlier, job_name)) AS previous_on_time
  FROM placed
  WINDOW earlier AS (
    PARTITION BY job_name ORDER BY started_us, ended_us, outcome ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
)
SELECT :own_id AS window_id, job_name,
  COUNT(counted_us) AS observed_runs, MAX(meets) AS meets,
  COUNT(CASE WHEN since_us < :duplicate_within_us THEN 1 END) AS suspected_duplicates,
  MAX(CASE WHEN pause_us < 2147483648000000 THEN @div(pause_us, 1000000) * 2147483648 + @div(counted_us, 1000000)
    - @div(:own_start_us, 1000000) END) AS longest_pause,
  COUNT(CASE WHEN counted <= 5 THEN cell END) AS durations_of_5,
  @sum(CASE WHEN counted <= 5 THEN cell END) AS cells_of_5,
  MIN(CASE WHEN counted <= 5 THEN cell END) AS least_of_5,
  MAX(CASE WHEN counted <= 5 THEN counted_us END) AS until_of_5,
  COUNT(CASE WHEN counted <= 10 THEN cell END) AS durations_of_10,
  @sum(CASE WHEN counted <= 10 THEN cell END) AS cells_of_10,
  MIN(CASE WHEN counted <= 10 THEN cell END) AS least_of_10,
  MAX(CASE WHEN counted <= 10 THEN counted_us END) AS until_of_10,
  COUNT(CASE WHEN counted <= 20 THEN cell END) AS durations_of_20,
  @sum(CASE WHEN counted <= 20 THEN cell END) AS cells_of_20,
  MIN(CASE WHEN counted <= 20 THEN cell END) AS least_of_20,
  MAX(CASE WHEN counted <= 20 THEN counted_us END) AS until_of_20,
  COUNT(CASE WHEN counted <= 40 THEN cell END) AS durations_of_40,
  @sum(CASE WHEN counted <= 40 THEN cell END) AS cells_of_40,
  MIN(CASE WHEN counted <= 40 THEN cell END) AS least_of_40,
  MAX(CASE WHEN counted <= 40 THEN counted_us END) AS until_of_40,
  COUNT(CASE WHEN counted <= 80 THEN cell END) AS durations_of_80,
  @sum(CASE WHEN counted <= 80 THEN cell END) AS cells_of_80,
  MIN(CASE WHEN counted <= 80 THEN cell END) AS least_of_80,
  MAX(CASE WHEN counted <= 80 THEN counted_us END) AS until_of_80,
  COUNT(cell) AS durations,
  @sum(cell) AS cell_sum, @sum(cell * cell) AS cell_squares, @sum(cell * previous_cell) AS cell_products,
  MAX(CASE WHEN previous_cell IS NULL THEN cell END) AS first_cell,
  @sum(cell - CASE WHEN previous_cell IS NULL THEN 0 ELSE previous_cell END) AS last_cell,
  COUNT(known) AS decided,
  COUNT(CASE WHEN known = 1 THEN 1 END) AS completed_sum,
  COUNT(CASE WHEN known = 1 AND previous_known = 1 THEN 1 END) AS completed_products,
  COUNT(CASE WHEN known = 2 THEN 1 END) AS failed_sum,
  COUNT(CASE WHEN known = 2 AND previous_known = 2 THEN 1 END) AS failed_products,
  MAX(CASE WHEN previous_known IS NULL THEN known END) AS first_known,
  @sum(known - CASE WHEN previous_known IS NULL THEN 0 ELSE previous_known END) AS last_known,
  COUNT(on_time) AS starts,
  COUNT(CASE WHEN on_time = 1 THEN 1 END) AS on_time_sum,
  COUNT(CASE WHEN on_time = 1 AND previous_on_time = 1 THEN 1 END) AS on_time_products,
  MAX(CASE WHEN previous_on_time IS NULL THEN on_time END) AS first_on_time,
  @sum(on_time - CASE WHEN previous_on_time IS NULL THEN 0 ELSE previous_on_time END) AS last_on_time
FROM neighbours
GROUP BY job_name
