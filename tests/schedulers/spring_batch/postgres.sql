-- Written by hand after the published column names and types of Spring Batch 5 and 6.
CREATE TABLE batch_job_instance (
    job_instance_id bigint PRIMARY KEY,
    version bigint,
    job_name varchar(100) NOT NULL,
    job_key varchar(32) NOT NULL,
    CONSTRAINT job_inst_un UNIQUE (job_name, job_key)
);

CREATE TABLE batch_job_execution (
    job_execution_id bigint PRIMARY KEY,
    version bigint,
    job_instance_id bigint NOT NULL REFERENCES batch_job_instance,
    create_time timestamp NOT NULL,
    start_time timestamp,
    end_time timestamp,
    status varchar(10),
    exit_code varchar(2500),
    exit_message varchar(2500),
    last_updated timestamp
);

INSERT INTO batch_job_instance VALUES
    (1, 0, 'importInvoices', 'aa01'), (2, 0, 'importInvoices', 'aa02'), (3, 0, 'importInvoices', 'aa03'),
    (4, 0, 'exportLedger', 'bb01'), (5, 0, 'exportLedger', 'bb02'), (6, 0, 'nightlyReport', 'cc01'),
    (7, 0, 'nightlyReport', 'cc02'), (8, 0, 'nightlyReport', 'cc03'), (9, 0, 'nightlyReport', 'cc04');

-- The JVM's local time, Europe/Copenhagen: two hours ahead of UTC until 01:00 UTC on 25 October, then one.
INSERT INTO batch_job_execution VALUES
    (1, 2, 1, '2026-10-24 02:00:00.051', '2026-10-24 02:00:00.112', '2026-10-24 02:03:10.5', 'COMPLETED', 'COMPLETED', '', '2026-10-24 02:03:10.501'),
    (2, 2, 2, '2026-10-26 02:00:00.04', '2026-10-26 02:00:00.1', '2026-10-26 02:00:41.25', 'FAILED', 'FAILED', E'java.lang.IllegalStateException: no such customer\n\tat com.example.Reader.read(Reader.java:42)', '2026-10-26 02:00:41.26'),
    (3, 2, 2, '2026-10-26 02:10:00.02', '2026-10-26 02:10:00.09', '2026-10-26 02:13:00', 'COMPLETED', 'COMPLETED', '', '2026-10-26 02:13:00.001'),
    (4, 2, 4, '2026-10-26 03:00:00.01', '2026-10-26 03:00:00.08', '2026-10-26 03:00:30', 'STOPPED', 'STOPPED', 'org.springframework.batch.core.JobInterruptedException', '2026-10-26 03:00:30.001'),
    (5, 3, 4, '2026-10-26 03:20:00.01', '2026-10-26 03:20:00.07', '2026-10-26 03:20:05', 'ABANDONED', 'FAILED', '', '2026-10-26 04:00:00'),
    (6, 1, 5, '2026-10-26 04:00:00.01', '2026-10-26 04:00:00.06', NULL, 'STOPPING', 'UNKNOWN', '', '2026-10-26 04:01:00'),
    (7, 1, 6, '2026-10-26 05:00:00.01', '2026-10-26 05:00:00.05', NULL, 'STARTED', 'UNKNOWN', '', '2026-10-26 05:00:00.051'),
    (8, 2, 7, '2026-10-26 05:30:00.01', '2026-10-26 05:30:00.04', '2026-10-26 05:31:00', 'UNKNOWN', 'UNKNOWN', '', '2026-10-26 05:31:00.001'),
    (9, 0, 8, '2026-10-26 06:00:00.01', NULL, NULL, 'STARTING', 'UNKNOWN', '', '2026-10-26 06:00:00.01'),
    (10, 2, 3, '2026-10-25 02:30:00.01', '2026-10-25 02:30:00.1', '2026-10-25 02:45:00', 'COMPLETED', 'COMPLETED', '', '2026-10-25 02:45:00.001'),
    (11, 2, 9, '2026-10-26 06:30:00.01', '2026-10-26 06:30:00.03', '2026-10-26 06:30:20', 'COMPLETED', 'NOOP', 'All steps already completed or no steps configured for this job.', '2026-10-26 06:30:20.001');
