-- Links to reports. Of the secret in the address only its digest is kept.
CREATE TABLE links (
  digest     TEXT    NOT NULL PRIMARY KEY, -- half of its SHA-256, hexadecimal
  id         TEXT    NOT NULL UNIQUE,      -- by which the link is revoked
  deployment TEXT    NOT NULL,
  made_by    TEXT    NOT NULL,             -- name of the token; empty without tokens
  made_at    INTEGER NOT NULL,             -- microseconds since the epoch, as below
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  title      TEXT    NOT NULL,
  page       TEXT    NOT NULL,             -- HTML
  card       TEXT    NOT NULL              -- SVG
) STRICT
