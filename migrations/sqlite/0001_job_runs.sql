-- One row a run of a scheduled job. Times are whole microseconds since 1970-01-01T00:00:00 UTC.
-- Further columns may be added (of the types that a STRICT table takes: INTEGER, REAL, TEXT, BLOB, ANY);
-- jobdelta never names columns it does not know.
CREATE TABLE job_runs (
    id INTEGER PRIMARY KEY,
    -- SHA-256 that `jobdelta import` writes, so that a file can be imported again; NULL in rows that
    -- other programs write.
    identity BLOB UNIQUE CHECK (length(identity) = 32),
    run_id TEXT,
    job_name TEXT NOT NULL CHECK (length(job_name) BETWEEN 1 AND 1000),
    scheduled_at INTEGER,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    status TEXT NOT NULL
        CHECK (status IN ('running', 'success', 'failed', 'timeout', 'skipped', 'cancelled')),
    -- 'lock', 'overlap' or free text.
    skip_reason TEXT CHECK (skip_reason IS NULL OR status = 'skipped'),
    error_message TEXT,
    worker TEXT,
    attempt INTEGER CHECK (attempt >= 0),
    schedule TEXT,
    effective_schedule TEXT,
    stagger_offset_s INTEGER
) STRICT;

-- A window: started_at between two instants.
CREATE INDEX job_runs_started_at ON job_runs (started_at);
-- A job in a window. SQLite sets no limit to an index entry, so the whole name serves.
CREATE INDEX job_runs_job_name ON job_runs (job_name, started_at);
