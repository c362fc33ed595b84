-- One row a run of a scheduled job. Times are UTC.
-- Further columns may be added; jobdelta never names columns it does not know.
--
-- Names and words are compared byte by byte, trailing spaces included. The collation that does so is
-- utf8mb4_nopad_bin in MariaDB and utf8mb4_0900_bin in MySQL, and neither server knows the other's:
-- MySQL reads the first of the two last lines as a comment, MariaDB the second (it skips the versions
-- 50700 to 99999).
CREATE TABLE job_runs (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    -- SHA-256 that `jobdelta import` writes, so that a file can be imported again; NULL in rows that
    -- other programs write.
    identity BINARY(32) UNIQUE,
    run_id VARCHAR(1000),
    job_name VARCHAR(1000) NOT NULL CHECK (CHAR_LENGTH(job_name) >= 1),
    scheduled_at DATETIME(6),
    started_at DATETIME(6) NOT NULL,
    finished_at DATETIME(6),
    status VARCHAR(20) NOT NULL
        CHECK (status IN ('running', 'success', 'failed', 'timeout', 'skipped', 'cancelled')),
    -- 'lock', 'overlap' or free text.
    skip_reason VARCHAR(1000),
    error_message MEDIUMTEXT,
    worker VARCHAR(1000),
    attempt INT CHECK (attempt >= 0),
    schedule VARCHAR(1000),
    effective_schedule VARCHAR(1000),
    stagger_offset_s INT,
    CONSTRAINT job_runs_skip_reason CHECK (skip_reason IS NULL OR status = 'skipped'),
    -- A window: started_at between two instants.
    KEY job_runs_started_at (started_at),
    -- A job in a window: the first 200 characters of a name, as an index entry may not exceed 3,072 bytes.
    KEY job_runs_job_name (job_name(200), started_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4
    /*M! COLLATE utf8mb4_nopad_bin */
    /*!80017 COLLATE utf8mb4_0900_bin */;
