-- Watches, so that one that was killed goes on.
CREATE TABLE watches (
  deployment   TEXT    NOT NULL, -- as of checkpoints
  environment  TEXT    NOT NULL,
  window_start INTEGER NOT NULL,
  length       TEXT    NOT NULL, -- how long it watches, as asked for
  document     TEXT    NOT NULL, -- JSON
  PRIMARY KEY (deployment, environment, window_start, length)
) STRICT
