-- Messages of watches to webhooks, so that one that was made is sent, whatever happens in between.
CREATE TABLE messages (
  receiver     TEXT    NOT NULL, -- a digest of its address
  id           TEXT    NOT NULL,
  deployment   TEXT    NOT NULL, -- as of checkpoints
  environment  TEXT    NOT NULL,
  window_start INTEGER NOT NULL,
  body         TEXT    NOT NULL, -- JSON
  is_delivered INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (receiver, id)
) STRICT
