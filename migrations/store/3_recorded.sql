-- Runs of past periods, kept for when their source no longer holds them. Times are microseconds since the epoch.
CREATE TABLE recorded_series (
  id      INTEGER PRIMARY KEY,
  source  TEXT    NOT NULL, -- what tells sources apart: host:port/name, or the path of a file
  reading TEXT    NOT NULL, -- how rows became runs, in lines
  UNIQUE (source, reading)
) STRICT;
-- What was recorded of a series; no two touch, and what lies between them is a gap.
CREATE TABLE recorded_stretches (
  series   INTEGER NOT NULL REFERENCES recorded_series (id),
  start_us INTEGER NOT NULL,
  end_us   INTEGER NOT NULL,
  PRIMARY KEY (series, start_us)
) STRICT, WITHOUT ROWID;
-- Names, status words, schedules and messages, each once.
CREATE TABLE recorded_texts (
  id   INTEGER PRIMARY KEY,
  text TEXT    NOT NULL UNIQUE
) STRICT;
CREATE TABLE recorded_runs (
  series             INTEGER NOT NULL,
  placed_us          INTEGER NOT NULL, -- the start; without one when it was meant to start, else its end
  job                INTEGER NOT NULL, -- a text, as those below; 0 for none
  run_key            INTEGER NOT NULL, -- of its run_id; 0 without one
  nth                INTEGER NOT NULL, -- tells rows apart that are otherwise the same
  is_startless       INTEGER,          -- 1 where placed_us is no start
  finished_after_us  INTEGER,          -- since placed_us
  scheduled_after_us INTEGER,          -- since placed_us
  status             INTEGER,
  skip_reason        INTEGER,
  attempt            INTEGER,          -- the first is 1
  error_line         INTEGER,
  schedule           INTEGER,
  effective_schedule INTEGER,
  stagger_offset_s   INTEGER,
  is_zoneless        INTEGER,          -- 1 where a time has no zone, and none was declared
  is_clock_change    INTEGER,          -- 1 where a local time does not happen, or happens twice
  PRIMARY KEY (series, placed_us, job, run_key, nth)
) STRICT, WITHOUT ROWID
