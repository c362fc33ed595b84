-- Which status words do the rows have, and how many rows lie outside the scope or after as_of?
-- Read before anything is counted: a word that is not mapped is an error, never a guess.
-- Parameters: as_of_us; own_start_us (starts before it are looked at only for runs that may still occupy).
-- Grain: one row per window, status word, job outside the scope, and flags. status_word NULL: the row has none.
-- other_job: the name of a job outside the scope, else NULL.
-- named: 0 where the row has no job name. unplaced: 1 where no start says when, and nothing in its place.
-- startless: 1 where the row has no start. observed: 0 in an excluded period. zoneless: 1 where a time has no
-- zone. clock_change: 1 where a local time does not happen, or happens twice.
SELECT window_id, status_word, in_scope, other_job, late, inside, unplaced, startless, named, observed, zoneless,
  clock_change, @sum(job_rows) AS row_count
FROM (
  SELECT window_id, job_name, other_job, status_word, in_scope, late, inside, unplaced, startless, named, observed,
    zoneless, clock_change, COUNT(*) AS job_rows
  FROM (
    SELECT window_id, job_name, status_word, in_scope, observed, zoneless, clock_change,
      CASE WHEN in_scope = 0 THEN job_name END AS other_job,
      CASE WHEN placed_us >= :as_of_us THEN 1 ELSE 0 END AS late,
      CASE WHEN placed_us >= :own_start_us THEN 1 ELSE 0 END AS inside,
      CASE WHEN placed_us IS NULL THEN 1 ELSE 0 END AS unplaced,
      CASE WHEN started_us IS NULL THEN 1 ELSE 0 END AS startless,
      CASE WHEN job_name IS NULL THEN 0 ELSE 1 END AS named
    FROM source_runs
  ) AS flagged
  GROUP BY window_id, job_name, other_job, status_word, in_scope, late, inside, unplaced, startless, named, observed,
    zoneless, clock_change
) AS jobs
GROUP BY window_id, status_word, in_scope, other_job, late, inside, unplaced, startless, named, observed, zoneless,
  clock_change
