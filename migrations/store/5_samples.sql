-- Samples that jobdelta took itself. Times are microseconds since the epoch.
CREATE TABLE sample_series (
  id          INTEGER PRIMARY KEY,
  source      TEXT    NOT NULL, -- host:port/name of a database, or the address of an endpoint
  measurement TEXT    NOT NULL, -- its name, with what it depends on
  UNIQUE (source, measurement)
) STRICT;
CREATE TABLE samples (
  series INTEGER NOT NULL REFERENCES sample_series (id),
  at_us  INTEGER NOT NULL,
  value  REAL    NOT NULL,
  PRIMARY KEY (series, at_us)
) STRICT, WITHOUT ROWID
