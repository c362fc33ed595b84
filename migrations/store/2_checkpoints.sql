-- Assessments of deployments, each once.
CREATE TABLE checkpoints (
  deployment   TEXT    NOT NULL, -- its name; empty without one
  environment  TEXT    NOT NULL,
  window_start INTEGER NOT NULL, -- of the window after the change; microseconds since the epoch, as below
  period_end   INTEGER NOT NULL,
  taken_at     INTEGER NOT NULL,
  document     TEXT    NOT NULL, -- JSON
  PRIMARY KEY (deployment, environment, window_start, period_end)
) STRICT
